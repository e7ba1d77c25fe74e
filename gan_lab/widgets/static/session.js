// Who answers in the page: a game, asked by messages that a worker can carry.
//
// A request is { id, do, ... } and its reply { id, frame, recipe, iterations, spent, stopped }, with
// `line` where a line of Algorithm 1 was asked for. To `measure` what a frame was seen without, from its
// `still`, moves nothing and is answered by { id, measured }. What cannot be done is { id, error }: a sentence,
// and nothing has changed. No document and no worker is needed here.

import { Looker } from "./looker.js";
import { Rewindable } from "./rewindable.js";
import { Training } from "./training.js";

const LONGEST = 1_000_000; // iterations that a start may play through unseen
const MARK = 100; // ms of training that one move back may play again

const fail = (sentence) => {
  throw new Error(sentence);
};

const numberOr = (value, fallback, name, low) => {
  if (value === undefined || value === null) return fallback;
  if (typeof value !== "number" || !(value >= low))
    fail(`${name} must be a number, ${low} or more, not ${JSON.stringify(value)}.`);
  return value;
};

export function session(makeTraining = (recipe) => new Training(recipe), { now = () => performance.now() } = {}) {
  let game = null; // the one that is played, and who looks at it

  const playing = () => game?.play ?? fail("There is no game yet: ask for a start first.");

  function start({ recipe, t = 0 }) {
    if (!Number.isInteger(t) || t < 0 || t > LONGEST)
      fail(`t must be a whole number from 0 to ${LONGEST}, not ${JSON.stringify(t)}.`);
    const play = new Rewindable(makeTraining(recipe));
    const begun = { play, looker: new Looker(now), markedAt: -Infinity };
    if (play.training.dim === 1) begun.looker.see(play.training); // the axis of the start is kept
    let iterations = 0;
    while (iterations < t && play.iterate()) iterations += 1;
    game = begun;
    return { iterations };
  }

  function train({ budget, most }) {
    const [time, count] = [numberOr(budget, 0, "budget", 0), numberOr(most, Infinity, "most", 1)];
    const play = playing();
    const begun = now();
    let iterations = 0;
    do {
      if (!play.iterate()) break;
      iterations += 1;
    } while (iterations < count && now() - begun < time);
    if (now() - game.markedAt >= MARK) {
      play.mark();
      game.markedAt = now();
    }
    return { iterations };
  }

  function move({ what }) {
    const play = playing();
    const before = play.training.t;
    if (what === "line") {
      const line = play.line();
      return { iterations: play.training.t - before, line };
    }
    if (what === "D" || what === "G") play.move(what);
    else if (what === "both") play.iterate();
    else fail(`what must be D, G, both or line, not ${JSON.stringify(what)}.`);
    return { iterations: play.training.t - before };
  }

  const doing = {
    start,
    train,
    move,
    back({ moves = 1 }) {
      playing().back(moves);
    },
    rewind({ t = 0 }) {
      playing().rewind(t);
    },
    change({ changes }) {
      playing().change(changes);
    },
    see() {
      playing();
    },
  };

  function measure({ still }) {
    playing();
    if (!still?.G?.flat) fail("To measure asks for the `still` of a frame that was seen without.");
    const walk = game.looker.measuring(still);
    for (;;) {
      const { value, done } = walk.next();
      if (done) return { measured: value };
    }
  }

  function answered(request) {
    const { do: what } = request;
    if (what === "measure") return measure(request);
    if (!Object.hasOwn(doing, what)) fail(`A session can do ${[...Object.keys(doing), "measure"].join(", ")}, and not ${JSON.stringify(what)}.`);
    const before = now();
    const { iterations = 0, ...more } = doing[what](request) ?? {};
    const spent = now() - before;
    const { training } = game.play;
    const { stopped, recipe } = training;
    const frame = game.looker.see(training, what, more.line);
    return { frame, recipe, iterations, spent, stopped, ...more };
  }

  return {
    answer(request) {
      try {
        return { id: request.id, ...answered(request) };
      } catch (error) {
        return { id: request?.id, error: error.message };
      }
    },
  };
}
