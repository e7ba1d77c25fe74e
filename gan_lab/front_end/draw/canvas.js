// Strokes and words on a canvas. Every function draws on the context it is given and keeps nothing.

import { SANS, SERIF } from "./theme.js";

// A line through (xs[i], ys[i]), broken where either is not a number.
export function curve(context, xs, ys, { color, width, dash = [] }) {
  context.save();
  context.beginPath();
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.lineCap = dash[0] === 0 ? "round" : "butt"; // dashes of length 0 with round ends: dots
  context.setLineDash(dash);
  let drawing = false;
  for (let i = 0; i < xs.length; i++) {
    const there = Number.isFinite(xs[i]) && Number.isFinite(ys[i]);
    if (there && drawing) context.lineTo(xs[i], ys[i]);
    else if (there) context.moveTo(xs[i], ys[i]);
    drawing = there;
  }
  context.stroke();
  context.restore();
}

/** @type {(context: any, from: number[], to: number[], style: { color: string, width: number, dash?: number[] }) => void} */
export function segment(context, [x1, y1], [x2, y2], style) {
  curve(context, [x1, x2], [y1, y2], style);
}

// The area between two lines over the same xs, where both are numbers.
export function fillBetween(context, xs, lower, upper, color) {
  context.save();
  context.fillStyle = color;
  let start = 0;
  const there = (i) => Number.isFinite(lower[i]) && Number.isFinite(upper[i]);
  while (start < xs.length) {
    while (start < xs.length && !there(start)) start++;
    let end = start;
    while (end < xs.length && there(end)) end++;
    if (end > start) {
      context.beginPath();
      context.moveTo(xs[start], lower[start]);
      for (let i = start; i < end; i++) context.lineTo(xs[i], upper[i]);
      for (let i = end - 1; i >= start; i--) context.lineTo(xs[i], lower[i]);
      context.fill();
    }
    start = end;
  }
  context.restore();
}

export function arrow(context, [x1, y1], [x2, y2], { color, width, head }) {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const back = (turn) => [x2 - head * Math.cos(angle + turn), y2 - head * Math.sin(angle + turn)];
  const neck = head * 0.8;
  const stop = [x2 - neck * Math.cos(angle), y2 - neck * Math.sin(angle)];
  segment(context, [x1, y1], stop, { color, width });
  triangle(context, [[x2, y2], back(0.38), back(-0.38)], color);
}

export function triangle(context, points, color) {
  context.save();
  context.beginPath();
  context.fillStyle = color;
  points.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  context.closePath();
  context.fill();
  context.restore();
}

export function dot(context, [x, y], radius, color) {
  context.save();
  context.beginPath();
  context.fillStyle = color;
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
  context.restore();
}

// A ring that a hand can take.
export function handle(context, at, radius, color, { paper }) {
  dot(context, at, radius, color);
  dot(context, at, 0.375 * radius, paper);
}

// Draw only inside these ends and between top and bottom.
/** @type {(context: any, ends: number[], top: number, bottom: number, draw: () => void) => void} */
export function clipped(context, [left, right], top, bottom, draw) {
  context.save();
  context.beginPath();
  context.rect(left, top, right - left, bottom - top);
  context.clip();
  draw();
  context.restore();
}

// A filled box [x, y, width, height].
export function filled(context, [x, y, width, height], color) {
  context.save();
  context.beginPath();
  context.fillStyle = color;
  context.rect(x, y, width, height);
  context.fill();
  context.restore();
}

const FONTS = {
  plain: { font: `12px ${SANS}`, drop: 0 },
  small: { font: `11px ${SANS}`, drop: 0 },
  bold: { font: `600 12px ${SANS}`, drop: 0 },
  roman: { font: `15px ${SERIF}`, drop: 0 },
  italic: { font: `italic 15px ${SERIF}`, drop: 0 },
  sub: { font: `11px ${SERIF}`, drop: 4 },
  subitalic: { font: `italic 11px ${SERIF}`, drop: 4 },
};

// Words are a string, or a list of [string, kind of type]: [["p", "italic"], ["data", "sub"]].
const runsOf = (words, kind = "plain") => (typeof words === "string" ? [[words, kind]] : words);

export function widthOf(context, words, kind) {
  context.save();
  let width = 0;
  for (const [text, type] of runsOf(words, kind)) {
    context.font = FONTS[type].font;
    width += context.measureText(text).width;
  }
  context.restore();
  return width;
}

// Write words at [x, y]; align is "left", "center" or "right"; y is the middle of the line. A halo, of
// the colour of what lies behind, keeps words apart from the lines that they cross.
/** @type {(context: any, words: any, at: number[], style: { color: string, align?: string, kind?: string, halo?: string }) => number} */
export function write(context, words, [x, y], { color, align = "left", kind, halo }) {
  const runs = runsOf(words, kind);
  const width = widthOf(context, runs);
  let at = align === "left" ? x : align === "right" ? x - width : x - width / 2;
  context.save();
  context.textAlign = "left";
  context.textBaseline = "alphabetic";
  for (const [text, type] of runs) {
    context.font = FONTS[type].font;
    context.fillStyle = color;
    if (halo) {
      context.strokeStyle = halo;
      context.lineWidth = 4;
      context.lineJoin = "round";
      context.strokeText(text, at, y + 4 + FONTS[type].drop);
    }
    context.fillText(text, at, y + 4 + FONTS[type].drop);
    at += context.measureText(text).width;
  }
  context.restore();
  return width;
}
