// A committed prediction: the reader answers, then the number is computed here, and both stand side by side.
//
// What is asked and the answer's why are HTML of the figure (widgets/predictions.py), so that they are there on paper
// and without a script; this puts a form in the place of the plain list of answers. The answer is kept by its name.

import { FormulaError } from "../../checkers/formula.js";
import { NUMBERS } from "../../checkers/numbers.js";
import { verdictOn } from "../../checkers/verdict.js";
import { element } from "../elements.js";
import { forget, keep, kept } from "../kept.js";
import { buildChoices, buildNumber, buildSlider } from "./fields.js";
import { mountForm, mounting, rendering } from "./figures.js";
import { buildResults } from "./results.js";
import { buildSketch } from "./sketch.js";
import { buildWhy } from "./why.js";
import { withCode } from "./words.js";

const SOON = 30; // milliseconds, in which the page says that it computes

const nameOf = ({ name }) => `gan-lab prediction ${name}`;

// What was kept, where it is a possible answer; else null.
function keptAnswer(prediction) {
  const { within, places, answers } = prediction;
  try {
    const answer = JSON.parse(kept(nameOf(prediction)) ?? "null");
    if (places.length)
      return Array.isArray(answer) && answer.length === places.length && answer.every(Number.isFinite) ? answer : null;
    return Number.isFinite(answer) && (within || answer in answers) ? answer : null;
  } catch {
    return null;
  }
}

/** @type {(prediction: any) => { rows: any[], get: () => any, set: (answer: any) => any, reveal?: (found: any) => void }} */
function fieldsOf(prediction) {
  const { name, answers, within, places, ends } = prediction;
  if (places.length) return buildSketch(prediction);
  if (!within)
    return buildChoices(
      name,
      answers.map(({ words }) => words),
    );
  return ends ? buildSlider(prediction) : buildNumber();
}

function buildFields(prediction) {
  const { rows, ...fields } = fieldsOf(prediction);
  const legend = element("legend", {}, ...withCode(prediction.question));
  return { row: element("fieldset", {}, legend, ...rows), ...fields };
}

// Put the form into a figure that has the question. Returns { unmount() }.
export function mountPrediction(el, prediction) {
  const compute = prediction.found ? () => prediction.found : NUMBERS[prediction.name];
  const fold = el.querySelector("details");
  const fields = buildFields(prediction);
  const commit = element("button", { type: "submit", class: "gan-lab-commit" });
  const drop = element("button", { type: "button", class: "gan-lab-forget" }, "Forget my answer");
  const verdict = element("p", { class: "gan-lab-verdict", role: "status" });
  const results = element("div", {});
  const why = buildWhy(nameOf(prediction), prediction.asks_why, fold);
  let answer = keptAnswer(prediction);
  let waiting = 0;

  const show = () => {
    fields.set(answer);
    fields.row.disabled = answer !== null;
    drop.hidden = answer === null;
    commit.textContent = answer === null ? "Commit" : results.firstChild ? "Run again" : "Run";
    why.show(Boolean(results.firstChild));
  };
  const run = () => {
    verdict.textContent = "Computing …";
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const found = compute();
      verdict.replaceChildren(...withCode(verdictOn(prediction, answer, found).words));
      results.replaceChildren(buildResults(prediction, answer, found));
      fields.reveal?.(found);
      show();
    }, SOON);
  };
  const submitted = (event) => {
    event.preventDefault();
    try {
      answer ??= fields.get();
    } catch (error) {
      if (!(error instanceof FormulaError)) throw error;
      verdict.replaceChildren(...withCode(error.message));
      return;
    }
    if (answer === null) {
      verdict.textContent = "Answer first: the page computes only after that.";
      return;
    }
    keep(nameOf(prediction), JSON.stringify(answer));
    show();
    run();
  };
  drop.addEventListener("click", () => {
    clearTimeout(waiting);
    forget(nameOf(prediction));
    answer = null;
    fields.reveal?.(null);
    results.replaceChildren();
    verdict.textContent = "";
    fold.open = false;
    show();
    fields.row.querySelector("input").focus();
  });

  const asks = element("div", { class: "gan-lab-asks" }, commit, drop);
  const form = element("form", { onsubmit: submitted }, fields.row, asks, verdict, results, why.row);
  const mounted = mountForm(el, form);
  show();
  return {
    unmount() {
      clearTimeout(waiting);
      mounted.unmount();
    },
  };
}

export const mountPredictions = mounting("prediction", mountPrediction);
export const renderPrediction = rendering("prediction", mountPrediction);
