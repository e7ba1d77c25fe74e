// Where frames come from. The stage knows only this law, the same for every source:
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

export const FRAMES_PER_SECOND = 6;

// Time as the page has it; tests bring their own.
export const pageClock = {
  now: () => performance.now(),
  later: (wake) => requestAnimationFrame(wake),
  cancel: (handle) => cancelAnimationFrame(handle),
};

// A source over a store of frames: { length, frame(i), history, panels, note }.
export function recordingSource(store, clock = pageClock) {
  const listeners = new Set();
  let now = 0;
  let factor = 1;
  let waiting = null; // the clock's handle while playing
  let since = 0; // the clock's time at the last tick
  let owed = 0; // the part of a frame that has passed and was not shown

  const last = () => store.length - 1;
  const within = (i) => Math.min(last(), Math.max(0, Math.round(i)));
  const moment = () => ({
    frame: store.frame(now),
    now,
    length: store.length,
    history: store.history,
    playing: waiting !== null,
    speed: factor,
    panels: store.panels,
    note: store.note,
  });
  const tell = () => {
    const news = moment();
    for (const hear of [...listeners]) hear(news);
  };
  const halt = () => {
    if (waiting !== null) clock.cancel(waiting);
    waiting = null;
    owed = 0;
  };
  const accrue = () => {
    const time = clock.now();
    owed += ((time - since) / 1000) * FRAMES_PER_SECOND * factor;
    since = time;
  };
  const tick = () => {
    accrue();
    const whole = Math.floor(owed);
    owed -= whole;
    now = within(now + whole);
    if (now === last()) halt();
    else waiting = clock.later(tick);
    if (whole > 0 || waiting === null) tell();
  };

  return {
    listen(hear) {
      listeners.add(hear);
      hear(moment());
      return () => listeners.delete(hear);
    },
    play() {
      if (waiting !== null) return;
      if (now === last()) now = 0;
      since = clock.now();
      waiting = clock.later(tick);
      tell();
    },
    pause() {
      if (waiting === null) return;
      halt();
      tell();
    },
    step(by = 1) {
      halt();
      now = within(now + by);
      tell();
    },
    rewind() {
      halt();
      now = 0;
      tell();
    },
    seek(i) {
      now = within(i);
      owed = 0;
      tell();
    },
    speed(next) {
      if (waiting !== null) accrue(); // what has passed, passed at the old pace
      factor = next;
      tell();
    },
  };
}
