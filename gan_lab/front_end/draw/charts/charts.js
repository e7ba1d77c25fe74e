// Charts over the training: the players' losses, the divergence, and the modes that G has found.
//
// All on the time axis of `draw/charts/bound.js`, each with what the end of the game, or a perfect generator,
// would score: without it a number says little. What is not known is left open.
// history: { length, t, ... } arrays over frames; now: a frame's index; panels: name -> index;
// beside: { recipe, frame }, of which the reference lines are, and `others`: the games that are shown beside
// this one, as news has them, on the same scale.

import { equilibriumOf } from "../../frame/equilibrium.js";
import { lastMeasured } from "../../frame/measured.js";
import { formatNats, formatNumber } from "../../numeric/format.js";
import { write } from "../canvas.js";
import { NAMES } from "../line/line_styles.js";
import { scale, ticks } from "../scales.js";
import { DASH } from "../theme.js";
import {
  band,
  cut,
  empty,
  finite,
  forWords,
  line,
  lone,
  named,
  present,
  range,
  reference,
  sameLoss,
  steps,
} from "./lines.js";
import {
  everyFrame,
  framesSeen,
  lastSeen,
  panelMarks,
  passing,
  presentLine,
  rungs,
  timeAxis,
  timeLayout,
} from "./time_axis.js";

const LOSS = {
  D: [
    ["loss of ", "plain"],
    ["D", "italic"],
  ],
  G: [
    ["loss of ", "plain"],
    ["G", "italic"],
  ],
};

// The scale holds what the losses were, but for a few that went far, and where they would end.
export function lossesLayout(history, size, panels = {}, { recipe = undefined, others = undefined } = {}) {
  const place = timeLayout(history, size, panels);
  const ends = equilibriumOf(recipe);
  const marks = [ends.D, ends.G].filter(Boolean).map(({ value }) => value);
  const shown = [history, ...sameLoss(others, recipe).map((other) => other.history)];
  const all = [...marks, ...shown.flatMap(({ loss_D, loss_G }) => [...range(loss_D), ...range(loss_G)])];
  const [least, most] = all.length ? [Math.min(...all), Math.max(...all)] : [0, 1];
  const pad = 0.12 * (most - least) || 0.5;
  const [low, high] = [least - pad, most + pad];
  return { ...place, ends_at: ends, low, high, up: scale([low, high], [place.base, place.top]) };
}

export function drawLosses(context, history, now, size, theme, panels = {}, beside = {}) {
  const layout = lossesLayout(history, size, panels, beside);
  const { up, ends_at: ends } = layout;
  const place = forWords(
    layout,
    now,
    [ends.D, ends.G].filter(Boolean).map(({ value }) => up(value)),
  );
  const styles = {
    D: { color: theme.D, width: 1.8, dash: DASH.D },
    G: { color: theme.p_g, width: 1.8, dash: DASH.p_g },
  };
  const entry = (who) => ({ words: LOSS[who], style: styles[who], color: styles[who].color });
  named(context, [entry("D"), entry("G")], place);
  rungs(context, ticks(place.low, place.high, (place.base - place.top) / 24), up, place, theme);
  timeAxis(context, history, place, theme);
  passing(context, history, now, place, (part) => {
    const frames = everyFrame(part, place);
    line(context, history.loss_D, frames, place, up, styles.D);
    line(context, history.loss_G, frames, place, up, styles.G);
  });
  const curves = [
    { values: history.loss_D, up, color: theme.D },
    { values: history.loss_G, up, color: theme.p_g },
  ];
  cut(context, history.loss_D, [["D", "italic"]], place, curves, place, theme.D, theme.paper);
  cut(context, history.loss_G, [["G", "italic"]], place, curves, place, theme.p_g, theme.paper);
  endLines(context, place, curves, theme);
  panelMarks(context, now, place, theme);
  present(context, now, place, curves, theme);
  if (!finite(history.loss_D).length) empty(context, "no loss yet", place, theme);
}

// Where each loss is at the end of the game; one line and name where both are at the same place.
function endLines(context, { ends_at: { D, G, at }, ...place }, curves, theme) {
  const draw = (end, words, style) =>
    reference(context, end.value, words, place, place.up, curves, { theme, ...style });
  if (D && G && D.value === G.value) {
    draw(D, `both at the end (${at}): ${D.words}`, { color: theme.ink, shorter: `at the end: ${D.words}` });
    return;
  }
  const higher = !G || (D && D.value > G.value);
  const name = (who, end) => [
    [who, "italic"],
    [` at the end (${at}): ${end.words}`, "small"],
  ];
  if (D) draw(D, name("D", D), { color: theme.D, above: higher });
  if (G) draw(G, name("G", G), { color: theme.p_g, above: !higher });
}

const LOG2 = Math.log(2);
const LEAST = 1e-4; // nats: the lowest foot of the scale
const NAME_JSD = [["JSD(", "roman"], ...NAMES.p_data, [", ", "roman"], ...NAMES.p_g, [")", "roman"]];

// What a perfect generator would score on the cells where the JSD was measured.
const perfectJsd = (frame) => frame && lastMeasured(frame).jsd_perfect;

// A scale of powers of ten from a little under what was reached, or what is perfect, to log 2.
export function divergenceLayout(history, size, panels = {}, { frame = undefined, others = [] } = {}) {
  const place = timeLayout(history, size, panels);
  const shown = [{ history, frame }, ...others];
  const reached = shown
    .flatMap((game) => [...finite(game.history.jsd), perfectJsd(game.frame)])
    .filter((value) => value > 0);
  const low = Math.min(0.1, Math.max(LEAST, 0.6 * Math.min(0.1, ...reached)));
  const high = 1.25 * LOG2;
  const tens = scale([Math.log10(low), Math.log10(high)], [place.base, place.top]);
  const up = (value) => tens(Math.log10(Math.max(value, low / 10)));
  return { ...place, low, high, up };
}

const TENS = [0.0001, 0.001, 0.01, 0.1];

// Powers of ten, with their doubles and fives where there is room for those.
function powerTicks({ low, high }) {
  const inside = (values) => values.filter((value) => value >= low && value < high && value < 0.6);
  const all = inside(TENS.flatMap((ten) => [ten, 2 * ten, 5 * ten]));
  const shown = all.length > 5 ? inside(TENS) : all;
  return shown.map((value) => ({ value, label: String(value) }));
}

// history.jsd in nats, with history.jsd_error where it is known: how far from the truth it may be.
export function drawDivergence(context, history, now, size, theme, panels = {}, beside = {}) {
  const layout = divergenceLayout(history, size, panels, beside);
  const { up } = layout;
  const perfect = perfectJsd(beside.frame);
  const place = forWords(layout, now, [LOG2, ...(perfect > 0 ? [perfect] : [])].map(up));
  const { jsd_error: error } = history;
  const style = { color: theme.p_g, width: 1.8 };
  named(context, [{ words: NAME_JSD, style, color: theme.ink }], place);
  rungs(context, powerTicks(place), up, place, theme);
  write(context, "nats", [4, place.top - 14], { color: theme.muted, kind: "small" });
  timeAxis(context, history, place, theme);
  passing(context, history, now, place, (part) => {
    const frames = framesSeen(history, part, place);
    if (error) band(context, history.jsd, error, frames, place, up, theme.excess);
    line(context, history.jsd, frames, place, up, style);
    lone(context, history.jsd, frames, up, theme.p_g);
  });
  const curves = [{ values: history.jsd, up, color: theme.p_g }];
  const refer = (value, words, shorter) =>
    reference(context, value, words, place, up, curves, { theme, color: theme.ink, shorter });
  refer(LOG2, "log 2 ≈ 0.693: nothing in common", "log 2 ≈ 0.693");
  if (perfect > 0)
    refer(perfect, `a perfect generator scores ${formatNats(perfect)}`, `perfect: ${formatNats(perfect)}`);
  panelMarks(context, now, place, theme);
  present(context, now, place, curves, theme, lastSeen(history, now));
  if (!finite(history.jsd).length) empty(context, "the JSD is not known here", place, theme);
}

const FEW = [6, 2, 1, 2]; // the dash of the share of high quality

export function modesLayout(history, size, panels = {}, { frame = undefined } = {}) {
  const place = timeLayout(history, size, panels);
  const count = frame?.modes_of || Math.max(0, ...finite(history.modes_found));
  const ends = [place.base, place.top + 6];
  return { ...place, count, modes: scale([0, count || 1], ends), share: scale([0, 1], ends) };
}

// history.modes_found counts on the left, history.quality (a share) in % on the right.
export function drawModes(context, history, now, size, theme, panels = {}, beside = {}) {
  const place = forWords(modesLayout(history, size, panels, beside), now);
  const modes = { color: theme.ink, width: 2 };
  const quality = { color: theme.p_g, width: 1.8, dash: FEW };
  timeAxis(context, history, place, theme);
  if (!place.count) {
    empty(context, "these data have no modes to count", place, theme);
    panelMarks(context, now, place, theme);
    presentLine(context, now, place, theme);
    return;
  }
  named(
    context,
    [
      { words: `modes found, of ${place.count}`, style: modes, color: theme.ink },
      { words: "high quality", style: quality, color: theme.p_g },
    ],
    place,
  );
  rungs(context, counts(place), place.modes, place, theme);
  percents(context, place, theme);
  passing(context, history, now, place, (part) => {
    const frames = framesSeen(history, part, place);
    line(context, history.quality, frames, place, place.share, quality);
    steps(context, history.modes_found, frames, place.modes, modes);
  });
  const curves = [
    { values: history.quality, up: place.share, color: theme.p_g },
    { values: history.modes_found, up: place.modes, color: theme.ink, stepped: true },
  ];
  const perfect = beside.frame?.quality_perfect;
  const words = `a perfect generator: ${formatNumber(100 * perfect, 1)} % of high quality`;
  const shorter = `perfect: ${formatNumber(100 * perfect, 1)} %`;
  if (perfect >= 0)
    reference(context, perfect, words, place, place.share, curves, { theme, color: theme.p_g, shorter });
  panelMarks(context, now, place, theme);
  present(context, now, place, curves, theme, lastSeen(history, now));
}

// Counts from none to all, in equal steps.
function counts({ count, base, top }) {
  const fits = (step) => count % step === 0 && count / step <= (base - top) / 16;
  const step = Array.from({ length: count }, (_, k) => k + 1).find(fits) ?? count;
  return Array.from({ length: count / step + 1 }, (_, k) => ({ value: k * step, label: String(k * step) }));
}

function percents(context, place, theme) {
  const [, end] = place.ends;
  for (const value of [0, 0.5, 1])
    write(context, String(100 * value), [end + 5, place.share(value)], { color: theme.p_g, kind: "small" });
  write(context, "%", [end + 5, place.top - 14], { color: theme.p_g, kind: "small" });
}
