// One game of a session: its number, its moves, and who looks at it.

import { FrameBuilder } from "../frame/frame_builder.js";
import { fail } from "../numeric/validation.js";
import { Rewindable } from "../training/rewindable.js";

const CHECKPOINT_EVERY = 100; // ms of training that one move back may play again

const numberOr = (value, fallback, name, low) => {
  if (value === undefined || value === null) return fallback;
  if (typeof value !== "number" || !(value >= low))
    fail(`${name} must be a number, ${low} or more, not ${JSON.stringify(value)}.`);
  return value;
};

export class SessionGame {
  // At its start, or as it was saved; what is seen of it, on the line, is along the axis of its start.
  constructor(number, training, now, saved = null) {
    this.number = number;
    this.play = new Rewindable(training);
    this.builder = new FrameBuilder(now);
    this.now = now;
    this.checkpointAt = -Infinity;
    if (saved) this.resume(saved);
    else if (this.play.training.dim === 1) this.builder.see(this.play.training);
  }

  resume(saved) {
    this.play.resume(saved);
    this.builder.x = saved.x;
  }

  saved() {
    return { number: this.number, x: this.builder.x, ...this.play.saved() };
  }

  get made() {
    return this.play.moves.length;
  }

  // Up to `count` iterations; how many there were before the game ended.
  iterate(count) {
    let iterations = 0;
    while (iterations < count && this.play.iterate()) iterations += 1;
    return iterations;
  }

  // Iterations for `budget` ms, at least one and at most `most`.
  train({ budget, most }) {
    const [time, count] = [numberOr(budget, 0, "budget", 0), numberOr(most, Infinity, "most", 1)];
    const begun = this.now();
    let iterations = 0;
    do {
      if (!this.play.iterate()) break;
      iterations += 1;
    } while (iterations < count && this.now() - begun < time);
    this.checkpoint();
    return { iterations };
  }

  checkpoint() {
    if (this.now() - this.checkpointAt < CHECKPOINT_EVERY) return;
    this.play.checkpoint();
    this.checkpointAt = this.now();
  }

  move({ what }) {
    const { play } = this;
    const before = play.training.t;
    const more = what === "line" ? { line: play.line() } : {};
    if (what === "D" || what === "G") play.move(what);
    else if (what === "both") play.iterate();
    else if (what !== "line") fail(`what must be D, G, both or line, not ${JSON.stringify(what)}.`);
    return { iterations: play.training.t - before, ...more };
  }

  // Back to where it stood after its first `count` moves; lines that drew samples are drawn again, to be seen.
  standAfter({ count, drawn }) {
    this.play.standAfter(count);
    let line = null;
    for (let i = 0; i < drawn; i++) line = this.play.line();
    return line;
  }

  measure({ still }) {
    if (!still?.G?.flat) fail("To measure asks for the `still` of a frame that was seen without.");
    const walk = this.builder.measuring(still);
    for (;;) {
      const { value, done } = walk.next();
      if (done) return { measured: value };
    }
  }

  see(what, line) {
    return this.builder.see(this.play.training, what, line);
  }
}
