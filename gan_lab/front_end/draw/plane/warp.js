// The square of z, and where G puts it: a grid of equally probable cells, or a line of them.
//
// A warp is { side, points } as a frame has it: side + 1 levels of each number of z, and G there, x
// and y in turn; z_1 runs fastest. With `curve` z is one number. Each cell of the grid holds as
// much of the probability as any other, so that where cells are small p_G is high.

const MARGIN = 0.08; // of the box around the square of z

const pointsOf = (warp) => (warp.curve ? warp.side + 1 : (warp.side + 1) ** 2);

const between = (low, high, share) => low + (MARGIN + (1 - 2 * MARGIN) * share) * (high - low);

// Where in that square a z lies, by the share of the probability below each of its one or two numbers.
/** @type {(level: number[], warp: { side: number }, box: number[]) => number[]} */
export function placeOfLevel([u, v], { side }, [x0, x1, y0, y1]) {
  const share = (level) => (level * (side + 1) - 0.5) / side; // 0 and 1 at the outermost levels
  return [between(x0, x1, share(u)), between(y0, y1, v === undefined ? 0 : share(v))];
}

// The levels of z as a square in the box [x0, x1, y0, y1], or a line at its foot; x and y in turn.
export function squareOf({ side, curve }, [x0, x1, y0, y1]) {
  const across = (k) => between(x0, x1, k / side);
  const up = (k) => between(y0, y1, k / side);
  const found = new Float64Array(2 * pointsOf({ side, curve }));
  for (let k = 0; 2 * k < found.length; k++) {
    found[2 * k] = across(k % (side + 1));
    found[2 * k + 1] = up(Math.floor(k / (side + 1)));
  }
  return found;
}

// Part of the way from the square to the image, each point on a straight line: for the eye, since G
// has no such in-between.
export function blended(warp, box, share) {
  if (share >= 1) return warp.points;
  const square = squareOf(warp, box);
  return square.map((from, k) => from + share * (warp.points[k] - from));
}

// The points of a cell's corners, going round; of a line's piece, its two ends.
export function cornersOf({ side, curve }, { i, j }) {
  if (curve) return [j, j + 1];
  const k = i * (side + 1) + j;
  return [k, k + 1, k + side + 2, k + side + 1];
}

export const areaOf = (corners) =>
  corners.reduce((sum, [x, y], k) => {
    const [u, v] = corners[(k + 1) % corners.length];
    return sum + (x * v - u * y) / 2;
  }, 0);

const cellsOf = ({ side, curve }) =>
  Array.from({ length: curve ? side : side * side }, (_, k) =>
    curve ? { i: 0, j: k } : { i: Math.floor(k / side), j: k % side },
  );

function inside([x, y], corners) {
  let odd = false;
  corners.forEach(([x1, y1], k) => {
    const [x2, y2] = corners[(k + 1) % corners.length];
    if (y1 > y !== y2 > y && x < x1 + ((y - y1) / (y2 - y1)) * (x2 - x1)) odd = !odd;
  });
  return odd;
}

/** @type {(at: number[], piece: number[][]) => number} */
function distance([x, y], [[x1, y1], [x2, y2]]) {
  const [a, b] = [x2 - x1, y2 - y1];
  const along = Math.min(1, Math.max(0, ((x - x1) * a + (y - y1) * b) / (a * a + b * b || 1)));
  return Math.hypot(x - x1 - along * a, y - y1 - along * b);
}

// The cell {i, j} whose image holds a point of the plane; where G folds, the smallest of them. Of a
// curve the nearest piece, if it is nearer than `reach`. Else null.
export function cellHolding(warp, points, at, reach) {
  let best = null;
  let least = warp.curve ? reach : Infinity;
  for (const cell of cellsOf(warp)) {
    const corners = cornersOf(warp, cell).map((k) => [points[2 * k], points[2 * k + 1]]);
    if (!warp.curve && !inside(at, corners)) continue;
    const size = warp.curve ? distance(at, corners) : Math.abs(areaOf(corners));
    if (size < least) [best, least] = [cell, size];
  }
  return best;
}

// The lines of the grid, as lists of the numbers of points: rows, then columns.
export function linesOf({ side, curve }) {
  const every = Array.from({ length: side + 1 }, (_, k) => k);
  if (curve) return [every];
  const rows = every.map((i) => every.map((j) => i * (side + 1) + j));
  return [...rows, ...every.map((j) => every.map((i) => i * (side + 1) + j))];
}

// Cells by how dense p_G is on their image: list k holds those in which the density is at least
// 4^(k-1) and below 4^k times that of a distribution spread evenly over the box; the last, all from there on.
export function byDensity(warp, points, [x0, x1, y0, y1], levels = 5) {
  const found = Array.from({ length: levels }, () => []);
  const fair = ((x1 - x0) * (y1 - y0)) / (warp.side + 1) ** 2;
  for (const cell of cellsOf(warp)) {
    const corners = cornersOf(warp, cell).map((k) => [points[2 * k], points[2 * k + 1]]);
    const area = areaOf(corners);
    const level = 1 + Math.floor(Math.log(fair / Math.abs(area)) / Math.log(4));
    // All go round in one direction, so that where the sheet folds over itself no hole is left.
    if (level >= 0) found[Math.min(level, levels - 1)].push(area < 0 ? corners.reverse() : corners);
  }
  return found;
}
