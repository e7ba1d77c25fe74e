// A VAE of one number, where all is Gaussian: the reader moves q over the posterior, and sees the ELBO come up to
// log p(x) by as much as the KL between them falls.

import { linearGaussianElbo } from "../../numeric/elbo.js";
import { formatNumber } from "../../numeric/format.js";
import { drawElbo, elboLayout, M } from "./elbo_picture.js";

export const measureElbo = ({ m, t, x, s }) => linearGaussianElbo(x, 1, s, m, t);

const nats = (value) => formatNumber(value, 3);

function elboSentence(_, { logP, elbo, fit, cost, gap, mean, sd }) {
  const both = `log p(x) = ${nats(logP)} and the ELBO = ${nats(elbo)}, which is a fit of ${nats(fit)} less a cost of ${nats(cost)}`;
  if (gap < 5e-4) return `The posterior: ${both}. Nothing is lacking.`;
  return `KL of ${nats(gap)} nats: ${both}. The posterior is N(${formatNumber(mean, 2)}, ${formatNumber(sd, 2)}²).`;
}

// A hand takes the middle of q, or one of its sides; on the chart below it takes the middle.
function grabElbo([x, y], { m, t }, size) {
  const place = elboLayout(size);
  if (y > place.chart.top - 12 && y < place.chart.base + 24) return ([now]) => ({ m: place.x.invert(now) });
  if (y < place.top - 8 || y > place.base + 10) return null;
  const off = Math.abs(place.x.invert(x) - m);
  if (off > t / 2) return ([now]) => ({ t: Math.abs(place.x.invert(now) - m) });
  return ([now]) => ({ m: m + place.x.invert(now) - place.x.invert(x) });
}

const knob = (letter, said, role, min, max) => ({
  key: letter,
  name: [[letter, "italic"]],
  said,
  role,
  min,
  max,
  step: 0.05,
});

export const ELBO = {
  label: "The prior, the posterior and q over z, and below log p(x) and the ELBO over the mean of q.",
  start: { m: -0.5, t: 0.8, x: 1, s: 0.6 },
  choices: [],
  knobs: [
    knob("m", "m, the mean of q", "p_g", -M, M),
    knob("t", "t, the standard deviation of q", "p_g", 0.4, 2),
    knob("x", "x, what was seen", "p_data", -3, 3),
    knob("s", "s, the standard deviation of x given z", "p_data", 0.4, 2),
  ],
  height: (width) => Math.round(Math.min(430, Math.max(380, 0.5 * width))),
  measure: measureElbo,
  draw: drawElbo,
  sentence: elboSentence,
  grab: grabElbo,
};
