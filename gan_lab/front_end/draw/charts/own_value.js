// The value of a game whose D is no probability: what D gains by its own loss, over the training.
//
// V(G, D) and -log 4 are of other games. Minus the loss of D, as its step had it on the minibatch, is what D
// raises and G lowers here; where it ends is known (frame/equilibrium.js).

import { equilibriumOf } from "../../frame/equilibrium.js";
import { formatNumber } from "../../numeric/format.js";
import { scale, ticks } from "../scales.js";
import { DASH } from "../theme.js";
import { cut, empty, finite, forWords, line, named, present, range, reference, sameLoss } from "./lines.js";
import { everyFrame, panelMarks, passing, rungs, timeAxis, timeLayout } from "./time_axis.js";

const NAME = [
  ["minus the loss of ", "plain"],
  ["D", "italic"],
  [", on its minibatch", "plain"],
];

function ownLayout(history, size, panels, { recipe, others }) {
  const place = timeLayout(history, size, panels);
  const { D: end, at } = equilibriumOf(recipe);
  const gains = Array.from(history.loss_D, (v) => -v);
  const theirs = sameLoss(others, recipe).flatMap(({ history: { loss_D } }) => range(Array.from(loss_D, (v) => -v)));
  const all = [-end.value, ...range(gains), ...theirs];
  const [least, most] = [Math.min(...all), Math.max(...all)];
  const pad = 0.15 * (most - least) || 0.5;
  const [low, high] = [least - pad, most + pad];
  return { ...place, gains, low, high, end: -end.value, at, up: scale([low, high], [place.base, place.top]) };
}

export function drawOwnValue(context, history, now, size, theme, panels, beside) {
  const layout = ownLayout(history, size, panels, beside);
  const { up, gains, end, at } = layout;
  const place = forWords(layout, now, [up(end)]);
  const style = { color: theme.D, width: 1.8, dash: DASH.D };
  named(context, [{ words: NAME, style, color: theme.D }], place);
  rungs(context, ticks(place.low, place.high, (place.base - place.top) / 24), up, place, theme);
  timeAxis(context, history, place, theme);
  passing(context, history, now, place, (part) => line(context, gains, everyFrame(part, place), place, up, style));
  const curves = [{ values: gains, up, color: theme.D }];
  cut(context, gains, [["D", "italic"]], place, curves, place, theme.D, theme.paper);
  reference(context, end, `at the end (${at}): ${formatNumber(end, 0)}`, place, up, curves, {
    theme,
    color: theme.ink,
  });
  panelMarks(context, now, place, theme);
  present(context, now, place, curves, theme);
  if (!finite(gains).length) empty(context, "no loss yet", place, theme);
}
