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
//   lastGood()              { index, frame, recipe } of the last frame before the game diverged, or null
//   drive(on)               it is played by another clock, which trains it: it does not rest meanwhile
//   train(n)                n iterations, one ask; pace(n or "fast"): iterations for each frame of a playing game
//
// In the plane some numbers of a frame are slow to see, and one of a playing game has earlier ones, marked
// (measured.js). Where the game rests, after whatever act, those of the frame that is shown are measured.
//
// A moment has as well { recipe, before, first, changed, byHand, rate, pace, stopped, line, health, way, error,
// settled, measuring, live: true }: `settled` when nothing is under way and all that is shown is of one
// moment, `measuring` when that is all that is missing; `before` is the frame before; `first` is the recipe of the start, `changed` what was changed since and when, and
// `way` { t, of } while the way up to a moment is played; that the game diverged stays in `health`, with
// the words of then, until it goes back to before that. Before the first frame, frame is null.

import { measurer } from "./rest.js";
import { Run } from "./run.js";
import { Ticking } from "./ticking.js";

const IN_FLIGHT = 2;
const PER_SECOND = 60; // frames, at speed 1, where the screen has as many
const PATIENCE = 400; // milliseconds that one ask of so many iterations may take
const ALL = 1e9; // iterations: no bound
const STRETCHES = 24; // frames that are kept on the way to a moment
const LOOK = 8; // of these, one is looked at in full

const pickedFrom = (recipe, names) => Object.fromEntries(Object.keys(names).map((name) => [name, recipe[name]]));
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export function askingSource(asker, recipe, options = {}) {
  const { clock, budget = 12, judge = () => [], start: first = {} } = options;
  const listeners = new Set();
  const run = new Run(recipe, judge);
  let game = 0; // the number of the game that is being played
  let flying = 0; // acts of the reader and asks of a playing game, until their replies were taken in
  let driven = false;
  let pace = options.pace ?? "fast";
  let soon = 0; // asks since the game began, or its rules changed: the first ones are for few iterations
  let queue = Promise.resolve(); // acts of the reader, one after another

  const moves = () => ticking.going || driven;
  const rests = () => !moves() && !flying && !run.said.way;
  const moment = () => ({
    playing: moves(),
    speed: ticking.factor,
    panels: {},
    note: "",
    pace,
    settled: rests() && !slow.lacks(),
    measuring: !moves() && !run.said.way && slow.lacks(),
    live: true,
    ...run.words(),
  });
  const tell = () => {
    const news = moment();
    for (const hear of [...listeners]) hear(news);
    slow.bringUp();
  };
  const slow = measurer({ ask: async (request) => asker.ask(request), run, rests, tell });
  const tick = () => {
    if (flying >= IN_FLIGHT || !ticking.take()) return;
    if (pace === "fast") train(Math.min(ALL, 2 ** soon++), budget);
    else train(pace);
  };
  const ticking = new Ticking(tick, { clock, perSecond: PER_SECOND, most: 1 });

  // One ask. The reply is null when a new game has begun since, or when nothing was done.
  async function ask(request) {
    const asked = game;
    let reply;
    try {
      reply = await asker.ask(request);
    } catch (error) {
      reply = { error: error.message };
    }
    if (asked !== game) return null;
    run.say({ error: reply.error ?? reply.halted ?? null });
    if (reply.error || reply.halted) ticking.stop();
    if (!reply.error) return reply;
    tell();
    return null;
  }

  function takeIn(reply, how) {
    run.takeIn(reply, how);
    if (reply.stopped) ticking.stop();
  }

  async function train(n, most = PATIENCE) {
    flying++;
    const reply = await ask({ do: "train", budget: most, most: n });
    if (reply) takeIn(reply, "add");
    flying--;
    tell();
    return reply;
  }

  // The acts of a reader wait for each other, and stop the playing; the reply's frame is shown.
  function act(request, how) {
    ticking.stop();
    flying++;
    tell();
    const asked = game;
    queue = queue.then(async () => {
      const reply = asked === game ? await ask(request) : null;
      if (reply) run.now = run.last;
      if (reply) takeIn(reply, how);
      flying--;
      tell();
    });
    return queue;
  }

  // In stretches, so that the way is kept and a reader who changes their mind need not wait. What takes
  // long to see is seen now and then, and at the end.
  async function trainTo(t, step) {
    const mine = game;
    for (let n = 1; run.end.frame.t < t && !run.said.stopped; n++) {
      const at = run.end.frame.t;
      run.say({ way: { ...run.said.way, t: at } });
      const reply = await ask({ do: "train", budget: 1e6, most: Math.min(step, t - at) });
      if (!reply) return false;
      takeIn(reply, "add");
      tell();
      if (n % LOOK === 0 || reply.frame.t >= t) await slow.measure(run.end);
      if (mine !== game) return false;
      if (!reply.iterations) break;
    }
    return true;
  }

  async function begin(next, { t = 0, changes = [] }) {
    const reply = await ask({ do: "start", recipe: next });
    if (!reply) return;
    run.begin(reply, t);
    soon = 0;
    tell();
    const step = Math.max(1, Math.ceil(t / STRETCHES));
    for (const stop of [...changes, { t, changes: null }]) {
      if (!(await trainTo(Math.min(stop.t, t), step))) return;
      if (stop.changes && stop.t <= t) await settle(stop.changes);
    }
  }

  async function settle(changes) {
    if (same(pickedFrom(run.said.recipe, changes), changes)) return null;
    const t = run.end?.frame.t ?? 0;
    const reply = await ask({ do: "change", changes });
    if (!reply) return run.said.error;
    const changed = [...run.said.changed, { t, changes }];
    soon = 0;
    run.say({ recipe: reply.recipe, stopped: reply.stopped ?? null, changed });
    return null;
  }

  const source = {
    listen(hear) {
      listeners.add(hear);
      hear(moment());
      return () => listeners.delete(hear);
    },
    play() {
      if (ticking.going || run.said.stopped || run.said.way) return;
      run.now = run.last;
      ticking.start(1);
      tell();
    },
    pause() {
      if (!ticking.going) return;
      ticking.stop();
      tell();
    },
    drive(on) {
      if (driven === on) return;
      driven = on;
      tell();
    },
    step(by = 1) {
      ticking.stop();
      run.now = run.within(run.now + by);
      tell();
    },
    rewind() {
      ticking.stop();
      run.now = 0;
      tell();
    },
    seek(i) {
      run.now = run.within(i);
      tell();
    },
    speed(next) {
      ticking.speed(next);
      tell();
    },
    pace(next) {
      pace = next;
      tell();
    },
    async start(next, options = {}) {
      ticking.stop();
      const mine = ++game;
      queue = Promise.resolve();
      run.say({ way: { t: 0, of: options.t ?? 0 }, error: null });
      await begin(next, options);
      if (mine !== game) return; // another one has begun since
      run.say({ way: null });
      tell();
    },
    async change(changes) {
      flying++;
      const error = await settle(changes);
      flying--;
      tell();
      return error;
    },
    train,
    move(what) {
      run.said.byHand ||= what === "D" || what === "G";
      return act({ do: "move", what }, "add");
    },
    back: () => run.end?.frame.turn !== "start" && act({ do: "back", moves: 1 }, "back"),
    goOn: () => act({ do: "rewind", t: run.kept.entries[run.now].frame.t }, "back"),
    lastGood: () => run.lastGood(),
    close() {
      ticking.stop();
      game++;
      listeners.clear();
      asker.close();
    },
  };
  source.ready = source.start(recipe, first);
  return source;
}
