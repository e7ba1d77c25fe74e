// V, C and the Jensen-Shannon divergence of a game on the line, in nats, each with an error.
//
// Gauss-Kronrod on panels inside which the distributions and D are smooth: 3 and 7 points everywhere, 7 and 15
// where these disagree, and halves of a panel where those do. An error is the sum of what the two
// rules still disagree by.

import { softplus } from "../../numeric/game_value.js";
import { increasing, pieceAt } from "../../numeric/sorted.js";

const LOG_2 = Math.LN2;
// `tight` is what the rules may disagree by on one panel, `deepest` how often one is halved, `most` how many are
// measured anew in one integral.
const LIMITS = { size: 6, tight: 1e-10, deepest: 40, most: 4000 };
export const ROUNDING = 1e-14;

// The points from 0 outwards, Kronrod's weights, and Gauss's, which are 0 at every second point.
const RULES = [
  {
    nodes: [0, 0.434243749346802558, 0.774596669241483377, 0.960491268708020283],
    kronrod: [0.450916538658474142, 0.401397414775962223, 0.26848808986833344, 0.104656226026467265],
    gauss: [8 / 9, 0, 5 / 9, 0],
  },
  {
    nodes: [
      0, 0.207784955007898467600689403773245, 0.405845151377397166906606412076961, 0.586087235467691130294144691693,
      0.741531185599394439863864773280788, 0.864864423359769072789712788640926, 0.949107912342758524526189684047851,
      0.991455371120812639206854697526329,
    ],
    kronrod: [
      0.209482141084727828012999174891714, 0.204432940075298892414161999234649, 0.190350578064785409913256402421014,
      0.16900472663926790282658342659855, 0.140653259715525918745189590510238, 0.104790010322250183839876322541518,
      0.063092092629978553290700663189204, 0.02293532201052922496373200805897,
    ],
    gauss: [
      0.417959183673469387755102040816327, 0, 0.381830050505118944950369775488975, 0,
      0.27970539148927666790146777142378, 0, 0.129484966168869693270611432679082, 0,
    ],
  },
].map(twoSided);

function twoSided({ nodes, kronrod, gauss }) {
  const mirror = (list, sign) => [
    ...list
      .slice(1)
      .reverse()
      .map((v) => sign * v),
    ...list,
  ];
  const [points, weights] = [mirror(nodes, -1), mirror(kronrod, 1)];
  return { points, weights, gaps: mirror(gauss, 1).map((g, i) => weights[i] - g) };
}

// The integrand of the JSD where m = (p + q) / 2 and d = (p - q) / (p + q): never negative, and close
// distributions lose no digits.
function jsAt(m, d, up, down) {
  if (Math.abs(d) > 1e-2) return 0.5 * m * ((1 + d) * up + (1 - d) * down);
  const s = d * d;
  const series = 1 + s * (1 / 6 + s * (1 / 15 + s * (1 / 28 + s * (1 / 45 + s / 66))));
  return 0.5 * m * s * series;
}

// The terms of V, C and the JSD at densities (or masses) p of the data and q of G, added to `sums`.
export function add(sums, at, weight, p, q, logit) {
  const both = p + q;
  if (both === 0) return;
  const d = (p - q) / both;
  const up = d > -1 ? Math.log1p(d) : 0; // where p is 0 it has no term
  const down = d < 1 ? Math.log1p(-d) : 0;
  sums[at + 1] += weight * (p * (up - LOG_2) + q * (down - LOG_2));
  sums[at + 2] += weight * jsAt(0.5 * both, d, up, down);
  if (logit === null) return;
  const cost = softplus(logit);
  sums[at] -= weight * (p * (cost - logit) + q * cost);
}

// The x, in order, between which both distributions and D are smooth: the first and the last are of the distributions.
export function cutsOf(p_data, p_g, D) {
  const cuts = [...p_data.panels, ...p_g.panels];
  const low = cuts.reduce((a, b) => Math.min(a, b), Infinity);
  const high = cuts.reduce((a, b) => Math.max(a, b), -Infinity);
  for (const x of D ? D.knots : []) if (x > low && x < high) cuts.push(x);
  return increasing(cuts);
}

// Panels inside which everything is smooth, each with its gap of p_g (-1 off it) and its piece of D.
function panelsOf(p_data, p_g, D) {
  const ends = cutsOf(p_data, p_g, D);
  return Array.from(ends.subarray(1), (b, i) => {
    const middle = 0.5 * (ends[i] + b);
    const gap = pieceAt(p_g.ends, middle) - 1;
    return { from: ends[i], to: b, gap: gap < p_g.ends.length - 1 ? gap : -1, piece: D ? pieceAt(D.knots, middle) : 0 };
  });
}

// A rule on a part of a panel: V, C and the JSD into `sums`, and what its two rules disagree by.
function measure(rule, { p_data, p_g, D }, { gap, piece }, a, b, sums) {
  const middle = 0.5 * (a + b);
  const half = 0.5 * (b - a);
  sums.fill(0);
  for (let i = 0; i < rule.points.length; i++) {
    const x = middle + half * rule.points[i];
    const p = p_data.pdf(x);
    const q = gap < 0 ? 0 : p_g.densityIn(gap, x);
    const logit = D ? D.logit(x, piece) : null;
    add(sums, 0, half * rule.weights[i], p, q, logit);
    add(sums, 3, half * rule.gaps[i], p, q, logit);
  }
  for (let i = 3; i < 6; i++) sums[i] = Math.abs(sums[i]);
  return Math.max(sums[3], sums[4], sums[5]);
}

// The sums over panels { from, to, ... } of what `measure(rule, panel, a, b, sums)` puts into `size` sums: a
// panel is halved until the rules, whose disagreement `measure` gives, agree to `tight`.
export function halved(panels, measure, { size, tight, deepest, most }) {
  const [total, here] = [new Float64Array(size), new Float64Array(size)];
  let spent = 0;
  const take = () => {
    for (let i = 0; i < size; i++) total[i] += here[i];
  };
  function halve(panel, a, b, depth) {
    const off = measure(RULES[1], panel, a, b, here);
    spent += 1;
    if (!(off > tight) || depth >= deepest || spent >= most) return take();
    const middle = 0.5 * (a + b);
    halve(panel, a, middle, depth + 1);
    halve(panel, middle, b, depth + 1);
  }
  for (const panel of panels) {
    const { from, to } = panel;
    if (measure(RULES[0], panel, from, to, here) <= tight) take();
    else halve(panel, from, to, 0);
  }
  return total;
}

// p_data is { pdf, panels }, p_g is from `pushforward`, D is { logit(x, piece), knots } or null, where V is
// not asked for. Gives { V, C, jsd } as pairs [value, error].
export function integralsOnLine(p_data, p_g, D) {
  const game = { p_data, p_g, D };
  const ofOne = (rule, panel, a, b, sums) => measure(rule, game, panel, a, b, sums);
  const total = halved(panelsOf(p_data, p_g, D), ofOne, LIMITS);
  for (const { x, mass } of p_g.atoms) add(total, 0, 1, 0, mass, D ? D.logit(x, pieceAt(D.knots, x)) : null);
  const [V, C, jsd, V_error, C_error, jsd_error] = total;
  return {
    V: D ? [V, V_error + ROUNDING * (1 + Math.abs(V))] : [NaN, NaN],
    C: [C, C_error + ROUNDING],
    jsd: [jsd, jsd_error + ROUNDING],
  };
}
