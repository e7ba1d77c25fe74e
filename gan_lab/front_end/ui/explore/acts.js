// Buttons of a board. act: { words(state), does(state) }: what it says now, and the changes that it makes.

import { element } from "../elements.js";

export function buildAct({ words, does }, present, change) {
  const row = element("button", { type: "button", onclick: () => change(does(present())) });
  const show = (state) => (row.textContent = words(state));
  return { row, show };
}
