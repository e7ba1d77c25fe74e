// The largest singular value of a small matrix, to the last digits: W^T W is made tridiagonal by
// Householder's reflections, and its largest eigenvalue found by halving, counting with Sturm's sequence.

// W is (n, w), row by row. NaN when a number of it is not finite.
export function spectralNorm(W, n, w) {
  const top = W.reduce((most, v) => Math.max(most, Math.abs(v)), 0);
  if (!(top > 0 && top < Infinity)) return top === 0 ? 0 : NaN;
  const { diagonal, beside } = tridiagonal(gram(W, n, w, top), Math.min(n, w));
  return top * Math.sqrt(largestEigenvalue(diagonal, beside));
}

// The smaller of W W^T and W^T W, for W / top: so that no product overflows.
function gram(W, n, w, top) {
  const rows = n <= w;
  const [size, length] = rows ? [n, w] : [w, n];
  const at = (i, k) => W[rows ? i * w + k : k * w + i] / top;
  const A = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = 0; k < length; k++) sum += at(i, k) * at(j, k);
      A[i * size + j] = sum;
      A[j * size + i] = sum;
    }
  return A;
}

// A symmetric matrix's tridiagonal form. Column by column, with v the reflection that leaves one number
// under the diagonal: A <- A - v q^T - q v^T, where p = 2 A v / v^2 and q = p - (v p / v^2) v.
function tridiagonal(A, n) {
  const [diagonal, beside] = [new Float64Array(n), new Float64Array(n)]; // beside[i] joins i - 1 and i
  const [v, q] = [new Float64Array(n), new Float64Array(n)];
  for (let k = 0; k < n - 1; k++) {
    let norm = 0;
    for (let i = k + 1; i < n; i++) norm += A[i * n + k] * A[i * n + k];
    norm = Math.sqrt(norm);
    const first = A[(k + 1) * n + k];
    beside[k + 1] = first > 0 ? -norm : norm;
    for (let i = k + 1; i < n; i++) v[i] = A[i * n + k];
    v[k + 1] -= beside[k + 1];
    const square = 2 * norm * (norm + Math.abs(first));
    if (square > 0) reflect(A, n, k + 1, v, q, square);
  }
  for (let i = 0; i < n; i++) diagonal[i] = A[i * n + i];
  return { diagonal, beside };
}

function reflect(A, n, start, v, q, square) {
  let along = 0;
  for (let i = start; i < n; i++) {
    let sum = 0;
    for (let j = start; j < n; j++) sum += A[i * n + j] * v[j];
    q[i] = (2 * sum) / square;
    along += (v[i] * q[i]) / square;
  }
  for (let i = start; i < n; i++) q[i] -= along * v[i];
  for (let i = start; i < n; i++) for (let j = start; j < n; j++) A[i * n + j] -= v[i] * q[j] + q[i] * v[j];
}

// Whether an eigenvalue lies above x: a pivot of the matrix less x is positive.
function oneAbove(x, diagonal, beside) {
  let pivot = 1;
  for (let i = 0; i < diagonal.length; i++) {
    pivot = diagonal[i] - x - (beside[i] * beside[i]) / pivot;
    if (pivot > 0) return true;
    if (pivot === 0) pivot = -Number.MIN_VALUE;
  }
  return false;
}

function largestEigenvalue(diagonal, beside) {
  const reach = diagonal.map((d, i) => d + Math.abs(beside[i]) + Math.abs(beside[i + 1] ?? 0));
  let low = Math.max(...diagonal); // a number on the diagonal is no larger
  let high = Math.max(...reach); // Gershgorin
  for (;;) {
    const middle = 0.5 * low + 0.5 * high;
    if (!(low < middle && middle < high)) return high;
    if (oneAbove(middle, diagonal, beside)) low = middle;
    else high = middle;
  }
}
