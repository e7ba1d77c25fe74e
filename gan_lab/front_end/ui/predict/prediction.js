// A committed prediction: the reader answers, then the number is computed here, and both stand side by side.
//
// What is asked and the answer's why are HTML of the figure (widgets/predictions.py), so that they are there on paper
// and without a script; this puts a form in the place of the plain list of answers. The answer is kept by its name.

import { themeOf, watchTheme } from "../../draw/theme.js";
import { formatNumber } from "../../numeric/format.js";
import { NUMBERS_OF_BUGS } from "../../training/bugs.js";
import { element } from "../elements.js";
import { forget, keep, kept } from "../kept.js";
import { keepKeys } from "../notebook_keys.js";
import { addStyle } from "../styles.js";
import { buildResults } from "./results.js";
import { addPredictStyle } from "./styles.js";
import { verdictOn } from "./verdict.js";

const SOON = 30; // milliseconds, in which the page says that it computes

// Words, of which those between backticks are code.
const withCode = (words) =>
  words.split("\x60").map((part, i) => (i % 2 ? element("code", {}, part) : document.createTextNode(part)));

const nameOf = ({ name }) => `gan-lab prediction ${name}`;

// What was kept, where it is a possible answer; else null.
function keptAnswer(prediction) {
  const { typed, places, answers } = prediction;
  try {
    const answer = JSON.parse(kept(nameOf(prediction)) ?? "null");
    if (places.length)
      return Array.isArray(answer) && answer.length === places.length && answer.every(Number.isFinite) ? answer : null;
    return Number.isFinite(answer) && (typed || answer in answers) ? answer : null;
  } catch {
    return null;
  }
}

// The fields of a form: get() is null while nothing is answered.
function choices({ name, answers }) {
  const inputs = answers.map((_, i) =>
    element("input", { type: "radio", name: `gan-lab ${name}`, value: i, required: true }),
  );
  const rows = answers.map(({ words }, i) => element("label", {}, inputs[i], element("span", {}, ...withCode(words))));
  const chosen = () => inputs.findIndex(({ checked }) => checked);
  return {
    rows,
    get: () => (chosen() < 0 ? null : chosen()),
    set: (answer) => inputs.forEach((input, i) => (input.checked = i === answer)),
  };
}

function typedNumber() {
  const input = element("input", { type: "number", step: "any", required: true, autocomplete: "off" });
  return {
    rows: [element("label", {}, "A number:", input)],
    get: () => (input.value === "" ? null : input.valueAsNumber),
    set: (answer) => (input.value = answer ?? ""),
  };
}

// A curve from 0 to 1, by a slider for each place.
function drawing({ places }) {
  const inputs = places.map(() => element("input", { type: "range", min: 0, max: 1, step: 0.01 }));
  const outputs = places.map(() => element("output", { "aria-hidden": "true" }));
  const show = () => inputs.forEach((input, i) => (outputs[i].textContent = formatNumber(Number(input.value))));
  for (const input of inputs) input.addEventListener("input", show);
  const rows = places.map((place, i) =>
    element("label", { class: "gan-lab-place" }, element("span", {}, place), inputs[i], outputs[i]),
  );
  return {
    rows,
    get: () => inputs.map(({ value }) => Number(value)),
    set(answer) {
      inputs.forEach((input, i) => (input.value = answer?.[i] ?? 0.5));
      show();
    },
  };
}

function buildFields(prediction) {
  const { rows, ...fields } = (prediction.places.length ? drawing : prediction.typed ? typedNumber : choices)(
    prediction,
  );
  const legend = element("legend", {}, ...withCode(prediction.question));
  return { row: element("fieldset", {}, legend, ...rows), ...fields };
}

// Put the form into a figure that has the question; compute() gives [as written, mended]. Returns { unmount() }.
export function mountPrediction(el, prediction, compute = NUMBERS_OF_BUGS[prediction.name]) {
  addStyle();
  addPredictStyle();
  el.classList.add("gan-lab", "gan-lab-predict");
  const plain = el.querySelector(".gan-lab-answers");
  const why = el.querySelector("details");
  const fields = buildFields(prediction);
  const commit = element("button", { type: "submit", class: "gan-lab-commit" });
  const drop = element("button", { type: "button", class: "gan-lab-forget" }, "Forget my answer");
  const verdict = element("p", { class: "gan-lab-verdict", role: "status" });
  const results = element("div", {});
  let answer = keptAnswer(prediction);
  let waiting = 0;

  const show = () => {
    fields.set(answer);
    fields.row.disabled = answer !== null;
    drop.hidden = answer === null;
    commit.textContent = answer === null ? "Commit" : results.firstChild ? "Run again" : "Run";
  };
  const run = () => {
    verdict.textContent = "Computing …";
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const found = compute();
      verdict.replaceChildren(...withCode(verdictOn(prediction, answer, found).words));
      results.replaceChildren(buildResults(prediction, answer, found));
      if (why) why.open = true;
      show();
    }, SOON);
  };
  const submitted = (event) => {
    event.preventDefault();
    answer ??= fields.get();
    if (answer === null) return;
    keep(nameOf(prediction), JSON.stringify(answer));
    show();
    run();
  };
  drop.addEventListener("click", () => {
    clearTimeout(waiting);
    forget(nameOf(prediction));
    answer = null;
    results.replaceChildren();
    verdict.textContent = "";
    if (why) why.open = false;
    show();
    fields.row.querySelector("input").focus();
  });

  const asks = element("div", { class: "gan-lab-asks" }, commit, drop);
  const form = element("form", { onsubmit: submitted }, fields.row, asks, verdict, results);
  form.addEventListener("keydown", (event) => event.stopPropagation()); // a notebook has its own use for keys
  plain.replaceWith(form);
  const dark = () => (el.dataset.dark = themeOf(el).dark);
  const unwatch = watchTheme(dark);
  dark();
  show();
  return {
    unmount() {
      clearTimeout(waiting);
      unwatch();
      form.replaceWith(plain);
    },
  };
}

// Every <figure data-gan-lab-prediction='{"name": ...}'> that is not mounted yet.
export function mountPredictions(root = document) {
  /** @type {NodeListOf<HTMLElement>} */
  const figures = root.querySelectorAll("figure[data-gan-lab-prediction]:not([data-mounted])");
  for (const figure of figures) {
    figure.dataset.mounted = "";
    mountPrediction(figure, JSON.parse(figure.dataset.ganLabPrediction));
  }
}

// anywidget's entry: the model holds the figure's HTML and what is asked.
export function renderPrediction({ model, el }) {
  const figure = element("figure", {});
  figure.innerHTML = model.get("html");
  el.append(figure);
  const loseKeys = keepKeys(el);
  const mounted = mountPrediction(figure, model.get("prediction"));
  return () => {
    loseKeys();
    mounted.unmount();
  };
}
