// The frames of one game, one after another, by whoever sees it: what is quick to see is always of now,
// and what is slow (in the plane, all that needs the mesh) is worked out a little at a time while it plays.

import { frameOf } from "./frame_of.js";
import { isBefore } from "./measured.js";
import { minibatchAfter } from "./minibatch.js";
import { measuringLater } from "./plane/frame.js";

const SLICE = 5; // milliseconds in a frame for what is slow to see
const SOON = 400; // milliseconds that it may take after a single move, to be seen at once

export class FrameBuilder {
  constructor(now = () => performance.now()) {
    this.now = now;
    this.memory = {};
    this.x = null; // the axis of the first frame on the line is kept
    this.cost = 0; // milliseconds that it took to see everything
    this.minibatch = null; // of the line of Algorithm 1 that was done last, if nothing else has been since
  }

  // Whether all is seen anew after what was `done`, and the line of Algorithm 1 that this was.
  anew(done, line) {
    if (done === "train") return false;
    if (done !== "move") return true;
    return this.cost <= SOON && (line === undefined || !!line?.name.startsWith("move"));
  }

  // The frame of a game as it is now.
  see(game, done = "see", line = undefined) {
    const begun = this.now();
    const heavy = this.anew(done, line);
    const more = () => this.now() - begun < SLICE;
    const frame = frameOf(game, { x: this.x, memory: this.memory, heavy, more });
    if (heavy) this.cost = this.now() - begun;
    this.x ??= frame.x ?? null;
    this.minibatch = this.minibatchOf(line, game, frame);
    return { ...frame, stopped: game.stopped ?? null, ...(this.minibatch && { minibatch: this.minibatch }) };
  }

  // With the curves of the moment at which it was drawn, so that what its move does to them can be seen.
  minibatchOf(line, game, { D, outline, score_range }) {
    const found = minibatchAfter(line, game, this.minibatch);
    return (
      found && {
        ...found,
        drawn_at: found.line.startsWith("move") ? this.minibatch.drawn_at : { D, outline, score_range },
      }
    );
  }

  // What an earlier frame had to be seen without, in steps of a few milliseconds. What is seen after this
  // does not fall behind it.
  *measuring(still) {
    const measured = yield* measuringLater(still);
    const { memory } = this;
    if (memory.measured && isBefore(memory.measured.at, measured.at)) Object.assign(memory, { measured, walk: null });
    return measured;
  }
}
