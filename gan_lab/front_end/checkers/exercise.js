// An answer to an exercise, judged as gan_lab/checkers/exercise.py judges it.

import { FormulaError, readFormula } from "./formula.js";

const RIGHT = "That is right.";
const NOT_A_NUMBER = "Your formula gives a number for each point: a sum or a mean is missing.";
const GENERAL = [
  [(r) => -r, "The sign is the wrong way round."],
  [(r) => 2 * r, "This is twice too much: a factor ½ is missing."],
  [(r) => r / 2, "This is half of it: a factor 2 is missing."],
  [(r) => r / Math.LN2, "This is in bits: with natural logarithms it is in nats."],
  [(r) => 1 / r, "This is upside down: one over the right value."],
  [(r) => 1 - r, "This is 1 minus the right value: look whose it is."],
];

const wrong = (words) => ({ right: false, words });

// The variables' values at which an answer is tried: { letter: number or list of numbers } for each case.
function casesOf({ variables }) {
  const count = variables.length ? variables[0].values.length : 1;
  return Array.from({ length: count }, (_, i) =>
    Object.fromEntries(variables.map(({ name, values }) => [name, values[i]])),
  );
}

// exercise: as widgets/exercises.py tells it; answer: the formula as it was typed, or the words of a choice.
/** @type {(exercise: any, answer: string) => { right: boolean, words: string }} */
export function judge(exercise, answer) {
  if (exercise.choices.length) return ofChoice(exercise, answer);
  const letters = exercise.variables.map(({ name }) => name);
  const cases = casesOf(exercise);
  const valuesOf = (formula) => cases.map(readFormula(formula, letters));
  try {
    return ofValues(exercise, cases, valuesOf(answer), valuesOf);
  } catch (refusal) {
    if (refusal instanceof FormulaError) return wrong(refusal.message);
    throw refusal;
  }
}

function ofChoice({ mistakes }, answer) {
  const found = mistakes.find((one) => one.answer === answer);
  return found ? wrong(found.means) : { right: true, words: RIGHT };
}

function ofValues({ right, mistakes, within }, cases, values, valuesOf) {
  if (values.some(Array.isArray)) return wrong(NOT_A_NUMBER);
  const fits = (others) => values.every((value, i) => equalWithin(within, value, others[i]));
  const truth = valuesOf(right);
  if (fits(truth)) return { right: true, words: RIGHT };
  const own = mistakes.find(({ answer }) => fits(valuesOf(answer)))?.means;
  const lost = values.findIndex((value) => !Number.isFinite(value));
  if (lost >= 0) return wrong(own ?? `Your formula has no value${where(cases[lost])}.`);
  const named = own ?? GENERAL.find(([change]) => fits(truth.map(change)))?.[1];
  return wrong(named ?? off(values, truth, cases));
}

const equalWithin = (tolerance, value, other) =>
  value === other || (Number.isFinite(other) && Math.abs(value - other) <= tolerance * (1 + Math.abs(other)));

// Where, and on which side, values are that no known mistake gives.
function off(values, truth, cases) {
  const distances = values.map((value, i) => Math.abs(value - truth[i]));
  const worst = distances.indexOf(Math.max(...distances));
  const side = values[worst] > truth[worst] ? "too much" : "too little";
  return `Not yet. Your formula gives ${side}${where(cases[worst])}.`;
}

// The case in words, such as " where p = 0.3, q = 0.8".
function where(values) {
  const told = Object.entries(values).map(([name, value]) => `${name} = ${inDigits(value)}`);
  return told.length ? ` where ${told.join(", ")}` : "";
}

// A number of at most four digits, or several in brackets.
function inDigits(value) {
  if (Array.isArray(value)) return `(${value.map(inDigits).join(", ")})`;
  return String(Number(value.toPrecision(4))).replace("-", "−");
}
