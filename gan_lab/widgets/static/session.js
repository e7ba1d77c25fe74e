// Who answers in the page: a game, asked by messages that a worker can carry.
//
// A request is { id, do, ... } and its reply { id, frame, recipe, iterations, spent, stopped }, with
// `line` where a line of Algorithm 1 was asked for. What cannot be done is { id, error }: a sentence,
// and nothing has changed. No document and no worker is needed here.

import { Rewindable } from "./rewindable.js";
import { see } from "./see.js";
import { Training } from "./training.js";

const LONGEST = 1_000_000; // iterations that a start may play through unseen
const SLICE = 5; // ms in a frame for what is slow to see
const SOON = 400; // ms that it may take after a single move, to be seen at once
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
  let game = null; // the one that is played, and how long it takes to see all of it

  const playing = () => game?.play ?? fail("There is no game yet: ask for a start first.");

  // The frame of now. What is slow to see is seen anew where `fresh`, else a little of it at a time.
  function seen(fresh) {
    const { x, memory, play } = game;
    const begun = now();
    const more = () => now() - begun < SLICE;
    const frame = see(play.training, { x, memory, heavy: fresh, more });
    if (fresh) game.cost = now() - begun;
    return { ...frame, stopped: play.training.stopped };
  }

  function start({ recipe, t = 0 }) {
    if (!Number.isInteger(t) || t < 0 || t > LONGEST)
      fail(`t must be a whole number from 0 to ${LONGEST}, not ${JSON.stringify(t)}.`);
    const play = new Rewindable(makeTraining(recipe));
    const begun = { play, memory: {}, x: null, cost: 0, markedAt: -Infinity };
    if (play.training.dim === 1) begun.x = see(play.training).x; // the axis of the start is kept
    let iterations = 0;
    while (iterations < t && play.iterate()) iterations += 1;
    game = begun;
    return { fresh: true, iterations };
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
    const fresh = game.cost <= SOON;
    if (what === "line") {
      const line = play.line();
      return { iterations: play.training.t - before, line, fresh: fresh && line !== null && line.name.startsWith("move") };
    }
    if (what === "D" || what === "G") play.move(what);
    else if (what === "both") play.iterate();
    else fail(`what must be D, G, both or line, not ${JSON.stringify(what)}.`);
    return { iterations: play.training.t - before, fresh };
  }

  const doing = {
    start,
    train,
    move,
    back({ moves = 1 }) {
      playing().back(moves);
      return { fresh: true };
    },
    rewind({ t = 0 }) {
      playing().rewind(t);
      return { fresh: true };
    },
    change({ changes }) {
      playing().change(changes);
      return { fresh: true };
    },
    see() {
      playing();
      return { fresh: true };
    },
  };

  function answered(request) {
    const { do: what } = request;
    if (!Object.hasOwn(doing, what)) fail(`A session can do ${Object.keys(doing).join(", ")}, and not ${JSON.stringify(what)}.`);
    const before = now();
    const { fresh = false, iterations = 0, ...more } = doing[what](request);
    const spent = now() - before;
    const { training } = game.play;
    return { frame: seen(fresh), recipe: training.recipe, iterations, spent, stopped: training.stopped, ...more };
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
