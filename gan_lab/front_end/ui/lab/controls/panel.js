// The controls of one game: native elements, each with its label, a hint that opens below it, and what was
// wrong with what was set, said at the field itself.

import { TARGETS, targetNamed } from "../../../training/recipe/presets.js";
import { element } from "../../elements.js";
import { groupsFor, inWords, means, placeInBook, placeOfRate, RATE, rateAt, shownNumber } from "./fields.js";
import { typedNumber } from "./typed_number.js";

const DEPTHS = [0, 1, 2, 3, 4];
const WIDTHS = [2, 4, 8, 16, 24, 32, 48, 64];
let panels = 0; // so that ids differ

// A control is { el, show(value), refuse(yes) }; `set(value)` passes a reader's wish on, set(value, true) one
// that a hand still holds, and `drop()` says that a refused one is given up. One that was refused goes back to
// what holds, but for a number, which stays as it was typed until it is mended or Escape is pressed.
const KINDS = {
  choice({ choices, id, describedBy, label }, set) {
    const el = element("select", {
      id,
      "aria-label": id ? undefined : label,
      "aria-describedby": describedBy,
      onchange: () => set(el.value),
    });
    const fill = (more) =>
      el.replaceChildren(...[...choices, ...more].map(([value, words]) => element("option", { value }, words)));
    fill([]);
    return {
      el,
      refuse: (yes) => mark(el, yes),
      show(value, words) {
        if (el.value === String(value)) return; // a list that is open is not made anew under the hand
        fill(choices.some(([known]) => known === value) ? [] : [[value, words ?? value]]);
        el.value = value;
      },
    };
  },
  number({ id, describedBy, label, low, high, step }, set, drop) {
    const whole = Number.isInteger(step);
    const el = element("input", {
      id,
      "aria-label": id ? undefined : label,
      type: "text",
      class: "gan-lab-typed",
      autocomplete: "off",
      inputmode: whole ? "numeric" : "decimal",
      "aria-describedby": describedBy,
    });
    const read = () => typedNumber(el.value, whole);
    let now = "";
    let refused = false;
    const back = () => {
      el.value = now;
      drop();
    };
    el.addEventListener("change", () => set(read()));
    el.addEventListener("blur", () => refused || (el.value = now));
    el.addEventListener("keydown", (event) =>
      event.key === "Escape" ? back() : stepped(event, el, { low, high, step, read }, set),
    );
    return {
      el,
      refuse(yes) {
        refused = yes;
        mark(el, yes);
      },
      show(value) {
        now = shownNumber(value);
        if (document.activeElement !== el && !refused) el.value = now;
      },
    };
  },
  rate(field, set, drop) {
    const typed = KINDS.number({ ...field, low: 0, step: null }, set, drop);
    const label = `${field.label}, in powers of ten`;
    const here = () => rateAt(Number(slider.value));
    const slider = element("input", {
      type: "range",
      min: RATE.low,
      max: RATE.high,
      step: 1,
      "aria-label": label,
      oninput: () => set(here(), true),
      onchange: () => set(here()),
    });
    return {
      el: element("span", { class: "gan-lab-rate" }, slider, typed.el),
      refuse: typed.refuse,
      show(value) {
        typed.show(value);
        if (document.activeElement !== slider) slider.value = placeOfRate(value);
        slider.setAttribute("aria-valuetext", shownNumber(value));
      },
    };
  },
  widths({ id, label, describedBy }, set) {
    const options = (values, words) => values.map((value) => element("option", { value }, words(value)));
    const act = () => set(Array(Number(depth.value)).fill(Number(width.value)));
    const depth = element(
      "select",
      { id, "aria-describedby": describedBy, "aria-label": `${label}: hidden layers`, onchange: act },
      ...options(DEPTHS, String),
    );
    const width = element("select", { "aria-label": `${label}: width of a layer`, onchange: act });
    return {
      el: element("span", { class: "gan-lab-widths" }, depth, " × ", width),
      refuse: (yes) => mark(depth, yes),
      show(value) {
        const wide = value[0] ?? 16;
        width.replaceChildren(
          ...options(WIDTHS.includes(wide) ? WIDTHS : [...WIDTHS, wide].sort((a, b) => a - b), String),
        );
        [depth.value, width.value, width.disabled] = [value.length, wide, value.length === 0];
        depth.parentElement.title = value.length ? `widths ${value.join(", ")}` : "no hidden layer: a linear map";
      },
    };
  },
  check({ id, describedBy, label }, set) {
    const el = element("input", {
      id,
      "aria-label": id ? undefined : label,
      type: "checkbox",
      "aria-describedby": describedBy,
      onchange: () => set(el.checked),
    });
    return { el, refuse: (yes) => mark(el, yes), show: (value) => (el.checked = value) };
  },
};

const buildControl = (field, set, drop = () => {}) => KINDS[field.kind](field, set, drop);

function mark(el, wrong) {
  if (wrong) el.setAttribute("aria-invalid", "true");
  else el.removeAttribute("aria-invalid");
}

// The control of a recipe's field: data are chosen and shown by their names.
export function controlOf(field, set, drop) {
  if (field.name !== "data") return buildControl(field, set, drop);
  const control = buildControl(field, (name, held) => set(TARGETS[name]?.[1], held), drop);
  return { ...control, show: (data) => control.show(targetNamed(data) ?? "own", "drawn by hand") };
}

// The arrow keys of a number's field go by its step, within its bounds.
function stepped(event, el, { low = -Infinity, high = Infinity, step, read }, set) {
  const turn = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  const now = read();
  if (!turn || typeof now !== "number") return;
  event.preventDefault();
  const next = step ? now + turn * step : now * 10 ** (turn / 10);
  el.value = shownNumber(Number(Math.min(high, Math.max(low, next)).toPrecision(6)));
  set(Number(el.value));
}

// What a field means, behind a button that opens it, with a link to where the book says what its value does.
function buildHint(field, id, chapterUrl) {
  const { label, hint } = field;
  const link = element("a", {}, `What this ${field.name === "loss" ? "loss" : "setting"} does`);
  const el = element("p", { id, class: "gan-lab-hint", hidden: "" }, hint, ...(field.chapter ? [" ", link] : []));
  const lead = (value) => {
    const place = placeInBook(field, value);
    const url = place && chapterUrl(place);
    link.hidden = !url;
    if (url) link.href = url;
  };
  const turn = (open) => {
    el.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  const button = element(
    "button",
    {
      type: "button",
      class: "gan-lab-ask",
      "aria-expanded": "false",
      "aria-controls": id,
      onclick: () => turn(el.hidden),
      onkeydown: ({ key }) => key === "Escape" && turn(false),
    },
    element("span", { "aria-hidden": "true" }, "?"),
    element("span", { class: "gan-lab-heard" }, `About: ${label}`),
  );
  return { el, button, lead };
}

// One field with all that belongs to it. wish(value) -> Promise of null, or of the sentence that says why not.
function buildRow(field, id, wish, chapterUrl) {
  const [hintId, refusalId] = [`${id}-hint`, `${id}-refusal`];
  const hint = buildHint(field, hintId, chapterUrl);
  const refusal = element("p", { id: refusalId, class: "gan-lab-refusal", role: "alert", hidden: "" });
  let value; // what holds
  let count = 0;
  const refuse = (sentence) => {
    refusal.textContent = sentence ? inWords(sentence).replace(/, not ""\.$/, ", and this is none.") : "";
    refusal.hidden = !sentence;
    control.refuse(!!sentence);
  };
  const show = (next = value) => {
    control.show((value = next));
    hint.lead(value);
  };
  const set = async (wished, held) => {
    const mine = ++count;
    const sentence = await wish(wished, held);
    if (mine !== count) return; // something else has been set since
    refuse(sentence);
    if (sentence) show();
  };
  const control = controlOf({ ...field, id, describedBy: `${hintId} ${refusalId}` }, set, () => refuse(null));
  const head = element("span", { class: "gan-lab-label" }, element("label", { for: id }, field.label), hint.button);
  const el = element(
    "div",
    { class: `gan-lab-field gan-lab-${field.kind}`, "data-field": field.name },
    head,
    control.el,
    hint.el,
    refusal,
  );
  return { field, el, show, forget: () => refuse(null) };
}

// wish(name, value) for a field -> Promise of null or of why not; draw() when the reader wants to draw the target;
// chapterUrl(place) -> where the book can be read, or null.
export function buildPanel(dim, { wish, draw, chapterUrl }, spacious = true) {
  const number = ++panels;
  const rows = [];
  const row = (field) => {
    const made = buildRow(
      field,
      `gan-lab-${number}-${field.name}`,
      (value, held) => wish(field.name, value, held),
      chapterUrl,
    );
    rows.push(made);
    if (field.name !== "data") return [made.el];
    return [
      made.el,
      element("button", { type: "button", class: "gan-lab-draw", onclick: draw }, "Draw your own target"),
    ];
  };
  const groups = groupsFor(dim).map(({ name, words, first, open, fields }) =>
    first
      ? element(
          "div",
          { class: "gan-lab-fields", role: "group", "aria-label": words, "data-group": name },
          ...fields.flatMap(row),
        )
      : element(
          "details",
          { class: "gan-lab-fields", "data-group": name, open: open && spacious && "" },
          element("summary", {}, words),
          ...fields.flatMap(row),
        ),
  );
  const el = element("div", { class: "gan-lab-controls", role: "group", "aria-label": "The recipe" }, ...groups);
  return {
    el,
    show(recipe) {
      for (const { field, el, show } of rows) {
        show(recipe[field.name]);
        el.hidden = !means(field, recipe);
      }
    },
    // What was refused is given up: the game is another one now.
    forget: () => rows.forEach(({ forget }) => forget()),
  };
}
