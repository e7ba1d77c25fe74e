// A player on the line as a function in pieces, in data units: exact where its activation is linear
// in pieces, else interpolated.
//
// A curve has `knots` (n), sorted, and on each of its n + 1 pieces `anchor`, `start` and `slope`: it
// is start + slope (t - anchor) there. Where `knots` are the kinks of the network nothing is lost.

import { between, kinksOf, PIECEWISE_LINEAR, values, valuesWithSlopes } from "./network_values.js";

export const isLinear = (net) => PIECEWISE_LINEAR.includes(net.activation);

// Slopes from the values at both ends of each piece. A piece is flat where the rounding of the
// network would explain its rise.
function joined(knots, at, value) {
  const pieces = at.length - 1;
  const slope = new Float64Array(pieces);
  for (let i = 0; i < pieces; i++) {
    const rise = value[i + 1] - value[i];
    const size = Math.max(Math.abs(value[i]), Math.abs(value[i + 1]));
    slope[i] = Math.abs(rise) <= 16 * Number.EPSILON * size ? 0 : rise / (at[i + 1] - at[i]);
  }
  return { knots, anchor: at.subarray(0, pieces), start: value.subarray(0, pieces), slope };
}

// G of a z of one number: center + scale net(z). A smooth one is replaced by the line through its
// values at `grid`.
export function curveOfG(net, center, scale, grid) {
  const knots = isLinear(net) ? kinksOf(net) : grid;
  const far = knots.length ? Math.max(Math.abs(knots[0]), Math.abs(knots[knots.length - 1])) : 0;
  const z = between(knots, knots.length ? 1 + far : 1);
  return joined(knots, z, values(net, z).map((h) => center + scale * h));
}

// D's output at x: net((x - center) / scale), for a net that is linear in pieces.
export function curveOfD(net, center, scale) {
  const kinks = kinksOf(net);
  const far = kinks.length ? 1 + kinks[kinks.length - 1] - kinks[0] : 1;
  const u = between(kinks, far);
  return joined(kinks.map(toData), u.map(toData), values(net, u));
  function toData(v) {
    return center + scale * v;
  }
}

// The number of the piece at t: how many knots are at or below it.
export function pieceAt(knots, t) {
  let low = 0;
  let high = knots.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (knots[middle] <= t) low = middle + 1;
    else high = middle;
  }
  return low;
}

export function onCurve(curve, t) {
  const i = pieceAt(curve.knots, t);
  return curve.start[i] + curve.slope[i] * (t - curve.anchor[i]);
}

// A smooth D between two ends as cubics through its values and slopes at `count` even steps:
// { low, step, value, slope, error }, the error being the largest that 64 points between show.
export function smoothD(net, center, scale, low, high, count) {
  const step = (high - low) / count;
  const net_x = (x) => (x - center) / scale;
  const knots = Float64Array.from({ length: count + 1 }, (_, i) => net_x(low + i * step));
  const { value, slope } = valuesWithSlopes(net, knots);
  for (let i = 0; i <= count; i++) slope[i] /= scale;
  const curve = { low, step, value, slope, error: 0 };
  const some = Float64Array.from({ length: 64 }, (_, i) => low + ((i + 0.37) / 64) * (high - low));
  const truth = values(net, some.map(net_x));
  some.forEach((x, i) => {
    curve.error = Math.max(curve.error, Math.abs(truth[i] - onCubic(curve, x)));
  });
  return curve;
}

export function onCubic({ low, step, value, slope }, x) {
  const i = Math.min(value.length - 2, Math.max(0, Math.floor((x - low) / step)));
  const t = (x - low) / step - i;
  const [a, b] = [value[i], value[i + 1]];
  const [p, q] = [slope[i] * step, slope[i + 1] * step];
  return a + t * (p + t * (3 * (b - a) - 2 * p - q + t * (2 * (a - b) + p + q)));
}
