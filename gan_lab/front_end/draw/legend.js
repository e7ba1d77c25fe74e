// The names of lines, each behind a sample of it, in one row in the middle above a picture.

import { segment, widthOf, write } from "./canvas.js";

// names: [{ words, style, color }]; ends: where the row may begin and end; y: its middle; sample: the
// length of a line; apart: pixels between two names, where there is room.
export function legend(context, names, [start, end], { y, sample, apart }) {
  const widths = names.map(({ words }) => sample + 6 + widthOf(context, words));
  const total = widths.reduce((a, b) => a + b, 0);
  const gap = Math.min(apart, (end - start - total) / Math.max(1, names.length - 1));
  let at = (start + end - total - gap * (names.length - 1)) / 2;
  names.forEach(({ words, style, color }, i) => {
    segment(context, [at, y], [at + sample, y], style);
    write(context, words, [at + sample + 6, y], { color });
    at += widths[i] + gap;
  });
}
