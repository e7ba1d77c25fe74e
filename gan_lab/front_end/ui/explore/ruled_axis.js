// The axes of a figure's charts: a line with its marks, their numbers, and its letter.

import { segment, write } from "../../draw/canvas.js";

// The places across a picture, one a pixel.
export const pixels = ([start, end]) => Array.from({ length: Math.floor(end - start) + 1 }, (_, i) => start + i);

// At the height `base` between `ends`; `to` puts the values of `marks` on it.
export function ruledAxis(context, { ends, base, to, marks, letter }, theme) {
  const [start, end] = ends;
  segment(context, [start, base], [end, base], { color: theme.ink, width: 1.2 });
  for (const { value, label } of marks) {
    const at = to(value);
    segment(context, [at, base], [at, base + 4], { color: theme.ink, width: 1 });
    write(context, label, [at, base + 13], { color: theme.muted, align: "center", kind: "small" });
  }
  write(context, [[letter, "italic"]], [start - 24, base + 12], { color: theme.ink });
}

// Marks at `at`, on the left of it, or right for a `side` of 1; `to` puts their values upright. `line`: from where to
// where a line goes along them.
export function ruledSide(context, { at, side = -1, to, marks, line = null }, theme) {
  for (const { value, label } of marks) {
    segment(context, [at, to(value)], [at + 4 * side, to(value)], { color: theme.line, width: 1 });
    write(context, label, [at + 7 * side, to(value)], {
      color: theme.muted,
      align: side < 0 ? "right" : "left",
      kind: "small",
    });
  }
  if (line) segment(context, [at, line[0]], [at, line[1]], { color: theme.line, width: 1 });
}
