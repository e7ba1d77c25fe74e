// Algorithm 1 a line at a time: which line was done, a sentence on it and on what the picture shows of it, and
// the number that it changed, beside the picture, with what the players play for.

import { steepest } from "../../draw/line/minibatch_marks.js";
import { short } from "../../draw/plane/sentences.js";
import { playsForV } from "../../frame/pays.js";
import { isProbability } from "../../frame/readout.js";
import { formatNats, formatNumber } from "../../numeric/format.js";
import { meanOf } from "../../numeric/mean.js";
import { element } from "../elements.js";
import { buildFormula } from "./formula.js";

// The names are those that a training gives to its lines.
export const LINES = [
  { name: null, words: "for each iteration" },
  { name: null, words: "for k steps of D", depth: 1 },
  { name: "sample noise for D", words: "sample m noise z; x = G(z)", depth: 2 },
  { name: "sample data for D", words: "sample m data x", depth: 2 },
  { name: "move D", words: "move D down its loss", depth: 2 },
  { name: "sample noise for G", words: "sample m new noise z", depth: 1 },
  { name: "move G", words: "move G down its loss, through D", depth: 1 },
];

const TURN_OF_D = 1; // which line says how often D moves
export const turnOfD = ({ k_G }) => LINES[TURN_OF_D].words + (k_G > 1 ? `, in one of ${k_G} iterations` : "");

// Mean and spread of points (x, or x and y) that a line drew.
export function summary(x, dim) {
  const n = x.length / dim;
  const axis = (j) => {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < n; i++) sum += x[dim * i + j];
    const mean = sum / n;
    for (let i = 0; i < n; i++) squares += (x[dim * i + j] - mean) ** 2;
    return [mean, Math.sqrt(squares / n)];
  };
  const axes = Array.from({ length: dim }, (_, j) => axis(j));
  const list = (values) => (dim === 1 ? formatNumber(values[0]) : `(${values.map((v) => formatNumber(v)).join(", ")})`);
  return `mean ${list(axes.map(([mean]) => mean))}, sd ${list(axes.map(([, sd]) => sd))}`;
}

// How a number changed, as far as it is shown; null where one is not known.
function changed(name, before, after, shown, unit = "") {
  if (!Number.isFinite(before) || !Number.isFinite(after)) return null;
  const [was, is] = [shown(before), shown(after)];
  return was === is
    ? `${name} is ${is}${unit}, as before`
    : `${name} ${was} → ${is}${unit}: it ${after > before ? "rose" : "fell"}`;
}

// What the picture shows of the minibatch after a line, on the line and in the plane.
const MARKS = "Rings are the data and crosses G(z): the larger, the more it weighs in D’s step.";
const longest = ({ dim, loss, minibatch: { pull } }) =>
  `the longest: ${short(steepest(pull, dim))}${isProbability(loss) ? " nats" : ""} per unit`;
const over = ({ dim }) => (dim === 1 ? " over its tick" : "");
const onAverage = (values) => `${formatNumber(meanOf(values), 3)} on average`;

// What the points that a line drew pay, where each has a price of its own.
function paidWords(frame, whose, values) {
  if (!values) return "";
  const { player } = frame.minibatch;
  if (player === "G") return ` What each costs G stands${over(frame)}: ${onAverage(values)}.`;
  return playsForV(frame.loss)
    ? ` What each of ${whose} pays into V hangs${over(frame)}: ${onAverage(values)}.`
    : ` What each of ${whose} costs D stands${over(frame)}: ${onAverage(values)}.`;
}

const SHOWN = {
  "sample noise for D": (frame) =>
    `A line joins each z to its G(z).${paidWords(frame, "them", frame.minibatch.pays.fake)}`,
  "sample data for D": (frame) => `${MARKS}${paidWords(frame, "the data", frame.minibatch.pays.real)}`,
  "move D": ({ dim }) => `${dim === 1 ? "Thin and dashed: D before the step. " : ""}${MARKS}`,
  "sample noise for G": (frame) =>
    `Arrows lead down the slope of G’s loss at each G(z) (${longest(frame)}).${paidWords(frame, "", frame.minibatch.pays.fake)}`,
  "move G": ({ dim }) =>
    `Arrows led down the slope of G’s loss; ${dim === 1 ? "thin and dashed: p_G before the step" : "dots lead to where the points are now"}.`,
};

// One sentence on what a line did; before and after are frames, which differ where a player moved. Of the
// points there is nothing to say where the page does not know them.
export function lineSentence(line, before, after) {
  const { name, loss } = line;
  const { dim, minibatch } = after;
  const said = minibatch ? ` ${SHOWN[name](after)}` : "";
  const drawn = (points, words, then) =>
    minibatch ? `${points.length / dim} ${words}${then}: ${summary(points, dim)}.` : `The ${words}.`;
  if (name === "sample noise for D")
    return drawn(minibatch?.fake, "values z were drawn", ", and G made points of them") + said;
  if (name === "sample data for D") return drawn(minibatch?.real, "examples of the data were drawn", "") + said;
  if (name === "sample noise for G")
    return drawn(minibatch?.fake, "new values z were drawn for G’s own step", "; their points") + said;
  const mover = name === "move D" ? "D" : "G";
  const costs = `${mover}’s loss on this minibatch was ${formatNumber(loss, 3)}`;
  return `${costs}. ${mover === "D" ? ofD(before, after) : ofG(before, after)}${said}`;
}

function ofD(before, after) {
  const V = isProbability(after.loss) && changed("V(G,D)", before.V, after.V, (value) => formatNumber(value, 4));
  if (V) return `${V}; the bound V(G,D*) = ${formatNumber(after.C, 4)} is G’s alone and stands still.`;
  return "p_G stands still.";
}

function ofG(before, after) {
  const steep = Number.isFinite(after.grad_G)
    ? ` The gradient that it followed has the length ${formatNumber(after.grad_G, 4)}.`
    : "";
  return `${changed("JSD", before.jsd, after.jsd, formatNats, " nats") ?? "p_G moved"}.${steep}`;
}

// The line that was done last; who looks back sees none of the present.
export const lineShown = ({ now, length, line }) => (now < length - 1 ? null : line);

const PAUSE = 1400; // milliseconds between two lines that go by themselves
const ASKS = "Each press does one line of Algorithm 1.";

// next() -> Promise does one line; the moments that follow are given to `show`; toggled() when it was opened or closed,
// asked() when a hand did so.
export function buildSlowMotion({ next, back, toggled, asked }) {
  const items = LINES.map(({ words, depth = 0, name }) =>
    element("li", { style: `--depth: ${depth}`, "data-line": name ?? "" }, words),
  );
  const says = element("p", { class: "gan-lab-line-says", role: "status" }, ASKS);
  let timer = null;
  const stop = () => {
    clearInterval(timer);
    timer = null;
    run.textContent = "Line after line";
    run.setAttribute("aria-pressed", "false");
  };
  const go = () => {
    stop();
    timer = setInterval(next, PAUSE);
    run.textContent = "Stop";
    run.setAttribute("aria-pressed", "true");
    next();
  };
  const button = (words, act) => element("button", { type: "button", onclick: act }, words);
  const step = button("Next line", () => (stop(), next()));
  const undo = button("Undo the last act", () => (stop(), back()));
  const run = button("Line after line", () => (timer ? stop() : go()));
  run.setAttribute("aria-pressed", "false");
  const buttons = element("div", { class: "gan-lab-group" }, step, run, undo);
  const formula = buildFormula();
  const lines = element("ol", { class: "gan-lab-lines", "aria-label": "Algorithm 1" }, ...items);
  const words = "Slow motion: Algorithm 1";
  const el = element(
    "details",
    { class: "gan-lab-slow" },
    element("summary", { onclick: () => requestAnimationFrame(() => el.open && asked()) }, words),
    element("div", { class: "gan-lab-slow-parts" }, buttons, lines, says, formula.el),
  );
  el.addEventListener("toggle", () => {
    if (!el.open) stop();
    toggled();
  });

  // A move is told by the frame before it and the one after; anew when these have been measured. Where no line
  // of this game is shown, what was said of another one goes.
  const wordsOf = ({ line, frame, before }) =>
    line ? lineSentence(line, line.name.startsWith("move") ? (before ?? frame) : frame, frame) : ASKS;

  function show(news) {
    const { frame, stopped, playing, way } = news;
    if (stopped || playing) stop();
    for (const each of [step, run, undo]) each.disabled = !frame || !!way || (!!stopped && each !== undo);
    const line = lineShown(news);
    for (const item of items) {
      const here = !!line && item.dataset.line === line.name;
      item.classList.toggle("gan-lab-here", here);
      if (here) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    }
    if (news.recipe) items[TURN_OF_D].textContent = turnOfD(news.recipe);
    formula.show({ ...news, line });
    const words = wordsOf({ ...news, line });
    if (words !== says.textContent) says.textContent = words;
  }
  return { el, show, stop, isOpen: () => el.open, open: () => (el.open = true) };
}
