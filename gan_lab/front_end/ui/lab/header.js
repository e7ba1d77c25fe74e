// The row above a lab: which game to begin with, a new start, what can be taken away, and a second game.

import { presetsOf } from "../../training/recipe/presets.js";
import { PRESETS } from "../../training/recipe/schema.js";
import { element } from "../elements.js";
import { buildShare } from "../share/share.js";
import { buildTray } from "../tray.js";
import { buildBeside } from "./controls/second_game.js";

const TRAINED =
  "A game that is named with an iteration is trained that far before it is shown. Reset begins it at iteration 0.";

// A preset's name, and at which iteration it is seen at first.
const presetWords = ({ words, t }) => (t ? `${words}, at iteration ${t}` : words);

// The presets of a dimension; those that are slow in a page apart.
function presetOptions(dim) {
  const option = (name) => element("option", { value: name }, presetWords(PRESETS[name]));
  const [small, large] = [false, true].map((wanted) =>
    presetsOf(dim).filter((name) => !!PRESETS[name].large === wanted),
  );
  return [...small.map(option), element("optgroup", { label: "Larger, and slow in a page" }, ...large.map(option))];
}

// acts: preset(name), reset(), share: what `buildShare` takes, or null where an address would lead nowhere,
// code() -> Promise of text, two(on), beside(name, value or none)
export function buildHeader(dim, acts, canCompare) {
  const button = (words, act, attributes = {}) =>
    element("button", { type: "button", onclick: act, ...attributes }, words);
  const preset = element(
    "select",
    { "aria-label": "Game to begin with", title: TRAINED, onchange: () => acts.preset(preset.value) },
    ...presetOptions(dim),
  );
  const own = element("option", { value: "", disabled: "", hidden: "" }, "Your own settings");
  preset.append(own);
  const tray = buildTray();
  const share = acts.share && buildShare(acts.share);
  const two = button("Two at once", () => acts.two(two.getAttribute("aria-pressed") !== "true"), {
    "aria-pressed": "false",
    title:
      "Two games under one clock that differ in one setting: both begin at iteration 0, and Undo brings back what was trained before",
  });
  const beside = buildBeside(dim, acts.beside);
  const row = element(
    "div",
    { class: "gan-lab-head" },
    element("label", { class: "gan-lab-preset" }, "Begin with ", preset),
    button("Reset", acts.reset, { title: "A new game with these settings, from iteration 0" }),
    ...(canCompare ? [two] : []),
    element("span", { class: "gan-lab-push" }),
    ...(share ? [share.button] : []),
    button("Copy as Python", async () =>
      tray.offer(
        "Python that plays this run and draws it (a long one ends elsewhere, as rounding differs)",
        await acts.code(),
      ),
    ),
  );
  return {
    parts: [row, beside.el, ...(share ? [share.tray] : []), tray.el],
    show(name, second, recipe) {
      preset.value = name ?? "";
      two.setAttribute("aria-pressed", String(!!second));
      beside.show(second, recipe);
    },
  };
}
