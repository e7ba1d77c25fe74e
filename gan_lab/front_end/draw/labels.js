// Words where nothing else is: of some spots the one whose words cross the fewest lines, and no other words.

import { widthOf, write } from "./canvas.js";

const HALF = 8; // pixels, half of the height of a line of words
const AWAY = 3; // pixels between two labels

/** @type {(one: number[], other: number[]) => boolean} */
const overlap = ([a, b, c, d], [e, f, g, h]) => a < g + AWAY && e < c + AWAY && b < h && f < d;

// Whether the way from one point to another goes through a box.
export function crossesBox([left, top, right, bottom], [x1, y1], [x2, y2]) {
  let [from, to] = [0, 1]; // the part of the way that is inside, as far as is known
  for (const [start, step, low, high] of [
    [x1, x2 - x1, left, right],
    [y1, y2 - y1, top, bottom],
  ]) {
    if (!Number.isFinite(start) || !Number.isFinite(step)) return false;
    if (step === 0 && (start <= low || start >= high)) return false;
    if (step === 0) continue;
    const [a, b] = [(low - start) / step, (high - start) / step];
    [from, to] = [Math.max(from, Math.min(a, b)), Math.min(to, Math.max(a, b))];
  }
  return from < to;
}

const timesCrossed = (box, lines) =>
  lines.reduce(
    (sum, line) =>
      sum + line.reduce((count, point, i) => count + (i > 0 && crossesBox(box, line[i - 1], point) ? 1 : 0), 0),
    0,
  );

// The box of words at a spot { x, y, align }: [left, top, right, bottom].
export function boxOf(context, words, { x, y, align }, kind) {
  const wide = widthOf(context, words, kind);
  const left = align === "left" ? x : align === "right" ? x - wide : x - wide / 2;
  return [left, y - HALF, left + wide, y + HALF];
}

// The spot { crossed, spot, box } for words, or null where none is free of other words.
function bestSpot(context, words, spots, { room, taken, lines = [] }, kind) {
  let best = null;
  for (const spot of spots) {
    const box = boxOf(context, words, spot, kind);
    const inside = box[0] >= room[0] - 1 && box[2] <= room[2] + 1 && box[1] >= room[1] - 1 && box[3] <= room[3] + 1;
    if (!inside || taken.some((other) => overlap(box, other))) continue;
    const crossed = timesCrossed(box, lines);
    if (!best || crossed < best.crossed) best = { crossed, spot, box };
    if (crossed === 0) break;
  }
  return best;
}

// Writes words at the best of some spots inside `room` [left, top, right, bottom]; the earlier is the better. `taken`
// are the boxes of other words, to which this one comes; `lines` are lists of points; `shorter` words are written
// where the long ones would cross more of these. Where there is no spot free of other words, nothing is written.
export function writeFree(context, words, spots, free, style) {
  const wordings = free.shorter ? [words, free.shorter] : [words];
  const found = wordings
    .map((each) => ({ words: each, ...bestSpot(context, each, spots, free, style.kind) }))
    .filter(({ box }) => box);
  if (!found.length) return false;
  const best = found.reduce((one, other) => (other.crossed < one.crossed ? other : one));
  const { x, y, align } = best.spot;
  write(context, best.words, [x, y], { ...style, align });
  free.taken.push(best.box);
  return true;
}

// Spots along a line at height y: at its ends and between, above and below it, and further off.
export function spotsAlong([start, end], y, above = true) {
  const near = above ? [-8, 9] : [9, -8];
  const heights = [...near, -22, 23, -36, 37];
  const places = [
    { x: end - 6, align: "right" },
    { x: start + 4, align: "left" },
    ...[0.5, 0.35, 0.65, 0.2, 0.8].map((share) => ({ x: start + share * (end - start), align: "center" })),
  ];
  return heights.flatMap((off) => places.map((place) => ({ ...place, y: y + off })));
}
