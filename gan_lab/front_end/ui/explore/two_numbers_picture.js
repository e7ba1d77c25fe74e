// The field of a game of two numbers with a path of steps, and the eigenvalues of a step on their own plane.

import { arrow, clipped, curve, dot, handle, segment, write } from "../../draw/canvas.js";
import { scale } from "../../draw/scales.js";
import { velocity } from "../../numeric/two_numbers.js";

export const END = 3; // of both axes
export const HOLD = 26; // pixels around the start within which a hand takes it
const [LEFT, TOP, FOOT, GAP] = [34, 22, 42, 34];
const MOST = 1.6; // the largest part of an eigenvalue in the picture
const ARROWS = 11;

// Side by side where there is room, else one under the other.
export function layoutOf({ width, height }) {
  const narrow = width < 560;
  const side = narrow ? width - LEFT - 12 : height - TOP - FOOT;
  const [left, top] = [narrow ? LEFT : Math.max(LEFT, (width - side - 250) / 2), TOP];
  const radius = narrow ? 44 : 72;
  const centre = narrow ? [width - 90, top + side + FOOT + 62] : [left + side + GAP + 100, top + side / 2];
  return {
    narrow,
    side,
    left,
    top,
    centre,
    radius,
    theta: scale([-END, END], [left, left + side]),
    psi: scale([-END, END], [top + side, top]),
  };
}

const inField = (context, { left, top, side }, draw) => clipped(context, [left, left + side], top, top + side, draw);

function frame(context, place, theme) {
  const { left, top, side } = place;
  const [right, low] = [left + side, top + side];
  const box = { color: theme.line, width: 1 };
  for (const [from, to] of [
    [
      [left, top],
      [right, top],
    ],
    [
      [right, top],
      [right, low],
    ],
    [
      [right, low],
      [left, low],
    ],
    [
      [left, low],
      [left, top],
    ],
  ])
    segment(context, from, to, box);
  for (const value of [-2, 0, 2]) {
    const label = String(value).replace("-", "−");
    write(context, label, [place.theta(value), low + 13], { color: theme.muted, align: "center", kind: "small" });
    write(context, label, [left - 6, place.psi(value)], { color: theme.muted, align: "right", kind: "small" });
  }
  write(
    context,
    [
      ["θ", "italic"],
      [", moved by G", "small"],
    ],
    [right, low + 28],
    { color: theme.p_g, align: "right" },
  );
  write(
    context,
    [
      ["ψ", "italic"],
      [", moved by D", "small"],
    ],
    [left, top - 12],
    { color: theme.D },
  );
}

function field(context, { game, gamma }, place, theme) {
  const room = place.side / ARROWS;
  for (let i = 0; i < ARROWS; i++)
    for (let j = 0; j < ARROWS; j++) {
      const at = [place.left + (i + 0.5) * room, place.top + (j + 0.5) * room];
      const [a, b] = velocity(game, place.theta.invert(at[0]), place.psi.invert(at[1]), gamma);
      const size = Math.hypot(a, b);
      if (size < 1e-9) continue;
      const long = (0.42 * room * Math.tanh(0.4 + size)) / size;
      const [dx, dy] = [a * long, -b * long];
      arrow(context, [at[0] - dx, at[1] - dy], [at[0] + dx, at[1] + dy], { color: theme.line, width: 1, head: 5 });
    }
}

const KEEP = 12; // in units of the axes: what lies farther out is not worth a line

export function path(context, { points }, place, theme) {
  const near = points.filter(([theta, psi]) => Math.abs(theta) < KEEP && Math.abs(psi) < KEEP);
  const xs = near.map(([theta]) => place.theta(theta));
  const ys = near.map(([, psi]) => place.psi(psi));
  curve(context, xs, ys, { color: theme.muted, width: 0.9 });
  xs.forEach((x, i) => dot(context, [x, ys[i]], 2.1, theme.ink));
}

export function cross(context, place, theme) {
  const [x, y] = [place.theta(0), place.psi(0)];
  segment(context, [x - 7, y], [x + 7, y], { color: theme.ink, width: 2 });
  segment(context, [x, y - 7], [x, y + 7], { color: theme.ink, width: 2 });
}

export function startMark(context, { theta, psi }, place, theme) {
  handle(context, [place.theta(theta), place.psi(psi)], 8, theme.p_g, theme);
}

export function drawField(context, state, place, theme, draw) {
  frame(context, place, theme);
  inField(context, place, () => {
    field(context, state, place, theme);
    cross(context, place, theme);
    draw();
    startMark(context, state, place, theme);
  });
}

// The eigenvalues of a step: inside of the circle they lead in.
/** @type {(context: any, numbers: { values: number[][] }, place: { centre: number[], radius: number, narrow: boolean }, theme: any) => void} */
function spectrum(context, { values }, { centre: [x, y], radius, narrow }, theme) {
  const most = MOST * radius;
  segment(context, [x - most, y], [x + most, y], { color: theme.line, width: 1 });
  segment(context, [x, y - most / 1.3], [x, y + most / 1.3], { color: theme.line, width: 1 });
  const turn = Array.from({ length: 97 }, (_, i) => (2 * Math.PI * i) / 96);
  curve(
    context,
    turn.map((t) => x + radius * Math.cos(t)),
    turn.map((t) => y + radius * Math.sin(t)),
    { color: theme.D_star, width: 1.4 },
  );
  for (const [real, imaginary] of values) {
    const size = Math.hypot(real, imaginary);
    const shown = Math.min(1, MOST / Math.max(size, 1e-9)); // what is too large lies on the edge
    const [right, up] = [x + radius * real * shown, y - radius * imaginary * shown];
    dot(context, [right, up], 5, size > 1 + 1e-9 ? theme.ink : theme.D);
    if (size > 1 + 1e-9) dot(context, [right, up], 2, theme.paper);
  }
  const words = narrow ? [x - most - 14, y - 8] : [x, y - 1.3 * radius - 34];
  const style = { color: theme.ink, align: narrow ? "right" : "center" };
  write(context, "Eigenvalues of a step", words, { ...style, kind: "bold" });
  write(context, "inside the circle: in", [words[0], words[1] + 17], { ...style, color: theme.muted, kind: "small" });
}

export function drawTwoNumbers(context, state, numbers, size, theme) {
  const place = layoutOf(size);
  drawField(context, state, place, theme, () => path(context, numbers, place, theme));
  spectrum(context, numbers, place, theme);
}
