// A player on the line as a function that is linear in pieces, in data units: exact, as its activation is.
//
// A curve has `knots` (n), sorted, and on each of its n + 1 pieces `anchor`, `start` and `slope`: it
// is start + slope (t - anchor) there. Where `knots` are the kinks of the network nothing is lost.

import { kinksOf, values, withEnds } from "../../networks/values.js";
import { pieceAt } from "../../numeric/sorted.js";

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

const beyond = (knots) => (knots.length ? 1 + Math.max(Math.abs(knots[0]), Math.abs(knots[knots.length - 1])) : 1);

// G of a z of one number, center + scale net(z), for a net that is linear in pieces.
export function curveOfG(net, center, scale) {
  const knots = kinksOf(net);
  const z = withEnds(knots, beyond(knots));
  return joined(
    knots,
    z,
    values(net, z).map((h) => center + scale * h),
  );
}

// D's output at x: net((x - center) / scale), for a net that is linear in pieces.
export function curveOfD(net, center, scale) {
  const kinks = kinksOf(net);
  const far = kinks.length ? 1 + kinks[kinks.length - 1] - kinks[0] : 1;
  const u = withEnds(kinks, far);
  return joined(kinks.map(toData), u.map(toData), values(net, u));
  function toData(v) {
    return center + scale * v;
  }
}

export function onCurve(curve, t) {
  const i = pieceAt(curve.knots, t);
  return curve.start[i] + curve.slope[i] * (t - curve.anchor[i]);
}
