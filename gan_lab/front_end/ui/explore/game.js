// The game with a G of three numbers and a D of two, which the reader sets: both terms of V, exactly and on a
// minibatch, and the cross-entropy of D.

import { formatNumber } from "../../numeric/format.js";
import { exactTerms, minibatchOf, sampledTerms } from "../../numeric/value_terms.js";
import { drawGame, gameLayout } from "./game_picture.js";

export function measureGame(state) {
  const minibatch = minibatchOf(Number(state.m), state.seed);
  const exact = exactTerms(state);
  const spread = Math.sqrt(exact.variance / Number(state.m));
  return { minibatch, exact, sampled: sampledTerms(state, minibatch), spread };
}

function gameSentence({ m }, { exact, sampled, spread }) {
  const [value, entropy] = [formatNumber(exact.V, 3), formatNumber(-exact.V / 2, 3)];
  const off = formatNumber(Math.abs(sampled.V - exact.V), 3);
  return `V(G,D) = ${value} nats: −2 times ${entropy}, the cross-entropy of D. ${m} data and ${m} samples say ${formatNumber(sampled.V, 3)}, off by ${off}; the usual is ${formatNumber(spread, 3)}.`;
}

// A hand takes D at its ½, else p_G, which it moves sideways.
function grabGame([x, y], state, size) {
  const place = gameLayout(size);
  if (y < place.top - 8 || y > place.base + 8) return null;
  if (Math.hypot(x - place.x(state.c), y - place.D(0.5)) < 26)
    return ([now]) => ({ c: state.c + place.x.invert(now) - place.x.invert(x) });
  return ([now]) => ({ mu: state.mu + place.x.invert(now) - place.x.invert(x) });
}

const knob = (key, letter, owner, said, [min, max, step]) => ({
  key,
  name: [
    [letter, "italic"],
    [" of ", "roman"],
    [owner, "italic"],
  ],
  said,
  role: owner === "G" ? "p_g" : "D",
  min,
  max,
  step,
});

export const GAME = {
  label: "The two terms of the value of the game; under them data, samples and D on the line, and what G does to z.",
  start: { m: "16", mu: 1.5, sigma: 0.8, beta: 0.1, alpha: -1, c: 0.5, seed: 0 },
  choices: [
    {
      key: "m",
      name: "Minibatch",
      options: ["16", "256", "4096"].map((m) => [
        m,
        [
          ["m", "italic"],
          [` = ${m}`, "roman"],
        ],
      ]),
    },
  ],
  knobs: [
    knob("mu", "μ", "G", "μ, where G puts z = 0: G(z) = μ + σz + βz²", [-4, 4, 0.1]),
    knob("sigma", "σ", "G", "σ, how far G stretches z", [0.1, 2, 0.05]),
    knob("beta", "β", "G", "β, how far G bends z", [-1, 1, 0.05]),
    knob("alpha", "α", "D", "α, how steep the logit of D is: α(x − c)", [-4, 4, 0.1]),
    knob("c", "c", "D", "c, where D says ½", [-4, 4, 0.1]),
    {
      key: "seed",
      name: "draw",
      said: "Which minibatch is drawn",
      role: "p_data",
      min: 0,
      max: 20,
      step: 1,
      decimals: 0,
    },
  ],
  height: () => 480,
  measure: measureGame,
  draw: drawGame,
  sentence: gameSentence,
  grab: grabGame,
};
