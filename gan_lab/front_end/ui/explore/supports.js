// Two boxes and the distance between them: JSD stands still once they have parted, W1 does not, and noise
// wakes JSD up. The best discriminator and the best critic are drawn over them.

import { formatNumber } from "../../numeric/format.js";
import { apart, jsdOverDistance } from "../../numeric/supports.js";
import { drawSupports, MOST, supportsLayout } from "./supports_picture.js";

const POINTS = 100; // of the curve of JSD

const kept = { sigma: NaN, found: [] }; // the curve of the last sigma

export function measureSupports({ theta, sigma }) {
  if (kept.sigma !== sigma) Object.assign(kept, { sigma, found: jsdOverDistance(sigma, MOST, POINTS) });
  return { ...apart(theta, sigma), curve: kept.found };
}

// Three decimals, and never "0.000" for what is not nothing.
function small(value) {
  if (value === 0) return "0";
  if (Math.abs(value) < 5e-4) return `less than 0.001${value < 0 ? " in size" : ""}`;
  return formatNumber(value, 3);
}

function supportsSentence({ theta, sigma }, { jsd, jsdSlope, w1, w1Slope }) {
  const distance = `W1 = ${formatNumber(w1, 2)}, slope ${formatNumber(w1Slope, 0)}`;
  if (theta === 0) return "The boxes are the same: JSD = 0 and W1 = 0.";
  const value = `JSD = ${formatNumber(jsd, 3)} nats, slope ${small(jsdSlope)}`;
  if (sigma > 0) return `With noise: ${value}; ${distance}. D* is smooth, and the noise has not changed W1.`;
  if (Math.abs(theta) < 1) return `The boxes overlap: ${value}; ${distance}. D* is ½ where both are.`;
  return `Apart: JSD = log 2 = ${formatNumber(jsd, 3)} nats, slope 0; ${distance}. D* is flat on both boxes, f is not.`;
}

// A hand takes the generator's box, or the distance on the chart below.
function grabSupports([x, y], state, size) {
  const place = supportsLayout(size);
  if (y > place.chart.top - 12 && y < place.chart.base + 24) return ([now]) => ({ theta: place.x.invert(now) });
  if (y < place.top - 8 || y > place.base + 10) return null;
  return ([now]) => ({ theta: state.theta + place.x.invert(now) - place.x.invert(x) });
}

export const SUPPORTS = {
  label: "Two boxes with the best discriminator and the best critic, and below JSD and W1 over their distance.",
  start: { theta: 2, sigma: 0 },
  choices: [],
  knobs: [
    {
      key: "theta",
      name: [["θ", "italic"]],
      said: "θ, where the generator's box has its middle",
      role: "p_g",
      min: -MOST,
      max: MOST,
      step: 0.05,
      wide: true,
    },
    {
      key: "sigma",
      name: [
        ["noise ", "plain"],
        ["σ", "italic"],
      ],
      said: "σ, the standard deviation of the noise on both",
      role: "D",
      min: 0,
      max: 2,
      step: 0.05,
      wide: true,
    },
  ],
  height: (width) => Math.round(Math.min(430, Math.max(380, 0.5 * width))),
  measure: measureSupports,
  draw: drawSupports,
  sentence: supportsSentence,
  grab: grabSupports,
};
