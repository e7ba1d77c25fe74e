// Two densities and the D that is being drawn, with its handles; once it is committed D* too, the area between them
// in nats, and the values of both on a scale.

import { clipped, curve, handle } from "../../draw/canvas.js";
import { axes, NAMES, namesOfLines, styleOf } from "../../draw/line/line_styles.js";
import { ticks } from "../../draw/scales.js";
import { PLACES } from "../../numeric/drawn_discriminator.js";
import { lossAt, sigmoid } from "../../numeric/game_value.js";
import { acrossAxis, densityCurves } from "./density_curves.js";
import { areaUnder, bars, pairLayout, ruler } from "./pair_picture.js";
import { ruledAxis } from "./ruled_axis.js";

export const drawnLayout = pairLayout;

const MEANT = { floor: "even bet", top: "flawless" };
const BEST = [
  ["V", "italic"],
  ["(", "roman"],
  ["G", "italic"],
  [", ", "roman"],
  ["D", "italic"],
  ["*)", "roman"],
];

function curves(context, { p_data, p_g, D, logit }, place, theme) {
  const { xs, along } = acrossAxis(place);
  clipped(context, place.ends, place.top - 3, place.base, () => {
    if (logit) areaUnder(context, xs, along(lossAt(p_data, p_g, logit), place.density), place.base, theme.gap);
    densityCurves(context, { p_data, p_g }, place, theme);
    if (logit)
      curve(
        context,
        xs,
        along((x) => sigmoid(p_data(x) - p_g(x)), place.D),
        styleOf("D_star", theme),
      );
    curve(context, xs, along(D, place.D), styleOf("D", theme));
  });
  if (!logit) for (const x of PLACES) handle(context, [place.x(x), place.D(D(x))], 7, theme.D, theme);
}

export function drawYouAreD(context, state, numbers, size, theme) {
  const place = drawnLayout(size);
  const { D_star, ...names } = NAMES;
  namesOfLines(context, numbers.logit ? NAMES : names, place, theme);
  axes(context, place, theme, 4);
  ruledAxis(context, { ...place, to: place.x, marks: ticks(-6, 6, 6), letter: "x" }, theme);
  curves(context, numbers, place, theme);
  ruler(context, place, theme, MEANT);
  if (numbers.logit) bars(context, numbers, place, theme, BEST);
}
