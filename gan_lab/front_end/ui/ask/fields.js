// The fields in which an answer is given: a choice, a number, a slider; sketch.js is the fourth. Each has its rows, and
// get(), null while nothing is answered, and set(answer).

import { FormulaError, readFormula } from "../../checkers/formula.js";
import { formatNumber } from "../../numeric/format.js";
import { element } from "../elements.js";
import { withCode } from "./words.js";

const STEPS = 100; // of a slider
const KEPT = 6; // digits of a typed number that are shown when the page is opened again

// name: that of the group, unique on the page; words: a list of the choices. The answer is which.
export function buildChoices(name, words) {
  const inputs = words.map((_, i) =>
    element("input", { type: "radio", name: `gan-lab ${name}`, value: i, required: true }),
  );
  const chosen = () => inputs.findIndex(({ checked }) => checked);
  return {
    rows: words.map((each, i) => element("label", {}, inputs[i], element("span", {}, ...withCode(each)))),
    get: () => (chosen() < 0 ? null : chosen()),
    set: (answer) => inputs.forEach((input, i) => (input.checked = i === answer)),
  };
}

// One that is typed, as it is or as a formula of numbers. get() throws a FormulaError where there is none to be read.
export function buildNumber() {
  const input = element("input", { type: "text", required: true, autocomplete: "off", autocapitalize: "off" });
  return {
    rows: [element("label", {}, "A number:", input)],
    get() {
      if (!input.value.trim()) return null;
      const number = readFormula(input.value)({});
      if (!Number.isFinite(number)) throw new FormulaError("That is no finite number.");
      return number;
    },
    set(answer) {
      if (answer === null) input.value = "";
      else input.value ||= Number(answer.toPrecision(KEPT));
    },
  };
}

// The step of a slider from low to high, or of a curve's places between them: a round decimal.
export function stepBetween([low, high]) {
  const power = 10 ** Math.floor(Math.log10((high - low) / STEPS));
  return Number((power * ([1, 2, 5].find((each) => each * power * STEPS >= high - low) ?? 10)).toPrecision(1));
}

// One number between two ends. It counts as an answer only once it was moved.
export function buildSlider({ ends, number, digits }) {
  const input = element("input", {
    type: "range",
    min: ends[0],
    max: ends[1],
    step: Math.max(stepBetween(ends), 10 ** -digits),
  });
  input.setAttribute("aria-label", number);
  const output = element("output", { "aria-hidden": "true" });
  let moved = false;
  const show = () => (output.textContent = moved ? formatNumber(Number(input.value), digits) : "?");
  const said = () => {
    moved = true;
    show();
  };
  for (const kind of ["input", "pointerup", "keyup"])
    input.addEventListener(kind, (event) => keyOfMove(event) && said());
  const ticks = ends.map((end) => element("span", {}, formatNumber(end, Math.min(digits, 2))));
  return {
    rows: [
      element("label", { class: "gan-lab-slide" }, input, output),
      element("div", { class: "gan-lab-ends gan-lab-slide-ends", "aria-hidden": "true" }, ...ticks),
    ],
    get: () => (moved ? Number(input.value) : null),
    set(answer) {
      moved = answer !== null;
      input.value = answer ?? (ends[0] + ends[1]) / 2;
      show();
    },
  };
}

// Tab comes and goes, and says nothing about the slider.
const keyOfMove = ({ key }) => key === undefined || key.startsWith("Arrow") || /^(Home|End|Page)/.test(key);
