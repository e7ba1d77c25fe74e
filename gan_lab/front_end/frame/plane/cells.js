// The distribution of G(z) on cells of the plane, by a mesh of z: as gan_lab/theory/mesh.py.
//
// Each point of the mesh brings as much to the cell in which it lands. Nothing is random and nothing
// is smoothed; what two meshes, and cells of twice the side, disagree by is the error. Cells lie by
// rows of y, from low to high: row i, column j at i * columns + j.

// The largest errors, of the JSD in nats and of D*, with which a number is given: a tenth of the most
// that each can be. (In Python, whose meshes are finer, the first is 0.02.)
const SOFT = 0.1 * Math.LN2;
const HARD = 0.1;

// The mass of the points in each cell; `points` are (x, y) one after another, `weight` of each.
export function deposit(points, x, y, weight) {
  const [columns, rows] = [x.length - 1, y.length - 1];
  const mass = new Float64Array(columns * rows);
  const place = (edges, v) => {
    const last = edges.length - 1;
    if (!(v >= edges[0] && v <= edges[last])) return -1;
    let i = Math.min(last - 1, Math.floor(((v - edges[0]) / (edges[last] - edges[0])) * last));
    while (v < edges[i]) i -= 1;
    while (i < last - 1 && v >= edges[i + 1]) i += 1;
    return i;
  };
  for (let p = 0; p < points.length; p += 2) {
    const j = place(x, points[p]);
    const i = j < 0 ? -1 : place(y, points[p + 1]);
    if (i >= 0) mass[i * columns + j] += weight;
  }
  return mass;
}

const sum = (values) => values.reduce((total, v) => total + v, 0);
const xlogx = (v) => (v > 0 ? v * Math.log(v) : 0);

// JSD in nats of two distributions given by cells, what is outside being one more cell.
export function jsOf(p, q) {
  const term = (a, b) => xlogx(a) + xlogx(b) - 2 * xlogx(0.5 * (a + b));
  let total = term(Math.max(0, 1 - sum(p)), Math.max(0, 1 - sum(q)));
  for (let i = 0; i < p.length; i++) total += term(p[i], q[i]);
  return Math.min(Math.max(0.5 * total, 0), Math.LN2); // what rounding takes out of its bounds
}

// The probabilities of blocks of `side` x `side` cells; what is left over at the ends stands alone.
export function merged(mass, columns, side) {
  const rows = mass.length / columns;
  const [wide, high] = [Math.ceil(columns / side), Math.ceil(rows / side)];
  const found = new Float64Array(wide * high);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++)
      found[Math.floor(i / side) * wide + Math.floor(j / side)] += mass[i * columns + j];
  return found;
}

// JSD of the distributions of the cells and how far from that of the distributions it may be; `given` says whether that
// is near enough, and the cells narrow enough for data whose thinnest part has so small a sd.
export function divergenceOf({ p_data, fine, coarse, columns, side, thinnest }) {
  const value = jsOf(p_data, fine);
  const mesh = Math.abs(value - jsOf(p_data, coarse));
  const cells = value - jsOf(merged(p_data, columns, 2), merged(fine, columns, 2));
  const error = mesh + Math.max(cells, 0);
  return { value, error, given: side <= 2.0001 * thinnest && error <= SOFT };
}

// How far apart the meshes are in a cell or, if that is more, in one next to it.
function errorsOf(fine, coarse, columns) {
  const gap = fine.map((v, i) => Math.abs(v - coarse[i]));
  const rows = gap.length / columns;
  const found = new Float64Array(gap.length);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      let most = 0;
      for (let a = Math.max(0, i - 1); a <= Math.min(rows - 1, i + 1); a++)
        for (let b = Math.max(0, j - 1); b <= Math.min(columns - 1, j + 1); b++)
          most = Math.max(most, gap[a * columns + b]);
      found[i * columns + j] = most;
    }
  return found;
}

// p_data / (p_data + p_g) in each cell, NaN where both vanish or where p_g's error moves it by more
// than 0.1: { D_star, error, known }, the mean error over the cells given, weighted by their
// probability (p_data + p_g) / 2, and how much of that they hold.
export function bestOnCells(p_data, fine, coarse, columns) {
  const off = errorsOf(fine, coarse, columns);
  const D_star = new Float64Array(fine.length);
  let [known, wrong] = [0, 0];
  for (let i = 0; i < fine.length; i++) {
    const [p, q] = [p_data[i], fine[i]];
    const here = p / (p + q);
    const ends = [q + off[i], Math.max(q - off[i], 0)].map((v) => Math.abs(p / (p + v) - here));
    const gap = ends.reduce((most, v) => (v > most ? v : most), 0); // passes over NaN, 0 / 0
    D_star[i] = p + q > 0 && gap <= HARD ? here : NaN;
    if (Number.isNaN(D_star[i])) continue;
    known += 0.5 * (p + q);
    wrong += 0.5 * (p + q) * gap;
  }
  return { D_star, error: known > 0 ? wrong / known : NaN, known };
}
