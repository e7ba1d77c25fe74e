// The axis under a figure: a line with its marks, their numbers, and its letter.

import { segment, write } from "../../draw/canvas.js";

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
