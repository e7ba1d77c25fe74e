// The axis that all charts over the training share: frames from left to right, named by iterations.
//
// A place has `ends`, `top` and `base` in pixels, `time`, which takes a frame to its x, and `marks`,
// the letters of panels. Time runs in frames, which may be denser early or have been thinned out.

import { clipped, segment, triangle, write } from "../canvas.js";
import { iterationTicks, scale, spacingOf } from "../scales.js";

const LEFT = 40;
const RIGHT = 32;
const HEAD = 46;
const FOOT = 34;
const AXIS = {
  evenly: "iteration",
  early: "iteration (frames are denser early)",
  late: "iteration (frames are denser late)",
  unevenly: "iteration (frames are unevenly spaced)",
};
export const APART = 21; // pixels between the letters of two panel marks

// Letters in order of time, at least APART apart and inside the ends, near their frames.
/** @type {(panels: any, place: any, ends: number[]) => any[]} */
function marksOf(panels, place, [start, end]) {
  const marks = Object.entries(panels)
    .map(([name, frame]) => ({ name, frame, at: place(frame), label: NaN }))
    .sort((a, b) => a.at - b.at);
  marks.forEach((mark, i) => {
    mark.label = Math.max(mark.at, start, i ? marks[i - 1].label + APART : start);
  });
  for (let i = marks.length - 1, limit = end; i >= 0; i--, limit -= APART)
    marks[i].label = Math.min(marks[i].label, limit);
  return marks;
}

export function timeLayout(history, { width, height }, panels = {}) {
  const ends = [LEFT, width - RIGHT];
  const time = scale([0, Math.max(1, history.length - 1)], ends);
  return { ends, time, top: HEAD, base: height - FOOT, marks: marksOf(panels, time, ends) };
}

export function timeAxis(context, history, place, theme) {
  const [start, end] = place.ends;
  const hair = { color: theme.line, width: 1 };
  const small = { color: theme.muted, align: "center", kind: "small" };
  segment(context, [start, place.base], [end, place.base], hair);
  for (const tick of iterationTicks(history.t, place.time, 44)) {
    segment(context, [tick.at, place.base], [tick.at, place.base + 4], hair);
    write(context, tick.label, [tick.at, place.base + 13], small);
  }
  write(context, AXIS[spacingOf(history.t)], [(start + end) / 2, place.base + 27], small);
}

// The lines of the scale on the left, with their numbers.
export function rungs(context, ticks, up, place, theme) {
  const [start, end] = place.ends;
  for (const { value, label } of ticks) {
    const y = up(value);
    segment(context, [start, y], [end, y], { color: theme.faint, width: 1 });
    write(context, label, [start - 6, y], { color: theme.muted, align: "right", kind: "small" });
  }
}

// The frames from..to and their x: [{ i, x }].
export const everyFrame = ([from, to], place) =>
  Array.from({ length: to - from + 1 }, (_, k) => ({ i: from + k, x: place.time(from + k) }));

// Whether what is slow to see was measured at a frame: history.measured, where that is not all of them.
const wasSeen = ({ measured }, i) => measured?.[i] ?? true;

// The last frame up to `now` that was measured.
export function lastSeen(history, now) {
  let i = now;
  while (i > 0 && !wasSeen(history, i)) i -= 1;
  return i;
}

// Those of the frames from..to that were measured, and the one before them, from which a line comes.
export const framesSeen = (history, [from, to], place) =>
  everyFrame([lastSeen(history, from), to], place).filter(({ i }) => wasSeen(history, i));

// What has passed in full, what is still to come paler: draw([from, to]) draws those frames.
export function passing(context, history, now, place, draw) {
  clipped(context, place.ends, place.top, place.base, () => {
    draw([0, now]);
    context.globalAlpha = 0.32;
    draw([now, history.length - 1]);
  });
}

export function panelMarks(context, now, place, theme) {
  for (const mark of place.marks) {
    const here = mark.frame === now;
    const color = here ? theme.ink : theme.muted;
    const style = { color: here ? theme.ink : theme.line, width: 1 };
    segment(context, [mark.label, place.top - 11], [mark.at, place.top - 2], style);
    segment(context, [mark.at, place.top - 2], [mark.at, place.base], { ...style, dash: [2, 3] });
    write(context, `(${mark.name})`, [mark.label, place.top - 17], {
      color,
      align: "center",
      kind: here ? "bold" : "plain",
    });
  }
}

// The line of the present, with its handle; hands back its x.
export function presentLine(context, now, place, theme) {
  const x = place.time(now);
  segment(context, [x, place.top - 2], [x, place.base], { color: theme.ink, width: 1.4 });
  triangle(
    context,
    [
      [x - 5, place.base + 7],
      [x + 5, place.base + 7],
      [x, place.base],
    ],
    theme.ink,
  );
  return x;
}
