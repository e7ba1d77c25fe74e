// A live game as it has been heard of so far: the frames that are kept, which of them is shown, and what
// was said of the game with the last one.

import { changesUpTo, Kept } from "./kept.js";

const NEW = { stopped: null, line: null, error: null, way: null, rate: 0, health: [], changed: [], fell: null, byHand: false };

// A finding says at which iteration it was seen: what is shown beside it may be of another.
const dated = (finding, { t }) => ({ ...finding, words: `${finding.words} Seen at iteration ${finding.at ?? t}.` });
const isMove = (line) => line === null || line.name.startsWith("move");

export class Run {
  // judge(frame, history, recipe) -> what is wrong, as health.js has it.
  constructor(recipe, judge) {
    this.judge = judge;
    this.kept = new Kept();
    this.now = 0;
    this.said = { recipe, ...NEW };
  }

  // A new game, of which this reply is the first that is heard; `t` is where it is to be played to.
  begin(reply, t) {
    this.kept = new Kept();
    this.now = 0;
    this.say({ ...NEW, first: reply.recipe, way: { t: 0, of: t } });
    this.takeIn(reply, "add");
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
    const { said, kept } = this;
    const following = this.now >= this.last || how === "back";
    const { frame, stopped = null, line = null, iterations = 0, spent = 0 } = reply;
    if (how === "back") said.fell = null;
    const health = this.health(reply);
    const entry = { frame, recipe: reply.recipe, good: !stopped && !said.fell };
    if (how === "back") this.backTo(entry);
    else if (how === "replace" || !isMove(line)) kept.replace(entry);
    else this.now = kept.add(entry, this.now);
    if (following) this.now = this.last;
    const rate = iterations && spent ? (1000 * iterations) / spent : said.rate;
    this.say({ recipe: reply.recipe, stopped, line, health, rate });
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
    this.kept.backTo(entry);
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
    return { frame, before, now, length: kept.length, history: kept.history, ...said };
  }
}
