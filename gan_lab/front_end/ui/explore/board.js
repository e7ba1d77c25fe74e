// A board: a picture of a few numbers that the reader moves, its sliders, and a line of words.
//
// What is shown is a view, a table of pure functions:
//   start                         the state at first: { key: number or string }
//   choices, knobs                what moves it: see buildChoice and buildKnob
//   height(width)                 of the picture, in CSS pixels
//   measure(state, record)        the numbers shown, computed once for a change; the record is what the figure brings
//   draw(context, state, numbers, size, theme)
//   sentence(state, numbers)      "first part: the rest", in words
//   link(state, numbers)          null, or { href, words } of a link after the sentence
//   grab(point, state, size)      null, or a function from a later point to changes of the state
//   acts, best                    buttons, and a score that is kept, where there are any: see buildAct and buildBest
//   free                          whether a grab moves up and down too
//   label                         the picture's name for who cannot see it

import { themeOf, watchTheme } from "../../draw/theme.js";
import { formatNumber } from "../../numeric/format.js";
import { element, sheet } from "../elements.js";
import { pointOn, tallness } from "../figure_parts.js";
import { addStyle } from "../styles.js";
import { buildAct } from "./acts.js";
import { buildBest } from "./best_score.js";
import { buildHandle } from "./handles.js";
import { addExploreStyle } from "./styles.js";

const HEARD_AFTER = 500; // milliseconds of rest before a screen reader is told
let made = 0; // sliders on this page, for their names

// The same list of [text, kind of type] that is written on a canvas, as HTML.
const TAGS = { italic: ["i"], sub: ["sub"], subitalic: ["sub", "i"] };
const PLAIN = { class: "gan-lab-plain" };
function formula(words) {
  if (typeof words === "string") return element("span", {}, words);
  const parts = words.map(([text, kind]) =>
    kind in TAGS
      ? TAGS[kind].reduceRight((inside, tag) => element(tag, {}, inside), text)
      : element("span", kind === "plain" ? PLAIN : {}, text),
  );
  return element("span", { class: "gan-lab-formula" }, ...parts);
}

// What the reader asked for, kept inside a slider's range and on its steps.
export function snapped(value, { min, max, step }) {
  const inside = Math.min(max, Math.max(min, value));
  return Number((min + Math.round((inside - min) / step) * step).toFixed(6));
}

// The start, with what is asked for instead where the view knows the name and the value is possible.
export function stateOfBoard(view, asked = {}) {
  const state = { ...view.start };
  for (const knob of view.knobs)
    if (Number.isFinite(asked[knob.key])) state[knob.key] = Math.min(knob.max, Math.max(knob.min, asked[knob.key]));
  for (const { key, options } of view.choices)
    if (options.some(([value]) => value === asked[key])) state[key] = asked[key];
  return state;
}

// A slider with its name and value. knob: { key, name, said, role, min, max, step, decimals, wide, when, text }, the last
// of the numbers shown: the words for its value.
function buildKnob(knob, change) {
  const id = `gan-lab-knob-${++made}`;
  const input = element("input", {
    id,
    type: "range",
    min: knob.min,
    max: knob.max,
    step: knob.step,
    "aria-label": knob.said,
    oninput: () => change({ [knob.key]: Number(input.value) }),
  });
  const output = element("output", { for: id, "aria-hidden": "true" });
  const label = element("label", { for: id, title: knob.said }, formula(knob.name));
  const kind = `gan-lab-scrub gan-lab-knob${knob.wide ? " gan-lab-wide" : ""}`;
  const row = element("div", { class: kind, "data-role": knob.role }, label, input, output);
  const show = (state, numbers) => {
    const value = state[knob.key];
    row.hidden = knob.when !== undefined && !knob.when(state);
    input.value = value;
    input.style.setProperty("--gl-done", `${(100 * (value - knob.min)) / (knob.max - knob.min)}%`);
    output.textContent = knob.text ? String(knob.text(numbers)) : formatNumber(value, knob.decimals ?? 2);
    input.setAttribute("aria-valuetext", output.textContent);
  };
  return { row, show };
}

// Radio buttons. choice: { key, name, options: [[value, words], ...], also, when, locked }: what else changes with it;
// of the state, whether it is there, and whether it can no longer be changed.
function buildChoice({ key, name, options, also, when, locked }, change) {
  const group = `gan-lab-choice-${++made}`;
  const inputs = options.map(([value]) =>
    element("input", { type: "radio", name: group, value, onchange: () => change({ [key]: value, ...also }) }),
  );
  const labels = options.map(([, words], i) => element("label", {}, inputs[i], formula(words)));
  const row = element("fieldset", { class: "gan-lab-choice" }, element("legend", {}, name), ...labels);
  const show = (state) => {
    row.hidden = when !== undefined && !when(state);
    for (const input of inputs) {
      input.checked = input.value === state[key];
      input.disabled = locked !== undefined && locked(state);
    }
  };
  return { row, show };
}

// A hand on the picture: from a grab to its end, points become changes.
function grabbing(canvas, board, view, present, change) {
  let move = null;
  const pointOf = (event) => pointOn(canvas, event);
  const reach = (event) => view.grab(pointOf(event), ...present());
  const letGo = () => {
    move = null;
    board.classList.remove("gan-lab-grabbing");
  };
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    move = reach(event);
    if (!move) return;
    canvas.setPointerCapture(event.pointerId);
    board.classList.add("gan-lab-grabbing");
    change(move(pointOf(event)));
  });
  // What can be moved both ways is held against the page's scrolling, where a finger takes it.
  const hold = (event) => view.free && event.cancelable && reach(event.touches[0]) && event.preventDefault();
  canvas.addEventListener("touchstart", hold, { passive: false });
  canvas.addEventListener("pointermove", (event) => {
    if (move) change(move(pointOf(event)));
    else board.classList.toggle("gan-lab-can-grab", Boolean(reach(event)));
  });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) canvas.addEventListener(end, letGo);
}

// The words before the first colon are bold; a line may end before "=", and not inside a term.
function tell(says, words) {
  const unbroken = words.replace(/= |2 JSD|log 4|Your D|D loses| − /g, (term) => term.replaceAll(" ", "\u00a0"));
  const [first, ...rest] = unbroken.split(": ");
  says.replaceChildren(element("b", {}, first), rest.length ? `: ${rest.join(": ")}` : "");
}

// Where the present state leads, after the sentence.
function lead(says, link) {
  if (link) says.append(" ", element("a", { href: link.href }, link.words));
}

// Put a board that shows `view` into `el`, with the record that it is of. Returns { state(), change(changes), unmount() }.
export function mountBoard(el, view, asked = {}, record = undefined) {
  addStyle();
  addExploreStyle();
  el.classList.add("gan-lab", "gan-lab-explore");
  let state = stateOfBoard(view, asked);
  let numbers = view.measure(state, record);
  let waiting = 0;
  let resting = 0;
  const canvas = element("canvas", { role: "img" });
  const board = element("div", { class: "gan-lab-board" }, canvas);
  const says = element("p", { class: "gan-lab-says" });
  const heard = element("p", { class: "gan-lab-heard", "aria-live": "polite" });

  const size = () => ({ width: board.clientWidth, height: tallness() * view.height(board.clientWidth) });
  const paint = () => {
    waiting = 0;
    const theme = themeOf(el);
    el.dataset.dark = theme.dark;
    const { width, height } = size();
    if (canvas.style.height !== `${height}px`) canvas.style.height = `${height}px`;
    const context = sheet(canvas, { width, height });
    if (context) view.draw(context, state, numbers, { width, height }, theme);
    for (const handle of handles) handle.put(state, { width, height });
  };
  const repaint = () => (waiting ||= requestAnimationFrame(paint));
  const show = () => {
    const words = view.sentence(state, numbers);
    for (const part of parts) part.show(state, numbers);
    tell(says, words);
    lead(says, view.link?.(state, numbers));
    canvas.setAttribute("aria-label", `${view.label} ${words}`);
    repaint();
    return words;
  };
  const change = (changes) => {
    const moved = { ...state };
    for (const [key, value] of Object.entries(changes)) {
      const knob = view.knobs.find((one) => one.key === key);
      moved[key] = knob ? snapped(value, knob) : value;
    }
    if (Object.keys(moved).every((key) => moved[key] === state[key])) return;
    state = moved;
    numbers = view.measure(state, record);
    const words = show();
    clearTimeout(resting);
    resting = setTimeout(() => (heard.textContent = words), HEARD_AFTER);
  };

  const choices = view.choices.map((choice) => buildChoice(choice, change));
  const knobs = view.knobs.filter((knob) => !knob.place).map((knob) => buildKnob(knob, change));
  const handles = view.knobs.filter((knob) => knob.place).map((knob) => buildHandle(knob, change));
  const acts = (view.acts ?? []).map((act) => buildAct(act, () => state, change));
  const best = view.best ? [buildBest(view.best)] : [];
  const parts = [...choices, ...knobs, ...handles, ...acts, ...best];
  const row = (name, built) => element("div", { class: name }, ...built.map((part) => part.row));
  const stage = element("div", { class: "gan-lab-stage" }, board, says);
  if (choices.length) stage.append(row("gan-lab-choices", choices));
  if (knobs.length) stage.append(row("gan-lab-knobs", knobs));
  if (acts.length) stage.append(row("gan-lab-acts", acts));
  board.append(...handles.map((handle) => handle.row));
  stage.append(...best.map((part) => part.row), heard);
  el.prepend(stage);
  // A notebook has its own use for keys; a slider's arrows are the slider's.
  stage.addEventListener("keydown", (event) => event.stopPropagation());
  if (view.grab) grabbing(canvas, board, view, () => [state, size()], change);

  const watcher = new ResizeObserver(repaint);
  watcher.observe(board);
  const unwatch = watchTheme(repaint);
  show();
  paint();
  return {
    state: () => ({ ...state }),
    change,
    unmount() {
      watcher.disconnect();
      unwatch();
      cancelAnimationFrame(waiting);
      clearTimeout(resting);
      stage.remove();
    },
  };
}
