// A loss, two Gaussians, and its critic: the reader moves q, and bends the best critic T* to c T* + s. Never does
// the bent one earn more than the divergence that T* earns.

import { bestCritic, bound, CRITICS, divergence, endOf, logRatio, outside } from "../../numeric/critics.js";
import { formatNumber } from "../../numeric/format.js";
import { criticLayout, drawCritic, MEASURES } from "./critic_picture.js";

const SCALES = Array.from({ length: 41 }, (_, i) => i / 20); // of the chart
const COARSE = 1 / 12; // the step of its integrals: no eye sees more
const LARGE = 1e6;

export function measureCritic({ loss, mu, sigma, scale, shift }) {
  const q = { mu, sigma };
  return {
    most: divergence(loss, q),
    now: bound(loss, q, scale, shift),
    left: outside(loss, q, scale, shift),
    curve: SCALES.map((c) => bound(loss, q, c, shift, COARSE)),
    scales: SCALES,
    blind: bound(loss, q, 0, loss === "minimax" ? -Math.LN2 : 0),
    best: bestCritic(loss),
    end: endOf(loss),
    ratio: logRatio(q),
  };
}

const said = (value) => (value > LARGE ? "more than a million" : formatNumber(value, 3));

function criticSentence({ loss, scale, shift }, { most, now, left }) {
  const [measure] = MEASURES[loss];
  if (!Number.isFinite(most)) return `No bound: q is so narrow that ${measure} is infinite, and so is what T* earns.`;
  const all = `${measure} = ${said(most)}`;
  if (left) return `Outside: T takes values at which f* is infinite, and earns minus infinity; ${all}.`;
  if (scale === 1 && shift === 0) return `The best critic: T* earns ${said(now)}, all of ${all}.`;
  if (loss === "relativistic" && scale === 1)
    return `Another best critic: a shift is not seen by pairs, and T earns all of ${all}.`;
  if (now < -LARGE) return `A bound: T earns less than minus a million; ${all}.`;
  return `A bound: T earns ${said(now)}, which is ${said(Math.max(0, most - now))} less than ${all}.`;
}

// A hand takes q, the critic, or the point on the chart.
function grabCritic([x, y], { mu, sigma, shift }, size) {
  const place = criticLayout(size);
  if (y > place.chart.top - 10 && y < place.chart.base + 24) return ([at]) => ({ scale: place.chart.c.invert(at) });
  if (y > place.base + 10 && y < place.axis)
    return ([, high]) => ({ shift: shift + place.T.invert(high) - place.T.invert(y) });
  if (y > place.top - 8 && y <= place.base + 10)
    return ([now, high]) => ({
      mu: mu + place.x.invert(now) - place.x.invert(x),
      sigma: sigma * Math.exp((high - y) / 130),
    });
  return null;
}

const Q = ["q", "italic"];
const knob = (key, name, words, role, [min, max]) => ({ key, name, said: words, role, min, max, step: 0.05 });

export const CRITIC = {
  label: "Two Gaussians, the best critic of a loss and the bent one, and below what it earns over c.",
  start: { loss: "f-kl", mu: 1, sigma: 1.2, scale: 0.6, shift: 0 },
  choices: [{ key: "loss", name: "Loss", options: CRITICS.map((loss) => [loss, MEASURES[loss][1]]) }],
  knobs: [
    knob("mu", [["μ", "italic"], [" of ", "roman"], Q], "μ, the mean of q", "p_g", [-3, 3]),
    knob("sigma", [["σ", "italic"], [" of ", "roman"], Q], "σ, the standard deviation of q", "p_g", [0.5, 2]),
    knob("scale", [["c", "italic"]], "c, what the best critic is multiplied by", "D", [0, 2]),
    knob("shift", [["s", "italic"]], "s, what is added to the critic", "D", [-1, 1]),
  ],
  height: (width) => Math.round(Math.min(520, Math.max(470, 0.55 * width))),
  measure: measureCritic,
  draw: drawCritic,
  sentence: criticSentence,
  grab: grabCritic,
};
