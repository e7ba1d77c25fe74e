// Two games under one clock: every picture of one has its picture of the other, at the same iteration.
//
// To the transport it is one source, by the contract of recording_source.js; each figure listens to its own game.

import { Ticker } from "./ticker.js";

const MOST_ITERATIONS = 500; // iterations between two pictures, however fast
const PER_SECOND = 60; // pictures, at speed 1
const SPENT = 30; // milliseconds that the slower of the two may train between two pictures
const NO_BUDGET = 1e6; // milliseconds: both play all that they are asked for

export const pairedSource = (first, second, clock) => new PairedSource(first, second, clock);

class PairedSource {
  constructor(first, second, clock) {
    this.both = [first, second];
    this.listeners = new Set();
    this.news = [null, null];
    this.busy = false;
    this.eager = false; // whether both were to play while one was being set up
    /** @type {any} "fast" or iterations */
    this.iterations = "fast";
    this.fast = 1; // iterations for a picture of two games at their fastest
    const tick = () => void (!this.busy && this.ticker.take() && this.trainBoth());
    this.ticker = new Ticker(tick, { clock, perSecond: PER_SECOND, most: 1 });
    this.ends = this.both.map((source, i) =>
      source.listen((heard) => {
        this.news[i] = heard;
        this.tell();
        if (this.eager && !this.underWay()) this.play();
      }),
    );
  }

  listen(hear) {
    this.listeners.add(hear);
    if (this.heardOfBoth()) hear(this.moment());
    return () => this.listeners.delete(hear);
  }

  heardOfBoth() {
    return !this.news.includes(null);
  }

  // Whether one of the two is being set up.
  underWay() {
    return this.news.some(({ way }) => way);
  }

  moment() {
    const [a, b] = this.news;
    const stopped = a.stopped && b.stopped ? a.stopped : null;
    const length = Math.max(a.length, b.length);
    const [playing, way] = [this.ticker.going, a.way ?? b.way];
    const [settled, measuring] = [!playing && a.settled && b.settled, a.measuring || b.measuring];
    const heavy = a.heavy || b.heavy;
    const [pace, speed] = [this.iterations, this.ticker.factor];
    return { ...a, heavy, length, stopped, way, pace, speed, playing, settled, measuring };
  }

  tell() {
    if (!this.heardOfBoth()) return;
    const all = this.moment();
    for (const hear of [...this.listeners]) hear(all);
  }

  async trainBoth() {
    this.busy = true;
    const asked = this.iterations === "fast" ? this.fast : this.iterations;
    const replies = await Promise.all(this.both.map((source) => source.train(asked, NO_BUDGET)));
    this.busy = false;
    if (replies.includes(null) || replies.every(({ stopped }) => stopped)) this.halt();
    else this.fast = iterationsFor(asked, this.fast, Math.max(1, ...replies.map(({ spent }) => spent)));
    this.tell();
  }

  halt() {
    this.eager = false;
    this.ticker.stop();
    for (const source of this.both) source.drive(false);
  }

  stopAndAsk(act) {
    this.ticker.stop();
    const done = Promise.all(this.both.map(act));
    this.halt();
    this.tell();
    return done;
  }

  play() {
    this.eager = this.underWay();
    if (this.ticker.going || this.eager || this.news.every(({ stopped }) => stopped)) return;
    for (const source of this.both) source.seek(Infinity);
    this.changed();
    for (const source of this.both) source.drive(true);
    this.ticker.start(1);
    this.tell();
  }

  pause() {
    this.eager = false;
    if (!this.ticker.going) return;
    this.stop();
    this.tell();
  }

  stop() {
    this.halt();
    for (const source of this.both) source.stop();
  }

  step(by) {
    return this.stopAndAsk((source) => source.step(by));
  }

  rewind() {
    return this.stopAndAsk((source) => source.rewind());
  }

  seek(i) {
    for (const source of this.both) source.seek(i);
  }

  speed(next) {
    this.ticker.speed(next);
    this.tell();
  }

  pace(next) {
    this.iterations = next;
    this.tell();
  }

  // Few iterations for a picture again: the rules have changed.
  changed() {
    this.fast = 1;
  }

  move(what) {
    return this.stopAndAsk((source) => source.move(what));
  }

  // The mark is of the first, which has all acts.
  async undo() {
    const [mark] = await this.stopAndAsk((source) => source.undo());
    return mark;
  }

  goOn() {
    return this.stopAndAsk((source) => source.goOn());
  }

  end() {
    this.halt();
    for (const stop of this.ends) stop();
    this.listeners.clear();
  }
}

// For the next picture, after `asked` iterations took `spent` ms: as many as fit into SPENT, but no less than
// half and no more than twice what it was of.
function iterationsFor(asked, fast, spent) {
  return Math.min(MOST_ITERATIONS, Math.max(1, Math.round((asked * SPENT) / spent), Math.floor(fast / 2)), 2 * fast);
}
