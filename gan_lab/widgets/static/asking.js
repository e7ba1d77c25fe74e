// The live source: frames from whoever answers, a kernel or a worker, by asking for the next one.
//
// It obeys the law of sources.js. While it plays, two asks are in flight, so that the one who answers
// is never idle and can never be flooded; an ask is sent when a frame of the screen is due, and never
// while the page is hidden (the clock of a hidden page stands). What was under way when the reader
// pauses still comes, and is kept: it has happened. More than the law:
//
//   start(recipe, { t, changes })   a new game, played without pictures of the way up to iteration t, with
//                           these changes [{ t, changes }] on the way; what the old game still says is dropped
//   change(changes)         -> Promise of null, or of the sentence that says why not
//   move(what)              "D", "G", "both" or "line": one move of the game, or one line of Algorithm 1
//   back()                  take the last move back
//   goOn()                  from the frame that is shown: the game goes back there, what came after is gone
//   rescue()                the same from the last frame that was good
//   train(n)                n iterations, one ask; pace(n or "fast"): iterations for each frame of a playing game
//
// A moment has as well { recipe, first, changed, byHand, rate, pace, stopped, line, health, way, error,
// busy, live: true }: `first` is the recipe of the start, `changed` what was changed since and when, and
// `way` { t, of } while the way up to a moment is played; that the game diverged stays in `health`, with
// the words of then, until it goes back to before that. Before the first frame, frame is null.

import { changesUpTo, Kept } from "./kept.js";
import { pageClock } from "./sources.js";

const IN_FLIGHT = 2;
const PER_SECOND = 60; // frames, at speed 1, where the screen has as many
const PATIENCE = 400; // milliseconds that one ask of so many iterations may take
const ALL = 1e9; // iterations: no bound
const NEW = { stopped: null, line: null, error: null, way: null, rate: 0, health: [], changed: [], fell: null, byHand: false };
const STRETCHES = 24; // frames that are kept on the way to a moment
const LOOK = 8; // of these, one is looked at in full

const pickedFrom = (recipe, names) => Object.fromEntries(Object.keys(names).map((name) => [name, recipe[name]]));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export function askingSource(asker, recipe, options = {}) {
  const { clock = pageClock, budget = 12, judge = () => [], start: first = {} } = options;
  const listeners = new Set();
  let kept = new Kept();
  let now = 0;
  let game = 0; // the number of the game that is being played
  let waiting = null; // the clock's handle while playing
  let since = 0;
  let owed = 0;
  let flying = 0;
  let factor = 1;
  let pace = options.pace ?? "fast";
  let said = { recipe, ...NEW };
  let queue = Promise.resolve(); // acts of the reader, one after another

  const last = () => kept.length - 1;
  const within = (i) => Math.min(last(), Math.max(0, Math.round(i)));
  const moment = () => ({
    frame: kept.entries[now]?.frame ?? null,
    now,
    length: kept.length,
    history: kept.history,
    playing: waiting !== null,
    speed: factor,
    panels: {},
    note: "",
    pace,
    busy: flying > 0,
    live: true,
    ...said,
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

  // One ask. The reply is null when a new game has begun since, or when nothing was done.
  async function ask(request) {
    const asked = game;
    flying++;
    let reply;
    try {
      reply = await asker.ask(request);
    } catch (error) {
      reply = { error: error.message };
    }
    flying--;
    if (asked !== game) return null;
    said = { ...said, error: reply.error ?? null };
    if (!reply.error) return reply;
    halt();
    tell();
    return null;
  }

  // What a reply says of the game; its frame is kept by `keep`.
  function takeIn(reply, keep) {
    const following = now === last() || kept.length === 0;
    const { frame, stopped = null, line = null, iterations = 0, spent = 0 } = reply;
    if (said.fell && frame.t < said.fell.t) said.fell = null; // it went back to before that
    const found = judge(frame, kept.history, reply.recipe);
    const fall = found.find(({ kind }) => kind === "diverged");
    if (fall) said.fell ??= { ...fall, t: frame.t, words: `${fall.words} Seen first at iteration ${frame.t}.` };
    const health = [...(said.fell ? [said.fell] : []), ...found.filter((each) => each !== fall)];
    const place = keep({ frame, recipe: reply.recipe, good: !stopped && !said.fell }, line);
    now = following ? last() : Math.min(place, last());
    const rate = iterations && spent ? (1000 * iterations) / spent : said.rate;
    said = { ...said, recipe: reply.recipe, stopped, line, health, rate };
    if (stopped) halt();
  }
  const replace = (entry) => {
    kept.replace(entry);
    return now;
  };
  const add = (entry, line) => {
    const moved = line === null || line.name.startsWith("move");
    return moved ? kept.add(entry, now) : replace(entry); // a line that samples leaves the game as it was
  };
  const goBack = (entry) => {
    kept.backTo(entry);
    said.changed = changesUpTo(entry, said.first, said.changed);
    return last();
  };

  async function train(n, most = PATIENCE) {
    const reply = await ask({ do: "train", budget: most, most: n });
    if (reply) takeIn(reply, add);
    if (reply) tell();
    return reply;
  }

  const tick = () => {
    const time = clock.now();
    owed = Math.min(1, owed + ((time - since) / 1000) * PER_SECOND * factor + 1e-9);
    since = time;
    waiting = clock.later(tick);
    if (owed < 1 || flying >= IN_FLIGHT) return;
    owed = 0;
    if (pace === "fast") train(ALL, budget);
    else train(pace);
  };

  // The acts of a reader wait for each other, and stop the playing; the reply's frame is shown.
  function act(request, keep) {
    halt();
    tell();
    const asked = game;
    queue = queue.then(async () => {
      const reply = asked === game ? await ask(request) : null;
      if (!reply) return;
      now = last();
      takeIn(reply, keep);
      tell();
    });
    return queue;
  }

  // What takes long to see is seen on the way now and then, and at its end.
  async function look() {
    const reply = await ask({ do: "see" });
    if (reply) takeIn(reply, replace);
  }
  let stretches = 0;

  // In stretches, so that the way is kept and a reader who changes their mind need not wait.
  async function trainTo(t, from, step) {
    for (let at = from; at < t && !said.stopped; ) {
      said.way = { t: at, of: t };
      const reply = await ask({ do: "train", budget: 1e6, most: Math.min(step, t - at) });
      if (!reply) return false;
      takeIn(reply, add);
      at = reply.frame.t;
      if (++stretches % LOOK === 0 || at >= t) await look();
      if (!reply.iterations) break;
    }
    return true;
  }

  async function begin(request, { t = 0, changes = [] }) {
    const reply = await ask({ do: "start", recipe: request });
    if (!reply) return;
    kept = new Kept();
    now = 0;
    said = { ...said, ...NEW, first: reply.recipe, way: { t: 0, of: t } };
    takeIn(reply, add);
    const step = Math.max(1, Math.ceil(t / STRETCHES));
    for (const stop of [...changes, { t, changes: null }]) {
      const here = kept.entries.at(-1).frame.t;
      if (!(await trainTo(Math.min(stop.t, t), here, step))) return;
      if (stop.changes && stop.t <= t) await settle(stop.changes);
    }
    said.way = null;
    tell();
  }

  async function settle(changes) {
    const t = kept.entries.at(-1)?.frame.t ?? 0;
    if (same(pickedFrom(said.recipe, changes), changes)) return null;
    const reply = await ask({ do: "change", changes });
    if (!reply) return said.error;
    said = { ...said, recipe: reply.recipe, stopped: reply.stopped ?? null };
    said.changed = [...said.changed, { t, changes }];
    return null;
  }

  const source = {
    listen(hear) {
      listeners.add(hear);
      hear(moment());
      return () => listeners.delete(hear);
    },
    play() {
      if (waiting !== null || said.stopped || said.way) return;
      now = last();
      since = clock.now();
      owed = 1;
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
      tell();
    },
    speed(next) {
      factor = next;
      tell();
    },
    pace(next) {
      pace = next;
      tell();
    },
    start(next, options = {}) {
      halt();
      game++;
      queue = Promise.resolve();
      said = { ...said, way: { t: 0, of: options.t ?? 0 }, error: null };
      return begin(next, options);
    },
    async change(changes) {
      const error = await settle(changes);
      tell();
      return error;
    },
    train,
    move(what) {
      said.byHand ||= what === "D" || what === "G";
      return act({ do: "move", what }, add);
    },
    back: () => act({ do: "back", moves: 1 }, goBack),
    goOn: (i = now) => act({ do: "rewind", t: kept.entries[i].frame.t }, goBack),
    rescue: () => source.goOn(Math.max(0, kept.lastGood())),
    lastGood: () => kept.entries[kept.lastGood()] ?? null,
    close() {
      halt();
      game++;
      listeners.clear();
      asker.close();
    },
  };
  source.ready = source.start(recipe, first);
  return source;
}
