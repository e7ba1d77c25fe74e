// Under the picture of the plane: the scale of D's colours and lines, and what each mark is.

import { formatNumber } from "../../numeric/format.js";
import { filled, segment, widthOf, write } from "../canvas.js";
import { axisOfD } from "../critic_axis.js";
import { NAMES } from "../line/line_styles.js";
import { roundPull, wordsOfPull } from "../line/minibatch_marks.js";
import { arrows, chains, circles, hatch, heatOf, stamps } from "./canvas.js";
import {
  drawTints,
  FOUND,
  fakeMark,
  isKnown,
  levelStyles,
  MARK,
  missing,
  pullScale,
  pullStyle,
  ROOM_OF_TINTS,
  realMark,
  SHADES,
  shareOf,
  WORDS_OF_TINTS,
  warpStyle,
} from "./layers.js";

const BAR = 40; // height of the scale of colours, with its numbers
const ROW = 18;
const BETWEEN = 18; // pixels between two entries
const LONGEST = 44; // of the sample arrow

const hasMap = ({ D = "D" }) => D !== "off";
// Rows that the entries need at most: known before there is a frame, so that the picture stands still.
function rowsAt(width, { D = "D", warp, replay, judged }) {
  if (width >= 560) return (width >= 900 && D === "D" ? 1 : 2) + Number(Boolean(judged));
  return (
    2 +
    Number(Boolean(judged)) +
    Number(Boolean(warp || replay)) +
    Number(D !== "D" && width < 440) +
    Number(width < 340)
  );
}

export function footHeight(width, layers) {
  return (hasMap(layers) ? BAR : 0) + ROW * rowsAt(width, layers) + 6;
}

const italic = (letter) => [letter, "italic"];
export const G_OF_Z = [italic("G"), ["(", "roman"], italic("z"), [")", "roman"]];

// A pull whose arrow is not longer than LONGEST: 1, 2 or 5 times a power of ten.
export function samplePull(panel) {
  const most = LONGEST / pullScale(panel);
  const power = 10 ** Math.floor(Math.log10(most));
  const value = [5, 2, 1].map((m) => m * power).find((v) => v <= most * (1 + 1e-9));
  return { value, length: value * pullScale(panel) };
}

// Entries: { room, draw(x, y), words }, for the layers that are on and that this frame has.
function entries(context, frame, panel, theme, layers) {
  const found = [];
  const add = (room, words, draw) => found.push({ room, words, draw });
  if (layers.real) add(8, [["data", "small"]], (x, y) => stamps(context, [[x + 4, y]], MARK, realMark(theme)));
  if (layers.fake) add(8, G_OF_Z, (x, y) => stamps(context, [[x + 4, y]], MARK, fakeMark(theme)));
  if (layers.judged && (layers.real || layers.fake))
    add(ROOM_OF_TINTS, WORDS_OF_TINTS, (x, y) => drawTints(context, [x, y], theme));
  if (layers.pull) {
    const { value, length } = samplePull(panel);
    const words = [italic("G"), [`’s loss: −${Number(value.toPrecision(1))} per unit`, "small"]];
    add(length, words, (x, y) => arrows(context, [[[x, y], [x + length, y], false]], pullStyle(theme)));
  }
  const { warp, minibatch } = frame;
  if (minibatch?.pull) {
    const { value, length } = roundPull(minibatch.pull, 2);
    const words = wordsOfPull(value, frame.loss);
    if (value > 0) add(length, words, (x, y) => arrows(context, [[[x, y], [x + length, y], false]], pullStyle(theme)));
  }
  if ((layers.warp || layers.replay) && warp) add(16, warpWords(warp), (x, y) => grid(context, [x, y], warp, theme));
  if (layers.warp && layers.D === "off" && warp && !warp.curve) {
    const words = [...NAMES.p_g, [" ×4 a shade", "small"]];
    add(10 * SHADES.length, words, (x, y) => shades(context, [x, y - 6], theme));
  }
  const ring = { color: theme.muted, width: 1.2 };
  if (frame.modes.length) add(12, `mode, ${FOUND} sds`, (x, y) => circles(context, [[x + 6, y]], 5, ring));
  if (frame.missing.length)
    add(18, `missing${whenOf(frame)}`, (x, y) => missing(context, [x + 9, y], 5, { color: theme.ink, width: 1.2 }));
  if ((layers.D === "D*" || layers.D === "both") && !allKnown(frame))
    add(16, starWords(frame), (x, y) => swatch(context, [x, y - 6, 16, 12], theme));
  return found;
}

// The iteration of what was measured earlier than the rest; there is room for no more.
const whenOf = ({ earlier, measured }) => (earlier ? ` at ${measured.at.t}` : "");

const allKnown = (frame) => !frame.D_star.some(Number.isNaN);

function starWords(frame) {
  if (!isKnown(frame.D_star)) return "no D*";
  const lost = 100 * (1 - frame.D_star_known);
  const share = lost < 0.1 ? "almost none" : `${formatNumber(lost, lost < 1 ? 1 : 0)} %`;
  return `no D* (${share}${whenOf(frame) || " of the mass"})`;
}

const warpWords = ({ side, curve }) =>
  curve
    ? [...G_OF_Z, [` of ${side + 1} equally likely `, "small"], italic("z")]
    : [...G_OF_Z, [` of ${side} × ${side} equally likely cells`, "small"]];

function grid(context, [x, y], warp, theme) {
  const at = (k) => y - 6 + 6 * k;
  const lines = warp.curve
    ? [
        [
          [x, y + 4],
          [x + 8, y - 3],
          [x + 16, y],
        ],
      ]
    : [0, 1, 2].flatMap((k) => [
        [
          [x, at(k)],
          [x + 14, at(k)],
        ],
        [
          [x + 1 + 6 * k, y - 7],
          [x + 1 + 6 * k, y + 7],
        ],
      ]);
  chains(context, lines, warpStyle(warp, theme));
}

function shades(context, [x, y], theme) {
  context.save();
  SHADES.forEach((alpha, k) => {
    context.globalAlpha = alpha;
    filled(context, [x + 10 * k, y, 10, 12], theme.p_g);
  });
  context.restore();
}

function swatch(context, area, theme) {
  hatch(context, area, { color: theme.muted, apart: 5 });
  outline(context, area, theme);
}

const outline = (context, [x, y, w, h], theme) =>
  chains(
    context,
    [
      [
        [x, y],
        [x + w, y],
        [x + w, y + h],
        [x, y + h],
        [x, y],
      ],
    ],
    { color: theme.line, width: 1 },
  );

// What the scale says at its quarters; of the data where there is no best D.
function marksOf(frame) {
  const { marks, wide } = axisOfD(frame.D_kind === "score" ? {} : frame);
  if (wide) return marks.map(({ share, label }) => [share, label]);
  return [
    [0, "0"],
    [0.25, "¼"],
    [0.5, "½"],
    [0.75, "¾"],
    [1, "1"],
  ];
}

// The scale: colours from what is said to be generated to what is said to be data, and the lines.
function bar(context, frame, [start, y, width], theme, layers) {
  const score = frame.D_kind === "score" && layers.D !== "D*";
  const { low, high } = shareOf(score ? frame : {});
  const said = { color: theme.muted, kind: "small" };
  for (let k = 0; k < width; k += 2) {
    const color = `rgb(${heatOf((k + 1) / width, theme.heat)})`;
    filled(context, [start + k, y, Math.min(2, width - k), 11], color);
  }
  outline(context, [start, y, width, 11], theme);
  for (const { share, ...style } of levelStyles(theme)) {
    const x = start + share * width;
    segment(context, [x, y - 3], [x, y + 14], style);
  }
  const names = score ? [0, 0.5, 1].map((s) => [s, formatNumber(low + s * (high - low), 2)]) : marksOf(frame);
  for (const [share, label] of names)
    write(context, label, [start + share * width, y + 22], { ...said, align: "center" });
  const { letter } = score ? { letter: NAMES.D } : axisOfD(frame.D_kind === "score" ? {} : frame);
  const whose = layers.D === "D*" ? [...letter, ["*", "roman"]] : letter;
  const low_end = [...whose, [score ? " scores it low" : ": generated", "small"]];
  write(context, low_end, [start - 14, y + 5], { ...said, align: "right" });
  write(context, score ? "high" : "data", [start + width + 14, y + 5], said);
}

// Entries from left to right, in as many rows as they need, each row in the middle.
function flow(context, all, [left, right], top, theme) {
  const widthOfOne = ({ room, words }) => room + 6 + widthOf(context, words, "small");
  const rows = [[]];
  let used = 0;
  for (const entry of all) {
    const wide = widthOfOne(entry);
    if (rows.at(-1).length && used + BETWEEN + wide > right - left) {
      rows.push([]);
      used = 0;
    }
    used += (rows.at(-1).length ? BETWEEN : 0) + wide;
    rows.at(-1).push({ ...entry, wide });
  }
  rows.forEach((row, k) => {
    const total = row.reduce((sum, { wide }) => sum + wide, 0) + BETWEEN * (row.length - 1);
    let x = (left + right - total) / 2;
    for (const { room, words, draw, wide } of row) {
      draw(x, top + k * ROW);
      write(context, words, [x + room + 6, top + k * ROW], { color: theme.ink, kind: "small" });
      x += wide + BETWEEN;
    }
  });
}

export function drawFoot(context, frame, panel, { width, height }, theme, layers) {
  const top = height - footHeight(width, layers);
  const wide = Math.min(220, width - 216);
  if (hasMap(layers)) bar(context, frame, [(width - wide) / 2 + 16, top + 4, wide], theme, layers);
  const all = entries(context, frame, panel, theme, layers);
  flow(context, all, [8, width - 8], top + (hasMap(layers) ? BAR : 0) + ROW / 2, theme);
}
