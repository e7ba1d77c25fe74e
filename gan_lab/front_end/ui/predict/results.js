// The reader's answer and what was computed, side by side: a row each, on one axis, with a dot for each seed.

import { formatNumber } from "../../numeric/format.js";
import { element } from "../elements.js";
import { medianOf } from "./verdict.js";

const PAD = 0.08; // of the axis, beyond the outermost number

// The ends of an axis that has all of these numbers.
function axisOf(values) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = PAD * (high - low) || 0.5;
  return [low - pad, high + pad];
}

const percent = (value, [low, high]) => Math.min(100, Math.max(0, (100 * (value - low)) / (high - low)));

const dots = (kind, values, axis) =>
  values.map((value) => element("i", { class: `gan-lab-dot ${kind}`, style: `left: ${percent(value, axis)}%` }));

// What the reader said: a number, or the range of numbers for which the choice is right.
function said({ answers, typed, digits }, answer, axis) {
  if (typed) return { marks: dots("gan-lab-you", [answer], axis), value: formatNumber(answer, digits) };
  const { words, low, high } = answers[answer];
  const [from, to] = [percent(low ?? -Infinity, axis), percent(high ?? Infinity, axis)];
  const style = `left: ${from}%; width: ${Math.max(1, to - from)}%`;
  return { marks: [element("b", { class: "gan-lab-range", style })], value: words };
}

function row(name, { marks, value }) {
  const track = element("div", { class: "gan-lab-track" }, ...marks);
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, name),
    element("td", { "aria-hidden": "true" }, track),
    element("td", {}, value),
  );
}

// What the ends of the axis are.
function ends(axis, digits) {
  const marks = axis.map((value) => element("span", {}, formatNumber(value, digits)));
  const line = element("div", { class: "gan-lab-ends" }, ...marks);
  return element("tr", { "aria-hidden": "true" }, element("td", {}), element("td", {}, line), element("td", {}));
}

// A row for each place, from 0 to 1, with all three on it.
function rowsOfPlaces({ places, digits }, answer, [written, mended]) {
  const axis = [0, 1];
  const marks = (i) => [
    ...dots("gan-lab-written", [written[i]], axis),
    ...dots("gan-lab-mended", [mended[i]], axis),
    ...dots("gan-lab-you", [answer[i]], axis),
  ];
  const rows = places.map((place, i) => row(place, { marks: marks(i), value: formatNumber(written[i], digits) }));
  return { rows: [...rows, ends(axis, 0)], about: "as written; the diamond is yours, the ring mended. Computed here" };
}

function rowsOfThree(prediction, answer, found) {
  const { typed, answers, digits } = prediction;
  const asked = typed ? [answer] : [answers[answer].low, answers[answer].high];
  const axis = axisOf([...found.flat(), ...asked.filter(Number.isFinite)]);
  const of = (kind, values) => ({ marks: dots(kind, values, axis), value: formatNumber(medianOf(values), digits) });
  const rows = [
    row("You", said(prediction, answer, axis)),
    row("As written", of("gan-lab-written", found[0])),
    row("Mended", of("gan-lab-mended", found[1])),
    ends(axis, Math.min(digits, 2)),
  ];
  const seeds = found[0].length > 1 ? `; ${found[0].length} seeds, and their median` : "";
  const off = typed ? `. You are off by ${formatNumber(Math.abs(answer - medianOf(found[0])), digits)}` : "";
  return { rows, about: `${seeds}, computed here${off}` };
}

// found: [as written, mended], of each one number, one for each seed, or one for each place.
export function buildResults(prediction, answer, found) {
  const { rows, about } = (prediction.places.length ? rowsOfPlaces : rowsOfThree)(prediction, answer, found);
  const words = prediction.places.length ? `${prediction.number} ${about}.` : `${prediction.number}${about}.`;
  return element("table", { class: "gan-lab-results" }, element("caption", {}, words), ...rows);
}
