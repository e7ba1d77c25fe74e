// A discriminator that is drawn by hand, and its value against two distributions: as gan_lab/theory/by_hand.py.

import { C, lossAt, V } from "./game_value.js";

export const PLACES = Array.from({ length: 11 }, (_, i) => i - 5); // of its handles, on the line
const FAR = 14; // where no density is left

// Straight from one handle to the next; beyond the last ones it stays as it is there.
export function drawnD(heights) {
  const last = PLACES.length - 1;
  return (x) => {
    const at = Math.min(last, Math.max(0, x - PLACES[0]));
    const i = Math.min(last - 1, Math.floor(at));
    return heights[i] + (at - i) * (heights[i + 1] - heights[i]);
  };
}

// Integrals piece by piece, since D has corners at its handles: by the double exponential rule (Takahasi and Mori
// 1974), which does not mind that log D is steep next to a corner near 0.
const CORNERS = [-FAR, ...PLACES, FAR];
const NODES = Array.from({ length: 105 }, (_, i) => {
  const t = (i - 52) / 16;
  const [inner, outer] = [(Math.PI / 2) * Math.sinh(t), (Math.PI / 2) * Math.cosh(t)];
  return [Math.tanh(inner), outer / Math.cosh(inner) ** 2 / 16];
});

function inPieces(f) {
  let sum = 0;
  for (let i = 1; i < CORNERS.length; i++) {
    const [middle, half] = [(CORNERS[i] + CORNERS[i - 1]) / 2, (CORNERS[i] - CORNERS[i - 1]) / 2];
    for (const [u, weight] of NODES) sum += half * weight * f(middle + half * u);
  }
  return sum;
}

// Where a function is largest, to a hundredth of the line.
function widest(f) {
  const xs = Array.from({ length: 1201 }, (_, i) => (i - 600) / 100);
  const values = xs.map(f);
  return xs[values.indexOf(Math.max(...values))];
}

// The logit of a drawn D, its value and that of the best D in nats, what it loses and where it loses most.
export function drawnValues(p_data, p_g, heights) {
  const D = drawnD(heights);
  const logit = (x) => Math.log(D(x)) - Math.log1p(-D(x));
  const loss = lossAt(p_data, p_g, logit);
  return { D, logit, V: V(p_data, p_g, logit, inPieces), C: C(p_data, p_g), gap: inPieces(loss), worst: widest(loss) };
}
