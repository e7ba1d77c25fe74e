// A frame of the plane made by hand, small enough to be checked by eye.

const CELLS = 12;
const BOX = [-2, 2, -2, 2];

// Cell centres, row by row from below, and a function of each.
export const onCells = (f, cells = CELLS, [x0, x1, y0, y1] = BOX) =>
  Float64Array.from({ length: cells * cells }, (_, k) => {
    const x = x0 + ((k % cells) + 0.5) * ((x1 - x0) / cells);
    return f(x, y0 + (Math.floor(k / cells) + 0.5) * ((y1 - y0) / cells));
  });

// z1 runs fastest; G turns the square of z by a quarter and halves it.
const turned = (side) =>
  Float64Array.from({ length: 2 * (side + 1) ** 2 }, (_, k) => {
    const [u, v] = [(k >> 1) % (side + 1), Math.floor((k >> 1) / (side + 1))].map((n) => n / side);
    return k % 2 ? u - 0.5 : 0.5 - v;
  });

export function planeFrame(changes = {}) {
  return {
    dim: 2,
    t: 120,
    turn: "G",
    loss_D: 1.2,
    loss_G: 0.8,
    D_kind: "probability",
    box: BOX,
    cells: CELLS,
    D: onCells((x) => 1 / (1 + Math.exp(-3 * x))),
    D_star: onCells((x, y) => (y > 1 ? NaN : 1 / (1 + Math.exp(-y)))),
    D_star_error: 0.012,
    D_star_known: 0.93,
    real: Float64Array.from([1, 1, 1.2, 0.8, -1, -1]),
    fake: Float64Array.from([-1, 0, -0.5, 0.5, 9, 0]),
    pull: Float64Array.from([3, 0, 0, 1.5, 0, 0]),
    warp: { side: 4, points: turned(4) },
    V: -1.31,
    C: -1.27,
    jsd: 0.061,
    jsd_error: 0.004,
    jsd_perfect: 0.0035,
    modes_found: 1,
    modes_of: 2,
    missing: [1],
    quality: 0.824,
    quality_perfect: 1 - Math.exp(-4.5),
    modes: [
      { x: 1, y: 1, sd: 0.1 },
      { x: -1, y: -1, sd: 0.1 },
    ],
    ...changes,
  };
}
