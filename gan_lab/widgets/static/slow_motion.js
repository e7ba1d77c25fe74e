// Algorithm 1 a line at a time: which line was done, a sentence on it, and the number that it changed.

import { element } from "./elements.js";
import { figure, nats } from "./words.js";

// The names are those that a training gives to its lines.
export const LINES = [
  { name: null, words: "for each iteration" },
  { name: null, words: "for k steps of D", depth: 1 },
  { name: "sample noise for D", words: "sample m noise z; G makes x = G(z)", depth: 2 },
  { name: "sample data for D", words: "sample m data x", depth: 2 },
  { name: "move D", words: "move D down its loss (up V, if that is the loss)", depth: 2 },
  { name: "sample noise for G", words: "sample m new noise z", depth: 1 },
  { name: "move G", words: "move G down its own loss, through D", depth: 1 },
];

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
  const list = (values) => (dim === 1 ? figure(values[0]) : `(${values.map((v) => figure(v)).join(", ")})`);
  return `mean ${list(axes.map(([mean]) => mean))}, sd ${list(axes.map(([, sd]) => sd))}`;
}

const changed = (name, before, after, decimals = 3) =>
  Number.isFinite(before) && Number.isFinite(after) ? `${name} ${figure(before, decimals)} → ${figure(after, decimals)}` : null;
const fellOrRose = (before, after) => (after > before ? "rose" : after < before ? "fell" : "did not change");

// One sentence on what a line did; before and after are frames, which differ where a player moved.
export function lineSentence(line, before, after) {
  const { name, loss } = line;
  const count = line.x ? line.x.length / after.dim : 0;
  if (name === "sample noise for D") return `${count} values z were drawn, and G made points of them: ${summary(line.x, after.dim)}.`;
  if (name === "sample data for D") return `${count} examples of the data were drawn: ${summary(line.x, after.dim)}.`;
  if (name === "sample noise for G") return `${count} new values z for G’s own step; their points: ${summary(line.x, after.dim)}.`;
  const mover = name === "move D" ? "D" : "G";
  const costs = `${mover}’s loss on this minibatch was ${figure(loss, 3)}`;
  return mover === "D" ? `${costs}. ${ofD(before, after)}` : `${costs}. ${ofG(before, after)}`;
}

function ofD(before, after) {
  const V = changed("V(G,D)", before.V, after.V, 4);
  if (V) return `${V}: it ${fellOrRose(before.V, after.V)}; the bound V(G,D*) = ${figure(after.C, 4)} is G’s alone and stands still.`;
  return "p_G stands still.";
}

function ofG(before, after) {
  const steep = Number.isFinite(after.grad_G) ? ` The gradient that it followed has the length ${figure(after.grad_G, 4)}.` : "";
  if (!Number.isFinite(before.jsd) || !Number.isFinite(after.jsd)) return `p_G moved.${steep}`;
  return `JSD ${nats(before.jsd)} → ${nats(after.jsd)} nats: it ${fellOrRose(before.jsd, after.jsd)}.${steep}`;
}

const PAUSE = 1400; // milliseconds between two lines that go by themselves

// next() -> Promise does one line; the moments that follow are given to `show`.
export function buildSlowMotion({ next, back }) {
  const items = LINES.map(({ words, depth = 0, name }) => element("li", { style: `--depth: ${depth}`, "data-line": name ?? "" }, words));
  const says = element("p", { class: "gan-lab-line-says", role: "status" }, "Each press does one line of Algorithm 1.");
  let timer = null;
  let last = null;
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
  const run = button("Line after line", () => (timer ? stop() : go()));
  run.setAttribute("aria-pressed", "false");
  const el = element(
    "details",
    { class: "gan-lab-slow" },
    element("summary", {}, "Slow motion: Algorithm 1, line by line"),
    element("ol", { class: "gan-lab-lines", "aria-label": "Algorithm 1" }, ...items),
    says,
    element("div", { class: "gan-lab-group" }, button("Next line", () => (stop(), next())), run, button("Undo the last move", () => (stop(), back()))),
  );
  el.addEventListener("toggle", () => el.open || stop());

  // A move is told by the frame before it and the one after; anew when these have been measured.
  function tell({ line, frame, before, now, length }) {
    if (!line || now < length - 1) return;
    const words = lineSentence(line, line.name.startsWith("move") ? before ?? frame : frame, frame);
    if (words !== says.textContent) says.textContent = words;
  }

  function show(news) {
    const { line, stopped, playing } = news;
    if (stopped || playing) stop();
    if (line !== last) {
      for (const item of items) {
        const here = !!line && item.dataset.line === line.name;
        item.classList.toggle("gan-lab-here", here);
        if (here) item.setAttribute("aria-current", "step");
        else item.removeAttribute("aria-current");
      }
    }
    last = line;
    tell(news);
  }
  return { el, show, stop, isOpen: () => el.open, open: () => (el.open = true) };
}
