// Who answers in the page: a game, asked by messages that a worker can carry.
//
// A request is { id, do, ... } and its reply { id, frame, recipe, steps, iterations, spent, stopped, game,
// acts, made }, with `line` where a line of Algorithm 1 was asked for. Requests that name the same `act` are one
// act, which an `undo` takes back, be it a new game: `game` is its number, `acts` how many can be taken back, and
// `made` how many moves there have been. An act may carry a `mark`, and to `mark` alone is an act that moves
// nothing: the undo that takes it back says that mark. These move nothing and are no acts: to `measure` what a frame was seen without, from its
// `still`, is answered by { id, measured }; to `tell` the first `count` moves, by { id, told: { recipe, moves } };
// to `save`, or a request with `save`, with all that another session needs to `resume` from, so that one which is
// busy can be ended. What cannot be done is { id, error }: a sentence, and nothing has changed. No document and no
// worker is needed here.

import { FrameBuilder } from "../frame/frame_builder.js";
import { Training } from "../training/loop.js";
import { Rewindable } from "../training/rewindable.js";
import { Acts } from "./acts.js";

const LONGEST = 1_000_000; // iterations that a start may play through unseen
const ACTS = ["start", "train", "move", "change", "mark"];
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
  let game = null; // the one that is played: its number, its moves, and who looks at it
  let games = 0;
  const acts = new Acts();

  const playing = () => game?.play ?? fail("There is no game yet: ask for a start first.");

  const place = () => game && { game, count: game.play.moves.length, drawn: game.play.drawn };

  // A game at its start, or as it was saved, and who looks at it: on the line, along the axis of its start.
  function made(number, recipe, saved = null) {
    const play = new Rewindable(makeTraining(recipe));
    const builder = new FrameBuilder(now);
    if (saved) play.resume(saved);
    if (saved) builder.x = saved.x;
    else if (play.training.dim === 1) builder.see(play.training);
    return { number, play, builder, markedAt: -Infinity };
  }

  function start({ recipe, t = 0 }) {
    if (!Number.isInteger(t) || t < 0 || t > LONGEST)
      fail(`t must be a whole number from 0 to ${LONGEST}, not ${JSON.stringify(t)}.`);
    const begun = made(games + 1, recipe);
    let iterations = 0;
    while (iterations < t && begun.play.iterate()) iterations += 1;
    game = begun;
    games += 1;
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

  // All that is needed to go on in another session.
  function saved() {
    const all = new Set([...acts.list.map((place) => place.game), game]);
    const kept = [...all].filter(Boolean).map(({ number, play, builder }) => ({ number, x: builder.x, ...play.saved() }));
    const places = acts.list.map((place) => ({ ...place, game: place.game.number }));
    return { games, kept, number: game?.number, places, name: acts.name };
  }

  function resume(saved) {
    const again = new Map(saved.kept.map((each) => [each.number, made(each.number, each.recipe, each)]));
    game = again.get(saved.number) ?? null;
    games = saved.games;
    acts.list = saved.places.map((place) => ({ ...place, game: again.get(place.game) }));
    acts.name = saved.name;
  }

  // The last act, whatever it was: it never happened. A line that drew samples is drawn again, to be seen.
  function undo() {
    const before = acts.pop() ?? fail("There is nothing to take back.");
    game = before.game;
    game.play.standAfter(before.count);
    let line = null;
    for (let i = 0; i < before.drawn; i++) line = game.play.line();
    return { line, mark: before.mark };
  }

  const doing = {
    start,
    train,
    move,
    undo,
    rewind({ t = 0 }) {
      playing().rewind(t);
      acts.cut(game, game.play.moves.length);
    },
    change({ changes }) {
      playing().change(changes);
    },
    see() {
      playing();
    },
    mark() {
      playing();
    },
  };

  function measure({ still }) {
    playing();
    if (!still?.G?.flat) fail("To measure asks for the `still` of a frame that was seen without.");
    const walk = game.builder.measuring(still);
    for (;;) {
      const { value, done } = walk.next();
      if (done) return { measured: value };
    }
  }

  const asides = {
    measure,
    tell: ({ count }) => ({ told: playing().told(count) }),
    save: () => ({ saved: saved() }),
    resume(request) {
      resume(request.saved);
      return {};
    },
  };
  function answered(request) {
    const { do: what } = request;
    if (Object.hasOwn(asides, what)) return asides[what](request);
    if (!Object.hasOwn(doing, what)) fail(`A session can do ${[...Object.keys(doing), ...Object.keys(asides)].join(", ")}, and not ${JSON.stringify(what)}.`);
    const [before, from] = [now(), place()];
    const { iterations = 0, ...more } = doing[what](request) ?? {};
    if (ACTS.includes(what)) acts.add(request.act, from && { ...from, mark: request.mark ?? null });
    const spent = now() - before;
    const { number, play, builder } = game;
    const { stopped, recipe, steps } = play.training;
    const frame = builder.see(play.training, what, more.line);
    const kept = request.save ? { saved: saved() } : {};
    const made = play.moves.length;
    return { frame, recipe, steps, iterations, spent, stopped, game: number, acts: acts.length, made, ...more, ...kept };
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
