// Where frames come from. The stage knows only this contract, the same for every source:
//
//   listen(hear) -> stop   hear(moment) now and after every change
//   play()                 move by itself; from the last frame, start again; at the end, pause
//   pause()                stand still
//   step(by = 1)           pause, then move by so many frames, no further than the ends
//   rewind()               pause, then show the first frame
//   seek(i)                show frame i (kept inside the ends), playing or not
//   speed(factor)          times the usual pace
//
// A moment is { frame, now, length, history, playing, speed, panels, note }.

import { Ticker } from "./ticker.js";

export const FRAMES_PER_SECOND = 6;

// A source over a store of frames: { length, frame(i), history, panels, note }.
export function recordingSource(store, clock) {
  const listeners = new Set();
  let now = 0;

  const last = () => store.length - 1;
  const within = (i) => Math.min(last(), Math.max(0, Math.round(i)));
  const moment = () => ({
    frame: store.frame(now),
    now,
    length: store.length,
    history: store.history,
    playing: ticker.going,
    speed: ticker.factor,
    panels: store.panels,
    note: store.note,
  });
  const tell = () => {
    const news = moment();
    for (const hear of [...listeners]) hear(news);
  };
  const tick = () => {
    const due = ticker.take();
    now = within(now + due);
    if (now === last()) ticker.stop();
    if (due > 0 || !ticker.going) tell();
  };
  const ticker = new Ticker(tick, { clock, perSecond: FRAMES_PER_SECOND });

  return {
    listen(hear) {
      listeners.add(hear);
      hear(moment());
      return () => listeners.delete(hear);
    },
    play() {
      if (ticker.going) return;
      if (now === last()) now = 0;
      ticker.start();
      tell();
    },
    pause() {
      if (!ticker.going) return;
      ticker.stop();
      tell();
    },
    step(by = 1) {
      ticker.stop();
      now = within(now + by);
      tell();
    },
    rewind() {
      ticker.stop();
      now = 0;
      tell();
    },
    seek(i) {
      now = within(i);
      ticker.owed = 0;
      tell();
    },
    speed(next) {
      ticker.speed(next);
      tell();
    },
  };
}
