// How many frames a second a reader is shown while a game plays.

const WINDOW = 1000; // milliseconds

// -> a function of each moment: new frames within the last second, 0 while the game stands still.
export function frameRate(now = () => performance.now()) {
  let times = [];
  let last = null;
  return ({ frame, playing }) => {
    if (!playing) times = [];
    else if (frame !== last) times.push(now());
    last = frame;
    times = times.filter((time) => time > times.at(-1) - WINDOW);
    if (times.length < 3) return 0;
    return (1000 * (times.length - 1)) / (times.at(-1) - times[0]);
  };
}
