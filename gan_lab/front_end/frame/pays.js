// What each point of a minibatch pays, as the losses have it: into V where D's loss is the cross entropy, which is minus
// V; else as a cost of D. In G's step it is G's loss. A loss that compares pairs has no price of a single point.

import { LOSSES } from "../training/losses.js";

export const playsForV = (loss) => !!LOSSES[loss]?.labels;

const priced = (outputs, price) => outputs && Float64Array.from(outputs, price);

// D's outputs at the data (null where they are not drawn yet) and at G(z): what they pay in a step of D.
export function paidToD({ loss, smoothing }, real, fake) {
  const { D } = LOSSES[loss];
  if (D.pairs) return { real: null, fake: null };
  const sign = playsForV(loss) ? -1 : 1;
  return {
    real: priced(real, (v) => sign * (D.real.value(v) + smoothing * v)),
    fake: priced(fake, (v) => sign * D.fake.value(v)),
  };
}

// The same in a step of G.
export function paidByG({ loss }, fake) {
  const { pairs, fake: cost } = LOSSES[loss].G;
  return { real: null, fake: pairs ? null : priced(fake, cost.value) };
}
