// The live source: frames from whoever answers, a kernel or a worker, by asking for the next one.
//
// It keeps the contract of recording_source.js. While it plays, two asks are in flight, so that the one who answers
// is never idle and can never be flooded; an ask is sent when a frame of the screen is due, and never
// while the page is hidden (the clock of a hidden page stands). What was under way when the reader
// pauses still comes, and is kept: it has happened. It can do more:
//
//   start(recipe, { t, changes, mark })   a new game, played without pictures of the way up to iteration t, with
//                           these changes [{ t, changes }] on the way; what the old game still says is dropped
//   change(changes, held)   -> Promise of null, or of the sentence that says why not; as long as it is held, as a
//                           slider under a hand is, all that comes is one act, until release()
//   move(what)              "D", "G", "both" or "line": one move of the game, or one line of Algorithm 1
//   undo()                  take the last act back: a step, an iteration, a change of the rules, a new game, or all
//                           that was trained from one play() to the next act; -> Promise of the act's mark
//   mark(mark)              an act that moves nothing: what was done outside of this game, and goes back with it
//   stop()                  what is under way ends: the way to a moment after its next picture, and a heavy game at
//                           once, where it was after its last whole act. Pause does so too
//   goOn()                  from the frame that is shown: the game goes back there, what came after is gone
//   told()                  -> Promise of { recipe, moves } up to the frame that is shown
//   lastGood()              { index, frame, recipe } of the last frame before the game diverged, or null
//   look()                  others have moved the game: it is seen as it is now
//   drive(on)               it is played by another clock, which trains it: it does not rest meanwhile
//   train(n)                n iterations, one ask; pace(n or "fast"): iterations for each frame of a playing game
//
// In the plane some numbers of a frame are slow to see, and one of a playing game has earlier ones, marked
// (frame/measured.js). Where the game rests, after whatever act, those of the frame that is shown are measured.
//
// A moment has as well { recipe, before, first, changed, byHand, rate, pace, stopped, line, health, way, error,
// settled, measuring, live: true }: `settled` when nothing is under way and all that is shown is of one moment,
// `measuring` when that is all that is missing; `before` is the frame before; `first` is the recipe of the start,
// `changed` what was changed since and when, and `way` { t, of } while the way up to a moment is played; that the
// game diverged stays in `health`, with the words of then, until it goes back to before that. Before the first
// frame, frame is null.

import { LiveRun } from "./live_run.js";
import { measurer } from "./measurer.js";
import { Requests } from "./requests.js";
import { Ticker } from "./ticker.js";

const IN_FLIGHT = 2;
const PER_SECOND = 60; // frames, at speed 1, where the screen has as many

// options: { clock, budget, judge, heavy, start, pace }. budget: milliseconds that an ask may train before its picture
// is made; judge(frame, history, recipe) -> what is wrong; heavy(recipe): whether it may be broken off; start: as
// start() takes it; pace: as pace() does.
export const liveSource = (client, recipe, options = {}) => new LiveSource(client, recipe, options);

class LiveSource {
  client;
  budget;
  heavy;
  iterations;
  driven;
  eager = false; // whether it was to play while it was being set up

  constructor(client, recipe, options) {
    const { clock, budget = 12, judge = () => [], heavy = () => false, start = {}, pace = "fast" } = options;
    Object.assign(this, { client, budget, heavy, iterations: pace, driven: false });
    this.listeners = new Set();
    this.run = new LiveRun(recipe, judge);
    this.ticker = new Ticker(() => this.tick(), { clock, perSecond: PER_SECOND, most: 1 });
    const tell = () => this.tell();
    this.slow = measurer({
      ask: async (request) => client.ask(request),
      run: this.run,
      rests: () => this.rests(),
      tell,
    });
    const measure = (entry) => this.slow.measure(entry);
    this.requests = new Requests({ client, run: this.run, heavy, tell, measure, halt: () => this.ticker.stop() });
    this.ready = this.start(recipe, start);
  }

  listen(hear) {
    this.listeners.add(hear);
    hear(this.moment());
    return () => this.listeners.delete(hear);
  }

  tell() {
    const news = this.moment();
    for (const hear of [...this.listeners]) hear(news);
    this.slow.bringUp();
  }

  moment() {
    const { run, ticker, slow } = this;
    return {
      playing: this.moves(),
      speed: ticker.factor,
      panels: {},
      note: "",
      pace: this.iterations,
      settled: this.rests() && !slow.lacks(),
      measuring: !this.moves() && !run.said.way && slow.lacks(),
      live: true,
      heavy: this.heavy(run.said.recipe),
      ...run.words(),
    };
  }

  moves() {
    return this.ticker.going || this.driven;
  }

  rests() {
    return !this.moves() && !this.requests.flying && !this.run.said.way;
  }

  tick() {
    if (this.requests.flying >= IN_FLIGHT || !this.ticker.take()) return;
    if (this.iterations === "fast") this.requests.trainFast(this.budget);
    else this.requests.train(this.iterations);
  }

  play() {
    const { run, ticker } = this;
    this.eager = !!run.said.way;
    if (ticker.going || run.said.stopped || run.said.way) return;
    this.requests.hasRead();
    run.now = run.last;
    this.requests.nextAct();
    ticker.start(1);
    this.tell();
  }

  pause() {
    this.eager = false;
    if (!this.ticker.going) return;
    this.ticker.stop();
    this.requests.cut();
    this.tell();
  }

  stop() {
    this.eager = false;
    this.ticker.stop();
    this.requests.cut();
    this.run.say({ way: null });
    this.tell();
  }

  drive(on) {
    if (this.driven === on) return;
    if (on) this.requests.hasRead();
    this.driven = on;
    this.requests.nextAct();
    this.tell();
  }

  step(by = 1) {
    this.ticker.stop();
    this.seek(this.run.now + by);
  }

  rewind() {
    this.ticker.stop();
    this.run.now = 0;
    this.tell();
  }

  seek(i) {
    this.run.now = this.run.within(i);
    this.tell();
  }

  speed(factor) {
    this.ticker.speed(factor);
    this.tell();
  }

  pace(iterations) {
    this.iterations = iterations;
    this.tell();
  }

  async start(recipe, options = {}) {
    this.ticker.stop();
    this.eager = false;
    await this.requests.start(recipe, options);
    if (this.eager) this.play();
  }

  change(changes, holding = false) {
    return this.requests.change(changes, holding);
  }

  mark(mark) {
    return this.requests.mark(mark);
  }

  release() {
    this.requests.release();
  }

  train(n, most) {
    return this.requests.train(n, most);
  }

  look() {
    return this.requests.look();
  }

  move(what) {
    const { said } = this.run;
    if (what === "D" || what === "G") said.byHand ||= said.acts + 1;
    return this.requests.act({ do: "move", what }, "add");
  }

  // What is under way in a heavy game is taken back by ending it.
  undo() {
    const { requests, run } = this;
    const busy = requests.flying > 0;
    if ((busy || run.said.way) && requests.cut()) return this.stop();
    return (run.said.acts > 0 || busy) && requests.act({ do: "undo" }, "back").then((reply) => reply?.mark);
  }

  goOn() {
    return this.requests.act({ do: "rewind", t: this.run.shown.frame.t }, "back");
  }

  lastGood() {
    return this.run.lastGood();
  }

  // The recipe of the start and the moves in words up to the frame that is shown.
  async told() {
    const { told, error } = await this.client.ask({ do: "tell", count: this.run.shown.made });
    if (error) throw new Error(error);
    return told;
  }

  close() {
    this.ticker.stop();
    this.requests.forget();
    this.listeners.clear();
    this.client.close();
  }
}
