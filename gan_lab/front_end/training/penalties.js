// Costs on D's slope at stated points, as in gan_lab/training/losses.py: `of` takes the square of the slope's
// norm at a point and gives the cost there, `factor` what the slope itself is multiplied by in the
// cost's derivative in it. Means are over the minibatch.

// |slope|^2 / 2, Mescheder, Geiger and Nowozin 2018, Equations 9 and 10.
const halfSquare = { of: (square) => 0.5 * square, factor: () => 1 };

// (|slope| - 1)^2, two-sided, Gulrajani et al. 2017, Equation 3. Where D is flat the norm has a corner;
// its own slope is taken as 0 there.
const awayFromOne = {
  of: (square) => (Math.sqrt(square) - 1) ** 2,
  factor: (square) => (square > 0 ? 2 - 2 / Math.sqrt(square) : 0),
};

export const PENALTIES = {
  r1: { at: "real", ...halfSquare },
  r2: { at: "fake", ...halfSquare },
  gp: { at: "between", ...awayFromOne },
};

// The penalty times its strength, for the slopes of a pass in rows start..start + m; its derivative in them
// is added to `s_slope`.
export function penalise({ of, factor }, strength, { slope, s_slope, rows }, start, m) {
  const dim = slope.length / rows;
  let sum = 0;
  for (let r = start; r < start + m; r++) {
    let square = 0;
    for (let i = r * dim; i < (r + 1) * dim; i++) square += slope[i] * slope[i];
    const times = (strength * factor(square)) / m;
    for (let i = r * dim; i < (r + 1) * dim; i++) s_slope[i] += times * slope[i];
    sum += of(square);
  }
  return (strength * sum) / m;
}
