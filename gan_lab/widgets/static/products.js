// Products of small matrices that lie row by row in one array: what a network's passes are made of.
//
// JavaScript engines do not vectorise; what they reward is few loads. So a tile of two rows and four
// columns is summed in eight local variables, each number loaded serving several products, and what
// is left at the edges goes one by one. Nothing is allocated.

// y = b + x W for rows from..to: x (rows, n), W (n, w), b (w), y (rows, w).
export function affine(y, x, W, b, from, to, n, w) {
  const wide = w - (w % 4);
  const even = to - ((to - from) % 2);
  for (let r = from; r < even; r += 2) {
    const [x0, y0] = [r * n, r * w];
    const [x1, y1] = [x0 + n, y0 + w];
    for (let j = 0; j < wide; j += 4) {
      let [a0, a1, a2, a3] = [b[j], b[j + 1], b[j + 2], b[j + 3]];
      let [b0, b1, b2, b3] = [a0, a1, a2, a3];
      for (let i = 0, k = j; i < n; i++, k += w) {
        const p = x[x0 + i];
        const q = x[x1 + i];
        const w0 = W[k];
        const w1 = W[k + 1];
        const w2 = W[k + 2];
        const w3 = W[k + 3];
        a0 += p * w0;
        a1 += p * w1;
        a2 += p * w2;
        a3 += p * w3;
        b0 += q * w0;
        b1 += q * w1;
        b2 += q * w2;
        b3 += q * w3;
      }
      y[y0 + j] = a0;
      y[y0 + j + 1] = a1;
      y[y0 + j + 2] = a2;
      y[y0 + j + 3] = a3;
      y[y1 + j] = b0;
      y[y1 + j + 1] = b1;
      y[y1 + j + 2] = b2;
      y[y1 + j + 3] = b3;
    }
  }
  if (wide < w) edge(y, x, W, b, from, even, n, w, wide);
  if (even < to) edge(y, x, W, b, even, to, n, w, 0);
}

// The columns from `start` on, one number after another.
function edge(y, x, W, b, from, to, n, w, start) {
  for (let r = from; r < to; r++) {
    const at = r * n;
    for (let j = start; j < w; j++) {
      let sum = b[j];
      for (let i = 0, k = j; i < n; i++, k += w) sum += x[at + i] * W[k];
      y[r * w + j] = sum;
    }
  }
}

const BLOCK = 32; // rows at a time, so that they stay in the nearest cache

// S += x^T y over rows from..to: x (rows, n), y (rows, w), S (n, w).
export function outer(S, x, y, from, to, n, w) {
  for (let start = from; start < to; start += BLOCK)
    outerBlock(S, x, y, start, Math.min(to, start + BLOCK), n, w);
}

function outerBlock(S, x, y, from, to, n, w) {
  const [tall, wide] = [n - (n % 2), w - (w % 4)];
  for (let i = 0; i < tall; i += 2) {
    for (let j = 0; j < wide; j += 4) {
      let [a0, a1, a2, a3] = [0, 0, 0, 0];
      let [b0, b1, b2, b3] = [0, 0, 0, 0];
      for (let r = from, at = from * n + i, k = from * w + j; r < to; r++, at += n, k += w) {
        const p = x[at];
        const q = x[at + 1];
        const y0 = y[k];
        const y1 = y[k + 1];
        const y2 = y[k + 2];
        const y3 = y[k + 3];
        a0 += p * y0;
        a1 += p * y1;
        a2 += p * y2;
        a3 += p * y3;
        b0 += q * y0;
        b1 += q * y1;
        b2 += q * y2;
        b3 += q * y3;
      }
      const [s, t] = [i * w + j, i * w + w + j];
      S[s] += a0;
      S[s + 1] += a1;
      S[s + 2] += a2;
      S[s + 3] += a3;
      S[t] += b0;
      S[t + 1] += b1;
      S[t + 2] += b2;
      S[t + 3] += b3;
    }
  }
  if (wide < w) outerEdge(S, x, y, from, to, n, w, 0, tall, wide);
  if (tall < n) outerEdge(S, x, y, from, to, n, w, tall, n, 0);
}

function outerEdge(S, x, y, from, to, n, w, top, bottom, start) {
  for (let i = top; i < bottom; i++) {
    for (let j = start; j < w; j++) {
      let sum = 0;
      for (let r = from, at = from * n + i, k = from * w + j; r < to; r++, at += n, k += w)
        sum += x[at] * y[k];
      S[i * w + j] += sum;
    }
  }
}

// sums += the sum of the rows from..to of x (rows, n).
export function columnSums(sums, x, from, to, n) {
  for (let r = from, at = from * n; r < to; r++) for (let i = 0; i < n; i++) sums[i] += x[at++];
  return sums;
}

// T = W^T: W (n, w), T (w, n).
export function transpose(T, W, n, w) {
  for (let i = 0, at = 0; i < n; i++) for (let j = 0; j < w; j++) T[j * n + i] = W[at++];
}
