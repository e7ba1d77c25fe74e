// The reader's answer and what was computed, side by side: a row each, on one axis, with a dot for each seed.

import { formatNumber } from "../../numeric/format.js";
import { meanOf, medianOf } from "../../numeric/mean.js";
import { element } from "../elements.js";

const PAD = 0.08; // of the axis, beyond the outermost number

// The ends of an axis that has all of these numbers: those of the slider, where there is one, if it has them.
function axisOf(values, ends) {
  if (ends) return [Math.min(ends[0], ...values), Math.max(ends[1], ...values)];
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const pad = PAD * (high - low) || 0.5;
  return [low - pad, high + pad];
}

const percent = (value, [low, high]) => Math.min(100, Math.max(0, (100 * (value - low)) / (high - low)));

const dots = (kind, values, axis) =>
  values.map((value) => element("i", { class: `gan-lab-dot ${kind}`, style: `left: ${percent(value, axis)}%` }));

// What the reader said: a number, or the range of numbers for which the choice is right.
function said({ answers, within, digits }, answer, axis) {
  if (within) return { marks: dots("gan-lab-you", [answer], axis), value: formatNumber(answer, digits) };
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
function endsOf(axis, digits) {
  const marks = axis.map((value) => element("span", {}, formatNumber(value, digits)));
  const line = element("div", { class: "gan-lab-ends" }, ...marks);
  return element("tr", { "aria-hidden": "true" }, element("td", {}), element("td", {}, line), element("td", {}));
}

// Where the numbers come from: the record, or this page.
const source = ({ recorded }) => recorded || "computed here";

function table(prediction, answer, [written, mended = []]) {
  const { within, answers, digits, recorded } = prediction;
  const told = within ? [answer] : [answers[answer].low, answers[answer].high];
  const axis = axisOf([...written, ...mended, ...told.filter(Number.isFinite)], prediction.ends);
  const of = (kind, values) => ({ marks: dots(kind, values, axis), value: formatNumber(medianOf(values), digits) });
  const rows = [
    row("You", said(prediction, answer, axis)),
    row(mended.length ? "As written" : "It is", of("gan-lab-written", written)),
    ...(mended.length ? [row("Mended", of("gan-lab-mended", mended))] : []),
    endsOf(axis, Math.min(digits, 2)),
  ];
  const median = recorded ? "; the median" : `; ${written.length} seeds, and their median`;
  const seeds = written.length > 1 ? median : "";
  const off = within ? `. You are off by ${formatNumber(Math.abs(answer - medianOf(written)), digits)}` : "";
  const words = `${prediction.number}${seeds}, ${source(prediction)}${off}.`;
  return element("table", { class: "gan-lab-results" }, element("caption", {}, words), ...rows);
}

// The numbers of a curve that stands in the reader's picture, and how far the reader's is from it.
function ofCurve(prediction, answer, [written, mended = []]) {
  const { places, digits, number } = prediction;
  const told = places.map((place, i) => `${place}:\u00a0${formatNumber(written[i], digits)}`).join(", ");
  const gaps = written.map((value, i) => Math.abs(value - answer[i]));
  const widest = places[gaps.indexOf(Math.max(...gaps))];
  const off = `You are off by ${formatNumber(meanOf(gaps), digits)} on average, most at ${widest}.`;
  const ring = mended.length ? "; the ring is the mended one" : "";
  return element(
    "p",
    { class: "gan-lab-told" },
    element("b", {}, off),
    ` The diamond is yours, the dot is what it is${ring}. ${number}, ${source(prediction)}. ${told}.`,
  );
}

// found: [as written, mended], of each one number, one for each seed, or one for each place.
export const buildResults = (prediction, answer, found) =>
  (prediction.places.length ? ofCurve : table)(prediction, answer, found);
