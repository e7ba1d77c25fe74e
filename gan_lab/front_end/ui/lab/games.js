// The games of a lab, one or two: each with its source, its figure and what is wrong with it, and the clock
// that moves them.

import { diagnose } from "../../diagnostics/diagnose.js";
import { checkDivergence } from "../../diagnostics/divergence_check.js";
import { awake, standstill } from "../../diagnostics/standstill.js";
import { liveSource } from "../../source/live_source.js";
import { pairedSource } from "../../source/paired_source.js";
import { isHeavy } from "../../training/effort.js";
import { closestPreset, presetRecipe } from "../../training/recipe/presets.js";
import { element } from "../elements.js";
import { buildStrip } from "./diagnostics_strip.js";
import { Figure } from "./figure/figure.js";
import { differenceWords } from "./figure/sentences.js";
import { KEYS } from "./keys.js";

const MARKS = 10; // acts that changed what stands beside the first game: more than can be taken back
const BUDGET = 24; // milliseconds that an ask may train before its picture is made
const prefersStillness = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const judge = (frame, history, recipe) => [...diagnose(frame, history), ...checkDivergence(frame, history, recipe)];
const calm = (recipe) => presetRecipe(closestPreset(recipe));

// Changes of the fields in which a second game does not differ.
const without = (changes, beside) =>
  Object.fromEntries(Object.entries(changes).filter(([name]) => !Object.hasOwn(beside, name)));

// A game of a client, which is told what to keep where that can be broken off.
export const liveGame = (client, recipe, start) =>
  liveSource(client, recipe, { judge, budget: BUDGET, start, heavy: client.cut && isHeavy });

// options: newClient, view(), chapterUrl(name), chapterTitle(name), heard() after any news of a game, moved(news) of the
// clock, anew() begins a new game.
export class Games {
  constructor(options) {
    this.options = options;
    this.list = []; // { source, figure, strip, news, stop }
    this.beside = null; // { field: value } of the second game
    this.seconds = new Set(); // second games, shown or to be come back to
    this.marks = new Map(); // number of an act of the first game -> what stood beside it before: { beside, second }
    this.marked = 0; // the number of the last one
    this.undone = Promise.resolve(); // the last undo
    this.clock = null; // the source that the transport moves
    this.playing = false; // whether it moves
    this.figures = element("div", { class: "gan-lab-boards" });
    this.strips = element("div", { class: "gan-lab-boards" });
    this.charts = element("div", { class: "gan-lab-boards" });
  }

  get first() {
    return this.list[0];
  }

  add(source) {
    const { view, chapterUrl, chapterTitle, heard } = this.options;
    const name = this.list.length ? "The second game." : "";
    const game = { source, news: null };
    game.figure = new Figure({ view, seek: (i) => this.clock.seek(i), keys: KEYS, name });
    game.strip = buildStrip({
      chapterUrl,
      chapterTitle,
      rescue: (rates) => this.rescue(game, rates),
      calm,
      help: (offer) => this.help(offer),
    });
    this.figures.append(element("div", { class: "gan-lab-game" }, game.figure.el));
    this.strips.append(element("div", { class: "gan-lab-game" }, game.strip.el));
    this.charts.append(game.figure.charts.el);
    this.list.push(game);
    game.stop = source.listen((news) => {
      game.news = news;
      heard();
    });
  }

  drop() {
    const game = this.list.pop();
    game.stop();
    game.figure.stop();
    this.figures.lastChild.remove();
    this.strips.lastChild.remove();
    this.charts.lastChild.remove();
  }

  // The transport moves one game, or both by one clock.
  setClock() {
    this.stopClock();
    const [a, b] = this.list;
    this.clock = b ? pairedSource(a.source, b.source) : a.source;
    this.unhear = this.clock.listen((news) => {
      this.options.moved(b ? { ...news, line: a.news.line } : news);
      this.playing = news.playing;
    });
    for (const el of [this.figures, this.strips, this.charts]) el.classList.toggle("gan-lab-abreast", !!b);
  }

  stopClock() {
    this.clock?.pause();
    this.clock?.end?.();
    this.unhear?.();
  }

  get second() {
    return this.list[1]?.source ?? null;
  }

  // A second game that differs in one field, or none; `start` as a source takes it.
  setBeside(beside, recipe, start) {
    this.beside = beside;
    if (!beside) return this.stand(null);
    const second = { ...recipe, ...beside };
    const theirs = {
      ...start,
      changes: start.changes?.map((each) => ({ ...each, changes: without(each.changes, beside) })),
    };
    return this.second
      ? this.second.start(second, theirs)
      : this.stand(liveGame(this.options.newClient(), second, theirs));
  }

  // This one is the second game from now on, or none is; one that nothing can bring back is closed.
  stand(source) {
    if (source !== this.second) {
      if (this.second) this.drop();
      if (source) this.add(source);
      this.setClock();
    }
    if (source) this.seconds.add(source);
    const wanted = [source, ...[...this.marks.values()].map(({ second }) => second)];
    for (const one of this.seconds) if (!wanted.includes(one)) this.close(one);
  }

  close(source) {
    source.close?.();
    this.seconds.delete(source);
  }

  // For an act of the first game that changes what stands beside it: the mark with which undo finds it again.
  mark() {
    this.marks.set(++this.marked, { beside: this.beside, second: this.second });
    if (this.marks.size > MARKS) this.marks.delete(this.marks.keys().next().value);
    return this.marked;
  }

  // The last act of all games is taken back, and a second game that came or went by it. One undo waits for
  // another, but not for what is heavy: that is broken off.
  undo() {
    const go = async () => this.goBackTo(await this.clock.undo?.());
    return (this.undone = this.list.some(({ news }) => news.heavy) ? go() : this.undone.then(go));
  }

  goBackTo(mark) {
    if (!this.marks.has(mark)) return;
    const { beside, second } = this.marks.get(mark);
    for (const later of [...this.marks.keys()]) if (later >= mark) this.marks.delete(later);
    this.beside = beside;
    this.stand(second);
  }

  // Other rules for the running games, held or not; what the second one differs in stays. The sentences why not.
  async change(changes, held) {
    const sources = this.list.map(({ source }, i) => [source, i === 1 ? without(changes, this.beside) : changes]);
    this.clock.changed?.();
    return Promise.all(sources.map(([source, some], i) => source.change(awake(some, this.list[i].news), held)));
  }

  // Nothing is played on where no step changes anything, but it can be asked for again.
  rest() {
    const news = this.list.map((game) => game.news);
    if (news.some(({ playing }) => playing) && news.every((one) => one.live && standstill(one)?.both))
      this.clock.pause();
  }

  // What was offered to games that stand still, and on with them.
  async help({ changes }) {
    if (!changes) return this.options.anew();
    const still = this.list.filter(({ news }) => standstill(news));
    await Promise.all(still.map(({ source }) => source.change(changes)));
    return this.clock.play();
  }

  release() {
    for (const { source } of this.list) source.release?.();
  }

  // Back to the last good state of a game, the other one with it, and on with these rates.
  async rescue({ source }, rates) {
    this.clock.seek(source.lastGood().index);
    await this.clock.goOn();
    await Promise.all(this.list.map((game) => game.source.change(game.source === source ? rates : {}))); // one act in both
  }

  // What was played up to the pictures that are shown: [{ recipe, moves }]. A recorded game was not moved by hand.
  told() {
    const plain = ({ recipe, frame }) => ({ recipe, moves: [["play", frame.t]] });
    return Promise.all(this.list.map(({ source, news }) => source.told?.() ?? plain(news)));
  }

  // How many sentences on what is wrong stand under the games.
  get notes() {
    return this.list.reduce((count, { strip }) => count + strip.el.children.length, 0);
  }

  // Everything of the games that is not drawn; `notes` are sentences of the lab itself.
  show(notes) {
    const [a, b] = this.list.map(({ news }) => news);
    const captions = b ? differenceWords(a.recipe, b.recipe) : [""];
    this.list.forEach(({ figure, strip, news, source }, i) => {
      const still = news.way && news.frame && prefersStillness(); // the way up is not for everyone to see
      if (!still) figure.show(news);
      figure.caption(captions[i]);
      strip.show({ ...news, still: news.live ? standstill(news) : null }, source.lastGood?.() ?? null, i ? [] : notes);
    });
  }

  paint(theme) {
    for (const { figure, news } of this.list) {
      const others = this.list.map((game) => game.news).filter((other) => other !== news && other?.frame);
      figure.paint(theme, others);
    }
  }

  end() {
    this.stopClock();
    this.first.source.close?.();
    this.seconds.forEach((source) => this.close(source));
    while (this.list.length) this.drop();
  }
}
