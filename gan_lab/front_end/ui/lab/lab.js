// The lab: a game that a reader trains with their own hands.
//
// It wires controls, figures and transport to the games, and holds no numbers of its own: what is shown is
// what their sources say. The one who answers, a worker of the page or a kernel, comes as a client.

import { dimOf } from "../../data/kinds.js";
import { themeOf, watchTheme } from "../../draw/theme.js";
import { workerClient } from "../../source/worker.js";
import { estimator } from "../../training/page_speed.js";
import { closestPreset, presetOf, presetRecipe } from "../../training/recipe/presets.js";
import { recipeOf, same } from "../../training/recipe/recipe.js";
import { PRESETS } from "../../training/recipe/schema.js";
import { colorBehind, element } from "../elements.js";
import { addStyle } from "../styles.js";
import { inWords } from "./controls/fields.js";
import { buildQuestion, heaviest } from "./controls/heavy_game.js";
import { buildPanel } from "./controls/panel.js";
import { anotherValue } from "./controls/second_game.js";
import { openPad } from "./controls/target_pad.js";
import { firstView } from "./figure/figure.js";
import { buildNetworksKey } from "./figure/networks_key.js";
import { provenance } from "./figure/sentences.js";
import { buildViewRow } from "./figure/view_row.js";
import { frameRate } from "./frame_rate.js";
import { Games, liveGame } from "./games.js";
import { buildHeader } from "./header.js";
import { handleKey } from "./keys.js";
import { Rules, TOGETHER } from "./rules.js";
import { Address } from "./share/address.js";
import { LONGEST_LINK, linkOf } from "./share/link.js";
import { pythonText } from "./share/python_code.js";
import { buildSlowMotion, lineShown } from "./slow_motion.js";
import { addLabStyle } from "./styles.js";
import { buildTransport } from "./transport.js";

const NARROW = 700; // pixels of width up to which the controls stand below, closed
// A page that stands alone knows of a book only if it says where that is.
const chapterOfBook = (name) =>
  document.querySelector("html[data-alone]:not(:has(base))") ? null : name.replace(/(#|$)/, ".html$1");
const pageEstimate = estimator(); // how long a game takes in this page
const noEstimate = () => ({ seconds: 0, most: Infinity }); // elsewhere that is not known
/** @type {(view: Record<string, any>) => any} */
const picked = ({ show, charts }) => Object.fromEntries(Object.entries({ show, charts }).filter(([, value]) => value));
const inPlaceOf = (state) => ({
  ...state,
  recipe: presetRecipe(closestPreset(state.recipe)),
  t: 0,
  changes: [],
  beside: null,
});

// options: { start }: { recipe, t } to begin with, or a whole state of a link; newClient() -> a client, for each
// game; client, if there can be only one; source, to show what cannot be changed; where it is trained, in
// words; writeAddress(link), where the page's address is this lab's; chapterUrl(name), or chapterTitle(name) where
// that is not known; check(parts), a recipe or an Error of one sentence, for one who answers and can play more than
// a page; heard(news) after any news; controls: false where something else sets the recipe. What others may call of
// the lab: open(state of a link), take(recipe), look(), clock(), ready(), waits(why or null), moment, unmount().
export const mountLab = (el, options = {}) => new Lab(el, options);

class Lab {
  el;
  where;
  controls;
  heard;
  dim;
  known;
  painting;
  chapterUrl;

  constructor(el, options) {
    addStyle();
    addLabStyle();
    el.classList.add("gan-lab", "gan-lab-lab");
    const { newClient = options.client ? null : workerClient, where = "in this page", controls = true } = options;
    const { estimate = newClient ? pageEstimate : noEstimate, heard = () => {} } = options;
    const wanted = { t: 0, changes: [], beside: null, view: {}, wrong: null, ...options.start };
    const tooMuch = !options.source && heaviest(wanted, estimate);
    const first = tooMuch ? inPlaceOf(wanted) : wanted;
    Object.assign(this, {
      el,
      where,
      controls,
      heard,
      dim: dimOf(first.recipe.data),
      known: { text: "", name: null },
      painting: 0,
    });
    el.dataset.dim = this.dim;
    this.view = { ...firstView(this.dim), ...picked(first.view) };
    this.notes = [first.wrong].filter(Boolean).map(inWords);
    this.waiting = null; // for what, in a sentence
    this.seen = frameRate();
    this.address = new Address(options.writeAddress ?? null, () => this.link());
    this.repaint = () => (this.painting ||= requestAnimationFrame(() => this.paint()));
    this.chapterUrl = options.chapterUrl ?? chapterOfBook;
    this.games = this.makeGames(newClient, options.chapterTitle);
    this.question = buildQuestion();
    this.rules = this.makeRules(first.recipe, options.check ?? recipeOf, estimate);
    this.build(newClient !== null);
    this.addFirstGame(options.source ?? liveGame(options.client ?? newClient(), first.recipe, first), first);
    if (tooMuch) this.open(wanted);
    this.unwatch = this.watch();
  }

  makeGames(newClient, chapterTitle) {
    const moved = (news) => {
      if (news.playing && !this.games.playing) this.notes = this.notes.filter((each) => each !== TOGETHER); // they are begun
      this.transport.show(news);
      this.slow.show(news);
      this.address.hear(news);
    };
    return new Games({
      newClient,
      view: () => ({ ...this.view, strip: this.slow.isOpen() }),
      chapterUrl: this.chapterUrl,
      chapterTitle,
      heard: () => this.show(),
      moved,
      anew: () => this.reset(),
    });
  }

  makeRules(recipe, check, estimate) {
    const { games, question } = this;
    const told = () => {
      this.show();
      this.address.follow();
    };
    const [shows, note] = [(state) => this.showViewOf(state), (...sentences) => this.note(...sentences)];
    return new Rules({ games, recipe, check, estimate, question, shows, told, note });
  }

  // The parts of the lab, top to bottom.
  build(canCompare) {
    const { dim, el, games, rules } = this;
    const undo = () => this.undo();
    this.header = buildHeader(dim, this.headerCallbacks(), canCompare);
    const draw = () => openPad(dim, el, rules.settings.data, async (data) => this.note(await rules.wish("data", data)));
    this.panel = buildPanel(
      dim,
      { wish: (...asked) => rules.wish(...asked), draw, chapterUrl: this.chapterUrl },
      el.clientWidth > NARROW,
    );
    this.transport = buildTransport(() => games.clock, { undo, read: () => this.scrollToSentences() });
    this.slow = buildSlowMotion({
      next: () => games.clock.move("line"),
      back: undo,
      toggled: () => this.toggledSlow(),
      asked: () => this.comeToSlowMotion(),
    });
    this.viewRow = buildViewRow(dim, { changed: (view) => this.setView(view), watch: () => this.watchWarp() });
    this.key = buildNetworksKey(dim, { changed: (view) => this.setView(view) });
    this.foot = element("p", { class: "gan-lab-foot" });
    this.sight = element("div", { class: "gan-lab-sight" }, this.transport.row, games.figures);
    const { hands, scrub } = this.transport;
    const pressed = [hands, this.viewRow.layers, scrub, this.viewRow.charts]; // above all that comes and goes
    const below = element("div", { class: "gan-lab-below" }, ...pressed, games.strips, games.charts, this.foot);
    const view = element("div", { class: "gan-lab-view" }, this.sight, below);
    const side = element(
      "div",
      { class: "gan-lab-side" },
      this.slow.el,
      this.key.el,
      ...(this.controls ? [this.panel.el] : []),
    );
    this.beneath = element("div", { class: "gan-lab-two" }, view, side);
    this.whole = element("div", { class: "gan-lab-whole" }, ...this.header.parts, this.question.el, this.beneath);
    el.prepend(this.whole);
  }

  // What the header can do.
  headerCallbacks() {
    const { rules, games, address } = this;
    const beside = (name, value = anotherValue(this.dim, name, rules.settings[name])) =>
      rules.setBeside({ [name]: value });
    return {
      preset: (name) => this.beginAnew({ recipe: presetRecipe(name), t: PRESETS[name].t }),
      reset: () => this.reset(),
      share: address.write && this.sharing(),
      code: async () => pythonText(await games.told()),
      two: (on) => (on ? beside("lr_G") : rules.alone()),
      beside,
    };
  }

  // What the share button takes: a figure that opens the link of this moment.
  sharing() {
    return {
      link: () => location.href.replace(/#.*$/, "") + this.link(),
      words: () =>
        this.games.first.news.frame?.t > LONGEST_LINK
          ? `A link to this game and view at iteration ${LONGEST_LINK}, and no further`
          : "A link to this very game and view",
      figure: () => element("figure", { class: "gan-lab", "data-gan-lab": "lab", "data-link": this.link() }),
      mount: ["$ui$lab$mount", "mountLabs"],
      title: () => "A GAN to train by hand",
    };
  }

  addFirstGame(source, { recipe, beside, view, ...start }) {
    const { games } = this;
    games.add(source);
    games.setClock();
    if (beside) games.setBeside(beside, recipe, start);
    if (view.pace) games.clock.pace(view.pace);
    if (view.slow) this.slow.open();
  }

  beginAnew(state) {
    this.panel.forget();
    return this.rules.begin(state);
  }

  reset() {
    return this.beginAnew({ recipe: this.rules.settings, beside: this.games.beside });
  }

  // What is said and seen of a game that is being set up.
  /** @type {(state: { view?: Record<string, any>, said?: any }) => void} */
  showViewOf({ view = {}, said = null }) {
    this.notes = [said].filter(Boolean);
    this.view = { ...this.view, ...picked(view) };
    if (view.slow) this.slow.open();
  }

  // What was refused, or said, goes with the act that is taken back.
  async undo() {
    this.panel.forget();
    this.note();
    await this.games.undo();
    this.show();
    this.address.follow();
  }

  // Slow motion unfolds the picture of the networks where there is room for it.
  toggledSlow() {
    if (this.slow.isOpen() && this.el.clientWidth > NARROW) this.key.el.setAttribute("open", "");
    this.show();
  }

  // Where the picture stands over Algorithm 1, both come on one screen.
  comeToSlowMotion() {
    if (this.el.clientWidth > NARROW) return;
    this.games.first.figure.box.scrollIntoView({ block: "start", behavior: "instant" });
  }

  // An address has led here.
  come() {
    this.el.scrollIntoView({ block: "start", behavior: "instant" });
    if (this.slow.isOpen()) this.ready().then(() => requestAnimationFrame(() => this.comeToSlowMotion()));
  }

  // What the lab says comes into sight.
  scrollToSentences() {
    const { strips } = this.games;
    strips.scrollIntoView({ block: "center" });
    const held = strips.getBoundingClientRect().bottom > innerHeight; // beside controls that are longer
    if (held) this.beneath.scrollIntoView({ block: "end" });
  }

  note(...sentences) {
    this.notes = sentences.filter(Boolean).map(inWords);
    this.show();
  }

  // What cannot be followed is said, and the running game stands.
  open(state) {
    return state.wrong ? this.note(state.wrong) : this.rules.weigh(state, (weighed) => this.playState(weighed));
  }

  async playState(state) {
    this.view = firstView(this.dim);
    this.panel.forget();
    const done = this.rules.setUp(state);
    this.games.clock.pace(state.view.pace ?? "fast");
    await done;
  }

  // A whole recipe from outside.
  async take(recipe) {
    this.note(await this.rules.play({ recipe, beside: null }));
  }

  look() {
    return this.games.first.source.look();
  }

  clock() {
    return this.games.clock;
  }

  ready() {
    return Promise.all(this.games.list.map(({ source }) => source.ready));
  }

  waits(why) {
    this.waiting = why;
    this.show();
  }

  get moment() {
    return this.games.first.news;
  }

  setView(view) {
    this.view = view;
    this.show();
    this.address.follow();
  }

  watchWarp() {
    for (const { figure } of this.games.list) figure.watchWarp(this.repaint);
    this.setView({ ...this.view, show: [...new Set([...this.view.show, "warp"])] });
  }

  link() {
    const { first: recipe, changed: changes, frame, pace, line } = this.moment;
    const usual = firstView(this.dim);
    /** @type {Record<string, any>} */
    const view = Object.fromEntries(Object.entries(this.view).filter(([name, value]) => !same(value, usual[name])));
    if (pace !== "fast") view.pace = pace;
    if (line || this.slow.isOpen()) view.slow = true;
    return linkOf({
      recipe: recipe ?? this.rules.settings,
      t: frame?.t ?? 0,
      changes,
      beside: this.games.beside,
      view,
    });
  }

  // The name of the preset that is played: looked up anew where the settings are others.
  presetNow() {
    const { settings } = this.rules;
    const text = JSON.stringify(settings);
    if (text !== this.known.text) this.known = { text, name: presetOf(settings) };
    return this.known.name;
  }

  show() {
    const { games, rules, panel, moment: news } = this;
    if (games.list.some((game) => !game.news)) return;
    rules.hear(news);
    this.heard(news);
    games.show([this.waiting, ...this.notes].filter(Boolean));
    this.transport.notes(games.notes);
    queueMicrotask(() => games.rest()); // when all have heard of this moment
    if (this.controls) panel.show(rules.settings);
    panel.el.inert = news.live !== true; // what was recorded can be looked at, not set
    this.header.show(this.presetNow(), games.beside, rules.settings);
    this.viewRow.show(this.view, !!news.frame?.warp);
    this.key.show(this.view, rules.settings, lineShown(news));
    this.foot.textContent = provenance({ ...news, seen: this.seen(news) }, this.where);
    this.repaint();
  }

  paint() {
    const { el, games, sight } = this;
    this.painting = 0;
    const theme = themeOf(el);
    el.dataset.dark = theme.dark;
    sight.classList.toggle("gan-lab-single", games.list.length === 1);
    sight.style.setProperty("--gl-page", colorBehind(el) ?? theme.paper);
    games.paint(theme);
  }

  // Hears the page and the hands until what it returns is called: another lab may come into the same element.
  watch() {
    const { el, games, address, repaint } = this;
    const end = new AbortController();
    const hear = (target, kind, act) => target.addEventListener(kind, act, { signal: end.signal });
    const watcher = new ResizeObserver(repaint);
    watcher.observe(this.whole);
    const unwatch = watchTheme(repaint);
    hear(document, "visibilitychange", () => document.hidden && games.clock.pause());
    hear(el, "pointerdown", () => address.touch());
    hear(el, "keydown", (event) => this.press(event));
    return () => {
      end.abort();
      unwatch();
      watcher.disconnect();
    };
  }

  press(event) {
    const { games, transport, slow } = this;
    this.address.touch();
    handleKey(event, { clock: games.clock, transport, undo: () => this.undo(), figure: games.first.figure, slow });
  }

  unmount() {
    this.address.stop();
    this.slow.stop();
    this.games.end();
    this.unwatch();
    cancelAnimationFrame(this.painting);
    this.whole.remove();
  }
}
