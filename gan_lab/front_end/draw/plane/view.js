// The game in the plane from one frame: a pure function of the frame, size, theme and layers.
//
// A map of what D says of every place, beside it that of the best D; the points of the data (rings) and of G (crosses),
// if wished in the colour of what D says of them; where G's loss pulls each of these (arrows); the grid of z where G
// puts it; and the modes. Each is a layer: { D: "D" | "D*" | "both" | "off", real, fake, judged, pull, warp }, and
// `replay`: { share, cell } instead of the warp while the square of z is on its way.

import { lastMeasured } from "../../frame/measured.js";
import { formatNumber } from "../../numeric/format.js";
import { clipped, filled, segment, widthOf, write } from "../canvas.js";
import { axisOfD } from "../critic_axis.js";
import { NAMES } from "../line/line_styles.js";
import { scale, ticks } from "../scales.js";
import {
  drawFake,
  drawHeat,
  drawJudged,
  drawModeRings,
  drawPull,
  drawReal,
  drawReplay,
  drawWarp,
  isKnown,
} from "./layers.js";
import { drawFoot, footHeight, G_OF_Z } from "./legend.js";
import { drawMinibatchInPlane, withMinibatch } from "./minibatch.js";
import { blended, cellHolding } from "./warp.js";

const LEFT = 36;
const RIGHT = 10;
const APART = 26; // between two panels
const TITLE = 24;
const TICKS = 20;
const LARGEST = 460;
const TWO_ABREAST = 560; // pixels of width from which two panels stand side by side
const REACH = 14; // pixels from a curve at which a pointer is on it

const panelsOf = ({ D = "D" }) => (D === "both" ? ["D", "D*"] : [D === "off" ? null : D]);
const abreast = (width, count) => (width >= TWO_ABREAST ? count : 1);

// A size with room for the panels at this width, and no more; of these `tall`, where they are to be smaller.
export function planeSize(width, layers = {}, tall = 1) {
  const count = panelsOf(layers).length;
  const columns = abreast(width, count);
  const room = (width - LEFT - RIGHT - (columns - 1) * APART) / columns;
  const most = count > columns ? 300 : LARGEST; // two under one another are smaller
  const side = Math.round(tall * Math.min(most, room));
  const rows = count / columns;
  return { width, height: rows * (TITLE + side + TICKS) + footHeight(width, layers) };
}

// Where the panels are: [{ shows, area, box, x, y }, ...], all of one size and one aspect.
export function planeLayout(frame, { width, height }, layers = {}) {
  const [x0, x1, y0, y1] = frame.box;
  const shown = panelsOf(layers);
  const columns = abreast(width, shown.length);
  const rows = shown.length / columns;
  const wide = (width - LEFT - RIGHT - (columns - 1) * APART) / columns;
  const high = (height - footHeight(width, layers)) / rows - TITLE - TICKS;
  const unit = Math.max(1e-9, Math.min(wide / (x1 - x0), high / (y1 - y0), LARGEST / (x1 - x0)));
  const [w, h] = [unit * (x1 - x0), unit * (y1 - y0)];
  const start = LEFT + (width - LEFT - RIGHT - columns * w - (columns - 1) * APART) / 2;
  return shown.map((shows, k) => {
    const left = start + (k % columns) * (w + APART);
    const top = TITLE + Math.floor(k / columns) * (h + TITLE + TICKS);
    const x = scale([x0, x1], [left, left + w]);
    return { shows, area: [left, top, w, h], box: frame.box, x, y: scale([y0, y1], [top + h, top]) };
  });
}

// The grid of z is drawn on one panel: that of D*, where p_G matters, if there are two.
const holdsWarp = (panel, panels) => panel === panels.at(-1);
const holdsPull = (panel) => panel.shows !== "D*";

function axes(context, panel, theme) {
  const [left, top, width, height] = panel.area;
  const hair = { color: theme.line, width: 1 };
  const small = { color: theme.muted, kind: "small" };
  const [x0, x1, y0, y1] = panel.box;
  for (const tick of ticks(x0, x1, width / 62)) {
    const x = panel.x(tick.value);
    segment(context, [x, top + height], [x, top + height + 4], hair);
    write(context, tick.label, [x, top + height + 12], { ...small, align: "center" });
  }
  for (const tick of ticks(y0, y1, height / 62)) {
    const y = panel.y(tick.value);
    segment(context, [left - 4, y], [left, y], hair);
    if (panel.first) write(context, tick.label, [left - 6, y], { ...small, align: "right" });
  }
  context.save();
  context.beginPath();
  context.rect(left, top, width, height);
  context.strokeStyle = theme.line;
  context.lineWidth = 1;
  context.stroke();
  context.restore();
}

const outside = ({ box: [x0, x1, y0, y1] }, points) => {
  let count = 0;
  for (let k = 0; k < points.length; k += 2)
    if (!(points[k] >= x0 && points[k] <= x1 && points[k + 1] >= y0 && points[k + 1] <= y1)) count++;
  return count;
};

const P_G = (rest) => [...NAMES.p_g, [rest, "small"]];
const best = (letter) => [...letter, ["*", "roman"], [", the best one", "plain"]];
const SUM = [["(", "roman"], ...NAMES.p_data, [" + ", "roman"], ...NAMES.p_g, [")", "roman"]];
const RATIO = [...NAMES.p_data, [" / ", "roman"], ...SUM, [", 0 to 1", "plain"]];

// What the panel shows, and on the right how much of it can be trusted, or is out of sight.
function title(context, frame, panel, layers, theme) {
  const [left, top, width] = panel.area;
  const y = top - 11;
  const small = { color: theme.muted, align: "right", kind: "small" };
  const { letter } = axisOfD(frame.D_kind === "score" ? {} : frame);
  if (panel.shows === "D") write(context, [...letter, [", now", "plain"]], [left, y], { color: theme.D });
  if (panel.shows === "D*") {
    const within = `within ${formatNumber(Math.max(frame.D_star_error, 0.001), 3)} on average`;
    const error = isKnown(frame.D_star) ? (frame.earlier ? `of ${frame.earlier}` : within) : "";
    const words = frame.D_kind === "score" ? RATIO : best(letter);
    const fits = widthOf(context, words) + 12 + widthOf(context, error, "small") <= width;
    write(context, fits ? words : [...letter, ["*", "roman"]], [left, y], { color: theme.ink });
    write(context, error, [left + width, y], small);
    return;
  }
  const far = layers.fake ? outside(frame, frame.fake) : 0;
  const words = [...G_OF_Z, [` outside: ${far} of ${frame.fake.length / 2}`, "small"]];
  if (far) write(context, words, [left + width, y], small);
}

// Why there is no D* at all, in short lines at the foot of its panel.
function starless(context, frame, panel, theme) {
  if (panel.shows !== "D*" || isKnown(frame.D_star)) return;
  const [left, top, width, height] = panel.area;
  const words = whyStarless(frame);
  const foot = top + height - 18 * words.length - 10;
  filled(context, [left, foot, width, top + height - foot], theme.paper);
  const style = { color: theme.ink, align: "center", kind: "small" };
  words.forEach((line, k) => write(context, line, [left + width / 2, foot + 14 + 18 * k], style));
}

function whyStarless({ warp, D_kind }) {
  if (D_kind === "score") return ["this loss has no best D: whatever D says,", "twice that would score more"];
  if (warp?.curve)
    return [
      [["z is one number: ", "small"], ...P_G(" lies on a curve,")],
      [...NAMES.D_star, [" is 0 on it and 1 everywhere else", "small"]],
    ];
  if (!warp)
    return [
      [...NAMES.D_star, [" is not known: for a z of more than", "small"]],
      [["two numbers ", "small"], ...P_G(" is known by samples only")],
    ];
  return [[...NAMES.D_star, [" is not given: ", "small"], ...P_G(" is too thin")], "for these cells and this mesh"];
}

/** @type {[string, typeof drawReal][]} */
const POINTS = [
  ["real", drawReal],
  ["fake", drawFake],
];

function drawPoints(context, frame, panel, theme, layers) {
  for (const [mine, plainly] of POINTS)
    if (layers[mine] && layers.judged) drawJudged(context, frame, panel, theme, mine);
    else if (layers[mine]) plainly(context, frame, panel, theme);
  if (layers.pull && holdsPull(panel)) drawPull(context, frame, panel, theme);
}

function onPanel(context, frame, panel, panels, theme, layers) {
  const [left, top, width, height] = panel.area;
  const { replay } = layers;
  const warped = frame.warp && holdsWarp(panel, panels);
  clipped(context, [left, left + width], top, top + height, () => {
    filled(context, panel.area, panel.shows ? `rgb(${theme.heat.middle})` : theme.paper);
    if (panel.shows) drawHeat(context, frame, panel, theme);
    if (warped && layers.warp && !replay) drawWarp(context, frame, panel, theme);
    drawModeRings(context, frame, panel, theme);
    if (frame.minibatch) drawMinibatchInPlane(context, frame, panel, theme);
    else drawPoints(context, frame, panel, theme, layers);
    if (warped && replay) drawReplay(context, frame, panel, theme, replay.share, replay.cell);
    starless(context, frame, panel, theme);
  });
}

export function drawPlane(context, now, size, theme, layers = {}) {
  const frame = lastMeasured(now);
  const panels = planeLayout(frame, size, layers);
  const named = withMinibatch(frame, layers);
  panels.forEach((panel, k) => {
    onPanel(context, frame, panel, panels, theme, layers);
    axes(context, { ...panel, first: k === 0 || panel.area[0] === panels[0].area[0] }, theme);
    title(context, named.frame, panel, named.layers, theme);
  });
  drawFoot(context, frame, panels[0], size, theme, named.layers);
}

// The cell { i, j } of z whose image is under a point of the picture, or null; `share` says how far
// the square of z has come, if it is on its way.
export function cellUnder([px, py], frame, size, layers, share = 1) {
  if (!frame.warp) return null;
  const panel = planeLayout(frame, size, layers).at(-1);
  const [left, top, width, height] = panel.area;
  if (px < left || py < top || px > left + width || py > top + height) return null;
  const at = [panel.x.invert(px), panel.y.invert(py)];
  const reach = (REACH * (frame.box[1] - frame.box[0])) / width;
  return cellHolding(frame.warp, blended(frame.warp, frame.box, share), at, reach);
}
