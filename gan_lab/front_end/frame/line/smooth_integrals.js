// V, C and the Jensen-Shannon divergence where G is smooth, in nats, each with an error: as `integralsOnLine`.
//
// A panel of x below a stretch of G is measured in that stretch's z. There a density has no pole at a fold
// and no spike where G saturates: p_g dx is p_z dz. Of several stretches above a panel, the one whose slope
// changes most leads. Into the errors goes what the polynomials that stand for G and D may change.

import { softplus } from "../../numeric/game_value.js";
import { add, cutsOf, halved, ROUNDING } from "./integrals.js";

const LIMITS = { size: 10, tight: 1e-9, deepest: 30, most: 2000 };
const TINY = 1e-300;
const MISSED = 1e-3; // of p_g's probability: less is seen too often, or not, only where C and the JSD do not feel it

const at = new Float64Array(4);

// The stretch in whose z a panel [a, b] of x is measured, as { run, from, to }; null where there is none.
function leadOf(p_g, gap, a, b) {
  let [lead, most] = [null, -1];
  for (const run of p_g.runsOver(gap, a, b)) {
    p_g.solve(run, a, at);
    const [from, steep] = [at[0], Math.abs(at[1])];
    p_g.solve(run, b, at);
    const change = Math.abs(Math.log((steep + TINY) / (Math.abs(at[1]) + TINY)));
    if (change > most && from !== at[0]) [lead, most] = [{ run, from, to: at[0] }, change];
  }
  return lead;
}

// Panels [from, to], of z below their lead and of x elsewhere.
function panelsOf(p_data, p_g, D) {
  const cuts = cutsOf(p_data, p_g, D);
  const panels = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [a, b] = [cuts[i], cuts[i + 1]];
    const gap = p_g.gapAt(0.5 * (a + b));
    const lead = leadOf(p_g, gap, a, b);
    panels.push({ gap, run: lead && lead.run, from: lead ? lead.from : a, to: lead ? lead.to : b });
  }
  return panels;
}

// What may change of V, C and the JSD if p_g is off as it says, and an output of D by `off`. As all changes of
// p_g add up to 0, C feels log(1 + p / q) and not log(q / (p + q)), and V the steepness of D where mass moves.
function addDoubts(sums, weight, p, q, p_g, logit, D, x, cell) {
  if (logit !== null) {
    const unsure = p_g.moved * D.steepness(x, cell) + p_g.rounding * softplus(logit);
    sums[6] += weight * (unsure + (p + q) * D.off(cell));
  }
  if (!(q > 0)) return;
  sums[7] += weight * p_g.doubt * Math.log1p(p / q);
  sums[8] += 0.5 * weight * p_g.doubt * Math.abs(Math.log1p((q - p) / (p + q)));
}

// A rule on a part of a panel: V, C and the JSD into `sums`, and what its two rules disagree by.
function measure(rule, { p_data, p_g, D }, { gap, run }, a, b, sums) {
  const middle = 0.5 * (a + b);
  const half = 0.5 * (b - a);
  sums.fill(0);
  for (let i = 0; i < rule.points.length; i++) {
    const place = middle + half * rule.points[i];
    const x = run ? p_g.imageAt(place, at) : place;
    const unit = Math.abs(run ? half * at[1] : half);
    const p = p_data.pdf(x);
    const q = p_g.densityIn(gap, x, run, at);
    const cell = D ? D.cellAt(x) : 0;
    const logit = D ? D.logit(x, cell) : null;
    const weight = unit * rule.weights[i];
    add(sums, 0, weight, p, q, logit);
    add(sums, 3, unit * rule.gaps[i], p, q, logit);
    addDoubts(sums, weight, p, q, p_g, logit, D, x, cell);
    sums[9] += weight * q;
  }
  for (let i = 3; i < 6; i++) sums[i] = Math.abs(sums[i]);
  return Math.max(sums[3], sums[4], sums[5]);
}

// A number between its bounds with an error that is no larger than they are apart, and no NaN.
function bounded(value, error, low, high) {
  const within = Math.min(high, Math.max(low, Number.isNaN(value) ? high : value));
  const known = Number.isFinite(value) && error < high - low; // false for NaN
  return [within, known ? error : high - low];
}

// The JSD itself, or as log 2 + C / 2: next to a fold, where p_g has few digits, C knows more.
function jsdOf(jsd, jsd_error, C, C_error) {
  return jsd_error <= 0.5 * C_error ? [jsd, jsd_error] : [Math.LN2 + 0.5 * C, 0.5 * C_error];
}

// p_data is { pdf, panels }, p_g is from `smoothPushforward`, D is { logit(x, cell), cellAt(x), steepness(x, cell),
// off(cell), knots } or null, where V is not asked for. Gives { V, C, jsd } as pairs [value, error].
export function integralsOnSmooth(p_data, p_g, D) {
  const game = { p_data, p_g, D };
  const ofOne = (rule, panel, a, b, sums) => measure(rule, game, panel, a, b, sums);
  const total = halved(panelsOf(p_data, p_g, D), ofOne, LIMITS);
  for (const { x, mass } of p_g.atoms) {
    const cell = D ? D.cellAt(x) : 0;
    add(total, 0, 1, 0, mass, D ? D.logit(x, cell) : null);
    if (D) total[6] += mass * D.off(cell);
    total[9] += mass;
  }
  const [V, C, jsd] = total;
  const missed = Math.abs(1 - p_g.lost - total[9]);
  const lost = p_g.lost > ROUNDING ? p_g.lost : 0; // of p_g, of which nothing is known
  const unknown = lost + (missed > MISSED ? missed : 0);
  const error = (i) => total[3 + i] + total[6 + i] + ROUNDING;
  const [found, off] = jsdOf(jsd, error(2), C, error(1));
  return {
    V: D ? bounded(V, error(0) + (lost + missed + ROUNDING) * (1 + Math.abs(V)), -Infinity, 0) : [NaN, NaN],
    C: bounded(C, error(1) + 2 * unknown, -2 * Math.LN2, 0),
    jsd: bounded(found, off + unknown, 0, Math.LN2),
  };
}
