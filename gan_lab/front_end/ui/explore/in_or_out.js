// Four games of two numbers to predict. What they do is hidden until the reader has said it, and then it is run.

import { formatNumber } from "../../numeric/format.js";
import { pathOf, radius } from "../../numeric/two_numbers.js";
import { distance } from "./two_numbers.js";
import { cross, drawField, layoutOf, path } from "./two_numbers_picture.js";

// What is asked, how it is played, and what is learned.
// biome-ignore format: a game each
export const QUESTIONS = {
  1: {
    asks: "V = θψ, simultaneous steps of the length 0.05, from (1, 0)",
    game: "bilinear", theta: 1, psi: 0, n: 600, how: { h: 0.05, alternating: false },
    truth: "out", because: "every such step multiplies the distance by √(1 + h²)",
  },
  2: {
    asks: "V = θψ, alternating steps of the length 0.2 with the momentum −0.5, from (1, 0)",
    game: "bilinear", theta: 1, psi: 0, n: 1000, how: { h: 0.2, beta: -0.5, alternating: true },
    truth: "in", because: "a negative momentum turns the orbit inwards",
  },
  3: {
    asks: "the non-saturating Dirac-GAN, alternating steps of the length 0.2, from (1, 1); its eigenvalues have the modulus 1",
    game: "non-saturating", theta: 1, psi: 1, n: 3000, how: { h: 0.2, alternating: true },
    truth: "in", because: "where the eigenvalues are silent, terms of higher order decide, and they pull in slowly",
  },
  4: {
    asks: "the minimax Dirac-GAN with R1, γ = 1, simultaneous steps of the length 1.9, from (1, 1); its eigenvalues lead in",
    game: "minimax", theta: 1, psi: 1, n: 300, how: { h: 1.9, gamma: 1, alternating: false },
    truth: "out", because: "eigenvalues speak of starts near the centre, and this one is not near enough",
  },
};

const NAMES = { in: "comes in", around: "goes around", out: "leaves" };
const answerTo = (question) => `answer${question}`;

export function measureInOrOut(state) {
  const asked = QUESTIONS[state.question];
  const answer = state[answerTo(state.question)];
  const points = pathOf(asked.game, [asked.theta, asked.psi], asked.n, asked.how);
  const modulus = radius(asked.game, asked.how);
  return { ...asked, answer, modulus, points: answer === "hidden" ? [] : points, end: points[points.length - 1] };
}

function sentenceOf(state, { asks, answer, truth, because, modulus, points, end, n }) {
  if (answer === "hidden") return `Game ${state.question}: ${asks}. What will it do? Say it first, then it is run.`;
  const verdict = answer === truth ? "As you said" : `You said that it ${NAMES[answer]}`;
  const last =
    points.length <= n
      ? `it has left after ${points.length - 1} steps`
      : `after ${n} steps its distance is ${distance(end)}`;
  return `${verdict}: it ${NAMES[truth]}, and ${last}. The largest modulus is ${formatNumber(modulus, 4)}, and ${because}.`;
}

function draw(context, state, numbers, size, theme) {
  const place = layoutOf(size);
  const shown = { ...numbers, gamma: numbers.how.gamma ?? 0 };
  drawField(context, shown, place, theme, () => {
    path(context, numbers, place, theme);
    cross(context, place, theme);
  });
}

const given = (state, question) => state[answerTo(question)] !== "hidden";

export const IN_OR_OUT = {
  label: "Four games of two numbers to predict: the field and the start, and once you have answered the path.",
  start: { question: "1", ...Object.fromEntries(Object.keys(QUESTIONS).map((q) => [answerTo(q), "hidden"])) },
  choices: [
    { key: "question", name: "Game", options: Object.keys(QUESTIONS).map((q) => [q, q]) },
    ...Object.keys(QUESTIONS).map((q) => ({
      key: answerTo(q),
      name: "It",
      options: [["hidden", "not said yet"], ...Object.entries(NAMES)],
      when: (state) => state.question === q,
      locked: (state) => given(state, q),
    })),
  ],
  knobs: [],
  height: (width) => (width < 560 ? Math.round(width + 26) : 392),
  measure: measureInOrOut,
  draw,
  sentence: sentenceOf,
};
