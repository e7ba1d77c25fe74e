// Before a heavy game is played: how long it would take here, and what the reader wants to do.

import { capped, capsFor } from "../../../training/effort.js";
import { same } from "../../../training/recipe/recipe.js";
import { element } from "../../elements.js";
import { labelOf } from "./fields.js";

export const LONG = 1; // seconds of an iteration, from which on it is asked

// Seconds in words, as little exact as they are.
export function secondsWords(seconds) {
  if (seconds < 1.5) return "a second";
  const round = (value, unit) => `${value < 10 ? Math.round(value) : Number(value.toPrecision(2))} ${unit}`;
  if (seconds < 100) return round(seconds, "seconds");
  return seconds < 5400 ? round(seconds / 60, "minutes") : round(seconds / 3600, "hours");
}

const valueWords = (value) => (Array.isArray(value) ? value.join("-") : String(value));

// What would be smaller, in the words of the controls.
function smallerWords({ recipe, most }) {
  const less = capped(recipe, capsFor(recipe, most));
  return Object.keys(less)
    .filter((name) => !same(recipe[name], less[name]))
    .map((name) => `${labelOf(name)}: ${valueWords(less[name])}`)
    .join("; ");
}

// The heaviest of the recipes that a state plays by, at its start, on the way or beside: null where none takes
// longer than so many seconds. estimate(recipe) -> { seconds, most }.
export function heaviest({ recipe, changes = [], beside = null }, estimate, long = LONG) {
  const recipes = [recipe];
  for (const { changes: more } of changes) recipes.push({ ...recipes.at(-1), ...more });
  if (beside) recipes.push(...recipes.map((each) => ({ ...each, ...beside })));
  const found = recipes.map((each) => ({ recipe: each, ...estimate(each) }));
  const worst = found.reduce((a, b) => (b.seconds > a.seconds ? b : a));
  return worst.seconds > long ? worst : null;
}

// The same state with nothing in it that takes long.
export function lightened(state, { recipe, most }) {
  const caps = capsFor(recipe, most);
  return {
    ...state,
    recipe: capped(state.recipe, caps),
    changes: (state.changes ?? []).map(({ t, changes }) => ({ t, changes: capped(changes, caps) })),
    beside: state.beside && capped(state.beside, caps),
  };
}

// The question, in a place of its own: ask(found, { anyway, less }) with what is done then.
export function buildQuestion() {
  const el = element("div", {
    class: "gan-lab-question",
    role: "alertdialog",
    "aria-label": "A heavy game",
    hidden: "",
    onkeydown: ({ key }) => key === "Escape" && close(),
  });
  let opener = null; // gets the focus back
  function close() {
    if (el.hidden) return;
    el.hidden = true;
    opener?.focus?.({ preventScroll: true });
  }
  const button = (words, act) => element("button", { type: "button", onclick: () => (close(), act()) }, words);
  return {
    el,
    close,
    ask(found, { anyway, less }) {
      opener = document.activeElement;
      const words = `One iteration of this game, with its picture, would take about ${secondsWords(found.seconds)} here. It could be stopped at any time.`;
      const smaller = button("Make it lighter", less);
      el.replaceChildren(
        element("p", {}, `${words} Lighter would be: ${smallerWords(found)}.`),
        element(
          "div",
          { class: "gan-lab-group" },
          smaller,
          button("Play it anyway", anyway),
          button("Leave it", () => {}),
        ),
      );
      el.hidden = false;
      smaller.focus({ preventScroll: true });
    },
  };
}
