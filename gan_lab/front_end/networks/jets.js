// A smooth network of one number in and one out: its value, slope and second derivative at many points.
//
// All three go up through the layers together, as the rows of one array: for a unit a = act(h),
//
//   a' = act'(h) h',   a'' = act''(h) h'^2 + act'(h) h''

import { affine } from "../numeric/matmul.js";
import { ACTIVATIONS } from "./activations.js";

const ROWS = 32; // points at a time, whose layers then stay in the nearest caches

// From slopes and second derivatives below an activation, those above it.
function bendUnits({ h, a, d, c }, size) {
  for (let i = 0; i < size; i++) {
    const rise = h[size + i];
    a[size + i] = d[i] * rise;
    a[2 * size + i] = c[i] * rise * rise + d[i] * h[2 * size + i];
  }
}

// The rows of values, of slopes and of second derivatives above one another, `rows` of each.
function throughLayers({ widths, weights, biases, zeros, activation }, x, rooms, rows) {
  const { runTwice } = ACTIVATIONS[activation];
  const last = weights.length - 1;
  for (let l = 0; l <= last; l++) {
    const [n, w, room, below] = [widths[l], widths[l + 1], rooms[l], l ? rooms[l - 1].a : x];
    affine(room.h, below, weights[l], biases[l], 0, rows, n, w);
    affine(room.h, below, weights[l], zeros, rows, 3 * rows, n, w);
    if (l === last) break;
    runTwice(room.h, room.a, room.d, room.c, 0, rows * w);
    bendUnits(room, rows * w);
  }
  return rooms[last].h;
}

// For a network, points (n) -> { value, slope, bend } (n).
export function jetsOf(net) {
  const room = (w, of = 1) => new Float64Array(of * ROWS * w);
  const rooms = net.widths.slice(1).map((w) => ({ h: room(w, 3), a: room(w, 3), d: room(w), c: room(w) }));
  const x = room(1, 3);
  return (points) => {
    const found = [0, 1, 2].map(() => new Float64Array(points.length));
    for (let start = 0; start < points.length; start += ROWS) {
      const rows = Math.min(ROWS, points.length - start);
      x.fill(0).set(points.subarray(start, start + rows));
      x.fill(1, rows, 2 * rows); // the slope of x in x
      const h = throughLayers(net, x, rooms, rows);
      found.forEach((list, k) => list.set(h.subarray(k * rows, (k + 1) * rows), start));
    }
    const [value, slope, bend] = found;
    return { value, slope, bend };
  };
}
