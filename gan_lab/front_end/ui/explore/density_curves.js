// Curves over a picture's x axis, a point a pixel, and the two densities that most of these pictures have.

import { curve } from "../../draw/canvas.js";
import { styleOf } from "../../draw/line/line_styles.js";
import { pixels } from "./ruled_axis.js";

// { xs, along(f, to) }: the pixels of an axis, and what a function of x is there, put on a scale.
export function acrossAxis({ ends, x }) {
  const xs = pixels(ends);
  return { xs, along: (f, to) => xs.map((at) => to(f(x.invert(at)))) };
}

// p_data and p_G, of their log densities.
export function densityCurves(context, { p_data, p_g }, place, theme) {
  const { xs, along } = acrossAxis(place);
  for (const [role, log] of Object.entries({ p_data, p_g })) {
    const density = along((x) => Math.exp(log(x)), place.density);
    curve(context, xs, density, styleOf(role, theme));
  }
}
