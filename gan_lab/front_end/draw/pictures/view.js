// A game of pictures: samples of G at the same z, pictures of the data beside them, and D's opinion of each.
//
// Around a picture is a frame in the colour of the map of D in the plane, from generated over neither to data, and below it a
// bar as long as D is high.

import { filled, segment, write } from "../canvas.js";
import { axisOfD } from "../critic_axis.js";
import { heatOf, hiddenCanvas } from "../plane/canvas.js";

const HEAD = 26;
const FOOT = 22;
const MAT = 3; // pixels around a picture
const BAR = 4;
const APART = 3; // between two cells
const GAP = 22; // between G's and the data's
const [LARGEST, LEAST] = [58, 26]; // pixels of a cell's width

const highOf = (side) => side + BAR + 4;

// The widest cells with which n pictures of G, and of the data a fourth as many or more, are no higher than they are wide,
// or `tall` times that.
function cellsFor(n, width, wanted, tall) {
  const high = 0.6 * tall * Math.max(500, tall < 1 ? Math.min(width, 800) : width);
  for (let side = LARGEST; ; side -= 1) {
    const all = Math.max(4, Math.floor((width - GAP) / side));
    const fake = Math.min(n, wanted ?? all - Math.max(2, Math.round(all / 4)), all - 2);
    const rows = Math.ceil(n / fake);
    if (side <= LEAST || (fake === (wanted ?? fake) && rows * highOf(side) <= high))
      return { side, fake, rows, real: all - fake };
  }
}

// { height, cells: [{ of: "fake" or "real", i, x, y, side }], ... } for a picture so wide. In a game in which digits are
// asked for, each has a column.
export function picturesLayout({ picture: [high, wide], classes, fake: { length } }, width, tall = 1) {
  const n = length / (high * wide);
  const { side, fake, rows, real } = cellsFor(n, width, classes && n >= classes ? classes : undefined, tall);
  const shown = { fake, real: Math.min(real, 4) };
  const start = Math.max(0, (width - GAP - side * (fake + shown.real)) / 2);
  const left = { fake: start, real: start + side * fake + GAP };
  const place = (of, i) => ({
    of,
    i,
    side,
    x: left[of] + side * (i % shown[of]),
    y: HEAD + highOf(side) * Math.floor(i / shown[of]),
  });
  const some = (of, count) => Array.from({ length: Math.min(n, count) }, (_, i) => place(of, i));
  const height = HEAD + rows * highOf(side) + FOOT;
  return {
    width,
    height,
    left,
    right: left.real + side * shown.real,
    cells: [...some("fake", n), ...some("real", rows * shown.real)],
  };
}

const channels = (color) => [1, 3, 5].map((k) => Number.parseInt(color.slice(k, k + 2), 16));

// Pixels from 0 (paper) to 255 (ink) into a box, in the theme's colours; finer ones are smoothed.
function drawPicture(context, values, [high, wide], [x, y, width, height], theme) {
  const [paper, ink] = [theme.paper, theme.ink].map(channels);
  const image = context.createImageData(wide, high);
  values.forEach((value, i) => {
    for (let k = 0; k < 3; k++) image.data[4 * i + k] = paper[k] + ((ink[k] - paper[k]) * value) / 255;
    image.data[4 * i + 3] = 255;
  });
  const small = hiddenCanvas(wide, high);
  small.getContext("2d").putImageData(image, 0, 0);
  context.save();
  context.imageSmoothingEnabled = width < 2 * wide;
  context.drawImage(small, x, y, width, height);
  context.restore();
}

function drawCell(context, frame, { of, i, x, y, side }, theme, half) {
  const share = frame[`D_${of}`][i];
  const known = frame.D_kind !== "unknown";
  const size = frame.picture[0] * frame.picture[1];
  const box = side - APART;
  if (known) filled(context, [x, y, box, box], `rgb(${heatOf(share, theme.heat)})`);
  const inner = box - 2 * MAT;
  const values = frame[of].subarray(i * size, (i + 1) * size);
  drawPicture(context, values, frame.picture, [x + MAT, y + MAT, inner, inner], theme);
  if (!known) return;
  const top = y + box + 1.5;
  filled(context, [x, top, box, BAR], theme.faint);
  filled(context, [x, top, box * share, BAR], theme.D);
  if (half) segment(context, [x + box / 2, top - 1], [x + box / 2, top + BAR + 1], { color: theme.ink, width: 1 });
}

// What a bar says, in words: its ends and, where D has one, the place of the end of the game.
export function barWords(frame) {
  const { marks, letter, known, half } = axisOfD(frame);
  if (!known) return "D judges packs of pictures, and none alone";
  const name = letter[0][0];
  const [low, high] = [marks[0], marks.at(-1)].map(({ label }) => label);
  if (frame.D_kind === "score") return "bar: D’s score, from the least to the largest of this moment";
  const tick = half ? `, tick at ${marks[(marks.length - 1) / 2].label}` : "";
  return `bar: ${name} from ${low} (generated) to ${high} (data)${tick}`;
}

export function drawPictures(context, frame, { left, right, height, cells }, theme) {
  const { half } = axisOfD(frame);
  write(
    context,
    [
      ["G", "italic"],
      ["(", "roman"],
      ["z", "italic"],
      [")", "roman"],
    ],
    [left.fake, 12],
    { color: theme.p_g },
  );
  write(context, "data", [left.real, 12], { color: theme.p_data });
  for (const cell of cells) drawCell(context, frame, cell, theme, half);
  write(context, barWords(frame), [(left.fake + right) / 2, height - 9], {
    color: theme.muted,
    align: "center",
    kind: "small",
  });
}

// The nearest cell to the left, right, above or below: by how much x and y grow on the way.
export function cellBeside(cells, from, [dx, dy]) {
  const ahead = (cell) => (cell.x - from.x) * dx + (cell.y - from.y) * dy;
  const aside = (cell) => Math.abs((cell.x - from.x) * dy) + Math.abs((cell.y - from.y) * dx);
  const there = cells.filter((cell) => ahead(cell) > 1 && aside(cell) < cell.side / 2);
  return there.reduce((best, cell) => (best && ahead(best) <= ahead(cell) ? best : cell), null);
}
