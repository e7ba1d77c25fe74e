// The reader's best score, kept in the page where the browser allows it.

import { element } from "../elements.js";

const named = (name) => `gan-lab best ${name}`;

function storage() {
  try {
    return window.localStorage; // refused in some frames and private windows
  } catch {
    return null;
  }
}

function kept(name) {
  const told = storage()?.getItem(named(name));
  const value = Number(told ?? NaN);
  return Number.isFinite(value) ? value : null;
}

function keep(name, value) {
  try {
    storage()?.setItem(named(name), String(value));
  } catch {
    // full, or refused: the score is told as long as the page is open
  }
}

// score: { of(state, numbers): { name, value } or, while there is nothing to score, { name, value: null };
// higher: whether that is better; words(value) }. What is shown is the best so far under this name.
export function buildBest({ of, higher, words }) {
  const row = element("p", { class: "gan-lab-best" });
  const here = {};
  const show = (state, numbers) => {
    const { name, value } = of(state, numbers);
    here[name] ??= kept(name);
    if (value !== null && (here[name] === null || value > here[name] === higher)) keep(name, (here[name] = value));
    row.textContent = here[name] === null ? " " : words(here[name]);
  };
  return { row, show };
}
