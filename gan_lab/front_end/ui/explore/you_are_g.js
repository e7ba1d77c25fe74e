// You are G: the reader moves a few samples, and D answers each move at once, as well as anybody can.

import { blurredPair, stepsUp } from "../../numeric/blurred_samples.js";
import { formatNats, formatNumber } from "../../numeric/format.js";
import { sigmoid } from "../../numeric/game_value.js";
import { drawYouAreG, samplesLayout } from "./you_are_g_picture.js";

// Bells [mean, sd] of equal weight.
export const SAMPLE_TARGETS = {
  "two modes": [
    [-2.2, 0.7],
    [2.2, 0.7],
  ],
  "one mode": [[0, 1.5]],
};

const N = 12;
const END = 5;
const REACH = 30; // pixels between a hand and the sample that it takes
const INDICES = Array.from({ length: N }, (_, i) => i);

const keyOf = (i) => `x${i + 1}`;
const START = Object.fromEntries(INDICES.map((i) => [keyOf(i), Number((2.4 + 0.2 * i).toFixed(2))]));
const samplesOf = (state) => INDICES.map((i) => state[keyOf(i)]);
const isStart = (state) => Object.keys(START).every((key) => state[key] === START[key]);
const stateOf = (samples) => Object.fromEntries(samples.map((x, i) => [keyOf(i), x]));

export function measureYouAreG(state) {
  const bells = SAMPLE_TARGETS[state.data];
  const samples = samplesOf(state);
  const pair = blurredPair(bells, samples);
  const said = samples.map((x) => sigmoid(pair.logit(x)));
  return { ...pair, samples, said, mean: said.reduce((sum, D) => sum + D, 0) / N, steps: stepsUp(bells, samples) };
}

// After so many steps along the arrows, D answering each.
const stepped = (state, times) => {
  let samples = samplesOf(state);
  for (let i = 0; i < times; i++) {
    const steps = stepsUp(SAMPLE_TARGETS[state.data], samples);
    samples = samples.map((x, k) => Math.min(END, Math.max(-END, x + steps[k])));
  }
  return stateOf(samples);
};

function sentence({ data }, { jsd, mean, samples, steps }) {
  const left = samples.filter((x) => x < 0).length;
  const where = data === "two modes" ? ` ${left} of ${N} samples are on the left, ${N - left} on the right.` : "";
  const longest = Math.max(...steps.map(Math.abs));
  const rest = longest < 0.05 ? " The arrows have nearly gone: G would stay here." : "";
  return `JSD ${formatNats(jsd)} nats: 0 is perfect, ${formatNumber(Math.LN2, 3)} has nothing in common.${where} D gives your samples ${formatNumber(mean)} on average.${rest}`;
}

function grab([x, y], state, size) {
  const place = samplesLayout(size);
  const away = samplesOf(state).map((at, i) => Math.hypot(place.x(at) - x, place.lane(i) - y));
  const i = away.indexOf(Math.min(...away));
  if (away[i] > REACH) return null;
  return ([now]) => ({ [keyOf(i)]: state[keyOf(i)] + place.x.invert(now) - place.x.invert(x) });
}

export const YOU_ARE_G = {
  label: "Twelve samples for you to move, the data, and the discriminator's answer.",
  start: { data: "two modes", ...START },
  choices: [
    { key: "data", name: "Data", options: Object.keys(SAMPLE_TARGETS).map((name) => [name, name]), also: START },
  ],
  knobs: INDICES.map((i) => ({
    key: keyOf(i),
    said: `sample ${i + 1}`,
    min: -END,
    max: END,
    step: 0.05,
    place: (state, size) => [samplesLayout(size).x(state[keyOf(i)]), samplesLayout(size).lane(i)],
  })),
  acts: [
    { words: () => "A step along the arrows", does: (state) => stepped(state, 1) },
    { words: () => "Ten steps", does: (state) => stepped(state, 10) },
    { words: () => "Begin again", does: () => START },
  ],
  best: {
    higher: false,
    of: (state, { jsd }) => ({ name: `you are G, ${state.data}`, value: isStart(state) ? null : jsd }),
    words: (jsd) => `Your best here: JSD ${formatNats(jsd)} nats`,
  },
  height: () => 430,
  measure: measureYouAreG,
  draw: drawYouAreG,
  sentence,
  grab,
};
