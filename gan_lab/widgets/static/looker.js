// The frames of one game, one after another, by whoever sees it: what is quick to see is always of now,
// and what is slow (in the plane, all that needs the mesh) is worked out a little at a time while it plays.

import { isBefore } from "./measured.js";
import { see } from "./see.js";
import { measuringLater } from "./see_plane.js";

const SLICE = 5; // milliseconds in a frame for what is slow to see
const SOON = 400; // milliseconds that it may take after a single move, to be seen at once

export class Looker {
  constructor(now = () => performance.now()) {
    this.now = now;
    this.memory = {};
    this.x = null; // the axis of the first frame on the line is kept
    this.cost = 0; // milliseconds that it took to see everything
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
    const frame = see(game, { x: this.x, memory: this.memory, heavy, more });
    if (heavy) this.cost = this.now() - begun;
    this.x ??= frame.x ?? null;
    return { ...frame, stopped: game.stopped ?? null };
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
