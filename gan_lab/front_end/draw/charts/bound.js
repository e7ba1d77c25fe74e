// The value of the game over the recorded time: V(G, D) <= V(G, D*) = 2 JSD - log 4, and the floor.
//
// Time runs in frames, which may be denser early; the axis names iterations. The blue area is what D
// does not see yet, the green one is 2 JSD. V(G, D) can be far lower than all of this while D is
// bad: the axis stops a little under the floor, and an arrow says what was cut.

import { isProbability } from "../../frame/readout.js";
import { curve, dot, fillBetween, segment, widthOf, write } from "../canvas.js";
import { writeFree } from "../labels.js";
import { scale, ticks } from "../scales.js";
import { DASH } from "../theme.js";
import { cut, empty, finite, forWords, reference } from "./lines.js";
import { drawOwnValue } from "./own_value.js";
import {
  APART,
  framesSeen,
  lastSeen,
  panelMarks,
  passing,
  presentLine,
  rungs,
  timeAxis,
  timeLayout,
} from "./time_axis.js";

export const FLOOR = -Math.log(4);
const LOWEST = FLOOR - 0.55;

const BELOW = [
  ["V", "italic"],
  ["(", "roman"],
  ["G", "italic"],
  [", ", "roman"],
  ["D", "italic"],
];
const V_D = [...BELOW, [")", "roman"]];
const V_STAR = [...BELOW, ["*) = 2 JSD − log 4", "roman"]];

const least = (values) => values.reduce((a, b) => (b < a ? b : a), Infinity);
const most = (values) => values.reduce((a, b) => (b > a ? b : a), -Infinity);

// One scale for all games that are shown: `others` are those beside this one, as news has them.
export function boundLayout(history, size, panels = {}, others = []) {
  const place = timeLayout(history, size, panels);
  const all = [history, ...others.filter(({ recipe }) => isProbability(recipe?.loss)).map((other) => other.history)];
  const high = Math.max(FLOOR + 0.25, most(all.flatMap(({ C }) => finite(C))) + 0.08);
  const below = FLOOR - 0.27 * (high - FLOOR); // room for the floor's name
  const low = Math.min(below, Math.max(LOWEST, least(all.flatMap(({ V }) => Array.from(V))) - 0.08));
  return { ...place, nats: scale([low, high], [place.base, place.top]), low, high };
}

// The frame under a point of any chart over time: a panel's own when the point is on its letter.
export function frameAt([x, y], history, size, panels = {}) {
  const place = timeLayout(history, size, panels);
  const near = (mark) => y < place.top && y > 18 && Math.abs(mark.label - x) <= APART / 2;
  const mark = place.marks.find(near);
  if (mark) return mark.frame;
  return Math.min(history.length - 1, Math.max(0, Math.round(place.time.invert(x))));
}

function legend(context, place, theme) {
  const [start, end] = place.ends;
  const sample = 24;
  const wide = widthOf(context, V_D) + widthOf(context, V_STAR) + 2 * (sample + 6) + 24;
  let at = (start + end - wide) / 2;
  segment(context, [at, 10], [at + sample, 10], { color: theme.D, width: 2, dash: DASH.D });
  at += sample + 6;
  at += write(context, V_D, [at, 10], { color: theme.D });
  at += 8 + write(context, [["≤", "roman"]], [at + 8, 10], { color: theme.ink }) + 8;
  segment(context, [at, 10], [at + sample, 10], { color: theme.D_star, width: 1.4 });
  write(context, V_STAR, [at + sample + 6, 10], { color: theme.muted });
}

function axes(context, history, place, theme) {
  const found = ticks(place.low, place.high, (place.base - place.top) / 20);
  rungs(context, found, place.nats, place, theme);
  timeAxis(context, history, place, theme);
  write(context, "nats", [4, place.top - 14], { color: theme.muted, kind: "small" });
}

const curvesOf = ({ C, V }, { nats, low }) =>
  [C, V].map((values) => ({ values, up: (v) => nats(Math.max(v, low - 10)) }));

// Its name stands below it, where neither a curve nor the present is.
function floor(context, history, place, theme) {
  reference(context, FLOOR, "−log 4 ≈ −1.386", place, place.nats, curvesOf(history, place), {
    theme,
    color: theme.ink,
    above: false,
  });
}

function lines(context, history, place, theme, part) {
  const frames = framesSeen(history, part, place);
  const xs = frames.map(({ x }) => x);
  const C = frames.map(({ i }) => place.nats(history.C[i]));
  const V = frames.map(({ i }) => place.nats(Math.max(history.V[i], place.low - 10))); // −∞ too
  fillBetween(
    context,
    xs,
    xs.map(() => place.nats(FLOOR)),
    C,
    theme.excess,
  );
  fillBetween(context, xs, V, C, theme.gap);
  curve(context, xs, C, { color: theme.D_star, width: 1.4 });
  curve(context, xs, V, { color: theme.D, width: 1.8, dash: [6, 3] });
}

function present(context, history, now, place, theme) {
  presentLine(context, now, place, theme);
  const seen = lastSeen(history, now);
  const x = place.time(seen);
  const inside = (y) => y <= place.base && y >= place.top;
  const [C, V] = [place.nats(history.C[seen]), place.nats(Math.max(history.V[seen], place.low))];
  const ground = place.nats(FLOOR);
  segment(context, [x, ground], [x, C], { color: theme.p_g, width: 3 });
  segment(context, [x, C], [x, V], { color: theme.D, width: 3 });
  if (ground - C > 18) {
    const spots = [
      { x: x + 7, align: "left" },
      { x: x - 7, align: "right" },
    ].map((side) => ({ ...side, y: (ground + C) / 2 }));
    const room = [place.ends[0], place.top, place.ends[1], place.base];
    const lines = [history.C, history.V].map((values) => Array.from(values, (v, i) => [place.time(i), place.nats(v)]));
    writeFree(
      context,
      "2 JSD",
      spots,
      { room, taken: place.taken, lines },
      { color: theme.p_g, kind: "small", halo: theme.paper },
    );
  }
  if (inside(C)) dot(context, [x, C], 3.6, theme.D_star);
  if (inside(V)) dot(context, [x, V], 3.6, theme.D);
}

// history: { length, t, V, C } arrays over frames; now: a frame's index; panels: name -> index; beside: { recipe, others },
// by whose loss the game may have a value of its own, and the games beside it.
export function drawBound(context, history, now, size, theme, panels = {}, beside = {}) {
  if (!isProbability(beside.recipe?.loss)) {
    drawOwnValue(context, history, now, size, theme, panels, beside);
    return;
  }
  const layout = boundLayout(history, size, panels, beside.others);
  const place = forWords(layout, now, [layout.nats(FLOOR)]);
  legend(context, place, theme);
  axes(context, history, place, theme);
  passing(context, history, now, place, (part) => lines(context, history, place, theme, part));
  cut(
    context,
    history.V,
    V_D,
    place,
    curvesOf(history, place),
    { low: place.low, high: Infinity },
    theme.D,
    theme.paper,
  );
  floor(context, history, place, theme);
  panelMarks(context, now, place, theme);
  present(context, history, now, place, theme);
  // where D is no probability, and where p_G has no density, the game has no value to show
  const known = [...history.V, ...history.C].some((value) => !Number.isNaN(value));
  if (!known) empty(context, [...V_D, [" is not known for this game", "plain"]], place, theme);
}
