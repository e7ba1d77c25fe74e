// A game that can take its moves back: snapshots here and there, and replay in between, bit for bit.
//
// A move is a step of D, a step of G or a change of the rules. As gan_lab/training/rewind.py.

import { wholeBetween } from "../numeric/validation.js";
import { movesInWords } from "./moves_in_words.js";

const KEEP = 64; // snapshots, equally far apart: when there are more, every second one goes
const RECENT = 8; // further ones of the latest moments that were asked for

export class Rewindable {
  constructor(training) {
    this.training = training;
    this.moves = [];
    this.every = 1;
    this.snapshots = new Map([[0, training.snapshot()]]);
    this.recent = new Map();
    this.walk = null; // Algorithm 1, stopped between two of its lines
    this.drawn = 0; // lines of it since the last move: they drew samples
  }

  // What is needed to go on elsewhere, bit for bit: far less than all of its snapshots.
  saved() {
    const { training, moves, snapshots } = this;
    return { recipe: snapshots.get(0).recipe, moves: [...moves], now: training.snapshot() };
  }

  // Goes on as what was saved; `training` is at the start of the same game.
  resume({ moves, now }) {
    this.moves = [...moves];
    this.training.restore(now);
    this.recent.set(moves.length, now);
  }

  // One step of D or of G: whether it was made.
  move(player) {
    const { training } = this;
    this.breakOff();
    if (training.stopped) return false;
    if (player === "D") training.updateDiscriminator();
    else training.updateGenerator();
    this.remember(player);
    return true;
  }

  // What is left of an iteration, or a whole one: whether it was completed.
  iterate() {
    const { training } = this;
    while (training.dueD && this.move("D"));
    return training.stopped === null && this.move("G") && training.stopped === null;
  }

  // The next line of Algorithm 1, null where the game has stopped.
  line() {
    const { training } = this;
    for (let tries = 0; tries < 2; tries++) {
      this.walk ??= training.stopped ? [].values() : training.lines(1);
      const { value, done } = this.walk.next();
      if (!done) {
        if (value.name.startsWith("move")) this.remember(value.name.slice(-1));
        else this.drawn += 1;
        return value;
      }
      this.breakOff(); // the iteration is over, and the next one begins
    }
    return null;
  }

  // Other rules from now on. Throws, and changes nothing, where the game does.
  change(changes) {
    this.training.change(changes);
    this.breakOff();
    this.remember(changes);
  }

  // The next line is looked for afresh.
  breakOff() {
    this.walk = null;
    this.drawn = 0;
  }

  remember(move) {
    this.moves.push(move);
    this.drawn = 0;
    const count = this.moves.length;
    if (count % this.every === 0) this.snapshots.set(count, this.training.snapshot());
    if (this.snapshots.size <= KEEP) return;
    this.every *= 2;
    for (const at of [...this.snapshots.keys()]) if (at % this.every) this.snapshots.delete(at);
  }

  // Makes the way back to this moment short.
  checkpoint() {
    const count = this.moves.length;
    this.recent.delete(count);
    this.recent.set(count, this.training.snapshot());
    if (this.recent.size > RECENT) this.recent.delete(this.recent.keys().next().value);
  }

  // Back to the moment when t iterations had been completed.
  rewind(t = 0) {
    wholeBetween(0, this.training.t, t, "t");
    let [count, done] = [0, 0];
    while (done < t) if (this.moves[count++] === "G") done += 1;
    this.standAfter(count);
  }

  // The first `count` moves in few words, after the recipe of the start.
  told(count = this.moves.length) {
    wholeBetween(0, this.moves.length, count, "count");
    const { recipe } = this.snapshots.get(0);
    return { recipe, moves: movesInWords(this.moves.slice(0, count), recipe) };
  }

  // As it was after the first `count` moves; those after them are forgotten.
  standAfter(count) {
    const { training, moves } = this;
    const kept = new Map([...this.snapshots, ...this.recent].filter(([at]) => at <= count));
    const start = Math.max(...kept.keys());
    training.restore(kept.get(start));
    for (const move of moves.slice(start, count)) {
      if (move === "D") training.updateDiscriminator();
      else if (move === "G") training.updateGenerator();
      else training.change(move);
    }
    moves.length = count;
    this.breakOff();
    for (const store of [this.snapshots, this.recent])
      for (const at of [...store.keys()]) if (at > count) store.delete(at);
  }
}
