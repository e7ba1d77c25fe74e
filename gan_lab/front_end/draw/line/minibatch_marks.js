// The minibatch of a line of Algorithm 1 in Figure 1: pure functions of a frame that has one.
//
// On the ruler a tick for each example of the data (standing on it) and for each G(z) (hanging from it), and
// below it a line from each z to its G(z). Along D's curve, just under it, a ring for each example, and just
// over it a cross for each G(z), coloured by what D says of it and as large as its part in D's step; before and
// in G's step, arrows from the crosses down the slope of G's loss, the longest of them always as long. Thin and
// dashed: the curve as it was before the step.

import { isProbability } from "../../frame/readout.js";
import { pieceAt } from "../../numeric/sorted.js";
import { clipped, curve } from "../canvas.js";
import { writeFree } from "../labels.js";
import { arrows, circles, crosses, heatOf, strokes } from "../plane/canvas.js";
import { pullStyle } from "../plane/layers.js";
import { graphOf } from "./graphs.js";

const TICK = 9; // pixels, of what stands on the ruler
const HANGING = 6; // of what hangs from it, under its numbers
const LEAST = 1.8; // radius of a mark that weighs nothing
const MORE = 2.6; // of one that weighs most, beyond that
const APART = 7; // pixels between D's curve and what lies along it
const LONGEST = 40; // pixels of the longest arrow
const FULL = 40; // points from which lines are drawn fainter
const PALEST = 0.2;
const GHOST = [2, 3];
const ROOM = "\u2003\u2003\u2003\u2003"; // four ems before the words: for an arrow of LONGEST pixels

// The length of the longest of vectors of so many numbers, one after another.
export function steepest(pull, dim) {
  let most = 0;
  for (let k = 0; k < pull.length; k += dim) most = Math.max(most, Math.hypot(...pull.slice(k, k + dim)));
  return most;
}

// Arrows from places [x, y] along vectors (right, and up), the longest of them LONGEST pixels long.
export function drawPulls(context, places, vectors, theme) {
  const scale = LONGEST / (vectors.reduce((most, v) => Math.max(most, Math.hypot(...v)), 0) || 1);
  const all = places.map(([x, y], k) => [[x, y], [x + scale * vectors[k][0], y - scale * vectors[k][1]], false]);
  arrows(context, all, pullStyle(theme));
}

export const radiusOf = (weight = 1) => LEAST + MORE * Math.sqrt(weight);

// A curve over the points xs of a picture at another x; NaN outside.
export function heightAt(xs, ys, x) {
  const i = pieceAt(xs, x);
  if (i === 0 || i >= xs.length) return xs.at(-1) === x ? ys.at(-1) : NaN;
  return ys[i - 1] + ((x - xs[i - 1]) / (xs[i] - xs[i - 1])) * (ys[i] - ys[i - 1]);
}

// Points along D's curve, so many pixels below it: { at, share of D, number }.
const along = (points, { x, D }, place, below) =>
  Array.from(points, (point, k) => {
    const share = heightAt(x, D, point);
    return { at: [place.x(point), place.D(share) + below], share, k };
  }).filter(({ share }) => Number.isFinite(share));

export function faintly(context, alpha, draw) {
  context.save();
  context.globalAlpha = alpha;
  draw();
  context.restore();
}

// Ticks from an edge, upwards or (a negative length) downwards.
function rug(context, points, place, edge, length, color) {
  strokes(context, { color, width: 1.2 }, () => {
    for (const x of points) {
      context.moveTo(place.x(x), edge);
      context.lineTo(place.x(x), edge - length);
    }
  });
}

// One mark: a disc in the colour of what D says, and on it a ring or a cross.
function mark(context, { at, share }, radius, shape, style, theme) {
  context.save();
  context.beginPath();
  context.fillStyle = `rgb(${heatOf(share, theme.heat)})`;
  context.arc(...at, radius, 0, 2 * Math.PI);
  context.fill();
  context.restore();
  shape(context, [at], radius, style);
}

function judged(context, frame, place, theme) {
  const { real, fake, real_weight, fake_weight } = frame.minibatch;
  const all = (points, below, weights, shape, style) =>
    along(points, frame, place, below).forEach((point) =>
      mark(context, point, radiusOf(weights[point.k]), shape, style, theme),
    );
  all(real, APART, real_weight, circles, { color: theme.p_data, width: 1.1 });
  all(fake, -APART, fake_weight, crosses, { color: theme.p_g, width: 1.4 });
}

// From each G(z) of G's step, where its loss falls.
function pulled(context, frame, place, theme) {
  const { fake, pull } = frame.minibatch;
  const points = along(fake, frame, place, -APART);
  const places = points.map(({ at }) => at);
  drawPulls(
    context,
    places,
    points.map(({ k }) => [pull[k], 0]),
    theme,
  );
  crosses(context, places, 3, { color: theme.p_g, width: 1.4, halo: theme.paper });
}

// A share of an earlier D on the axis of now: that of a score goes with the score's range.
function shareNow({
  score_range: now,
  minibatch: {
    drawn_at: { score_range: then },
  },
}) {
  if (!now || !then) return (share) => share;
  return (share) => (then[0] + share * (then[1] - then[0]) - now[0]) / (now[1] - now[0] || 1);
}

// The curve that the last move changed, as it was before.
function ghost(context, frame, place, theme) {
  const { line, drawn_at } = frame.minibatch;
  const of_D = shareNow(frame);
  const [name, [xs, ys]] =
    line === "move D"
      ? ["D", [Array.from(frame.x, place.x), Array.from(drawn_at.D, (share) => place.D(of_D(share)))]]
      : ["p_g", graphOf(drawn_at).placed(place)];
  curve(context, xs, ys, { color: theme[name], width: 1.1, dash: GHOST });
}

// How long an arrow is for how steep a loss: a round number, and the arrow that it has.
export function roundPull(pull, dim) {
  const most = steepest(pull, dim);
  if (!(most > 0)) return { value: 0, length: 0 };
  const power = 10 ** Math.floor(Math.log10(most));
  const value = [5, 2, 1].map((m) => m * power).find((v) => v <= most * (1 + 1e-9)) ?? 0;
  return { value, length: (LONGEST * value) / most };
}

const unitOf = (value, loss) => (isProbability(loss) ? (value === 1 ? " nat" : " nats") : "");
export const wordsOfPull = (value, loss) => `slope ${Number(value.toPrecision(1))}${unitOf(value, loss)} per unit`;

export function keyOfPulls(context, { loss }, pull, place, theme, free) {
  const { value, length } = roundPull(pull, 1);
  if (!(value > 0)) return;
  const spots = [-15, 15, 35].flatMap((off) => [
    { x: place.ends[0] + 8, y: place.top + Math.abs(off), align: "left" },
    { x: place.ends[1] - 8, y: place.top + Math.abs(off), align: "right" },
  ]);
  const words = [
    [ROOM, "plain"],
    [wordsOfPull(value, loss), "plain"],
  ];
  if (!writeFree(context, words, spots, free, { color: theme.p_g, halo: theme.paper })) return;
  const [left, above, , below] = place.taken.at(-1);
  const y = (above + below) / 2;
  arrows(context, [[[left, y], [left + length, y], false]], pullStyle(theme));
}

// Above the ruler: the examples of the data, and what is seen of both on D's curve.
export function drawMinibatch(context, frame, place, theme, free) {
  const { line, player, real, fake, moved, pull } = frame.minibatch;
  clipped(context, place.ends, place.top - 3, place.ledge, () => {
    if (line.startsWith("move")) ghost(context, frame, place, theme);
    if (real) rug(context, real, place, place.ledge, TICK, theme.p_data);
    if (player === "G") pulled(context, frame, place, theme);
    else if (real) judged(context, frame, place, theme);
  });
  if (pull) keyOfPulls(context, frame, pull, place, theme, free);
  clipped(context, place.ends, place.ledge, place.line, () =>
    rug(context, moved ?? fake, place, place.line, HANGING, theme.p_g),
  );
}

// Below it: from each z to its G(z), fainter to where G put it before its step.
export function drawJoins(context, { minibatch: { z, fake, moved } }, place, theme) {
  if (z.length !== fake.length) return; // z is of several numbers, and has no place on one axis
  const [start, end] = place.ends;
  const pale = Math.max(PALEST, Math.min(1, FULL / z.length));
  const foot = (v) => Math.min(end, Math.max(start, place.z(v)));
  const join = (points, alpha, dash) =>
    faintly(context, alpha, () =>
      strokes(context, { color: theme.p_g, width: 1, dash }, () => {
        for (let k = 0; k < z.length; k++) {
          if (!Number.isFinite(points[k])) continue;
          context.moveTo(foot(z[k]), place.foot);
          context.lineTo(place.x(points[k]), place.line + 1);
        }
      }),
    );
  clipped(context, [start - 2, end + 2], place.line, place.foot, () => {
    if (moved) join(fake, 0.5 * pale, GHOST);
    join(moved ?? fake, pale, []);
  });
  circles(
    context,
    Array.from(z, (v) => [foot(v), place.foot]),
    1.4,
    { color: theme.p_g, width: 1.4 },
  );
}
