// The players as networks: affine maps with an activation between them, and their gradients by hand.
//
// A layer's weights are (in, out), row by row, as in gan_lab/training/networks.py; all of a network's numbers
// lie in one array `flat`. Points are rows. Every array that a pass needs is made once, in a `Pass`.
//
// With L layers, h_l = a_l W_l + b_l, a_0 = x, a_l = act(h_(l-1)), and o = h_(L-1). The slope of o in x:
//
//   v_(L-1) = the last layer's weights,   u_l = v_(l+1) act'(h_l),   v_l = u_l W_l^T,   slope = v_0
//
// A cost of o and of the slope, with derivatives o' and s', goes back through both. Through the slope,
// from p_0 = s' upwards, q_l = p_l W_l and p_(l+1) = q_l act'(h_l), which leaves on the way
//
//   W_l' += p_l^T u_l,   W_(L-1)' += sum of p_(L-1),   c_l = q_l v_(l+1) act''(h_l)
//
// and then through the values, from g_(L-1) = o' downwards, g_(l-1) = (g_l W_l^T) act'(h_(l-1)) + c_(l-1):
//
//   W_l' += a_l^T g_l,   b_l' += sum of g_l,   x' = g_0 W_0^T
//
// Where no activation bends and o is one number, c = 0 and g_l = o' u_l: one product serves for both ways,
//
//   W_l' += (p_l + o' a_l)^T u_l,   b_l' += sum of o' u_l,   u_(L-1) = 1

import { affine, columnSums, outer, transpose } from "../numeric/matmul.js";
import { ACTIVATIONS, isPiecewiseLinear } from "./activations.js";

const rowsOf = (rows, widths) => widths.map((w) => new Float64Array(rows * w));

// The arrays of one network for so many points: x in, `out` out; h, a, d, g, u, v, p, q, c as above.
export class Pass {
  a;
  d;
  u;
  q;
  c;
  v;
  p;

  constructor(widths, rows, slopes = false) {
    const hidden = widths.slice(1, -1);
    const inputs = widths.slice(0, -1);
    this.rows = rows;
    this.x = new Float64Array(rows * widths[0]);
    this.h = rowsOf(rows, widths.slice(1));
    this.out = this.h[this.h.length - 1];
    [this.a, this.d] = [rowsOf(rows, hidden), rowsOf(rows, hidden)];
    this.g = rowsOf(rows, widths.slice(1)); // the last one is for the caller to fill
    this.g_out = this.g[this.g.length - 1];
    this.g_x = new Float64Array(rows * widths[0]);
    if (!slopes) return;
    [this.u, this.q, this.c] = [rowsOf(rows, hidden), rowsOf(rows, hidden), rowsOf(rows, hidden)];
    [this.v, this.p] = [rowsOf(rows, inputs), rowsOf(rows, inputs)];
  }

  get slope() {
    return this.v[0];
  }

  // The cost's derivative in the slope: for the caller to fill.
  get s_slope() {
    return this.p[0];
  }
}

// Views of a flat array: [{ weights, biases }], in the order in which gan_lab lays them out.
function views(widths, flat) {
  const found = { weights: [], biases: [] };
  let at = 0;
  for (let l = 0; l + 1 < widths.length; l++) {
    const middle = at + widths[l] * widths[l + 1];
    found.weights.push(flat.subarray(at, middle));
    found.biases.push(flat.subarray(middle, middle + widths[l + 1]));
    at = middle + widths[l + 1];
  }
  return found;
}

export const sizeOf = (widths) => widths.slice(1).reduce((sum, w, l) => sum + (widths[l] + 1) * w, 0);

// Uniform within 1/sqrt(fan-in), rounded as gan_lab rounds it; the weights then times `gain`.
export function firstWeights(widths, stream, purpose, gain, round) {
  const flat = stream.uniform(purpose, 0, 0, new Float64Array(sizeOf(widths)));
  const { weights, biases } = views(widths, flat);
  weights.forEach((w, l) => {
    const bound = Math.fround(1 / Math.sqrt(widths[l]));
    for (let i = 0; i < w.length; i++) w[i] = round(round(bound * (2 * w[i] - 1)) * round(gain));
    for (let i = 0; i < biases[l].length; i++) biases[l][i] = round(bound * (2 * biases[l][i] - 1));
  });
  return flat;
}

export class MLP {
  weights;
  biases;
  of_weights;
  of_biases;

  constructor(widths, activation, flat) {
    this.widths = widths;
    this.activation = activation;
    this.flat = flat;
    Object.assign(this, views(widths, flat));
    this.transposed = this.weights.map((w) => new Float64Array(w.length));
    this.gradient = new Float64Array(flat.length);
    const of = views(widths, this.gradient);
    [this.of_weights, this.of_biases] = [of.weights, of.biases];
    this.zeros = new Float64Array(Math.max(...widths));
    this.last = widths.length - 2;
    this.row = new Float64Array(widths[this.last]);
  }

  // Whether the activation has a second derivative to speak of.
  get bends() {
    return !isPiecewiseLinear(this.activation);
  }

  // The values of rows from..to, after all affine maps or the first `depth` of them.
  forward(pass, from, to, depth = this.weights.length) {
    const { widths, weights, biases } = this;
    const act = ACTIVATIONS[this.activation];
    for (let l = 0; l < depth; l++) {
      const [n, w] = [widths[l], widths[l + 1]];
      affine(pass.h[l], l ? pass.a[l - 1] : pass.x, weights[l], biases[l], from, to, n, w);
      if (l < depth - 1) act.run(pass.h[l], pass.a[l], pass.d[l], from * w, to * w);
    }
  }

  // The weights as the ways back need them: once after every change of them.
  transposeWeights() {
    for (let l = 0; l <= this.last; l++)
      transpose(this.transposed[l], this.weights[l], this.widths[l], this.widths[l + 1]);
  }

  // The slope of the outputs' sum in x, of rows from..to, after `forward` and `transposeWeights`.
  slopes(pass, from, to) {
    const { widths, last, zeros } = this;
    const row = columnSums(this.row.fill(0), this.transposed[last], 0, widths[last + 1], widths[last]);
    for (let r = from; r < to; r++) pass.v[last].set(row, r * row.length);
    for (let l = last - 1; l >= 0; l--) {
      const [n, w] = [widths[l], widths[l + 1]];
      const [u, v, d] = [pass.u[l], pass.v[l + 1], pass.d[l]];
      for (let i = from * w; i < to * w; i++) u[i] = v[i] * d[i];
      affine(pass.v[l], u, this.transposed[l], zeros, from, to, w, n);
    }
  }

  // Back through the slope from `pass.s_slope`: into `gradient`, and into c for `backward`.
  slopesBackward(pass, from, to) {
    const { widths, last, zeros, weights } = this;
    const { bend } = ACTIVATIONS[this.activation];
    for (let l = 0; l < last; l++) {
      const [n, w] = [widths[l], widths[l + 1]];
      const q = pass.q[l];
      affine(q, pass.p[l], weights[l], zeros, from, to, n, w);
      outer(this.of_weights[l], pass.p[l], pass.u[l], from, to, n, w);
      const [next, d, h, a, v, c] = [pass.p[l + 1], pass.d[l], pass.h[l], pass.a[l], pass.v[l + 1], pass.c[l]];
      for (let i = from * w; i < to * w; i++) next[i] = q[i] * d[i];
      if (bend) for (let i = from * w; i < to * w; i++) c[i] = q[i] * v[i] * bend(h[i], a[i], d[i]);
    }
    const [n, w] = [widths[last], widths[last + 1]];
    const sums = columnSums(this.row.fill(0), pass.p[last], from, to, n);
    for (let i = 0; i < n * w; i++) this.of_weights[last][i] += sums[Math.floor(i / w)];
  }

  // Both ways back at once, for one output and an activation that does not bend: from `pass.g_out` in rows
  // from..to, all of which have their slopes, and from `pass.s_slope` in rows bent[0]..bent[1] of them.
  bothBackward(pass, from, to, bent) {
    const { widths, last, zeros, weights } = this;
    for (let l = 0; l <= last; l++) {
      const [n, w, p, g] = [widths[l], widths[l + 1], pass.p[l], pass.g_out];
      if (l < last) {
        const [q, next, d] = [pass.q[l], pass.p[l + 1], pass.d[l]];
        affine(q, p, weights[l], zeros, ...bent, n, w);
        next.fill(0, from * w, to * w);
        for (let i = bent[0] * w; i < bent[1] * w; i++) next[i] = q[i] * d[i];
      }
      const a = l ? pass.a[l - 1] : pass.x;
      for (let r = from, i = from * n; r < to; r++) for (const end = i + n; i < end; i++) p[i] += g[r] * a[i];
      if (l < last) {
        outer(this.of_weights[l], p, pass.u[l], from, to, n, w);
        outer(this.of_biases[l], g, pass.u[l], from, to, 1, w);
      } else {
        columnSums(this.of_weights[l], p, from, to, n);
        columnSums(this.of_biases[l], g, from, to, 1);
      }
    }
  }

  // Back through the values of rows from..to from `pass.g_out`: into `gradient` when `weights`, into
  // `pass.g_x` when `inputs`. Rows bent[0]..bent[1] have something in c.
  backward(pass, from, to, { weights = false, inputs = false, bent = null }) {
    const { widths, last, zeros } = this;
    for (let l = last; l >= 0; l--) {
      const [n, w, g] = [widths[l], widths[l + 1], pass.g[l]];
      if (weights) {
        outer(this.of_weights[l], l ? pass.a[l - 1] : pass.x, g, from, to, n, w);
        columnSums(this.of_biases[l], g, from, to, w);
      }
      if (!l && !inputs) return;
      const below = l ? pass.g[l - 1] : pass.g_x;
      affine(below, g, this.transposed[l], zeros, from, to, w, n);
      if (!l) return;
      const d = pass.d[l - 1];
      for (let i = from * n; i < to * n; i++) below[i] *= d[i];
      if (!bent) continue;
      const c = pass.c[l - 1];
      for (let i = bent[0] * n; i < bent[1] * n; i++) below[i] += c[i];
    }
  }
}
