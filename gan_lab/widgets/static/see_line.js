// What can be seen of a game on the line at one moment: Figure 1, as arrays.
//
// For a z of one number nothing is sampled or smoothed: p_g is the exact push-forward of p_z, and V,
// C and the Jensen-Shannon divergence are integrals with their errors (nats); as gan_lab/frames.py.
// A smooth G is followed by short straight lines, and what halving them moves is in the errors.

import { curveOfD, curveOfG, isLinear, onCubic, onCurve, smoothD } from "./curves.js";
import { integralsOnLine } from "./line_integrals.js";
import { axisOf, lawOnLine } from "./line_law.js";
import { sampledLaw } from "./line_samples.js";
import { values } from "./network_values.js";
import { accuracyOf, freeSum, readingOf, squeezed } from "./outputs.js";
import { equallyProbable, LATENTS, push } from "./pushed.js";

const ARROWS = 33;
const FOUND = 0.1; // the share of a mode's own probability at which it is found
const CUBICS = 400; // pieces of a smooth D
const LINES = 1024; // pieces of a smooth G
const FAR = { gaussian: 8.5, uniform: 1, bernoulli: 1 }; // the z between which these lie

// What does not change while a game is played, kept by the recipe's own data object.
const laws = new WeakMap();
function lawOf(data) {
  if (!laws.has(data)) laws.set(data, lawOnLine(data));
  return laws.get(data);
}

export const pairOf = (center) => (typeof center === "number" ? [center] : Array.from(center));

const grids = new Map();
function gridFor(latent, pieces) {
  const key = `${latent} ${pieces}`;
  const far = FAR[latent];
  if (!grids.has(key))
    grids.set(key, Float64Array.from({ length: pieces + 1 }, (_, i) => far * ((2 * i) / pieces - 1)));
  return grids.get(key);
}

// p_g, G at the arrows' z and at 401 for the axis, and p_g by half as many lines where G is smooth.
function exactG(training) {
  const { G, scale, recipe } = training;
  const [center] = pairOf(training.center);
  const p_z = LATENTS[recipe.latent];
  const curve = curveOfG(G, center, scale, gridFor(recipe.latent, LINES));
  const rougher = () => curveOfG(G, center, scale, gridFor(recipe.latent, LINES / 2));
  const half = isLinear(G) ? null : () => push(rougher(), p_z);
  const z = equallyProbable(p_z, ARROWS);
  const at = (points) => values(G, points).map((h) => center + scale * h);
  return {
    p_g: push(curve, p_z),
    half,
    z,
    G_z: at(z),
    some: equallyProbable(p_z, 101).map((v) => onCurve(curve, v)),
    spread: () => equallyProbable(p_z, 401).map((v) => onCurve(curve, v)),
  };
}

// D's output as a function of x with its knots, for x up to the far ends of both laws.
function curveD(training, cuts) {
  const { D, scale } = training;
  const [center] = pairOf(training.center);
  if (isLinear(D)) {
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
  const [center] = pairOf(training.center);
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

function bestLogits(x, law, p_g) {
  return x.map((point) => {
    if (p_g.atoms.some((atom) => atom.x === point)) return -Infinity;
    return law.logpdf(point) - p_g.logAt(point);
  });
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
  const best = bestLogits(points, law, exact.p_g);
  const shown = shownOnLine(training, points, exact.some, law, best);
  const numbers = valueOfGame(training, law, exact, shown);
  const frame = {
    dim: 1,
    t: training.t,
    turn: training.turn,
    x: points,
    p_data: points.map(law.pdf),
    z: exact.z,
    p_g: points.map((v) => Math.exp(exact.p_g.logAt(v))),
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
