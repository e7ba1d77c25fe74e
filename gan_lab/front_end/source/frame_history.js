// The frames that a live run leaves behind: at most so many, so that all of its past can be looked at.
//
// When there is no room left, one of each two old ones goes, rather that whose slow numbers nobody measured;
// the first and the last stay. In `rewind` what was not measured at a frame's own moment is NaN.

import { isBefore, isMeasured, sameMoment, withMeasured } from "../frame/measured.js";
import { same } from "../training/recipe/recipe.js";

const ROOM = 400;
const NUMBERS = ["V", "C", "jsd", "jsd_error", "loss_D", "loss_G", "grad_G", "modes_found", "quality"];

// Which of two entries is the earlier state of one game is not always said by t: D moves k times in it.
const placeOf = ({ frame: { t }, steps = 0 }) => ({ t, steps });

export class FrameHistory {
  constructor(room = ROOM) {
    this.room = room;
    /** @type {any} TypeScript 4.8 knows no findLast */
    this.entries = []; // { frame, recipe, steps, good }
    this.history = historyOf([]);
  }

  get length() {
    return this.entries.length;
  }

  // An entry at the end; the index that `now` moves to when the old ones are thinned.
  add(entry, now = this.length) {
    this.findMeasured(entry.frame);
    this.entries.push(entry);
    const last = this.length - 1;
    if (this.length < this.room) {
      append(this.history, entry.frame);
      return Math.min(now, last);
    }
    const stays = (i) => i === 0 || i === last || (i % 2 ? this.betterThanBefore(i) : !this.betterThanBefore(i + 1));
    this.entries = this.entries.filter((_, i) => stays(i));
    this.history = historyOf(this.entries);
    return now >= last ? this.length - 1 : Math.floor(now / 2);
  }

  // Whether an entry was measured and the one before it, which is not the first, was not.
  betterThanBefore(i) {
    const [before, here] = this.entries.slice(i - 1, i + 1).map(({ frame }) => isMeasured(frame));
    return i > 1 && here === true && !before;
  }

  // What was measured of an entry, now or since it was seen.
  complete(entry, measured) {
    if (!this.entries.includes(entry)) return;
    entry.frame = withMeasured(entry.frame, measured);
    this.history = historyOf(this.entries);
  }

  // A frame brings what was begun to be measured at an earlier one, which is told.
  findMeasured({ measured }) {
    if (!measured) return;
    const whose = this.entries.findLast(({ frame }) => frame.still && sameMoment(frame, measured.at));
    if (whose) this.complete(whose, measured);
  }

  // The same state again, with something more said of it.
  replace(entry) {
    this.entries[this.length - 1] = entry;
    this.history = historyOf(this.entries);
  }

  // The game went back to this entry: it and what came after it never happened.
  cut(entry) {
    while (this.length && !isBefore(placeOf(this.entries.at(-1)), placeOf(entry))) this.entries.pop();
    this.history = historyOf(this.entries);
  }

  // The entry that a game which was cut stands at.
  standAt(entry) {
    this.entries.push(entry);
    append(this.history, entry.frame);
  }

  // The index of the last entry that was good.
  lastGood() {
    return this.entries.findLastIndex((entry) => entry.good);
  }
}

function historyOf(entries) {
  const history = { length: 0, t: [], turn: [], measured: [] };
  for (const name of NUMBERS) history[name] = [];
  for (const { frame } of entries) append(history, frame);
  return history;
}

function append(history, frame) {
  history.t.push(frame.t);
  history.turn.push(frame.turn);
  history.measured.push(isMeasured(frame));
  for (const name of NUMBERS) history[name].push(frame[name] ?? NaN);
  history.length = history.t.length;
}

// What was changed [{ t, changes }] so far, for a game that went back to this entry: with the recipe
// that it has there, whichever side of a change at this very moment that is.
export function changesUpTo({ frame, recipe }, first, changed) {
  const before = changed.filter(({ t }) => t < frame.t);
  const then = Object.assign({}, first, ...before.map(({ changes }) => changes));
  const different = Object.keys(recipe).filter((name) => !same(recipe[name], then[name]));
  if (!different.length) return before;
  return [...before, { t: frame.t, changes: Object.fromEntries(different.map((name) => [name, recipe[name]])) }];
}
