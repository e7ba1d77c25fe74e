// What a live source asks of its client, and takes in of the replies.
//
// Every request carries the number of the act that it belongs to: an act is what undo() takes back at once. A reply
// to what was asked of an earlier game is dropped.

import { same } from "../training/recipe/recipe.js";

const PATIENCE = 400; // milliseconds that one ask of so many iterations may take
const ALL = 1e9; // iterations: no bound
const STRETCHES = 24; // frames that are kept on the way to a moment
const LOOK = 8; // of these, one is looked at in full

const pickedFrom = (recipe, names) => Object.fromEntries(Object.keys(names).map((name) => [name, recipe[name]]));

// How a picture is taken in after others have moved the game: of the same moment, of an earlier or a later one.
function seenAfter(end, { t, turn }) {
  if (end?.t === t && end.turn === turn) return "replace";
  return end && (t < end.t || (t === end.t && end.turn === "D")) ? "back" : "add";
}

export class Requests {
  client;
  run;
  heavy;
  halt;
  tell;
  measure;

  // run: a LiveRun; heavy(recipe): whether it may be broken off; halt(): the game is not played on; tell(): after any
  // change; measure(entry) -> Promise, of what is slow to see.
  constructor({ client, run, heavy, halt, tell, measure }) {
    Object.assign(this, { client, run, heavy, halt, tell, measure });
    this.game = 0; // the number of the game that is being played
    this.flying = 0; // acts of the reader and asks of a playing game, until their replies were taken in
    this.changing = 0; // changes of the rules that are asked for
    this.soon = 0; // asks since the game began, or its rules changed: the first ones are for few iterations
    /** @type {Promise<any>} */
    this.queue = Promise.resolve(); // acts of the reader, one after another
    this.number = 0; // of the last act
    this.held = 0; // the number of one which goes on for as long as the reader's hand is on it
  }

  nextAct() {
    return ++this.number;
  }

  release() {
    if (this.held) this.nextAct();
    this.held = 0;
  }

  // What is still said of the games so far is dropped.
  forget() {
    this.queue = Promise.resolve();
    return ++this.game;
  }

  // A heavy game does not let a reader wait: what is under way is given up, but for a change, which is quick.
  cut() {
    return !this.changing && !!this.client.cut?.();
  }

  // The reader acts, and has read what went wrong before; what comes meanwhile leaves it to be read.
  hasRead() {
    this.run.say({ error: null });
  }

  // One ask. The reply is null when a new game has begun since, or when nothing was done.
  async ask(request) {
    const asked = this.game;
    const reply = await this.answered(request);
    if (asked !== this.game || reply.cut) return null;
    const wrong = reply.error ?? reply.halted;
    if (wrong) this.run.say({ error: wrong });
    if (wrong) this.halt();
    if (!reply.error) return reply;
    this.tell();
    return null;
  }

  async answered(request) {
    const save = this.heavy({ ...this.run.said.recipe, ...request.recipe, ...request.changes });
    try {
      return await this.client.ask(save ? { ...request, save } : request);
    } catch (error) {
      return { error: error.message };
    }
  }

  takeIn(reply, how) {
    this.run.takeIn(reply, how);
    if (reply.stopped) this.halt();
  }

  async train(n, most = PATIENCE) {
    this.flying++;
    const reply = await this.ask({ do: "train", budget: most, most: n, act: this.number });
    if (reply) this.takeIn(reply, "add");
    this.flying--;
    this.tell();
    return reply;
  }

  trainFast(budget) {
    return this.train(Math.min(ALL, 2 ** this.soon++), budget);
  }

  // Others have moved the game.
  async look() {
    this.flying++;
    const reply = await this.ask({ do: "see" });
    if (reply) this.takeIn(reply, seenAfter(this.run.end?.frame, reply.frame));
    this.flying--;
    this.tell();
  }

  // The acts of a reader wait for each other, and stop the playing; the reply's frame is shown.
  act(request, how) {
    this.hasRead();
    this.halt();
    this.flying++;
    this.tell();
    const asked = this.game;
    const act = this.nextAct();
    this.queue = this.queue.then(async () => {
      const reply = asked === this.game ? await this.ask({ ...request, act }) : null;
      if (reply) this.run.now = this.run.last;
      if (reply) this.takeIn(reply, how);
      this.flying--;
      this.tell();
      return reply;
    });
    return this.queue;
  }

  // A new game, played up to iteration t, with `changes` on the way.
  async start(recipe, { t = 0, changes = [], mark = undefined }) {
    this.cut();
    const mine = this.forget();
    this.run.say({ way: { t: 0, of: t }, error: null });
    const act = this.nextAct();
    if (await this.begin(recipe, { t, mark, act })) await this.playUpTo(t, changes, this.heavy(recipe), act);
    if (mine !== this.game) return; // another one has begun since
    this.run.say({ way: null });
    this.tell();
  }

  // Whether the game has begun.
  async begin(recipe, { t, mark, act }) {
    const asked = this.game;
    if (this.run.end && this.heavy(recipe)) await this.client.ask({ do: "save" }); // to come back to, where this is broken off
    if (asked !== this.game) return false;
    const reply = await this.ask({ do: "start", recipe, mark, act });
    if (!reply) return false;
    this.run.begin(reply, t);
    this.soon = 0;
    this.tell();
    return true;
  }

  async playUpTo(t, changes, heavy, act) {
    const step = heavy ? 1 : Math.max(1, Math.ceil(t / STRETCHES));
    for (const stop of [...changes, { t, changes: null }]) {
      if (!(await this.trainTo(Math.min(stop.t, t), step, act))) return;
      if (stop.changes && stop.t <= t) await this.settle(stop.changes, act);
    }
  }

  // In stretches, so that the way is kept and a reader who changes their mind need not wait. What takes
  // long to see is seen now and then, and at the end. Whether it got there.
  async trainTo(t, step, act) {
    const { run, game } = this;
    for (let n = 1; run.said.way && run.end.frame.t < t && !run.said.stopped; n++) {
      const at = run.end.frame.t;
      run.say({ way: { ...run.said.way, t: at } });
      const reply = await this.ask({ do: "train", budget: 1e6, most: Math.min(step, t - at), act });
      if (!reply) return false;
      this.takeIn(reply, "add");
      this.tell();
      if (n % LOOK === 0 || reply.frame.t >= t) await this.measure(run.end);
      if (game !== this.game || reply.halted) return false;
      if (!reply.iterations && !reply.gave_way) break;
    }
    return run.said.way !== null;
  }

  // Other rules for the running game. Null, or the sentence why not.
  async change(changes, holding) {
    this.hasRead();
    this.cut();
    this.flying++;
    this.changing++;
    if (holding) this.held ||= this.nextAct();
    else this.release();
    const error = await this.settle(changes, this.held || this.nextAct());
    this.changing--;
    this.flying--;
    this.tell();
    return error;
  }

  // An act that moves nothing.
  async mark(mark) {
    this.release();
    this.flying++;
    const reply = await this.ask({ do: "mark", mark, act: this.nextAct() });
    if (reply) this.run.say({ acts: reply.acts });
    this.flying--;
    this.tell();
  }

  // What is trained after a change is an act of its own, but for one that is held.
  async settle(changes, act) {
    if (act !== this.held) this.number = Math.max(this.number, act + 1);
    const { run } = this;
    const { recipe, changed } = run.said;
    const t = run.end?.frame.t ?? 0;
    const reply = await this.ask({ do: "change", changes, act });
    if (!reply) return run.said.error;
    this.soon = 0;
    const now = same(pickedFrom(recipe, changes), changes) ? changed : [...changed, { t, changes }];
    run.say({ recipe: reply.recipe, stopped: reply.stopped ?? null, changed: now, acts: reply.acts ?? 0 });
    return null;
  }
}
