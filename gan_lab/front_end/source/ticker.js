// Playing: time that passes becomes pictures that are due, so many a second.

// Time as the page has it; tests bring their own.
export const pageClock = {
  now: () => performance.now(),
  later: (wake) => requestAnimationFrame(wake),
  cancel: (handle) => cancelAnimationFrame(handle),
};

export class Ticker {
  tick;
  clock;
  perSecond;
  most;
  factor;
  owed;

  // tick() is called while it goes, as often as the clock wakes; no more than `most` pictures are ever due.
  constructor(tick, { clock = pageClock, perSecond, most = Infinity }) {
    Object.assign(this, { tick, clock, perSecond, most, factor: 1, owed: 0 });
    this.handle = null;
  }

  get going() {
    return this.handle !== null;
  }

  start(owed = 0) {
    this.since = this.clock.now();
    this.owed = owed;
    this.wait();
  }

  stop() {
    if (this.going) this.clock.cancel(this.handle);
    this.handle = null;
    this.owed = 0;
  }

  // What has passed, passed at the old speed.
  speed(factor) {
    if (this.going) this.accrue();
    this.factor = factor;
  }

  // How many whole pictures are due; they are no longer.
  take() {
    const whole = Math.floor(this.owed);
    this.owed -= whole;
    return whole;
  }

  wait() {
    this.handle = this.clock.later(() => {
      this.accrue();
      this.wait();
      this.tick();
    });
  }

  accrue() {
    const time = this.clock.now();
    const passed = ((time - this.since) / 1000) * this.perSecond * this.factor;
    this.owed = Math.min(this.most, this.owed + passed + 1e-9);
    this.since = time;
  }
}
