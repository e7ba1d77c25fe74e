// A game of two numbers as a field: the reader drags the start, and chooses the game and the step. The path,
// and beside it the eigenvalues of a step at the centre, against the circle of modulus 1.

import { formatNumber } from "../../numeric/format.js";
import { eigenvalues, pathOf } from "../../numeric/two_numbers.js";
import { drawTwoNumbers, END, HOLD, layoutOf } from "./two_numbers_picture.js";

export const STEPS = 300;
const EVEN = 1e-9; // a modulus this close to 1 says nothing

export function measureTwoNumbers({ game, order, theta, psi, h, beta, gamma }) {
  const how = { h, beta, gamma, alternating: order === "alternating" };
  const points = pathOf(game, [theta, psi], STEPS, how);
  const values = eigenvalues(game, how);
  const modulus = Math.hypot(...values[0]);
  return { points, values, modulus, left: points.length <= STEPS };
}

export const leads = (modulus) => (modulus < 1 - EVEN ? "in" : modulus > 1 + EVEN ? "out" : "around");

const SAYS = {
  in: "The eigenvalues lead in",
  out: "The eigenvalues lead out",
  around: "The eigenvalues are silent",
};

export function distance([theta, psi]) {
  const far = Math.hypot(theta, psi);
  return far > 0 && far < 0.001 ? "below 0.001" : formatNumber(far, 3);
}

function sentenceOf(_, { points, modulus, left }) {
  const end = left
    ? `the path has left for good after ${points.length - 1} steps`
    : `after ${STEPS} steps the distance is ${distance(points[points.length - 1])}`;
  return `${SAYS[leads(modulus)]}: the largest modulus is ${formatNumber(modulus, 4)}. From ${distance(points[0])} away, ${end}.`;
}

// A hand takes the start. Elsewhere a finger scrolls the page.
function grabStart([x, y], { theta, psi }, size) {
  const place = layoutOf(size);
  if (Math.hypot(x - place.theta(theta), y - place.psi(psi)) > HOLD) return null;
  return ([left, top]) => ({ theta: place.theta.invert(left), psi: place.psi.invert(top) });
}

const knob = (key, name, said, [min, max], role, step = 0.05) => ({
  key,
  name: [[name, "italic"]],
  said,
  role,
  min,
  max,
  step,
});

const KNOBS = [
  knob("theta", "θ", "theta, where G starts", [-END, END], "p_g"),
  knob("psi", "ψ", "psi, where D starts", [-END, END], "D"),
  knob("h", "h", "h, the length of a step", [0.05, 2.5]),
  knob("beta", "β", "beta, the momentum of both players", [-0.9, 0.9]),
  knob("gamma", "γ", "gamma, the strength of the penalty R1", [0, 5]),
];

export const TWO_NUMBERS = {
  label:
    "The plane of theta and psi with the directions of both players and the path of their steps, and the eigenvalues of a step.",
  start: { game: "bilinear", order: "simultaneous", theta: 1, psi: 0, h: 0.2, beta: 0, gamma: 0 },
  choices: [
    {
      key: "game",
      name: "Game",
      options: [
        ["bilinear", [["V = θψ", "italic"]]],
        ["minimax", "Dirac-GAN, minimax"],
        ["non-saturating", "non-saturating"],
      ],
    },
    {
      key: "order",
      name: "Steps",
      options: [
        ["simultaneous", "simultaneous"],
        ["alternating", "alternating"],
      ],
    },
  ],
  knobs: KNOBS,
  free: true,
  height: (width) => (width < 560 ? Math.round(width + 146) : 412),
  measure: measureTwoNumbers,
  draw: drawTwoNumbers,
  sentence: sentenceOf,
  grab: grabStart,
};
