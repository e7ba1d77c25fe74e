// An exercise that is checked in the page: a formula, a number or a choice, and which mistake is behind a wrong one.
//
// What is asked and the model answer are HTML of the figure (widgets/exercises.py); this puts a form in the place of the
// plain answers. What was typed last is kept by the exercise's name.

import { judge } from "../../checkers/exercise.js";
import { element } from "../elements.js";
import { keep, kept } from "../kept.js";
import { buildChoices } from "./fields.js";
import { mountForm, mounting, rendering } from "./figures.js";
import { withCode } from "./words.js";

const nameOf = ({ name }) => `gan-lab exercise ${name}`;

// What the letters of the formula are.
function lettersOf(variables) {
  const items = variables.map(({ name, words }) =>
    element("li", {}, element("code", {}, name), ": ", ...withCode(words)),
  );
  return items.length ? [element("ul", { class: "gan-lab-letters" }, ...items)] : [];
}

function buildFormula({ variables }) {
  const input = element("input", { type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false" });
  const label = variables.length ? "A formula:" : "A number:";
  return {
    rows: [element("label", { class: "gan-lab-formula-row" }, label, input)],
    get: () => input.value,
    set: (answer) => (input.value = answer),
  };
}

// Choices whose answer is its words.
function buildChosen({ name, choices }) {
  const { rows, get, set } = buildChoices(name, choices);
  return { rows, get: () => choices[get() ?? -1] ?? "", set: (answer) => set(choices.indexOf(answer)) };
}

// Put the form into a figure that has the question. Returns { unmount() }.
export function mountExercise(el, exercise) {
  const { rows, ...fields } = (exercise.choices.length ? buildChosen : buildFormula)(exercise);
  const legend = element("legend", {}, ...withCode(exercise.question));
  const verdict = element("p", { class: "gan-lab-verdict", role: "status" });
  const submitted = (event) => {
    event.preventDefault();
    const answer = fields.get();
    keep(nameOf(exercise), answer);
    const { right, words } =
      exercise.choices.length && !answer ? { right: false, words: "Choose one first." } : judge(exercise, answer);
    verdict.dataset.right = String(right);
    verdict.replaceChildren(...withCode(words));
  };
  const check = element("button", { type: "submit", class: "gan-lab-commit" }, "Check");
  const asks = element("div", { class: "gan-lab-asks" }, check);
  const form = element(
    "form",
    { onsubmit: submitted },
    element("fieldset", {}, legend, ...lettersOf(exercise.variables), ...rows),
    asks,
    verdict,
  );
  fields.set(kept(nameOf(exercise)) ?? "");
  return mountForm(el, form);
}

export const mountExercises = mounting("exercise", mountExercise);
export const renderExercise = rendering("exercise", mountExercise);
