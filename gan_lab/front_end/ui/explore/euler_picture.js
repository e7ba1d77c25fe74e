// Time goes to the right: the density of the noise on the left, paths, and on the right p_G beside the data.

import { clipped, curve, dot, handle, segment, write } from "../../draw/canvas.js";
import { legend } from "../../draw/legend.js";
import { NAMES, styleOf } from "../../draw/line/line_styles.js";
import { scale, ticks } from "../../draw/scales.js";
import { gaussian, ofBells } from "../../numeric/game_value.js";
import { ruledSide } from "./ruled_axis.js";

const [LEFT, HEAD, FOOT] = [30, 34, 24];
const X = 3.4; // z and x from -3.4 to 3.4
const PEAK = 0.75; // of densities; what is higher is cut
const LOW = 0.002; // below it a density is not drawn

export function eulerLayout({ width, height }) {
  const [noise, data] = [0.1 * width, 0.2 * width]; // how far densities reach to the side
  const [start, end] = [LEFT + noise, width - data - 8];
  /** @type {[number, number]} */
  const ends = [LEFT, width - 8];
  return {
    ends,
    top: HEAD,
    base: height - FOOT,
    x: scale([-X, X], [height - FOOT, HEAD]),
    time: scale([0, 1], [start, end]),
    left: scale([0, PEAK], [start, start - 1.6 * noise]),
    right: scale([0, PEAK], [end, width - 8]),
  };
}

const THIN = (theme) => ({ color: theme.line, width: 1 });

// A density that lies on its side.
function sideways(context, log, to, place, style) {
  const ys = Array.from({ length: place.base - place.top + 1 }, (_, i) => place.top + i);
  curve(
    context,
    ys.map((y) => to(Math.exp(log(place.x.invert(y))))),
    ys,
    style,
  );
}

// p_G by where each z comes to.
function made(context, { at, log }, place, theme) {
  const style = styleOf("p_g", theme);
  if (log[0] === Infinity) {
    segment(context, [place.right(0), place.x(at[0])], [place.right(PEAK), place.x(at[0])], style);
    return;
  }
  const shown = at.map((x, i) => [place.right(Math.exp(log[i])), place.x(x)]).filter((_, i) => log[i] > Math.log(LOW));
  curve(
    context,
    shown.map(([x]) => x),
    shown.map(([, y]) => y),
    style,
  );
}

function path(context, points, place, style) {
  const last = points.length - 1;
  curve(
    context,
    points.map((_, k) => place.time(k / last)),
    points.map(place.x),
    style,
  );
}

function rules(context, place, theme) {
  for (const t of [0, 1])
    segment(context, [place.time(t), place.top], [place.time(t), place.base], { color: theme.ink, width: 1 });
  ruledSide(context, { at: LEFT - 4, to: place.x, marks: ticks(-3, 3, 6) }, theme);
  const y = place.base + 13;
  write(
    context,
    [
      ["t", "italic"],
      [" = 0", "small"],
    ],
    [place.time(0), y],
    { color: theme.muted, align: "center" },
  );
  write(
    context,
    [
      ["t", "italic"],
      [" = 1", "small"],
    ],
    [place.time(1), y],
    { color: theme.muted, align: "center" },
  );
}

export function drawEuler(context, { z }, numbers, size, theme) {
  const place = eulerLayout(size);
  const entry = (role, words) => ({ words, style: styleOf(role, theme), color: theme[role] });
  const names = [entry("D", [["z", "italic"]]), entry("p_data", NAMES.p_data), entry("p_g", NAMES.p_g)];
  legend(context, names, place.ends, { y: 12, sample: 26, apart: 30 });
  rules(context, place, theme);
  clipped(context, place.ends, place.top, place.base, () => {
    sideways(context, gaussian(0, 1), place.left, place, styleOf("D", theme));
    for (const one of numbers.paths) path(context, one, place, THIN(theme));
    path(context, numbers.exact, place, { color: theme.muted, width: 2, dash: [3, 4] });
    path(context, numbers.path, place, { color: theme.p_g, width: 2.6 });
    numbers.path.forEach((x, k) =>
      dot(context, [place.time(k / (numbers.path.length - 1)), place.x(x)], 3.5, theme.p_g),
    );
    made(context, numbers, place, theme);
    sideways(context, ofBells(numbers.bells), place.right, place, styleOf("p_data", theme));
  });
  handle(context, [place.time(0), place.x(z)], 7, theme.D, theme);
}
