// The reader's best score, kept in the page where the browser allows it.

import { element } from "../elements.js";
import { keep, kept } from "../kept.js";

const named = (name) => `gan-lab best ${name}`;

function keptScore(name) {
  const value = Number(kept(named(name)) ?? NaN);
  return Number.isFinite(value) ? value : null;
}

// score: { of(state, numbers): { name, value } or, while there is nothing to score, { name, value: null };
// higher: whether that is better; words(value) }. What is shown is the best so far under this name.
export function buildBest({ of, higher, words }) {
  const row = element("p", { class: "gan-lab-best" });
  const here = {};
  const show = (state, numbers) => {
    const { name, value } = of(state, numbers);
    here[name] ??= keptScore(name);
    if (value !== null && (here[name] === null || value > here[name] === higher))
      keep(named(name), (here[name] = value));
    row.textContent = here[name] === null ? " " : words(here[name]);
  };
  return { row, show };
}
