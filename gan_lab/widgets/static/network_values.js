// What a network gives, in float64 whatever it was trained in: values, slopes and kinks.
//
// A network is { widths, activation, weights: [(in, out) by rows], biases }. Points lie one after
// another in flat arrays.

const LEAK = 0.2;
export const PIECEWISE_LINEAR = ["leaky_relu", "relu"];

const ACTIVATIONS = {
  leaky_relu: (h) => (h > 0 ? h : LEAK * h),
  relu: (h) => (h > 0 ? h : 0),
  tanh: (h) => Math.tanh(h),
  silu: (h) => h * 0.5 * (1 + Math.tanh(0.5 * h)),
};

// Their slopes at h, where they are a.
const SLOPES = {
  leaky_relu: (h) => (h > 0 ? 1 : LEAK),
  relu: (h) => (h > 0 ? 1 : 0),
  tanh: (h, a) => 1 - a * a,
  silu(h, a) {
    const s = Math.abs(h) > 1e-9 ? a / h : 0.5;
    return s * (1 + h * (1 - s));
  },
};

// to = from W + b for one point; four rows of W at a time, so that `to` is read and written less.
function affine(to, from, W, b, size, width) {
  for (let j = 0; j < width; j++) to[j] = b[j];
  let i = 0;
  for (; i + 3 < size; i += 4) {
    const [h0, h1, h2, h3] = [from[i], from[i + 1], from[i + 2], from[i + 3]];
    let at = i * width;
    const [second, third, fourth] = [width, 2 * width, 3 * width];
    for (let j = 0; j < width; j++, at++)
      to[j] += h0 * W[at] + h1 * W[at + second] + (h2 * W[at + third] + h3 * W[at + fourth]);
  }
  for (; i < size; i++) {
    const h = from[i];
    let at = i * width;
    for (let j = 0; j < width; j++) to[j] += h * W[at++];
  }
}

// to = W from for one point, four products at a time.
function backwards(to, from, W, size, width) {
  for (let i = 0, at = 0; i < size; i++) {
    let [a, b, c, d] = [0, 0, 0, 0];
    let j = 0;
    for (; j + 3 < width; j += 4, at += 4) {
      a += W[at] * from[j];
      b += W[at + 1] * from[j + 1];
      c += W[at + 2] * from[j + 2];
      d += W[at + 3] * from[j + 3];
    }
    for (; j < width; j++) a += W[at++] * from[j];
    to[i] = a + b + (c + d);
  }
}

const linear = (net) => PIECEWISE_LINEAR.includes(net.activation);
const leakOf = (net) => (net.activation === "relu" ? 0 : LEAK);

function activate(h, net) {
  if (linear(net)) {
    const leak = leakOf(net);
    for (let j = 0; j < h.length; j++) if (!(h[j] > 0)) h[j] *= leak;
    return;
  }
  const act = ACTIVATIONS[net.activation];
  for (let j = 0; j < h.length; j++) h[j] = act(h[j]);
}

// The outputs (points, last width) of a net at points (points, widths[0]); with `depth`, what its
// first so many affine maps give, before their activation.
export function values(net, points, depth = net.weights.length) {
  const { widths } = net;
  const count = points.length / widths[0];
  const last = widths[depth];
  const result = new Float64Array(count * last);
  const layers = widths.slice(0, depth + 1).map((width) => new Float64Array(width));
  for (let p = 0; p < count; p++) {
    for (let i = 0; i < widths[0]; i++) layers[0][i] = points[p * widths[0] + i];
    for (let l = 0; l < depth; l++) {
      if (l) activate(layers[l], net);
      affine(layers[l + 1], layers[l], net.weights[l], net.biases[l], widths[l], widths[l + 1]);
    }
    result.set(layers[depth], p * last);
  }
  return result;
}

// Outputs (points) of a net with one output, and their gradients (points, widths[0]) in the input.
export function valuesWithSlopes(net, points) {
  const { widths, weights, biases } = net;
  const depth = weights.length;
  const count = points.length / widths[0];
  const value = new Float64Array(count);
  const slope = new Float64Array(points.length);
  const layers = widths.map((width) => new Float64Array(width));
  const steep = widths.map((width) => new Float64Array(width));
  const back = widths.map((width) => new Float64Array(width));
  const slopeOf = SLOPES[net.activation];
  for (let p = 0; p < count; p++) {
    for (let i = 0; i < widths[0]; i++) layers[0][i] = points[p * widths[0] + i];
    for (let l = 0; l < depth; l++) {
      if (l) {
        steep[l].set(layers[l]);
        activate(layers[l], net);
        for (let j = 0; j < widths[l]; j++) steep[l][j] = slopeOf(steep[l][j], layers[l][j]);
      }
      affine(layers[l + 1], layers[l], weights[l], biases[l], widths[l], widths[l + 1]);
    }
    value[p] = layers[depth][0];
    back[depth][0] = 1;
    for (let l = depth - 1; l >= 0; l--) {
      backwards(back[l], back[l + 1], weights[l], widths[l], widths[l + 1]);
      if (l) for (let i = 0; i < widths[l]; i++) back[l][i] *= steep[l][i];
    }
    slope.set(back[0], p * widths[0]);
  }
  return { value, slope };
}

export const increasing = (numbers) => {
  const sorted = Float64Array.from(numbers).sort();
  let kept = 0;
  for (let i = 0; i < sorted.length; i++)
    if (i === 0 || sorted[i] !== sorted[kept - 1]) sorted[kept++] = sorted[i];
  return sorted.slice(0, kept);
};

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
    const x = between(kinks, kinks.length ? 1 + kinks[kinks.length - 1] - kinks[0] : 4);
    const found = Array.from(kinks);
    zeros(x, values(net, x, depth), net.widths[depth], found);
    kinks = increasing(found);
  }
  return kinks;
}

// The kinks and a point on either side, so far beyond them (or from 0, where there are none).
export function between(kinks, reach) {
  const [first, last] = kinks.length ? [kinks[0], kinks[kinks.length - 1]] : [0, 0];
  return Float64Array.of(first - reach, ...kinks, last + reach);
}
