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

import { fail, wholeBetween } from "../numeric/validation.js";
import { Training } from "../training/loop.js";
import { Acts } from "./acts.js";
import { SessionGame } from "./session_game.js";

const MOST_ITERATIONS = 1_000_000; // iterations that a start may play through unseen
const ACTS = ["start", "train", "move", "change", "mark"];
const DOING = [...ACTS, "undo", "rewind", "see"];
const ASIDES = ["measure", "tell", "save", "resume"]; // these move nothing, and no frame comes of them

export function session(makeTraining = (recipe) => new Training(recipe), { now = () => performance.now() } = {}) {
  const one = new Session(makeTraining, now);
  return { answer: (request) => one.answer(request) };
}

class Session {
  constructor(makeTraining, now) {
    this.makeTraining = makeTraining;
    this.now = now;
    /** @type {SessionGame | null} the one that is played */
    this.game = null;
    this.games = 0; // so far
    this.acts = new Acts();
  }

  answer(request) {
    try {
      return { id: request.id, ...this.obey(request) };
    } catch (error) {
      return { id: request?.id, error: error.message };
    }
  }

  obey(request) {
    const { do: what } = request;
    if (ASIDES.includes(what)) return this[what](request);
    if (!DOING.includes(what))
      fail(`A session can do ${[...DOING, ...ASIDES].join(", ")}, and not ${JSON.stringify(what)}.`);
    const [before, from] = [this.now(), this.here()];
    const { iterations = 0, ...more } = this[what](request) ?? {};
    if (ACTS.includes(what)) this.acts.add(request.act, from && { ...from, mark: request.mark ?? null });
    const spent = this.now() - before;
    return { ...this.shown(what, more.line), iterations, spent, ...more, ...(request.save ? this.save() : {}) };
  }

  shown(what, line) {
    const { game, acts } = this;
    const { stopped, recipe, steps } = game.play.training;
    return {
      frame: game.see(what, line),
      recipe,
      steps,
      stopped,
      game: game.number,
      acts: acts.length,
      made: game.made,
    };
  }

  playing() {
    return this.game ?? fail("There is no game yet: ask for a start first.");
  }

  here() {
    const { game } = this;
    return game && { game, count: game.made, drawn: game.play.drawn };
  }

  newGame(number, recipe, saved = null) {
    return new SessionGame(number, this.makeTraining(recipe), this.now, saved);
  }

  start({ recipe, t = 0 }) {
    wholeBetween(0, MOST_ITERATIONS, t, "t");
    const begun = this.newGame(this.games + 1, recipe);
    const iterations = begun.iterate(t);
    this.game = begun;
    this.games += 1;
    return { iterations };
  }

  train(request) {
    return this.playing().train(request);
  }

  move(request) {
    return this.playing().move(request);
  }

  change({ changes }) {
    this.playing().play.change(changes);
  }

  rewind({ t = 0 }) {
    const game = this.playing();
    game.play.rewind(t);
    this.acts.cut(game, game.made);
  }

  // The last act, whatever it was: it never happened.
  undo() {
    const before = this.acts.pop() ?? fail("There is nothing to take back.");
    this.game = before.game;
    return { line: before.game.standAfter(before), mark: before.mark };
  }

  see() {
    this.playing();
  }

  mark() {
    this.playing();
  }

  measure(request) {
    return this.playing().measure(request);
  }

  tell({ count }) {
    return { told: this.playing().play.told(count) };
  }

  // All that is needed to go on in another session.
  save() {
    const { games, game, acts } = this;
    const all = new Set([...acts.list.map((place) => place.game), game]);
    const kept = [...all].filter(Boolean).map((each) => each.saved());
    const places = acts.list.map((place) => ({ ...place, game: place.game.number }));
    return { saved: { games, kept, number: game?.number, places, name: acts.name } };
  }

  resume({ saved }) {
    const again = new Map(saved.kept.map((each) => [each.number, this.newGame(each.number, each.recipe, each)]));
    this.game = again.get(saved.number) ?? null;
    this.games = saved.games;
    this.acts.list = saved.places.map((place) => ({ ...place, game: again.get(place.game) }));
    this.acts.name = saved.name;
    return {};
  }
}
