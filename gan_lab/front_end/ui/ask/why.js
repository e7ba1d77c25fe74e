// "Why did …?" after a run: a line for the reader's own sentence, which is kept, and the model answer to compare it with.

import { element } from "../elements.js";
import { keep, kept } from "../kept.js";
import { withCode } from "./words.js";

// fold: the figure's <details> with the model answer. Returns { row, show(there) }.
export function buildWhy(name, asked, fold) {
  const place = `${name} why`;
  const text = element("textarea", { rows: 2, oninput: () => keep(place, text.value) });
  text.value = kept(place) ?? "";
  const compare = element("button", { type: "button", class: "gan-lab-compare" }, "Compare");
  compare.addEventListener("click", () => {
    fold.open = true;
    fold.scrollIntoView({ block: "nearest" });
  });
  const row = element(
    "div",
    { class: "gan-lab-why", hidden: true },
    element("label", {}, element("span", {}, ...withCode(asked)), text),
    compare,
  );
  return { row, show: (there) => (row.hidden = !there) };
}
