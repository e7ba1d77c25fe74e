// What can be seen of a game on the line at one moment: Figure 1, as arrays.
//
// For a z of one number nothing is sampled or smoothed: p_g is the exact push-forward of p_z, and V,
// C and the Jensen-Shannon divergence are integrals with their errors (nats); as gan_lab/frames.py.
// A smooth G is followed by short straight lines, and what halving them moves is in the errors.

import { isPiecewiseLinear } from "./activations.js";
import { curveOfD, curveOfG, onCubic, onCurve, smoothD, smoothG } from "./curves.js";
import { equallyProbable, LATENTS } from "./latents.js";
import { integralsOnLine } from "./line_integrals.js";
import { axisOf, lawOnLine } from "./line_law.js";
import { sampledLaw } from "./line_samples.js";
import { values } from "./network_values.js";
import { accuracyOf, freeSum, readingOf, squeezed } from "./outputs.js";
import { logSum, push } from "./pushed.js";

const ARROWS = 33;
const FOUND = 0.1; // the share of a mode's own probability at which it is found
const CUBICS = 160; // pieces of a smooth D
const LINES = 320; // pieces of a smooth G
const FAR = { gaussian: 8.5, uniform: 1, bernoulli: 1 }; // the z between which these lie

// What does not change while a game is played, kept by the recipe's own data object.
const laws = new WeakMap();
function lawOf(data) {
  if (!laws.has(data)) laws.set(data, lawOnLine(data));
  return laws.get(data);
}

const grids = new Map();
function gridFor(latent) {
  const far = FAR[latent];
  if (!grids.has(latent))
    grids.set(latent, Float64Array.from({ length: LINES + 1 }, (_, i) => far * ((2 * i) / LINES - 1)));
  return grids.get(latent);
}

// log p_g at x with the slopes of a smooth G itself, where they are known, and not of its lines.
const smoothed = (p_g, p_z, slopeAt) => (x) =>
  logSum(p_g.piecesAt(x).map(({ piece, z, steep }) => p_z.log(z) - (slopeAt(piece, z, x) ?? steep)));

// p_g of a G that is linear in pieces; of a smooth one, with `half`: p_g by half as many lines.
function pushedBy({ G, scale, recipe }, center, p_z) {
  if (isPiecewiseLinear(G.activation)) {
    const curve = curveOfG(G, center, scale);
    return { curve, p_g: push(curve, p_z), half: null };
  }
  const { fine, rough, slopeAt } = smoothG(G, center, scale, gridFor(recipe.latent));
  const p_g = push(fine, p_z);
  p_g.logAt = smoothed(p_g, p_z, slopeAt);
  return { curve: fine, p_g, half: () => push(rough, p_z) };
}

// p_g, G at the arrows' z, some of its values, and more of them for the axis.
function exactG(training) {
  const [center] = training.center;
  const p_z = LATENTS[training.recipe.latent];
  const { curve, p_g, half } = pushedBy(training, center, p_z);
  const z = equallyProbable(p_z, ARROWS);
  const at = (count) => equallyProbable(p_z, count).map((v) => onCurve(curve, v));
  return {
    p_g,
    half,
    z,
    G_z: values(training.G, z).map((h) => center + training.scale * h),
    some: at(101),
    spread: () => at(401),
  };
}

// D's output as a function of x with its knots, for x up to the far ends of both laws.
function curveD(training, cuts) {
  const { D, scale } = training;
  const [center] = training.center;
  if (isPiecewiseLinear(D.activation)) {
    const curve = curveOfD(D, center, scale);
    const { start, slope, anchor, knots } = curve;
    const at = (x, i) => start[i] + slope[i] * (x - anchor[i]);
    return { output: at, knots, error: 0 };
  }
  const [low, high] = [Math.min(...cuts), Math.max(...cuts)];
  const cubic = smoothD(D, center, scale, low, high, CUBICS);
  return { output: (x) => onCubic(cubic, x), knots: [], error: cubic.error };
}

// D, D* and the output's logit at the points x; `best` is the logit of Proposition 1 there.
function shownOnLine(training, x, some, law, best) {
  const { D: net, scale, recipe } = training;
  const [center] = training.center;
  const at = (points) => values(net, points.map((v) => (v - center) / scale));
  const reading = readingOf(recipe.loss);
  const v = at(x);
  if (reading.score) {
    const { D, range } = squeezed(v);
    return { D, D_star: best.fill(NaN), D_kind: "score", score_range: range, accuracy: NaN, reading, sum: 0 };
  }
  const [of_real, of_fake] = [at(law.levels), at(some)];
  const sum = reading.free ? freeSum(of_real, of_fake) : 0;
  const accuracy = accuracyOf(of_real, of_fake, reading, sum);
  const D = v.map((output) => reading.shown(output - sum));
  return { D, D_star: best.map(reading.best), D_kind: "probability", accuracy, reading, sum };
}

function valueOfGame(training, law, exact, { reading, sum, D_kind }) {
  const { p_g, half } = exact;
  const asked = reading.finite && D_kind === "probability";
  const curve = asked ? curveD(training, [...law.panels, ...p_g.panels, ...p_g.atoms.map((a) => a.x)]) : null;
  const logit = (x, piece) => reading.logit(curve.output(x, piece) - sum);
  const D = curve && { logit, knots: curve.knots };
  const found = integralsOnLine(law, p_g, D);
  if (half) {
    const rough = integralsOnLine(law, half(), D);
    for (const name of ["V", "C", "jsd"]) found[name][1] += Math.abs(found[name][0] - rough[name][0]);
  }
  if (curve) found.V[1] += 2 * curve.error;
  if (D_kind === "score") found.C = [NaN, NaN];
  return found;
}

// The logits of Proposition 1: log p_data - log p_g, and where p_g has an atom, its mass alone counts.
function bestLogits(x, law, { atoms }, logs) {
  const heavy = new Set(atoms.map((atom) => atom.x));
  return x.map((point, i) => (heavy.has(point) ? -Infinity : law.logpdf(point) - logs[i]));
}

// Of a mixture, the modes that p_g has found: those near which, within three sds, it has a tenth or more
// of what the data have there.
function modesOn(p_g, { modes }) {
  if (!modes.length) return {};
  const shares = modes.map(({ x, sd, weight }) => p_g.mass(x - 3 * sd, x + 3 * sd) / weight);
  const missing = modes.flatMap((_, i) => (shares[i] < FOUND ? [i] : []));
  return { modes_found: modes.length - missing.length, modes_of: modes.length, missing, shares, modes };
}

// The frame of a game as it is now. `x` are the points of the picture, by default what `axisOf` says.
export function seeLine(training, { x = null } = {}) {
  const { recipe } = training;
  const law = lawOf(recipe.data);
  const exact = recipe.latent_dim === 1 ? exactG(training) : sampledLaw(training, law, x);
  const points = x ?? exact.x ?? axisOf(law, exact.spread());
  const logs = points.map(exact.p_g.logAt);
  const best = bestLogits(points, law, exact.p_g, logs);
  const shown = shownOnLine(training, points, exact.some, law, best);
  const numbers = valueOfGame(training, law, exact, shown);
  const frame = {
    dim: 1,
    t: training.t,
    turn: training.turn,
    x: points,
    p_data: points.map(law.pdf),
    z: exact.z,
    p_g: logs.map(Math.exp),
    D: shown.D,
    D_star: shown.D_star,
    G_z: exact.G_z,
    D_kind: shown.D_kind,
    accuracy: shown.accuracy,
    loss_D: training.loss_D,
    loss_G: training.loss_G,
    grad_G: training.gradientNormG,
    atoms: exact.p_g.atoms,
    ...modesOn(exact.p_g, law),
  };
  if (shown.score_range) frame.score_range = shown.score_range;
  if (exact.note) frame.p_g_note = exact.note;
  for (const name of ["V", "C", "jsd"]) [frame[name], frame[`${name}_error`]] = numbers[name];
  return frame;
}
