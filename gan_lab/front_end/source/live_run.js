// A live game as it has been heard of so far: the frames that are kept, which of them is shown, and what
// was said of the game with the last one.

import { changesUpTo, FrameHistory } from "./frame_history.js";

const EARLIER = 3; // games that can be gone back to

const NEW = {
  acts: 0,
  stopped: null,
  line: null,
  error: null,
  way: null,
  rate: 0,
  health: [],
  changed: [],
  fell: null,
  byHand: 0,
};

// A finding says at which iteration it was seen: what is shown beside it may be of another.
const dated = (finding, { t }) => ({ ...finding, words: `${finding.words} Seen at iteration ${finding.at ?? t}.` });
const isMove = (line) => line === null || line.name.startsWith("move");

export class LiveRun {
  // judge(frame, history, recipe) -> what is wrong, as diagnostics/diagnose.js has it.
  constructor(recipe, judge) {
    this.judge = judge;
    this.kept = new FrameHistory();
    this.now = 0;
    /** @type {Record<string, any>} */
    this.said = { recipe, ...NEW };
    this.game = undefined; // its number
    this.earlier = new Map(); // number -> what was heard of a game before it
  }

  // A new game, of which this reply is the first that is heard; `t` is where it is to be played to.
  begin(reply, t) {
    this.leave(reply.game);
    this.say({ ...NEW, first: reply.recipe, way: { t: 0, of: t } });
    this.takeIn(reply, "add");
  }

  // Another game is heard of from now on: a later one, or one that was left, and then this one never was.
  leave(number) {
    const { earlier, game, kept, now, said } = this;
    if (game < number) earlier.set(game, { kept, now, said: { ...said, way: null } });
    if (earlier.size > EARLIER) earlier.delete(earlier.keys().next().value);
    Object.assign(this, { game: number, kept: new FrameHistory(), now: 0, said: { ...said } }, earlier.get(number));
  }

  // The game went back to one before it, which perhaps only another view has heard of.
  returnTo(reply) {
    this.leave(reply.game);
    if (!this.kept.length) this.say({ ...NEW, first: reply.recipe });
  }

  say(words) {
    Object.assign(this.said, words);
  }

  get last() {
    return this.kept.length - 1;
  }

  get end() {
    return this.kept.entries[this.last] ?? null;
  }

  get shown() {
    return this.kept.entries[this.now] ?? null;
  }

  // What was measured of an entry after it was seen.
  complete(entry, measured) {
    this.kept.complete(entry, measured);
    if (entry === this.end) this.say({ health: this.health(entry) });
  }

  within(i) {
    return Math.max(0, Math.min(this.last, Math.round(i)));
  }

  // What a reply says of the game. Its frame is kept: "add" at the end, "replace" for another look at the
  // same state, "back" where the game went back to it. Who looks at the end goes with it.
  takeIn(reply, how) {
    if (how === "back" && reply.game !== this.game) this.returnTo(reply);
    const { said, kept } = this;
    const following = this.now >= this.last || how === "back";
    const { frame, stopped = null, line = null, iterations = 0, spent = 0, acts = 0, steps = 0 } = reply;
    if (how === "back") {
      said.fell = null;
      kept.cut({ frame, steps }); // what is judged is judged by its own past
    }
    const health = this.health(reply);
    const entry = { frame, recipe: reply.recipe, steps, made: reply.made, good: !stopped && !said.fell };
    if (how === "back") this.backTo(entry);
    else if (how === "replace" || !isMove(line)) kept.replace(entry);
    else this.now = kept.add(entry, this.now);
    if (following) this.now = this.last;
    const rate = iterations && spent ? (1000 * iterations) / spent : said.rate;
    const byHand = acts < said.byHand ? 0 : said.byHand; // the act from which on moves were made by hand
    this.say({ recipe: reply.recipe, stopped, line, health, rate, acts, byHand });
  }

  // What is wrong now; that a game has diverged is said for good, with the words of that moment.
  health({ frame, recipe }) {
    const found = this.judge(frame, this.kept.history, recipe);
    const fall = found.find(({ kind }) => kind === "diverged");
    if (fall) this.said.fell ??= { ...fall, words: `${fall.words} Seen first at iteration ${frame.t}.` };
    const { fell } = this.said;
    const others = found.filter((each) => each !== fall).map((each) => dated(each, frame));
    return [...(fell ? [fell] : []), ...others];
  }

  backTo(entry) {
    this.kept.standAt(entry);
    this.say({ changed: changesUpTo(entry, this.said.first, this.said.changed) });
  }

  lastGood() {
    const index = this.kept.lastGood();
    return index < 0 ? null : { index, ...this.kept.entries[index] };
  }

  // What a moment says beside who plays it.
  words() {
    const { now, kept, said } = this;
    const [before, frame] = [now - 1, now].map((i) => kept.entries[i]?.frame ?? null);
    return { frame, before, now, length: kept.length, history: kept.history, ...said, byHand: said.byHand > 0 };
  }
}
