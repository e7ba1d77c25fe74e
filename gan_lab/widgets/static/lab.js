// The lab: a game that a reader trains with their own hands.
//
// It wires controls, boards and transport to the games, and holds no numbers of its own: what is shown is
// what their sources say. The one who answers, a worker of the page or a kernel, comes as an asker.

import { buildPanel } from "./control_panel.js";
import { openPad } from "./draw_target.js";
import { element } from "./elements.js";
import { frameRate } from "./frame_rate.js";
import { dimOf } from "./kinds_of_data.js";
import { firstView } from "./lab_board.js";
import { Games, liveGame } from "./lab_games.js";
import { buildHead, pythonText } from "./lab_head.js";
import { obeyKey } from "./lab_keys.js";
import { addLabStyle } from "./lab_styles.js";
import { buildTransport } from "./lab_transport.js";
import { buildViewRow } from "./lab_view.js";
import { provenance } from "./lab_words.js";
import { linkOf } from "./link.js";
import { presetOf, PRESETS, presetRecipe } from "./presets.js";
import { recipeOf } from "./recipe.js";
import { buildSlowMotion } from "./slow_motion.js";
import { addStyle } from "./styles.js";
import { themeOf, watchTheme } from "./theme.js";
import { BUILT_IN } from "./training.js";
import { workerAsk } from "./worker.js";

const REMEMBER = 400; // milliseconds of rest before the address follows
const NARROW = 700; // pixels of width up to which the controls stand below, closed
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const chapterOfBook = (name) => name.replace(/(#|$)/, ".html$1");
const picked = ({ show, charts }) => Object.fromEntries(Object.entries({ show, charts }).filter(([, value]) => value));

// options: { start }: { recipe, t } to begin with, or a whole state of a link; newAsker() -> an asker, for each
// game; asker, if there can be only one; source, to show what cannot be changed; where it is trained, in
// words; writeAddress(link), where the page's address is this lab's; chapterUrl(name); check(parts), a recipe
// or an Error of one sentence, for one who answers and can play more than a page; heard(news) after any news;
// controls: false where something else sets the recipe. Returns { open(state of a link), take(recipe),
// clock(), ready(), moment, unmount() }.
export function mountLab(el, options = {}) {
  addStyle();
  addLabStyle();
  el.classList.add("gan-lab", "gan-lab-lab");
  const { newAsker = options.asker ? null : workerAsk, where = "in this page", writeAddress = null, check = recipeOf } = options;
  const { controls = true } = options;
  const first = { t: 0, changes: [], beside: null, view: {}, wrong: null, ...options.start };
  const dim = dimOf(first.recipe.data);
  el.dataset.dim = dim;
  let view = { ...firstView(dim), ...picked(first.view) };
  let notes = [first.wrong].filter(Boolean);
  let painting = 0;
  let known = { text: "", name: null };
  let playing = false;
  let settled = false;
  let timer = null;
  const seen = frameRate();
  let touched = false; // an address is written when the reader has done something

  const games = new Games({ newAsker, view: () => view, chapterUrl: options.chapterUrl ?? chapterOfBook, heard: show, moved });
  let wished = null; // { recipe, before } of a game that is being set up, and the start of the one before it
  const settings = () => wished?.recipe ?? games.first.news?.recipe ?? first.recipe;

  // The parts of the lab, top to bottom.
  const acts = {
    preset: (name) => begin({ recipe: presetRecipe(name), t: PRESETS[name].t }),
    reset: () => begin({ recipe: settings(), beside: games.beside }),
    link: () => location.href.replace(/#.*$/, "") + link(),
    code: () => pythonText(settings(), games.first.news.frame?.t ?? 0),
    two: (on) => setBeside(on ? { lr_G: Number((settings().lr_G * 10).toPrecision(3)) } : null),
    beside: (name, value) => setBeside({ [name]: value ?? settings()[name] }),
  };
  const head = buildHead(dim, acts, newAsker !== null);
  const draw = () => openPad(dim, el, settings().data, (data) => wish("data", data));
  const panel = buildPanel(dim, { wish, draw }, el.clientWidth > NARROW);
  const transport = buildTransport(() => games.clock);
  const slow = buildSlowMotion({ next: () => games.clock.move("line"), back: () => games.clock.back() });
  const rows = buildViewRow(dim, { changed: setView, watch: watchWarp });
  const foot = element("p", { class: "gan-lab-foot" });
  const stage = element("div", { class: "gan-lab-view" }, games.boards, rows.layers, transport.row, transport.scrub, games.charts, rows.charts, slow.el, foot);
  const beneath = element("div", { class: "gan-lab-two" }, stage, ...(controls ? [panel.el] : []));
  const whole = element("div", { class: "gan-lab-whole" }, ...head.parts, beneath);
  el.prepend(whole);

  function moved(news) {
    playing = news.playing;
    transport.show(news);
    slow.show(news);
    const came = news.settled && !settled; // to rest: who leaves the page now finds this moment again
    settled = news.settled;
    if (!news.playing) remember(came ? 0 : REMEMBER);
  }

  // A new game, or two.
  async function begin({ recipe, t = 0, changes = [], beside = null, view: seen = {} }) {
    notes = [];
    view = { ...view, ...picked(seen) };
    games.setBeside(beside, recipe, { t, changes });
    if (seen.slow) slow.open();
    remember();
    const wish = (wished = { recipe, before: games.first.news?.first });
    show();
    await games.first.source.start(recipe, { t, changes });
    if (wished === wish) wished = null; // it was refused
    show();
  }

  function setBeside(beside) {
    if (sound({ ...settings(), ...beside })) begin({ recipe: settings(), beside });
  }

  function note(...sentences) {
    notes = sentences.filter(Boolean);
    show();
  }

  // A recipe that can be played; else the sentence why not is shown, and the controls go back.
  function sound(parts) {
    try {
      return check(parts);
    } catch (error) {
      note(error.message);
      return null;
    }
  }

  // What a control asks for: a running game changes its rules; what is built in begins a new one.
  async function wish(name, value) {
    const recipe = sound({ ...settings(), [name]: value });
    if (!recipe || !sound({ ...recipe, ...games.beside })) return;
    if (BUILT_IN.includes(name)) {
      const again = playing;
      await begin({ recipe, beside: games.beside });
      if (again) games.clock.play();
      return;
    }
    note(...(await games.change({ [name]: value })));
    remember();
  }

  // A whole recipe from outside: what differs is asked for.
  async function take(next) {
    const changes = Object.fromEntries(Object.entries(next).filter(([name, value]) => !same(value, settings()[name])));
    if (Object.keys(changes).some((name) => BUILT_IN.includes(name))) await begin({ recipe: next });
    else if (Object.keys(changes).length) note(...(await games.change(changes)));
  }

  function setView(next) {
    view = next;
    show();
    remember();
  }

  function watchWarp() {
    for (const { board } of games.list) board.watchWarp(repaint);
    setView({ ...view, show: [...new Set([...view.show, "warp"])] });
  }

  function link() {
    const { first: recipe, changed, frame, pace, line } = games.first.news;
    const seen = Object.fromEntries(Object.entries(view).filter(([name, value]) => !same(value, firstView(dim)[name])));
    if (pace !== "fast") seen.pace = pace;
    if (line || slow.isOpen()) seen.slow = true;
    return linkOf({ recipe: recipe ?? settings(), t: frame?.t ?? 0, changes: changed, beside: games.beside, view: seen });
  }

  function remember(rest = REMEMBER) {
    clearTimeout(timer);
    if (!writeAddress || !touched) return;
    const write = () => settled && writeAddress(link());
    if (rest) timer = setTimeout(write, rest);
    else write();
  }

  async function open(state) {
    view = firstView(dim);
    const done = begin(state);
    games.clock.pace(state.view.pace ?? "fast");
    if (state.wrong) note(state.wrong);
    await done;
  }

  // The name of the preset that is played: looked up anew where the settings are others.
  function presetNow() {
    const text = JSON.stringify(settings());
    if (text !== known.text) known = { text, name: presetOf(settings()) };
    return known.name;
  }

  function show() {
    if (games.list.some(({ news }) => !news)) return;
    const { news } = games.first;
    if (wished && news.first !== wished.before) wished = null;
    options.heard?.(news);
    games.show(notes);
    if (controls) panel.show(settings());
    panel.el.inert = news.live !== true; // what was recorded can be looked at, not set
    head.show(presetNow(), games.beside, settings());
    rows.show(view, !!news.frame?.warp);
    foot.textContent = provenance({ ...news, seen: seen(news) }, where);
    repaint();
  }

  const repaint = () => (painting ||= requestAnimationFrame(paint));
  function paint() {
    painting = 0;
    const theme = themeOf(el);
    el.dataset.dark = theme.dark;
    games.paint(theme);
  }

  games.add(options.source ?? liveGame(options.asker ?? newAsker(), first.recipe, first));
  games.setClock();
  if (first.beside) games.setBeside(first.beside, first.recipe, first);
  if (first.view.pace) games.clock.pace(first.view.pace);
  if (first.view.slow) slow.open();

  const watcher = new ResizeObserver(repaint);
  watcher.observe(games.boards);
  const unwatch = watchTheme(repaint);
  const hidden = () => document.hidden && games.clock.pause();
  document.addEventListener("visibilitychange", hidden);
  el.addEventListener("pointerdown", () => (touched = true));
  el.addEventListener("keydown", (event) => {
    touched = true;
    obeyKey(event, { clock: games.clock, transport, board: games.first.board, slow });
  });
  return {
    open,
    take,
    clock: () => games.clock,
    ready: () => Promise.all(games.list.map(({ source }) => source.ready)),
    get moment() {
      return games.first.news;
    },
    unmount() {
      clearTimeout(timer);
      slow.stop();
      games.end();
      unwatch();
      watcher.disconnect();
      cancelAnimationFrame(painting);
      document.removeEventListener("visibilitychange", hidden);
      whole.remove();
    },
  };
}
