// The controls as native elements, each with its label and what it means: a panel for one game.

import { groupsFor, means, placeOfRate, RATE, rateAt, shownNumber } from "./controls.js";
import { element } from "./elements.js";
import { TARGETS, targetNamed } from "./presets.js";

const DEPTHS = [0, 1, 2, 3, 4];
const WIDTHS = [2, 4, 8, 16, 24, 32, 48, 64];
let panels = 0; // so that ids differ

// A control is { el, show(value) }; `set(value)` passes a reader's wish on.
const KINDS = {
  choice({ choices, id, hintId, label }, set) {
    const el = element("select", { id, "aria-label": id ? undefined : label, "aria-describedby": hintId, onchange: () => set(el.value) });
    const fill = (more) => el.replaceChildren(...[...choices, ...more].map(([value, words]) => element("option", { value }, words)));
    fill([]);
    return {
      el,
      show(value, words) {
        if (el.value === String(value)) return; // a list that is open is not made anew under the hand
        fill(choices.some(([known]) => known === value) ? [] : [[value, words ?? value]]);
        el.value = value;
      },
    };
  },
  number({ id, hintId, label, low, high, step }, set) {
    const el = element("input", { id, "aria-label": id ? undefined : label, type: "number", min: low, max: high, step: "any", inputmode: "decimal", "aria-describedby": hintId });
    let now = "";
    el.addEventListener("change", () => set(el.value.trim() === "" ? NaN : Number(el.value)));
    el.addEventListener("blur", () => (el.value = now)); // what was refused does not stay
    el.addEventListener("keydown", (event) => stepped(event, el, { low, high, step }, set));
    const show = (value) => {
      now = shownNumber(value);
      if (document.activeElement !== el) el.value = now;
    };
    return { el, show };
  },
  rate(field, set) {
    const typed = KINDS.number({ ...field, low: 0, step: null }, set);
    const label = `${field.label}, in powers of ten`;
    const slider = element("input", { type: "range", min: RATE.low, max: RATE.high, step: 1, "aria-label": label, oninput: () => set(rateAt(Number(slider.value))) });
    return {
      el: element("span", { class: "gan-lab-rate" }, slider, typed.el),
      show(value) {
        typed.show(value);
        if (document.activeElement !== slider) slider.value = placeOfRate(value);
        slider.setAttribute("aria-valuetext", shownNumber(value));
      },
    };
  },
  widths({ id, label, hintId }, set) {
    const options = (values, words) => values.map((value) => element("option", { value }, words(value)));
    const act = () => set(Array(Number(depth.value)).fill(Number(width.value)));
    const depth = element("select", { id, "aria-describedby": hintId, "aria-label": `${label}: hidden layers`, onchange: act }, ...options(DEPTHS, String));
    const width = element("select", { "aria-label": `${label}: width of a layer`, onchange: act });
    return {
      el: element("span", { class: "gan-lab-widths" }, depth, " × ", width),
      show(value) {
        const wide = value[0] ?? 16;
        width.replaceChildren(...options(WIDTHS.includes(wide) ? WIDTHS : [...WIDTHS, wide].sort((a, b) => a - b), String));
        [depth.value, width.value, width.disabled] = [value.length, wide, value.length === 0];
        depth.parentElement.title = value.length ? `widths ${value.join(", ")}` : "no hidden layer: a linear map";
      },
    };
  },
  check({ id, hintId, label }, set) {
    const el = element("input", { id, "aria-label": id ? undefined : label, type: "checkbox", "aria-describedby": hintId, onchange: () => set(el.checked) });
    return { el, show: (value) => (el.checked = value) };
  },
};

export const buildControl = (field, set) => KINDS[field.kind](field, set);

// The arrow keys of a number's field go by its step, within its bounds.
function stepped(event, el, { low = -Infinity, high = Infinity, step }, set) {
  const turn = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (!turn) return;
  event.preventDefault();
  const now = Number(el.value) || 0;
  const next = step ? now + turn * step : now * 10 ** (turn / 10);
  el.value = shownNumber(Number(Math.min(high, Math.max(low, next)).toPrecision(6)));
  set(Number(el.value));
}

// wish(name, value) for a field; draw() when the reader wants to draw the target.
export function buildPanel(dim, { wish, draw }, spacious = true) {
  const number = ++panels;
  const rows = [];
  const row = (field) => {
    const id = `gan-lab-${number}-${field.name}`;
    const hintId = `${id}-hint`;
    const set = (value) => wish(field.name, field.name === "data" ? TARGETS[value]?.[1] : value);
    const control = buildControl({ ...field, id, hintId }, set);
    const hint = element("span", { id: hintId, class: "gan-lab-hint" }, field.hint);
    const made = element("div", { class: `gan-lab-field gan-lab-${field.kind}`, "data-field": field.name, title: field.hint }, element("label", { for: id }, field.label), control.el, hint);
    rows.push({ field, control, made });
    if (field.name !== "data") return [made];
    return [made, element("button", { type: "button", class: "gan-lab-draw", onclick: draw }, "Draw your own target")];
  };
  const groups = groupsFor(dim).map(({ name, words, open, fields }) =>
    element("details", { class: "gan-lab-fields", "data-group": name, open: open && spacious && "" }, element("summary", {}, words), ...fields.flatMap(row)),
  );
  const el = element("div", { class: "gan-lab-controls", role: "group", "aria-label": "The recipe" }, ...groups);
  return {
    el,
    show(recipe) {
      for (const { field, control, made } of rows) {
        const value = recipe[field.name];
        if (field.name === "data") control.show(targetNamed(value) ?? "own", "drawn by hand");
        else control.show(value);
        made.hidden = !means(field, recipe);
      }
    },
  };
}
