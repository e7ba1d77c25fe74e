// Figure 1 of Goodfellow et al. (2014) from one frame: a pure function of the frame, size and theme.
//
// Above, p_data (dotted), p_G (solid) and, on its own scale from 0 to 1, D (dashed) with D* (thin).
// Below, arrows from equally probable z to x = G(z): where they crowd, p_G is high. After a line of
// Algorithm 1 the minibatch stands in their place (draw/line/minibatch_marks.js).

import { formatNumber } from "../../numeric/format.js";
import { arrow, clipped, curve, dot, fillBetween, segment, widthOf, write } from "../canvas.js";
import { axisOfD } from "../critic_axis.js";
import { spotsAlong, writeFree } from "../labels.js";
import { drawTints, ROOM_OF_TINTS, tintOf, WORDS_OF_TINTS } from "../plane/layers.js";
import { scale, ticks } from "../scales.js";
import { bestLineOf, graphOf } from "./graphs.js";
import { axes, NAMES, namesOfLines, styleOf, tooHigh } from "./line_styles.js";
import { drawJoins, drawMinibatch, drawPulls, heightAt, keyOfPulls } from "./minibatch_marks.js";
import { drawPays, STRIP } from "./pays_strip.js";

const LEFT = 40;
const RIGHT = 32;
const WIDE = 46; // where the axis of D has long numbers
const LEGEND = 24;
const RULER = 24;
const FOOT = 32;
const HEADROOM = 1.35; // the density axis ends at so many times the peak of p_data: as gan_lab/plots.py

// Where everything goes. The density's scale comes from p_data, which no run changes, so that the
// picture stands still while p_G moves; what is higher is cut, and said to be. With a strip there is room between the
// curves and the ruler for what the samples pay.
export function figure1Layout(frame, { width, height }, { strip = false } = {}) {
  const top = LEGEND + 20;
  const inner = height - top - RULER - FOOT - (strip ? STRIP : 0);
  const base = Math.round(top + inner * 0.72);
  const ledge = base + (strip ? STRIP : 0);
  const line = ledge + RULER;
  const foot = height - FOOT;
  const ends = [LEFT, width - (axisOfD(frame).wide ? WIDE : RIGHT)];
  const peak = frame.p_data.reduce((a, b) => Math.max(a, b), 0);
  const pad = 0.06 * (frame.z.at(-1) - frame.z[0]) || 1;
  return {
    top,
    base,
    ledge,
    line,
    foot,
    ends,
    peak: HEADROOM * peak,
    x: scale([frame.x[0], frame.x.at(-1)], ends),
    density: scale([0, HEADROOM * peak], [base, top]),
    D: scale([0, 1], [base, top]),
    z: scale([frame.z[0] - pad, frame.z.at(-1) + pad], ends),
  };
}

// The x axis is a ruler: curves stand on its upper edge, arrows land on its lower one.
function ruler(context, frame, place, theme) {
  const [start, end] = place.ends;
  const { base, ledge, line } = place;
  for (const y of new Set([base, ledge])) segment(context, [start, y], [end, y], { color: theme.line, width: 1 });
  segment(context, [start, line], [end, line], { color: theme.ink, width: 1.2 });
  for (const tick of ticks(frame.x[0], frame.x.at(-1), (end - start) / 62)) {
    const x = place.x(tick.value);
    segment(context, [x, ledge], [x, ledge + 4], { color: theme.line, width: 1 });
    segment(context, [x, line - 3], [x, line], { color: theme.ink, width: 1 });
    if (x - widthOf(context, tick.label, "small") / 2 < start - 4) continue; // there stands the axis' own name
    write(context, tick.label, [x, (ledge + line) / 2 + 1], { color: theme.muted, align: "center", kind: "small" });
  }
  write(context, [["x", "italic"]], [start - 14, line - 3], { color: theme.ink });
}

// What is left out of the picture: some of HIDDEN.
export const HIDDEN = ["p_data", "p_g", "D", "z"];
const hides = ({ hide = [] }, name) => hide.includes(name);

function curves(context, frame, place, theme, layers) {
  const xs = Array.from(frame.x, place.x);
  const graph = graphOf(frame);
  const [along, up] = graph.placed(place);
  const best = bestLineOf(frame);
  const of = (name) => styleOf(name, theme);
  clipped(context, place.ends, place.top - 3, place.base, () => {
    if (!hides(layers, "p_g"))
      fillBetween(
        context,
        along,
        along.map(() => place.base),
        up,
        theme.under,
      );
    if (!hides(layers, "D"))
      curve(context, Array.from(best.x, place.x), Array.from(best.D_star, place.D), of("D_star"));
    if (!hides(layers, "p_data")) curve(context, xs, Array.from(frame.p_data, place.density), of("p_data"));
    if (!hides(layers, "p_g")) {
      curve(context, along, up, of("p_g"));
      atoms(context, frame, place, theme);
    }
    if (!hides(layers, "D")) curve(context, xs, Array.from(frame.D, place.D), of("D"));
  });
  if (!hides(layers, "p_g")) tooHigh(context, graph.top, place, theme);
}

// A value that G gives with positive probability has no density: a stem, as high as its share.
function atoms(context, frame, place, theme) {
  for (const { x, mass } of frame.atoms ?? []) {
    const [at, top] = [place.x(x), place.D(mass)];
    segment(context, [at, place.base], [at, top], styleOf("p_g", theme));
    dot(context, [at, top], 4, theme.p_g);
  }
}

// How much of the probability each of them holds, where there is room for the words.
function namesOfAtoms(context, frame, place, theme) {
  for (const { x, mass } of frame.atoms ?? []) {
    const at = place.x(x);
    if (!(at >= place.ends[0] && at <= place.ends[1])) continue;
    const beside = [
      { x: at + 8, align: "left" },
      { x: at - 8, align: "right" },
    ];
    const spots = [0, -15, 15, -30, 30, -45, 45].flatMap((off) =>
      beside.map((side) => ({ ...side, y: place.D(mass) + off })),
    );
    writeFree(context, `${formatNumber(100 * mass, 0)} % in one point`, spots, wordsOf(frame, place), {
      color: theme.p_g,
      kind: "small",
      halo: theme.paper,
    });
  }
}

// What the words in the picture keep away from: D's curve, the stems, and each other.
function wordsOf(frame, place) {
  const {
    ends: [start, end],
    top,
    base,
    taken,
  } = place;
  const D = Array.from(frame.x, (x, i) => [place.x(x), place.D(frame.D[i])]);
  const stems = (frame.atoms ?? []).map(({ x, mass }) => [
    [place.x(x), base],
    [place.x(x), place.D(mass)],
  ]);
  return { room: [start, top, end, base], taken, lines: [D, ...stems] };
}

// Arrows from z to G(z); one that leads outside the picture is cut at its edge and counted there.
function arrows(context, frame, place, theme, { judged = false }) {
  const [start, end] = place.ends;
  const { line, foot } = place;
  let left = 0;
  let right = 0;
  clipped(context, [start - 2, end + 2], line, foot, () => {
    frame.z.forEach((z, i) => {
      const x = place.x(frame.G_z[i]);
      if (!Number.isFinite(x)) return;
      const color = judged ? tintOf(heightAt(frame.x, frame.D, frame.G_z[i]), theme) : theme.arrow;
      arrow(context, [place.z(z), foot], [x, line + 1], { color, width: judged ? 1.6 : 1.1, head: 7 });
      if (x < start) left++;
      if (x > end) right++;
    });
  });
  const y = (line + foot) / 2;
  const outside = { color: theme.p_g, kind: "small" };
  if (left) write(context, `← ${left}`, [start - 6, y + 14], { ...outside, align: "right" });
  if (right) write(context, `${right} →`, [end + RIGHT - 2, y + 14], { ...outside, align: "right" });
}

function zAxis(context, frame, place, theme, layers) {
  const [start, end] = place.ends;
  const { foot } = place;
  segment(context, [start, foot], [end, foot], { color: theme.ink, width: 1.2 });
  if (!frame.minibatch && !hides(layers, "z")) frame.z.forEach((z) => dot(context, [place.z(z), foot], 2, theme.p_g));
  for (const tick of ticks(frame.z[0], frame.z.at(-1), (end - start) / 110)) {
    const x = place.z(tick.value);
    segment(context, [x, foot], [x, foot + 5], { color: theme.ink, width: 1 });
    write(context, tick.label, [x, foot + 13], { color: theme.muted, align: "center", kind: "small" });
  }
  write(context, [["z", "italic"]], [start - 14, foot - 1], { color: theme.ink });
  const middle = (place.line + foot) / 2;
  write(context, [["G", "italic"]], [start - 32, middle - 4], { color: theme.p_g });
  arrow(context, [start - 11, foot - 12], [start - 11, place.line + 10], {
    color: theme.p_g,
    width: 1.2,
    head: 7,
  });
}

// Where G's loss pulls the samples of the arrows, along D's curve.
function pulls(context, frame, place, theme) {
  const { pull, G_z, x, D } = frame;
  const places = Array.from(G_z, (at) => [place.x(at), place.D(heightAt(x, D, at))]);
  const all = places.flatMap((at, k) => (at.every(Number.isFinite) && Number.isFinite(pull[k]) ? [k] : []));
  clipped(context, place.ends, place.top - 3, place.base, () =>
    drawPulls(
      context,
      all.map((k) => places[k]),
      all.map((k) => [pull[k], 0]),
      theme,
    ),
  );
  keyOfPulls(context, frame, pull, place, theme, wordsOf(frame, place));
}

// The scale of the colours of D, beside the axis of z.
function keyOfTints(context, place, theme) {
  const [, end] = place.ends;
  const y = place.foot + 25;
  const start = end - widthOf(context, WORDS_OF_TINTS, "plain");
  drawTints(context, [start - ROOM_OF_TINTS - 6, y], theme);
  write(context, WORDS_OF_TINTS, [start, y], { color: theme.muted, kind: "plain" });
}

// The names of the lines, D's by the letter of its axis.
function namesFor({ letter, best, known }, { p_g }, layers) {
  const names = { ...NAMES, D: letter, D_star: [...letter, ["*", "roman"]] };
  if (!best) delete names.D_star;
  if (!known) delete names.D;
  if (p_g.every(Number.isNaN)) delete names.p_g;
  for (const name of Object.keys(names)) if (hides(layers, name === "D_star" ? "D" : name)) delete names[name];
  return names;
}

// A score has no zero and no best: where its means on the data and on G are.
function linesOfScore(context, frame, { lines }, place, theme) {
  const [start, end] = place.ends;
  const all = wordsOf(frame, place);
  const densities = ["p_data", "p_g"].map((name) =>
    Array.from(frame.x, (x, i) => [place.x(x), place.density(frame[name][i])]),
  );
  for (const { share, words, role } of lines) {
    const y = place.D(share);
    segment(context, [start, y], [end, y], { color: theme[role], width: 1.2, dash: [1, 3] });
    const free = { ...all, lines: [...all.lines, ...densities] };
    writeFree(context, words, spotsAlong(place.ends, y, role === "p_data"), free, {
      color: theme[role],
      kind: "small",
      halo: theme.paper,
    });
  }
}

// layers: { strip, hide, judged, pull }: room for what the samples of a minibatch pay, what is left out, and of the arrows
// from z the colour of what D says there, and where G's loss pulls them.
export function drawFigure1(context, frame, size, theme, layers = {}) {
  const place = { ...figure1Layout(frame, size, layers), taken: [] };
  const side = axisOfD(frame);
  namesOfLines(context, namesFor(side, frame, layers), place, theme);
  axes(context, place, theme, Math.max(2, (place.base - place.top) / 50), side);
  curves(context, frame, place, theme, layers);
  linesOfScore(context, frame, side, place, theme);
  if (!hides(layers, "p_g")) namesOfAtoms(context, frame, place, theme);
  if (layers.pull && frame.pull && !frame.minibatch) pulls(context, frame, place, theme);
  if (frame.minibatch) drawMinibatch(context, frame, place, theme, wordsOf(frame, place));
  if (layers.strip) drawPays(context, frame, place, theme);
  if (frame.minibatch) drawJoins(context, frame, place, theme);
  else if (!hides(layers, "z")) arrows(context, frame, place, theme, layers);
  if (layers.judged && !frame.minibatch) keyOfTints(context, place, theme);
  ruler(context, frame, place, theme);
  zAxis(context, frame, place, theme, layers);
}
