// The games of a lab, one or two: each with its source, its board and what is wrong with it, and the clock
// that moves them.

import { askingSource } from "./asking.js";
import { blownUp } from "./blown_up.js";
import { element } from "./elements.js";
import { health } from "./health.js";
import { buildStrip } from "./health_strip.js";
import { buildBoard } from "./lab_board.js";
import { KEYS } from "./lab_keys.js";
import { differenceWords } from "./lab_words.js";
import { closestPreset, presetRecipe } from "./presets.js";
import { sideBySide } from "./side_by_side.js";

const BUDGET = 24; // milliseconds that an ask may train before its picture is made
const prefersStillness = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const judge = (frame, history, recipe) => [...health(frame, history), ...blownUp(frame, history, recipe)];
const calm = (recipe) => presetRecipe(closestPreset(recipe));

export const liveGame = (asker, recipe, start) => askingSource(asker, recipe, { judge, budget: BUDGET, start });

// options: newAsker, view(), chapterUrl(name), heard() after any news of a game, moved(news) of the clock.
export class Games {
  constructor(options) {
    this.options = options;
    this.list = []; // { source, board, strip, news, stop }
    this.beside = null; // { field: value } of the second game
    this.clock = null; // the source that the transport moves
    this.boards = element("div", { class: "gan-lab-boards" });
    this.charts = element("div", { class: "gan-lab-boards" });
  }

  get first() {
    return this.list[0];
  }

  add(source) {
    const { view, chapterUrl, heard } = this.options;
    const name = this.list.length ? "The second game." : "";
    const game = { source, news: null };
    game.board = buildBoard({ view, seek: (i) => this.clock.seek(i), keys: KEYS, name });
    game.strip = buildStrip({ chapterUrl, rescue: (rates) => this.rescue(game, rates), calm });
    this.boards.append(element("div", { class: "gan-lab-game" }, game.board.el, game.strip.el));
    this.charts.append(game.board.charts);
    this.list.push(game);
    game.stop = source.listen((news) => {
      game.news = news;
      heard();
    });
  }

  drop() {
    const game = this.list.pop();
    game.stop();
    game.board.stop();
    game.source.close?.();
    this.boards.lastChild.remove();
    this.charts.lastChild.remove();
  }

  // The transport moves one game, or both by one clock.
  setClock() {
    this.stopClock();
    const [a, b] = this.list;
    this.clock = b ? sideBySide(a.source, b.source) : a.source;
    this.unhear = this.clock.listen((news) => this.options.moved(b ? { ...news, line: a.news.line } : news));
    for (const el of [this.boards, this.charts]) el.classList.toggle("gan-lab-abreast", !!b);
  }

  stopClock() {
    this.clock?.pause();
    this.clock?.end?.();
    this.unhear?.();
  }

  // A second game that differs in one field, or none; `start` as a source takes it.
  setBeside(beside, recipe, start) {
    const had = this.list.length > 1;
    this.beside = beside;
    const second = beside && { ...recipe, ...beside };
    if (had && !beside) this.drop();
    else if (had) this.list[1].source.start(second, start);
    else if (beside) this.add(liveGame(this.options.newAsker(), second, start));
    if (had !== !!beside) this.setClock();
  }

  // Other rules for the running games; what the second one differs in stays. The sentences why not.
  async change(changes) {
    const sources = this.list.map(({ source }, i) => {
      const own = i === 1 ? Object.keys(this.beside) : [];
      return [source, Object.fromEntries(Object.entries(changes).filter(([name]) => !own.includes(name)))];
    });
    this.clock.changed?.();
    return Promise.all(sources.map(([source, some]) => source.change(some)));
  }

  // Back to the last good state of a game, the other one with it, and on with these rates.
  async rescue({ source }, rates) {
    this.clock.seek(source.lastGood().index);
    await this.clock.goOn();
    await source.change(rates);
  }

  // Everything of the games that is not drawn; `notes` are sentences of the lab itself.
  show(notes) {
    const [a, b] = this.list.map(({ news }) => news);
    const captions = b ? differenceWords(a.recipe, b.recipe) : [""];
    this.list.forEach(({ board, strip, news, source }, i) => {
      const still = news.way && news.frame && prefersStillness(); // the way up is not for everyone to see
      if (!still) board.show(news);
      board.caption(captions[i]);
      strip.show(news, source.lastGood?.() ?? null, i ? [] : notes);
    });
  }

  paint(theme) {
    for (const { board } of this.list) board.paint(theme);
  }

  end() {
    this.stopClock();
    while (this.list.length) this.drop();
  }
}
