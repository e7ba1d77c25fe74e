// The value of the game over the recorded time: V(G, D) <= V(G, D*) = 2 JSD - log 4, and the floor.
//
// Time runs in frames, which may be denser early; the axis names iterations. The blue area is what D
// does not see yet, the green one is 2 JSD. V(G, D) can be far lower than all of this while D is
// bad: the axis stops a little under the floor, and an arrow says what was cut.

import { cut, empty } from "./chart_lines.js";
import { between, curve, dot, segment, widthOf, write } from "./ink.js";
import { scale, ticks } from "./scales.js";
import { DASH } from "./theme.js";
import {
  APART, framesSeen, lastSeen, panelMarks, passing, presentLine, rungs, timeAxis, timeLayout,
} from "./time_axis.js";

export const FLOOR = -Math.log(4);
const LOWEST = FLOOR - 0.55;

const BELOW = [["V", "italic"], ["(", "roman"], ["G", "italic"], [", ", "roman"], ["D", "italic"]];
const V_D = [...BELOW, [")", "roman"]];
const V_STAR = [...BELOW, ["*) = 2 JSD − log 4", "roman"]];

const least = (values) => values.reduce((a, b) => (b < a ? b : a), Infinity);
const most = (values) => values.reduce((a, b) => (b > a ? b : a), -Infinity);

export function boundLayout(history, size, panels = {}) {
  const place = timeLayout(history, size, panels);
  const high = Math.max(FLOOR + 0.25, most(history.C.filter(Number.isFinite)) + 0.08);
  const below = FLOOR - 0.27 * (high - FLOOR); // room for the floor's name
  const low = Math.min(below, Math.max(LOWEST, least(history.V) - 0.08));
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

function floor(context, place, theme) {
  const [start, end] = place.ends;
  const y = place.nats(FLOOR);
  segment(context, [start, y], [end, y], { color: theme.ink, width: 1.2, dash: [1, 3] });
  write(context, "−log 4 ≈ −1.386", [end - 2, y + 11], { color: theme.ink, align: "right", kind: "small" });
}

function lines(context, history, place, theme, part) {
  const frames = framesSeen(history, part, place);
  const xs = frames.map(({ x }) => x);
  const C = frames.map(({ i }) => place.nats(history.C[i]));
  const V = frames.map(({ i }) => place.nats(Math.max(history.V[i], place.low - 10))); // −∞ too
  between(context, xs, xs.map(() => place.nats(FLOOR)), C, theme.excess);
  between(context, xs, V, C, theme.gap);
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
    const right = x + 50 < place.ends[1];
    write(context, "2 JSD", [right ? x + 7 : x - 7, (ground + C) / 2], {
      color: theme.p_g,
      align: right ? "left" : "right",
      kind: "small",
    });
  }
  if (inside(C)) dot(context, [x, C], 3.6, theme.D_star);
  if (inside(V)) dot(context, [x, V], 3.6, theme.D);
}

// history: { length, t, V, C } arrays over frames; now: a frame's index; panels: name -> index.
export function drawBound(context, history, now, size, theme, panels = {}) {
  const place = boundLayout(history, size, panels);
  legend(context, place, theme);
  axes(context, history, place, theme);
  passing(context, history, now, place, (part) => lines(context, history, place, theme, part));
  floor(context, place, theme);
  panelMarks(context, now, place, theme);
  cut(context, history.V, V_D, place, { low: place.low, high: Infinity }, theme.D);
  present(context, history, now, place, theme);
  // where D is no probability, and where p_G has no density, the game has no value to show
  const known = [...history.V, ...history.C].some((value) => !Number.isNaN(value));
  if (!known) empty(context, [...V_D, [" is not known for this game", "plain"]], place, theme);
}
