// Paths from z to x along the exact velocity of flow matching, by as many Euler steps as the reader allows.

import { eulerPath, eulerSamples } from "../../numeric/flows.js";
import { formatNats, formatNumber } from "../../numeric/format.js";
import { normalQuantile } from "../../numeric/normal.js";
import { drawEuler, eulerLayout } from "./euler_picture.js";

// Bells [mean, sd] of equal weight.
export const EULER_TARGETS = {
  "two bumps": [
    [-1.3, 0.5],
    [1.3, 0.5],
  ],
  "one bump": [[1, 0.6]],
};

const MOST = 32; // steps
const FAR = 2.5; // z from -2.5 to 2.5
const LINES = 24; // equally probable z
const ZS = Array.from({ length: LINES }, (_, i) => normalQuantile((i + 0.5) / LINES));
const FINE = 512; // steps that stand for the flow itself

const kept = { of: "", found: null };

export function measureEuler({ data, steps, z }) {
  const bells = EULER_TARGETS[data];
  const of = `${data} ${steps}`;
  if (kept.of !== of)
    Object.assign(kept, {
      of,
      found: { ...eulerSamples(bells, steps), paths: ZS.map((one) => eulerPath(bells, steps, one)) },
    });
  const [path, exact] = [eulerPath(bells, steps, z), eulerPath(bells, FINE, z)];
  return { ...kept.found, bells, path, exact };
}

function sentence({ steps, z }, { path, exact, jsd }) {
  const [x, right] = [path, exact].map((one) => formatNumber(one.at(-1), 2));
  const rest = `z = ${formatNumber(z, 2)} comes to ${x}; the flow itself (dotted) to ${right}.`;
  const nats = `JSD ${formatNats(jsd)} nats`;
  if (steps === 1) return `One step: ${nats}. Every z goes to the mean of the data, ${x}.`;
  return `${steps} steps: ${nats}. ${rest}`;
}

// A hand takes z on the left, and the whole of the strip there.
function grab([x], state, size) {
  const place = eulerLayout(size);
  if (x > place.time(0.3)) return null;
  return ([, y]) => ({ z: place.x.invert(y) });
}

export const EULER = {
  label: "Paths from the noise on the left to samples on the right, whose density stands beside that of the data.",
  start: { data: "two bumps", steps: 4, z: 0.5 },
  choices: [{ key: "data", name: "Data", options: Object.keys(EULER_TARGETS).map((name) => [name, name]) }],
  knobs: [
    {
      key: "steps",
      name: [["Euler steps", "plain"]],
      said: "Euler steps, each one evaluation of the velocity",
      role: "p_g",
      min: 1,
      max: MOST,
      step: 1,
      decimals: 0,
      wide: true,
    },
    {
      key: "z",
      name: [["z", "italic"]],
      said: "z, where the thick path begins",
      role: "D",
      min: -FAR,
      max: FAR,
      step: 0.05,
      wide: true,
    },
  ],
  free: true,
  height: (width) => Math.round(Math.min(380, Math.max(320, 0.45 * width))),
  measure: measureEuler,
  draw: drawEuler,
  sentence,
  grab,
};
