// Charts over the training: the players' losses, the divergence, and the modes that G has found.
//
// All on the time axis of `bound.js`, each with what the end of the game, or a perfect generator,
// would score: without it a number says little. What is not known is left open.
// history: { length, t, ... } arrays over frames; now: a frame's index; panels: name -> index;
// beside: { recipe, frame }, of which the reference lines are.

import { between, curve, dot, segment, triangle, widthOf, write } from "./ink.js";
import { endOf } from "./optima.js";
import { scale, ticks } from "./scales.js";
import { DASH } from "./theme.js";
import { panelMarks, passing, presentLine, rungs, timeAxis, timeLayout } from "./time_axis.js";
import { figure, nats } from "./words.js";

const SAMPLE = 24;
const DOTS = [1, 3]; // of what would be perfect
const finite = (values) => Array.from(values ?? []).filter(Number.isFinite);

// The value below which a share of the sorted values lies.
const quantile = (sorted, share) => sorted[Math.round(share * (sorted.length - 1))];

// Names of curves in the middle above the chart: [{ words, style, color }].
function legend(context, names, place) {
  const [start, end] = place.ends;
  const widths = names.map(({ words }) => SAMPLE + 6 + widthOf(context, words));
  const total = widths.reduce((a, b) => a + b, 0);
  const gap = Math.min(26, (end - start - total) / Math.max(1, names.length - 1));
  let at = (start + end - total - gap * (names.length - 1)) / 2;
  names.forEach(({ words, style, color }, i) => {
    segment(context, [at, 10], [at + SAMPLE, 10], style);
    write(context, words, [at + SAMPLE + 6, 10], { color });
    at += widths[i] + gap;
  });
}

// Values of frames from .. to as a line; a value outside the chart is drawn at its edge.
function line(context, values, [from, to], place, up, style) {
  const frames = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const within = (y) => Math.min(place.base + 4, Math.max(place.top - 4, y));
  const ys = frames.map((i) => (Number.isNaN(values[i]) ? NaN : within(up(values[i]))));
  curve(context, frames.map(place.time), ys, style);
}

// A dotted line at a value that would be perfect, and its name above or below it, at that end where
// fewer of the chart's curves [{ values, up }] pass.
function reference(context, value, words, place, up, curves, { color, theme, above = true }) {
  const y = up(value);
  if (!(y >= place.top - 1 && y <= place.base + 1)) return;
  const [start, end] = place.ends;
  segment(context, [start, y], [end, y], { color, width: 1.3, dash: DOTS });
  const fits = above || y + 18 > place.base;
  const at = y + (fits ? -8 : 9);
  const wide = widthOf(context, words, "small");
  const crossed = (from, to) =>
    curves.reduce((sum, { values, up: to_y }) => {
      const near = (v, i) => place.time(i) >= from && place.time(i) <= to && Math.abs(to_y(v) - at) < 9;
      return sum + Array.from(values).filter(near).length;
    }, 0);
  const left = crossed(start, start + wide) < crossed(end - wide, end);
  write(context, words, [left ? start + 4 : end - 2, at], {
    color,
    align: left ? "left" : "right",
    kind: "small",
    halo: theme.paper,
  });
}

// Dots of the present where its curves are.
function present(context, now, place, curves, theme) {
  const x = presentLine(context, now, place, theme);
  for (const { values, up, color } of curves) {
    const y = up(values[now]);
    if (y >= place.top && y <= place.base) dot(context, [x, y], 3.6, color);
  }
}

function empty(context, words, place, theme) {
  const at = [(place.ends[0] + place.ends[1]) / 2, (place.top + place.base) / 2];
  write(context, words, at, { color: theme.muted, align: "center", halo: theme.paper });
}

// Where values leave the chart: a triangle, and how far they go.
function cut(context, values, name, place, { low, high }, color) {
  const all = Array.from(values);
  const [least, most] = [Math.min(...all.filter(notNaN)), Math.max(...all.filter(notNaN))];
  const say = (value, words, y, point) => {
    const x = place.time(all.indexOf(value));
    triangle(context, [[x - 5, y], [x + 5, y], [x, y + point]], color);
    const left = x + 12 + widthOf(context, words) < place.ends[1];
    write(context, words, [left ? x + 9 : x - 9, y + point / 2], { color, align: left ? "left" : "right" });
  };
  if (most > high) say(most, [...name, [` up to ${figure(most, 1)}`, "small"]], place.top + 9, -8);
  if (least < low) say(least, [...name, [` down to ${figure(least, 1)}`, "small"]], place.base - 10, 8);
}
const notNaN = (value) => !Number.isNaN(value);

const LOSS = {
  D: [["loss of ", "plain"], ["D", "italic"]],
  G: [["loss of ", "plain"], ["G", "italic"]],
};

// The scale holds the central 98 % of what the losses were, and where they would end.
export function lossesLayout(history, size, panels = {}, { recipe } = {}) {
  const place = timeLayout(history, size, panels);
  const ends = endOf(recipe);
  const marks = [ends.D, ends.G].filter(Boolean).map(({ value }) => value);
  const spans = [history.loss_D, history.loss_G].flatMap((values) => {
    const sorted = finite(values).sort((a, b) => a - b);
    return sorted.length ? [quantile(sorted, 0.01), quantile(sorted, 0.99)] : [];
  });
  const all = [...marks, ...spans];
  const [least, most] = all.length ? [Math.min(...all), Math.max(...all)] : [0, 1];
  const pad = 0.12 * (most - least) || 0.5;
  const [low, high] = [least - pad, most + pad];
  return { ...place, ends_at: ends, low, high, up: scale([low, high], [place.base, place.top]) };
}

export function drawLosses(context, history, now, size, theme, panels = {}, beside = {}) {
  const place = lossesLayout(history, size, panels, beside);
  const { up } = place;
  const styles = {
    D: { color: theme.D, width: 1.8, dash: DASH.D },
    G: { color: theme.p_g, width: 1.8, dash: DASH.p_g },
  };
  legend(context, ["D", "G"].map((who) => ({ words: LOSS[who], style: styles[who], color: styles[who].color })), place);
  rungs(context, ticks(place.low, place.high, (place.base - place.top) / 24), up, place, theme);
  timeAxis(context, history, place, theme);
  passing(context, history, now, place, (part) => {
    line(context, history.loss_D, part, place, up, styles.D);
    line(context, history.loss_G, part, place, up, styles.G);
  });
  const curves = [
    { values: history.loss_D, up, color: theme.D },
    { values: history.loss_G, up, color: theme.p_g },
  ];
  endLines(context, place, curves, theme);
  cut(context, history.loss_D, [["D", "italic"]], place, place, theme.D);
  cut(context, history.loss_G, [["G", "italic"]], place, place, theme.p_g);
  panelMarks(context, now, place, theme);
  present(context, now, place, curves, theme);
  if (!finite(history.loss_D).length) empty(context, "no loss yet", place, theme);
}

// Where each loss is at the end of the game; one line and name where both are at the same place.
function endLines(context, { ends_at: { D, G, at }, ...place }, curves, theme) {
  const draw = (end, words, style) =>
    reference(context, end.value, words, place, place.up, curves, { theme, ...style });
  if (D && G && D.value === G.value) {
    draw(D, `both at the end (${at}): ${D.words}`, { color: theme.ink });
    return;
  }
  const higher = !G || (D && D.value > G.value);
  const name = (who, end) => [[who, "italic"], [` at the end (${at}): ${end.words}`, "small"]];
  if (D) draw(D, name("D", D), { color: theme.D, above: higher });
  if (G) draw(G, name("G", G), { color: theme.p_g, above: !higher });
}

const LOG2 = Math.log(2);
const LEAST = 1e-4; // nats: the lowest foot of the scale
const NAME_JSD = [["JSD(", "roman"], ["p", "italic"], ["data", "sub"], [", ", "roman"], ["p", "italic"], ["G", "subitalic"], [")", "roman"]];

// A scale of powers of ten from a little under what was reached, or what is perfect, to log 2.
export function divergenceLayout(history, size, panels = {}, { frame } = {}) {
  const place = timeLayout(history, size, panels);
  const reached = [...finite(history.jsd), frame?.jsd_perfect].filter((value) => value > 0);
  const low = Math.min(0.1, Math.max(LEAST, 0.6 * Math.min(0.1, ...reached)));
  const high = 1.25 * LOG2;
  const tens = scale([Math.log10(low), Math.log10(high)], [place.base, place.top]);
  const up = (value) => tens(Math.log10(Math.max(value, low / 10)));
  return { ...place, low, high, up };
}

const POWERS = [0.0001, 0.001, 0.01, 0.1].flatMap((ten) => [ten, 2 * ten, 5 * ten]);

function powerTicks({ low, high }) {
  const inside = POWERS.filter((value) => value >= low && value <= high && value < 0.6);
  const few = inside.filter((value) => /^0?\.?0*1$/.test(String(value)));
  return (inside.length > 5 && few.length > 1 ? few : inside).map((value) => ({ value, label: String(value) }));
}

// history.jsd in nats, with history.jsd_error where it is known: how far from the truth it may be.
export function drawDivergence(context, history, now, size, theme, panels = {}, beside = {}) {
  const place = divergenceLayout(history, size, panels, beside);
  const { up } = place;
  const style = { color: theme.p_g, width: 1.8 };
  legend(context, [{ words: NAME_JSD, style, color: theme.ink }], place);
  rungs(context, powerTicks(place), up, place, theme);
  write(context, "nats", [4, place.top - 14], { color: theme.muted, kind: "small" });
  timeAxis(context, history, place, theme);
  passing(context, history, now, place, (part) => {
    band(context, history, part, place, theme);
    line(context, history.jsd, part, place, up, style);
    lone(context, history.jsd, part, place, theme);
  });
  const curves = [{ values: history.jsd, up, color: theme.p_g }];
  const refer = (value, words) =>
    reference(context, value, words, place, up, curves, { theme, color: theme.ink });
  refer(LOG2, "log 2 ≈ 0.693: nothing in common");
  const perfect = beside.frame?.jsd_perfect;
  if (perfect > 0) refer(perfect, `a perfect generator scores ${nats(perfect)}`);
  panelMarks(context, now, place, theme);
  present(context, now, place, curves, theme);
  if (!finite(history.jsd).length) empty(context, "the JSD is not known here", place, theme);
}

function band(context, { jsd, jsd_error: error }, [from, to], place, theme) {
  if (!error) return;
  const frames = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const edge = (sign) => frames.map((i) => Math.min(place.base, place.up(jsd[i] + sign * error[i])));
  between(context, frames.map(place.time), edge(-1), edge(1), theme.excess);
}

// A number between two unknown ones is no line: a dot.
function lone(context, values, [from, to], place, theme) {
  for (let i = from; i <= to; i++)
    if (notNaN(values[i]) && !notNaN(values[i - 1] ?? NaN) && !notNaN(values[i + 1] ?? NaN))
      dot(context, [place.time(i), place.up(values[i])], 1.8, theme.p_g);
}

const FEW = [6, 2, 1, 2]; // the dash of the share of high quality

export function modesLayout(history, size, panels = {}, { frame } = {}) {
  const place = timeLayout(history, size, panels);
  const count = frame?.modes_of || Math.max(0, ...finite(history.modes_found));
  const ends = [place.base, place.top + 6];
  return { ...place, count, modes: scale([0, count || 1], ends), share: scale([0, 1], ends) };
}

// history.modes_found counts on the left, history.quality (a share) in % on the right.
export function drawModes(context, history, now, size, theme, panels = {}, beside = {}) {
  const place = modesLayout(history, size, panels, beside);
  const modes = { color: theme.ink, width: 2 };
  const quality = { color: theme.p_g, width: 1.8, dash: FEW };
  timeAxis(context, history, place, theme);
  if (!place.count) {
    empty(context, "these data have no modes to count", place, theme);
    panelMarks(context, now, place, theme);
    presentLine(context, now, place, theme);
    return;
  }
  legend(context, [
    { words: `modes found, of ${place.count}`, style: modes, color: theme.ink },
    { words: "high quality", style: quality, color: theme.p_g },
  ], place);
  rungs(context, counts(place), place.modes, place, theme);
  percents(context, place, theme);
  passing(context, history, now, place, (part) => {
    line(context, history.quality, part, place, place.share, quality);
    steps(context, history.modes_found, part, place, modes);
  });
  const curves = [
    { values: history.quality, up: place.share, color: theme.p_g },
    { values: history.modes_found, up: place.modes, color: theme.ink },
  ];
  const perfect = beside.frame?.quality_perfect;
  const words = `a perfect generator: ${figure(100 * perfect, 1)} % of high quality`;
  if (perfect >= 0)
    reference(context, perfect, words, place, place.share, curves, { theme, color: theme.p_g, above: false });
  panelMarks(context, now, place, theme);
  present(context, now, place, curves, theme);
}

// Counts from none to all, in equal steps.
function counts({ count, base, top }) {
  const fits = (step) => count % step === 0 && count / step <= (base - top) / 22;
  const step = Array.from({ length: count }, (_, k) => k + 1).find(fits) ?? count;
  return Array.from({ length: count / step + 1 }, (_, k) => ({ value: k * step, label: String(k * step) }));
}

function percents(context, place, theme) {
  const [, end] = place.ends;
  for (const value of [0, 0.5, 1])
    write(context, String(100 * value), [end + 5, place.share(value)], { color: theme.p_g, kind: "small" });
  write(context, "%", [end + 5, place.top - 14], { color: theme.p_g, kind: "small" });
}

// A count stays until the next frame has another.
function steps(context, values, [from, to], place, style) {
  const xs = [];
  const ys = [];
  for (let i = from; i <= to; i++) {
    if (i > from) {
      xs.push(place.time(i));
      ys.push(notNaN(values[i]) ? place.modes(values[i - 1]) : NaN);
    }
    xs.push(place.time(i));
    ys.push(place.modes(values[i]));
  }
  curve(context, xs, ys, style);
}
