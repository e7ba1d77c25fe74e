// The rules that a lab's games are played by, and what becomes of them when the reader asks for others: a running
// game changes, or a new one begins. What would take long is asked about first, and what is refused changes nothing.

import { BUILT_IN, same } from "../../training/recipe/recipe.js";
import { heaviest, LONG, lightened } from "./controls/heavy_game.js";

export const TOGETHER =
  "Both games begin at iteration 0, so that they differ in nothing else. Undo brings back what you had trained.";

export class Rules {
  games;
  recipe;
  check;
  estimate;
  question;
  shows;
  told;
  note;

  // recipe: that of the first game before it is heard of; check(parts) -> a recipe, or an Error of one sentence;
  // estimate(recipe) -> { seconds, most }; question: asks about a heavy game. The lab: shows(state) takes over the
  // words and the view of a game that is set up, told() follows any change, note(sentence) says one.
  constructor({ games, recipe, check, estimate, question, shows, told, note }) {
    Object.assign(this, { games, recipe, check, estimate, question, shows, told, note });
    this.wished = null; // { recipe, before } of a game that is being set up, and the start of the one before it
    this.changing = {}; // what was asked of the game, running or being set up, and is not answered yet
  }

  get settings() {
    const { wished, games, recipe, changing } = this;
    return { ...(wished?.recipe ?? games.first.news?.recipe ?? recipe), ...changing };
  }

  // News of the first game: perhaps it is the one that was wished.
  hear({ first }) {
    if (this.wished && first !== this.wished.before) this.wished = null;
  }

  // What would take long, and longer than what is played now, is asked about; play(state) plays it, or a lighter one.
  async weigh(state, play) {
    const { question, estimate } = this;
    question.close();
    const found = heaviest(state, estimate, Math.max(LONG, 1.01 * estimate(this.settings).seconds));
    if (!found) return play(state);
    question.ask(found, { anyway: () => play(state), less: () => play(lightened(state, found)) });
    return null;
  }

  begin(state) {
    return this.weigh(state, () => this.setUp(state));
  }

  // A new game, or two; `said` in a state is a sentence about it.
  async setUp(state) {
    const { games } = this;
    const { recipe, t = 0, changes = [], beside = null } = state;
    this.shows(state);
    const mark = same(beside, games.beside) ? undefined : games.mark();
    games.setBeside(beside, recipe, { t, changes });
    const wish = (this.wished = { recipe, before: games.first.news?.first });
    this.changing = {};
    this.told();
    await games.first.source.start(recipe, { t, changes, mark });
    if (this.wished === wish) this.wished = null; // it was refused
    this.told();
  }

  // The first game goes on without the second, until an undo brings that back.
  alone() {
    const { games } = this;
    const mark = games.mark();
    this.note();
    games.setBeside(null);
    games.first.source.mark(mark);
    this.told();
  }

  setBeside(beside) {
    const { why } = this.checked({ ...this.settings, ...beside });
    if (why) return this.note(why);
    const said = this.games.first.news.frame?.t > 0 ? TOGETHER : null;
    return this.begin({ recipe: this.settings, beside, said });
  }

  // A recipe that can be played, or why it cannot.
  checked(parts) {
    try {
      return { recipe: this.check(parts), why: null };
    } catch (error) {
      return { recipe: null, why: error.message };
    }
  }

  // What a control asks for, held by a hand or not. Null, or the sentence why not.
  async wish(name, value, held = false) {
    if (!held) this.games.release();
    if (same(value, this.settings[name])) return null;
    const { beside } = this.games;
    const { recipe, why } = this.checked({ ...this.settings, [name]: value });
    const not = why ?? this.checked({ ...recipe, ...beside }).why;
    if (not) return not;
    this.note();
    return this.weigh({ recipe, beside }, (state) => this.play(state, held));
  }

  // Go on by this recipe: a running game changes its rules; what is built in begins a new one.
  async play({ recipe, beside }, held = false) {
    const { settings, games } = this;
    const changes = Object.fromEntries(Object.entries(recipe).filter(([name, value]) => !same(value, settings[name])));
    if (!Object.keys(changes).length) return null;
    if (!Object.keys(changes).some((name) => BUILT_IN.includes(name))) return this.change(changes, held);
    const again = games.playing;
    await this.setUp({ recipe, beside });
    if (again) games.clock.play();
    return null;
  }

  async change(changes, held) {
    const asked = (this.changing = { ...this.changing, ...changes });
    this.told();
    const [error = null] = (await this.games.change(changes, held)).filter(Boolean);
    if (asked === this.changing) this.changing = {};
    this.told();
    return error;
  }
}
