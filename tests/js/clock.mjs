// Time that moves when told, waking those who asked about sixty times a second.

export function handClock() {
  let time = 0;
  let waiting = [];
  return {
    now: () => time,
    later(wake) {
      waiting.push(wake);
      return wake;
    },
    cancel: (handle) => (waiting = waiting.filter((wake) => wake !== handle)),
    asleep: () => waiting.length === 0,
    pass(seconds) {
      const end = time + 1000 * seconds;
      while (time < end - 1e-9) {
        time = Math.min(end, time + 1000 / 60);
        const woken = waiting;
        waiting = [];
        for (const wake of woken) wake();
      }
    },
  };
}
