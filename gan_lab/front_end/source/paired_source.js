// Two games under one clock: every picture of one has its picture of the other, at the same iteration.
//
// To the transport it is one source, by the contract of recording_source.js; each board listens to its own game.

import { Ticker } from "./ticker.js";

const MOST = 500; // iterations between two pictures, however fast
const PER_SECOND = 60; // pictures, at speed 1
const SPENT = 30; // milliseconds that the slower of the two may train between two pictures

export function pairedSource(first, second, clock) {
  const both = [first, second];
  const listeners = new Set();
  const news = [null, null];
  let busy = false;
  /** @type {any} "fast" or iterations */
  let pace = "fast";
  let n = 1;

  const moment = () => {
    const [a, b] = news;
    const stopped = a.stopped && b.stopped ? a.stopped : null;
    const length = Math.max(a.length, b.length);
    const [playing, way] = [ticker.going, a.way ?? b.way];
    const [settled, measuring] = [!playing && a.settled && b.settled, a.measuring || b.measuring];
    const heavy = a.heavy || b.heavy;
    return { ...a, heavy, length, stopped, way, pace, speed: ticker.factor, playing, settled, measuring };
  };
  const tell = () => {
    if (news.includes(null)) return;
    const all = moment();
    for (const hear of [...listeners]) hear(all);
  };
  const tick = () => {
    if (!busy && ticker.take()) once();
  };
  const ticker = new Ticker(tick, { clock, perSecond: PER_SECOND, most: 1 });
  const ends = both.map((source, i) =>
    source.listen((heard) => {
      news[i] = heard;
      tell();
    }),
  );
  const halt = () => {
    ticker.stop();
    for (const source of both) source.drive(false);
  };
  const each = (act) => {
    ticker.stop();
    const done = Promise.all(both.map(act));
    halt();
    tell();
    return done;
  };

  async function once() {
    busy = true;
    const asked = pace === "fast" ? n : pace;
    const replies = await Promise.all(both.map((source) => source.train(asked, 1e6)));
    busy = false;
    if (replies.includes(null) || replies.every(({ stopped }) => stopped)) halt();
    else {
      const spent = Math.max(1, ...replies.map((reply) => reply.spent));
      n = Math.min(MOST, Math.max(1, Math.round((asked * SPENT) / spent), Math.floor(n / 2)), 2 * n);
    }
    tell();
  }

  return {
    listen(hear) {
      listeners.add(hear);
      if (!news.includes(null)) hear(moment());
      return () => listeners.delete(hear);
    },
    play() {
      if (ticker.going || news.some(({ way }) => way) || news.every(({ stopped }) => stopped)) return;
      for (const source of both) source.seek(Infinity);
      n = 1;
      for (const source of both) source.drive(true);
      ticker.start(1);
      tell();
    },
    pause() {
      if (!ticker.going) return;
      halt();
      for (const source of both) source.stop();
      tell();
    },
    stop() {
      halt();
      for (const source of both) source.stop();
    },
    step: (by) => each((source) => source.step(by)),
    rewind: () => each((source) => source.rewind()),
    seek(i) {
      for (const source of both) source.seek(i);
    },
    speed(next) {
      ticker.speed(next);
      tell();
    },
    pace(next) {
      pace = next;
      tell();
    },
    // Few iterations for a picture again: the rules have changed.
    changed() {
      n = 1;
    },
    move: (what) => each((source) => source.move(what)),
    undo: () => each((source) => source.undo()).then(([mark]) => mark), // of the first, which has all acts
    goOn: () => each((source) => source.goOn()),
    end() {
      halt();
      for (const stop of ends) stop();
      listeners.clear();
    },
  };
}
