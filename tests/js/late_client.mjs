// A game in the plane whose slow numbers come late: each of them says of which iteration it is, by its value.
//
// What moves the game is answered in order, as a worker does; measurements whenever the test says so.

import { withMeasured } from "../../gan_lab/front_end/frame/measured.js";
import { planeFrame } from "./plane_frames.mjs";

// Numbers of iteration t: a JSD of t ten-thousandths of a nat, t hundredths of all else.
const numbersOf = (t) => ({
  jsd: t / 1e4,
  jsd_error: 0,
  jsd_perfect: NaN,
  V: -t / 100,
  C: -t / 100,
  quality: t / 100,
  modes_found: 1,
  missing: [1],
  D_star: new Float64Array(144).fill(t / 100),
  D_star_error: t / 100,
  D_star_known: 1 - t / 100,
});
const measuredAt = ({ t, steps }) => ({ at: { t, steps }, numbers: numbersOf(t + steps / 10) });

// Every `every` iterations a playing game is measured without being asked, which takes it LONG frames.
const LONG = 3;
export function lateClient({ every = 7 } = {}) {
  const asked = [];
  const waiting = []; // { request, done }: those that move the game
  const measures = [];
  let game = { t: 0, steps: 0, recipe: null };
  let last = null; // what was measured last
  let next = null; // what is being measured: { measured, frames } so far

  function frame(own) {
    const { t, steps } = game;
    if (next && ++next.frames === LONG) [last, next] = [next.measured, null];
    if (t % every === 0) next ??= { measured: measuredAt(game), frames: 0 };
    if (own) [last, next] = [measuredAt(game), null];
    if (last.at.t > t || (last.at.t === t && last.at.steps > steps)) last = measuredAt(game);
    const turn = steps ? "D" : t ? "G" : "start";
    const { D_star, V, C, ...bare } = planeFrame({ t, steps, turn, recipe: game.recipe });
    return withMeasured({ ...bare, still: { ...game, G: {}, D: {} } }, last);
  }
  const acts = {
    start: ({ recipe }) => ((game = { t: 0, steps: 0, recipe }), { frame: frame(true) }),
    train({ most }) {
      const iterations = Math.min(most, 2);
      game = { ...game, t: game.t + iterations, steps: 0 };
      return { iterations, spent: 1, frame: frame(false) };
    },
    move({ what }) {
      if (what === "D") game = { ...game, steps: game.steps + 1 };
      else game = { ...game, t: game.t + 1, steps: 0 };
      return { frame: frame(false), ...(what === "line" ? { line: { name: "move G", loss: 1 } } : {}) };
    },
    undo: () => (
      (game = game.steps ? { ...game, steps: game.steps - 1 } : { ...game, t: Math.max(0, game.t - 1) }),
      { frame: frame(true) }
    ),
    rewind: ({ t }) => ((game = { ...game, t, steps: 0 }), { frame: frame(true) }),
    change: ({ changes }) => ((game = { ...game, recipe: { ...game.recipe, ...changes } }), { frame: frame(true) }),
  };
  return {
    asked,
    measures,
    ask(request) {
      asked.push(request);
      return new Promise((done) => (request.do === "measure" ? measures : waiting).push({ request, done }));
    },
    // The next one that moves the game is answered.
    answer() {
      const { request, done } = waiting.shift() ?? {};
      done?.({
        iterations: 0,
        spent: 0,
        stopped: null,
        acts: 1,
        ...acts[request.do](request),
        recipe: game.recipe,
        steps: game.steps,
      });
    },
    // Any of those that are to be measured, or it fails.
    measure(i = 0, error = null) {
      const [{ request, done } = {}] = measures.splice(i % Math.max(1, measures.length), 1);
      done?.(error ? { error } : { measured: measuredAt(request.still) });
    },
    idle: () => !waiting.length && !measures.length,
    close() {},
  };
}
