// One Gaussian for two bumps, by four divergences: the reader moves the bumps apart, and the best fit
// q = N(mu, sigma^2) stays in the middle or leaves for one of them.

import { formatNumber } from "../../numeric/format.js";
import { fits, lead, transition } from "../../numeric/gaussian_fits.js";
import { drawFits, fitsLayout } from "./fits_picture.js";

export const FIT_NAMES = {
  kl: "KL(p‖q)",
  js: "JSD",
  "non-saturating": "2\u00a0KL(m‖p)",
  "reverse-kl": "KL(q‖p)",
};
const MOST = 5;
const APART = 0.1; // of the points of a curve

// Both fits for bumps at all distances, and where the lead changes: computed once for a divergence.
const kept = new Map();
export function curvesOf(divergence) {
  if (!kept.has(divergence)) {
    const leaves = transition(divergence, 1, MOST);
    const even = Array.from({ length: MOST / APART + 1 }, (_, i) => i * APART);
    const as = [...even, ...(leaves === null ? [] : [leaves])].sort((one, other) => one - other);
    kept.set(divergence, { as, found: as.map((a) => fits(divergence, a)), leaves });
  }
  return kept.get(divergence);
}

export function measureFits({ divergence, a }) {
  const found = fits(divergence, a);
  const leads = lead(found) > 0;
  return {
    ...found,
    best: leads ? found.onBump : found.middle,
    leads,
    ...curvesOf(divergence),
    name: FIT_NAMES[divergence],
  };
}

const named = ({ mean, sd }) => `N(${formatNumber(mean, mean ? 2 : 0)}, ${formatNumber(sd, 2)}²)`;

function fitsSentence({ a }, { middle, onBump, best, leads, name, leaves }) {
  const first = `${leads ? "On one bump" : "In the middle"}: bumps at ±${formatNumber(a, 2)}, and ${named(best)} has ${name} = ${formatNumber(best.value, 3)} nats`;
  if (!onBump)
    return `${first}. ${leaves ? "No fit on a bump is a minimum here." : "It has the mean and the variance of the data, whatever the distance."}`;
  const other = leads ? `in the middle ${named(middle)} has` : `on a bump ${named(onBump)} has`;
  return `${first}; ${other} ${formatNumber((leads ? middle : onBump).value, 3)}.`;
}

// A hand takes a bump, or the distance on the chart below.
function grabFits([, y], state, size) {
  const place = fitsLayout(size);
  if (y > place.chart.top - 12 && y < place.chart.base + 24) return ([x]) => ({ a: place.chart.a.invert(x) });
  if (y > place.top - 8 && y < place.base + 10) return ([x]) => ({ a: Math.abs(place.x.invert(x)) });
  return null;
}

const [P, Q, M] = ["p", "q", "m"].map((letter) => [letter, "italic"]);
const of = (name, first, second) => [[`${name}(`, "roman"], first, [" ‖ ", "roman"], second, [")", "roman"]];

export const FITS = {
  label: "Two bumps and the nearest Gaussian, and below its divergence from them over their distance.",
  start: { divergence: "reverse-kl", a: 2 },
  choices: [
    {
      key: "divergence",
      name: "Divergence",
      options: [
        ["kl", of("KL", P, Q)],
        ["js", [["JSD", "roman"]]],
        ["non-saturating", of("2 KL", M, P)],
        ["reverse-kl", of("KL", Q, P)],
      ],
    },
  ],
  knobs: [
    {
      key: "a",
      name: [["a", "italic"]],
      said: "a, half of the distance between the bumps of the data",
      role: "p_data",
      min: 0,
      max: MOST,
      step: 0.05,
      wide: true,
    },
  ],
  height: (width) => Math.round(Math.min(430, Math.max(380, 0.5 * width))),
  measure: measureFits,
  draw: drawFits,
  sentence: fitsSentence,
  grab: grabFits,
};
