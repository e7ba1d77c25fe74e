// Where a polynomial of degree 5 on [0, 1] turns: the t at which its slope changes sign.
//
// By Bernstein's coefficients of the slope, whose signs change at least as often as the slope's, and where
// they change once, exactly once (Descartes' rule).

import { slopeAt } from "./smooth_curve.js";

const NARROWEST = 1e-6; // two turns no further apart, or a turn so near to an end, are none

// Of the polynomial whose six coefficients start at `at` of c: Bernstein's five of its slope.
function bernsteinOfSlope(c, at) {
  const [p, q, r, s, t] = [c[at + 1], 2 * c[at + 2], 3 * c[at + 3], 4 * c[at + 4], 5 * c[at + 5]];
  return [p, p + q / 4, p + q / 2 + r / 6, p + (3 * q) / 4 + r / 2 + s / 4, p + q + r + s + t];
}

function changesOfSign(b) {
  let [count, last] = [0, 0];
  for (const v of b) {
    if (v === 0) continue;
    if (last * v < 0) count++;
    last = v > 0 ? 1 : -1;
  }
  return count;
}

// De Casteljau: the coefficients on both halves of the interval.
function halves(b) {
  const [left, right] = [[b[0]], [b[4]]];
  for (let row = b; row.length > 1; ) {
    row = Array.from({ length: row.length - 1 }, (_, i) => 0.5 * (row[i] + row[i + 1]));
    left.push(row[0]);
    right.unshift(row[row.length - 1]);
  }
  return [left, right];
}

// The one change of sign between low and high, by halving.
function between(c, at, low, high) {
  const rises = slopeAt(c, at, high) > slopeAt(c, at, low);
  for (;;) {
    const middle = 0.5 * (low + high);
    if (!(low < middle && middle < high)) return high;
    if (slopeAt(c, at, middle) > 0 === rises) high = middle;
    else low = middle;
  }
}

function search(c, at, b, low, high, found) {
  const count = changesOfSign(b);
  if (count === 1 && b[0] * b[4] < 0) found.push(between(c, at, low, high));
  else if (count > 0 && high - low > NARROWEST) {
    const middle = 0.5 * (low + high);
    const [left, right] = halves(b);
    search(c, at, left, low, middle, found);
    if (left[4] === 0 && left[3] * right[1] < 0) found.push(middle);
    search(c, at, right, middle, high, found);
  }
}

// The turns of that polynomial, in order.
export function turningPointsOf(c, at) {
  const b = bernsteinOfSlope(c, at);
  const found = [];
  if (changesOfSign(b) > 0) search(c, at, b, 0, 1, found);
  return found.filter((t) => t > NARROWEST && t < 1 - NARROWEST);
}
