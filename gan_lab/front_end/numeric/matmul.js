// Products of small matrices that lie row by row in one array: what a network's passes are made of.
//
// A JavaScript engine does not vectorise; what it rewards is few loads and sums that do not wait for one
// another. So a tile of two rows and four columns is summed in eight local variables, about three times as
// fast as one number after another, and what is left at the edges goes four rows at a time. Nothing is
// allocated.

// y = b + x W for rows from..to: x (rows, n), W (n, w), b (w), y (rows, w).
export function affine(y, x, W, b, from, to, n, w) {
  const wide = w - (w % 4);
  const even = to - ((to - from) % 2);
  for (let r = from; wide > 0 && r < even; r += 2) {
    const x0 = r * n;
    const x1 = x0 + n;
    const y0 = r * w;
    const y1 = y0 + w;
    for (let j = 0; j < wide; j += 4) {
      let a0 = b[j];
      let a1 = b[j + 1];
      let a2 = b[j + 2];
      let a3 = b[j + 3];
      let b0 = a0;
      let b1 = a1;
      let b2 = a2;
      let b3 = a3;
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
  for (let j = wide; j < w; j++) column(y, x, W, b, from, even, n, w, j);
  if (even < to) for (let j = 0; j < w; j++) column(y, x, W, b, even, to, n, w, j);
}

// One column, four rows at a time.
function column(y, x, W, b, from, to, n, w, j) {
  let r = from;
  for (; r + 3 < to; r += 4) {
    let x0 = r * n;
    let a0 = b[j];
    let a1 = a0;
    let a2 = a0;
    let a3 = a0;
    for (let i = 0, k = j; i < n; i++, k += w, x0++) {
      const v = W[k];
      a0 += x[x0] * v;
      a1 += x[x0 + n] * v;
      a2 += x[x0 + 2 * n] * v;
      a3 += x[x0 + 3 * n] * v;
    }
    const at = r * w + j;
    y[at] = a0;
    y[at + w] = a1;
    y[at + 2 * w] = a2;
    y[at + 3 * w] = a3;
  }
  for (; r < to; r++) {
    let sum = b[j];
    for (let i = 0, k = j; i < n; i++, k += w) sum += x[r * n + i] * W[k];
    y[r * w + j] = sum;
  }
}

const BLOCK = 32; // rows at a time, so that they stay in the nearest cache

// S += x^T y over rows from..to: x (rows, n), y (rows, w), S (n, w).
export function outer(S, x, y, from, to, n, w) {
  for (let start = from; start < to; start += BLOCK) outerBlock(S, x, y, start, Math.min(to, start + BLOCK), n, w);
}

function outerBlock(S, x, y, from, to, n, w) {
  const tall = n - (n % 2);
  const wide = w - (w % 4);
  for (let i = 0; wide > 0 && i < tall; i += 2) {
    for (let j = 0; j < wide; j += 4) {
      let a0 = 0;
      let a1 = 0;
      let a2 = 0;
      let a3 = 0;
      let b0 = 0;
      let b1 = 0;
      let b2 = 0;
      let b3 = 0;
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
      const s = i * w + j;
      const t = s + w;
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
  if (tall < n) outerRow(S, x, y, from, to, n, w, tall, wide);
  for (let j = wide; j < w; j++) outerColumn(S, x, y, from, to, n, w, j);
}

// Row i of S, four columns at a time.
function outerRow(S, x, y, from, to, n, w, i, wide) {
  for (let j = 0; j < wide; j += 4) {
    let a0 = 0;
    let a1 = 0;
    let a2 = 0;
    let a3 = 0;
    for (let r = from, at = from * n + i, k = from * w + j; r < to; r++, at += n, k += w) {
      const p = x[at];
      a0 += p * y[k];
      a1 += p * y[k + 1];
      a2 += p * y[k + 2];
      a3 += p * y[k + 3];
    }
    const s = i * w + j;
    S[s] += a0;
    S[s + 1] += a1;
    S[s + 2] += a2;
    S[s + 3] += a3;
  }
}

// Column j of S, four rows at a time.
function outerColumn(S, x, y, from, to, n, w, j) {
  let i = 0;
  for (; i + 3 < n; i += 4) {
    let a0 = 0;
    let a1 = 0;
    let a2 = 0;
    let a3 = 0;
    for (let r = from, at = from * n + i, k = from * w + j; r < to; r++, at += n, k += w) {
      const v = y[k];
      a0 += x[at] * v;
      a1 += x[at + 1] * v;
      a2 += x[at + 2] * v;
      a3 += x[at + 3] * v;
    }
    S[i * w + j] += a0;
    S[(i + 1) * w + j] += a1;
    S[(i + 2) * w + j] += a2;
    S[(i + 3) * w + j] += a3;
  }
  for (; i < n; i++) {
    let sum = 0;
    for (let r = from; r < to; r++) sum += x[r * n + i] * y[r * w + j];
    S[i * w + j] += sum;
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
