// What a network gives at very many points, and where one of one input may change slope.
//
// A network is an `MLP` of networks/mlp.js; points lie one after another in flat arrays.

import { increasing } from "../numeric/sorted.js";
import { Pass } from "./mlp.js";

const ROWS = 64; // points at a time, whose layers then stay in the nearest caches

// The network at points (points, widths[0]), some rows at a time: take(pass, start, rows) for each of them.
function inBlocks(net, points, slopes, depth, take) {
  const [width] = net.widths;
  const count = points.length / width;
  const pass = new Pass(net.widths, Math.min(ROWS, count), slopes);
  for (let start = 0; start < count; start += ROWS) {
    const rows = Math.min(ROWS, count - start);
    pass.x.set(points.subarray(start * width, (start + rows) * width));
    net.forward(pass, 0, rows, depth);
    take(pass, start, rows);
  }
}

// The outputs (points, last width) at points (points, widths[0]); with `depth`, what the first so many
// affine maps give, before their activation.
export function values(net, points, depth = net.weights.length) {
  const width = net.widths[depth];
  const found = new Float64Array((points.length / net.widths[0]) * width);
  inBlocks(net, points, false, depth, ({ h }, start, rows) =>
    found.set(h[depth - 1].subarray(0, rows * width), start * width),
  );
  return found;
}

// Outputs (points) of a net with one output, and their gradients (points, widths[0]) in the input.
export function valuesWithSlopes(net, points) {
  const [width] = net.widths;
  const value = new Float64Array(points.length / width);
  const slope = new Float64Array(points.length);
  net.transposeWeights();
  inBlocks(net, points, true, net.weights.length, (pass, start, rows) => {
    net.slopes(pass, 0, rows);
    value.set(pass.out.subarray(0, rows), start);
    slope.set(pass.slope.subarray(0, rows * width), start * width);
  });
  return { value, slope };
}

// Where functions (rows of h at the points x), linear between the points and beyond, cross zero.
function zeros(x, h, width, found) {
  const last = x.length - 2;
  for (let i = 0; i <= last; i++)
    for (let j = 0; j < width; j++) {
      const left = h[i * width + j];
      const share = left / (left - h[(i + 1) * width + j]); // of the way to the next point
      const inside = (share >= 0 && share <= 1) || (i === 0 && share < 0) || (i === last && share > 1);
      const zero = x[i] + share * (x[i + 1] - x[i]);
      if (inside && Number.isFinite(zero)) found.push(zero);
    }
}

// Every input at which a net of one input may change slope, sorted: layer by layer, each unit being
// linear between the kinks of the layers before it.
export function kinksOf(net) {
  let kinks = new Float64Array(0);
  for (let depth = 1; depth < net.weights.length; depth++) {
    const x = withEnds(kinks, kinks.length ? 1 + kinks[kinks.length - 1] - kinks[0] : 4);
    const found = Array.from(kinks);
    zeros(x, values(net, x, depth), net.widths[depth], found);
    kinks = increasing(found);
  }
  return kinks;
}

// The kinks and a point on either side, so far beyond them (or from 0, where there are none).
export function withEnds(kinks, reach) {
  const [first, last] = kinks.length ? [kinks[0], kinks[kinks.length - 1]] : [0, 0];
  return Float64Array.of(first - reach, ...kinks, last + reach);
}
