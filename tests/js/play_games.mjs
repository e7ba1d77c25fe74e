// Plays games for tests/widgets/test_trainer.py: node play_games.mjs jobs.json, results as JSON.
//
// A job is { recipe, moves }; a move is ["play", n], ["D"], ["G"], ["change", {...}], ["snapshot"],
// ["restore"], ["lines", n], ["generate", z], ["logit", x], ["slope", x] or ["look"].

import { readFileSync } from "node:fs";

import { Training } from "../../gan_lab/front_end/training/loop.js";

const list = (values) => Array.from(values, (v) => (Number.isFinite(v) ? v : String(v)));
const plain = (v) => (ArrayBuffer.isView(v) ? list(v) : typeof v === "number" && !Number.isFinite(v) ? String(v) : v);
const table = (parts) => Object.fromEntries(Object.entries(parts).map(([name, v]) => [name, plain(v)]));

const look = ({ G, D, t, steps, turn, loss_D, loss_G, gradientNormG, stopped, average }) =>
  table({
    t,
    steps,
    turn,
    loss_D,
    loss_G,
    gradientNormG,
    stopped,
    average,
    G: G.flat,
    D: D.flat,
    gradient_G: G.gradient,
    gradient_D: D.gradient,
  });

const MOVES = {
  play: (game, n) => game.play(n),
  D: (game) => game.updateDiscriminator(),
  G: (game) => game.updateGenerator(),
  change: (game, changes) => game.change(changes),
  snapshot(game) {
    game.kept = game.snapshot();
  },
  restore: (game) => game.restore(game.kept),
  lines: (game, n) => [...game.lines(n)].map(table),
  generate: (game, z, averaged) => list(game.generate(Float64Array.from(z), averaged)),
  logit: (game, x) => list(game.logit(Float64Array.from(x))),
  slope: (game, x) => table(game.logitWithSlope(Float64Array.from(x))),
  look,
};

function played({ recipe, moves }) {
  const game = new Training(recipe);
  const found = moves.map(([name, ...words]) => {
    try {
      return MOVES[name](game, ...words) ?? null;
    } catch (error) {
      return { error: error.message };
    }
  });
  return { ...look(game), found };
}

console.log(JSON.stringify(JSON.parse(readFileSync(process.argv[2])).map(played)));
