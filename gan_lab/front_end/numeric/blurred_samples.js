// A few samples of G against a distribution of data, both blurred: as gan_lab/theory/by_hand.py.
//
// Samples have no density. Each with a little noise of the standard deviation BLUR they have one, the data get the
// same noise, and the best D between the two is known.

import { jsd, ofBells, optimalLogit } from "./game_value.js";
import { GENERATOR_LOSSES, scoreOf } from "./generator_losses.js";

export const BLUR = 0.4;
const RATE = 0.6; // of a step: units of x for a slope of one nat per unit
const LONGEST = 0.5; // step

const { logSteepness } = GENERATOR_LOSSES["non-saturating"];

const blurredData = (bells) => bells.map(([mean, sd]) => [mean, Math.hypot(sd, BLUR)]);
const blurred = (samples) => samples.map((x) => [x, BLUR]);

// Both blurred log densities, the logit of the best D, and the JSD in nats.
export function blurredPair(bells, samples) {
  const [p_data, p_g] = [ofBells(blurredData(bells)), ofBells(blurred(samples))];
  return { p_data, p_g, logit: optimalLogit(p_data, p_g), jsd: jsd(p_data, p_g) };
}

// How far a step takes each sample: along the slope of log D, with D held still, and never further than LONGEST.
export function stepsUp(bells, samples) {
  const [p_data, p_g] = [ofBells(blurredData(bells)), ofBells(blurred(samples))];
  const [ofData, ofG] = [scoreOf(blurredData(bells)), scoreOf(blurred(samples))];
  return samples.map((x) => {
    const slope = Math.exp(logSteepness(p_data(x) - p_g(x))) * (ofData(x) - ofG(x));
    return Math.min(LONGEST, Math.max(-LONGEST, RATE * slope));
  });
}
