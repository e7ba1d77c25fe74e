// Games of two numbers: G moves theta, D moves psi. What gan_lab/theory/two_numbers.py computes, held
// to it to 1e-9: directions, paths of plain gradient steps with momentum, and eigenvalues at (0, 0).

import { sigmoid } from "./game_value.js";

const FAR = 1e3; // a path ends where it is farther than this from (0, 0)

// Where G and D want to go, and how strongly the two numbers are coupled at (0, 0).
export const GAMES = {
  bilinear: { G: (_, psi) => -psi, D: (theta) => theta, coupling: 1 },
  minimax: {
    G: (theta, psi) => psi * sigmoid(theta * psi),
    D: (theta, psi) => -theta * sigmoid(theta * psi),
    coupling: 0.5,
  },
  "non-saturating": {
    G: (theta, psi) => psi * sigmoid(-theta * psi),
    D: (theta, psi) => -theta * sigmoid(theta * psi),
    coupling: 0.5,
  },
};

export const velocity = (game, theta, psi, gamma) => [
  GAMES[game].G(theta, psi),
  GAMES[game].D(theta, psi) - gamma * psi,
];

// The points of n steps from [theta, psi], fewer where one is beyond FAR; D moves first in turns.
/** @type {(game: string, start: number[], n: number, how: { h: number, beta?: number, gamma?: number, alternating?: boolean }) => number[][]} */
export function pathOf(game, start, n, { h, beta = 0, gamma = 0, alternating = true }) {
  const { G, D } = GAMES[game];
  let [theta, psi] = start;
  let [u, w] = [0, 0];
  const points = [[theta, psi]];
  while (points.length <= n && Math.hypot(theta, psi) <= FAR) {
    w = beta * w + D(theta, psi) - gamma * psi;
    const moved = psi + h * w;
    u = beta * u + G(theta, alternating ? moved : psi);
    theta += h * u;
    psi = moved;
    points.push([theta, psi]);
  }
  return points;
}

// With p = (x - 1)(x - beta) the eigenvalues of a step are the roots of
// p (p + h gamma x) + (h c)^2 x^2, or x^3 where the players take turns: of its coefficients, x^4 first.
/** @type {(game: string, how: { h: number, beta?: number, gamma?: number, alternating?: boolean }) => number[]} */
export function characteristic(game, { h, beta = 0, gamma = 0, alternating = true }) {
  const k = (h * GAMES[game].coupling) ** 2;
  const [a, b] = [1 + beta, h * gamma - 1 - beta];
  return [1, b - a + (alternating ? k : 0), 2 * beta - a * b + (alternating ? 0 : k), beta * (b - a), beta * beta];
}

/** @type {(one: number[], other: number[]) => number[]} */
const times = ([a, b], [c, d]) => [a * c - b * d, a * d + b * c];
/** @type {(one: number[], other: number[]) => number[]} */
const minus = ([a, b], [c, d]) => [a - c, b - d];
/** @type {(one: number[], other: number[]) => number[]} */
const over = ([a, b], [c, d]) => {
  const size = c * c + d * d;
  return [(a * c + b * d) / size, (b * c - a * d) / size];
};
/** @type {(coefficients: number[], x: number[]) => number[]} */
const valueAt = (coefficients, x) => coefficients.reduce((sum, c) => minus(times(sum, x), [-c, 0]), [0, 0]);

// All roots at once (Durand and Kerner), as [real, imaginary].
function roots(coefficients) {
  let found = coefficients.slice(1).map((_, k) => [1.1 * Math.cos(1.3 * k + 0.4), 1.1 * Math.sin(1.3 * k + 0.4)]);
  for (let i = 0; i < 500; i++) {
    let moved = 0;
    found = found.map((x, k) => {
      const others = found.reduce((product, y, j) => (j === k ? product : times(product, minus(x, y))), [1, 0]);
      if (others[0] === 0 && others[1] === 0) return x;
      const change = over(valueAt(coefficients, x), others);
      moved = Math.max(moved, Math.hypot(...change));
      return minus(x, change);
    });
    if (moved < 1e-15) break;
  }
  return found;
}

// Those of x^2 + b x + c, without a loss of digits.
function ofSquare(b, c) {
  const inside = (b * b) / 4 - c;
  if (inside < 0) return [1, -1].map((sign) => [-b / 2, sign * Math.sqrt(-inside)]);
  const one = -b / 2 - Math.sign(b || 1) * Math.sqrt(inside);
  return [
    [one, 0],
    [one ? c / one : 0, 0],
  ];
}

// Of a step's Jacobian at (0, 0), the largest modulus first: four, or two where beta is 0.
/** @type {(game: string, how: { h: number, beta?: number, gamma?: number, alternating?: boolean }) => number[][]} */
export function eigenvalues(game, how) {
  const coefficients = characteristic(game, how);
  const found = how.beta ? roots(coefficients) : ofSquare(coefficients[1], coefficients[2]);
  return found.sort((one, other) => Math.hypot(...other) - Math.hypot(...one));
}

/** @type {(game: string, how: { h: number, beta?: number, gamma?: number, alternating?: boolean }) => number} */
export const radius = (game, how) => Math.hypot(...eigenvalues(game, how)[0]);
