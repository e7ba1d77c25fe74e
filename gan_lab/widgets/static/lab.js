// The lab: a game that a reader trains with their own hands.
//
// It wires controls, boards and transport to a source, and holds no numbers of its own: what is shown is
// what the source says. The one who answers, a worker of the page or a kernel, comes as an asker.

import { askingSource } from "./asking.js";
import { buildPanel } from "./control_panel.js";
import { openPad } from "./draw_target.js";
import { element } from "./elements.js";
import { blownUp } from "./blown_up.js";
import { health } from "./health.js";
import { buildStrip } from "./health_strip.js";
import { dimOf } from "./kinds_of_data.js";
import { buildBoard, firstView } from "./lab_board.js";
import { buildHead, pythonText } from "./lab_head.js";
import { obeyKey, KEYS } from "./lab_keys.js";
import { addLabStyle } from "./lab_styles.js";
import { buildTransport } from "./lab_transport.js";
import { buildViewRow } from "./lab_view.js";
import { differenceWords, provenance } from "./lab_words.js";
import { linkOf, stateOfLink } from "./link.js";
import { closestPreset, presetOf, PRESETS, presetRecipe } from "./presets.js";
import { recipeOf } from "./recipe.js";
import { sideBySide } from "./side_by_side.js";
import { buildSlowMotion } from "./slow_motion.js";
import { addStyle } from "./styles.js";
import { themeOf, watchTheme } from "./theme.js";
import { BUILT_IN } from "./training.js";
import { workerAsk } from "./worker.js";

const REMEMBER = 400; // milliseconds of rest before the address follows
const WARP = 1600; // milliseconds that the square takes to G(z)
const NARROW = 700; // pixels of width up to which the controls stand below, closed
const prefersStillness = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
const judge = (frame, history, recipe) => [...health(frame, history), ...blownUp(frame, history, recipe)];
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

// options: { start }: { recipe, t } to begin with, or a whole state of a link; newAsker() -> an asker, for each
// game; asker, if there can be only one; source, to show what cannot be changed; where it is trained, in
// words; writeAddress(link), where the page's address is this lab's; chapterUrl(name).
// Returns { open(state of a link), ready(), moment, unmount() }.
export function mountLab(el, options = {}) {
  addStyle();
  addLabStyle();
  el.classList.add("gan-lab", "gan-lab-lab");
  const { newAsker = options.asker ? null : workerAsk, where = "in this page", writeAddress = null } = options;
  const first = { t: 0, changes: [], beside: null, view: {}, wrong: null, ...options.start };
  const dim = dimOf(first.recipe.data);
  el.dataset.dim = dim;
  let view = { ...firstView(dim), ...picked(first.view) };
  let notes = first.wrong ? [first.wrong] : [];
  let games = []; // { source, board, strip, news, stop }
  let beside = null; // { field: value } of the second game
  let clock = null; // the source that the transport moves
  let ends = [];
  let painting = 0;
  let playing = false;
  let timer = null;

  const main = () => games[0].source;
  const settings = () => games[0].news?.recipe ?? first.recipe;
  const note = (...sentences) => {
    notes = sentences.filter(Boolean);
    showAll();
  };

  // The parts of the lab, top to bottom.
  const head = buildHead(dim, {
    preset: (name) => begin({ recipe: presetRecipe(name), t: PRESETS[name].t }),
    reset: () => begin({ recipe: settings(), beside }),
    link: () => location.href.replace(/#.*$/, "") + link(),
    code: () => pythonText(settings(), games[0].news.frame?.t ?? 0),
    two: (on) => setBeside(on ? { lr_G: Number((settings().lr_G * 10).toPrecision(3)) } : null),
    beside: (name, value) => setBeside({ [name]: value ?? settings()[name] }),
  }, newAsker !== null);
  const panel = buildPanel(dim, { wish, draw: () => openPad(dim, el, (data) => wish("data", data)) }, el.clientWidth > NARROW);
  const transport = buildTransport(() => clock, (what) => clock[what]());
  const slow = buildSlowMotion({ next: () => clock.move("line"), back: () => clock.back() });
  const rows = buildViewRow(dim, { changed: setView, watch: watchWarp });
  const boards = element("div", { class: "gan-lab-boards" });
  const charts = element("div", { class: "gan-lab-boards" });
  const foot = element("p", { class: "gan-lab-foot" });
  const stage = element("div", { class: "gan-lab-view" }, boards, rows.layers, transport.row, transport.scrub, charts, rows.charts, slow.el, foot);
  const whole = element("div", { class: "gan-lab-whole" }, ...head.parts, element("div", { class: "gan-lab-two" }, stage, panel.el));
  el.prepend(whole);

  function addGame(source) {
    const game = { source, news: null };
    game.board = buildBoard({ view: () => view, seek: (i) => clock.seek(i), keys: KEYS, name: games.length ? "The second game." : "" });
    game.strip = buildStrip({ chapterUrl: options.chapterUrl ?? ((name) => name.replace(/(#|$)/, ".html$1")), rescue: (rates) => rescue(game, rates), calm: (recipe) => presetRecipe(closestPreset(recipe)) });
    boards.append(element("div", { class: "gan-lab-game" }, game.board.el, game.strip.el));
    charts.append(game.board.charts);
    games.push(game);
    game.stop = source.listen((news) => {
      game.news = news;
      showAll();
    });
    return game;
  }

  function dropSecond() {
    if (games.length < 2) return;
    const game = games.pop();
    game.stop();
    game.board.stop();
    game.source.close();
    boards.lastChild.remove();
    charts.lastChild.remove();
  }

  // The transport moves one game, or both by one clock.
  function setClock() {
    clock?.pause();
    clock?.end?.();
    for (const end of ends.splice(0)) end();
    clock = games.length > 1 ? sideBySide(games[0].source, games[1].source) : main();
    ends.push(clock.listen((news) => {
      playing = news.playing;
      transport.show(news);
      slow.show(games.length > 1 ? { ...news, line: games[0].news.line } : news);
      if (!news.playing) remember();
    }));
    for (const each of [boards, charts]) each.classList.toggle("gan-lab-abreast", games.length > 1);
  }

  function begin({ recipe, t = 0, changes = [], beside: other = null, keepPlaying = false, view: seen = {} }) {
    const played = keepPlaying && playing;
    notes = [];
    view = { ...view, ...picked(seen) };
    setSecond(other, recipe, { t, changes });
    if (seen.slow) slow.open();
    const done = main().start(recipe, { t, changes });
    remember();
    return done.then(() => played && clock.play());
  }

  function setSecond(other, recipe, way) {
    const had = games.length > 1;
    beside = other;
    if (!other && had) dropSecond();
    const second = other && { ...recipe, ...other };
    if (other && had) games[1].source.start(second, way);
    if (other && !had) addGame(askingSource(newAsker(), second, { judge, start: way }));
    if (had !== !!other) setClock();
  }

  function setBeside(other) {
    if (!sound({ ...settings(), ...other })) return;
    begin({ recipe: settings(), beside: other });
  }

  // A recipe that can be played; else the sentence why not is shown, and the controls go back.
  function sound(parts) {
    try {
      return recipeOf(parts);
    } catch (error) {
      note(error.message);
      return null;
    }
  }

  // What a control asks for: a running game changes its rules; what is built in begins a new one.
  async function wish(name, value) {
    const recipe = sound({ ...settings(), [name]: value });
    if (!recipe) return;
    notes = [];
    if (BUILT_IN.includes(name)) {
      await begin({ recipe, beside: sound({ ...recipe, ...beside }) ? beside : null, keepPlaying: true });
      return;
    }
    const errors = await Promise.all(
      games.map(({ source }, i) => (i === 1 && name in beside ? null : source.change({ [name]: value }))),
    );
    note(...errors);
    remember();
  }

  async function rescue({ source }, rates) {
    await source.rescue();
    await source.change(rates);
    remember();
  }

  function setView(next) {
    view = next;
    showAll();
    remember();
  }

  // G at work: the square of z goes straight to its image, once.
  function watchWarp() {
    const began = performance.now();
    const still = prefersStillness();
    const frame = () => {
      const share = Math.min(1, (performance.now() - began) / WARP);
      for (const { board } of games) board.replay(still ? 0.5 : share);
      paint();
      if (share < 1) requestAnimationFrame(frame);
      else {
        for (const { board } of games) board.replay(null);
        setView({ ...view, show: [...new Set([...view.show, "warp"])] });
      }
    };
    frame();
  }

  function link() {
    const { first: recipe, changed, frame, pace, line } = games[0].news;
    const seen = Object.fromEntries(Object.entries(view).filter(([name, value]) => !same(value, firstView(dim)[name])));
    if (pace !== "fast") seen.pace = pace;
    if (line || slow.isOpen()) seen.slow = true;
    return linkOf({ recipe: recipe ?? settings(), t: frame?.t ?? 0, changes: changed, beside, view: seen });
  }
  let touched = false; // an address is written when the reader has done something
  function remember() {
    clearTimeout(timer);
    if (!writeAddress || !touched) return;
    timer = setTimeout(() => {
      if (games[0].news?.playing || !games[0].news?.frame) return;
      writeAddress(link());
    }, REMEMBER);
  }
  function open(state) {
    view = firstView(dim);
    const done = begin(state);
    clock.pace(state.view.pace ?? "fast");
    if (state.wrong) note(state.wrong);
    return done;
  }

  function showAll() {
    if (games.some(({ news }) => !news)) return;
    const [a, b] = games.map(({ news }) => news);
    const words = b ? differenceWords(a.recipe, b.recipe) : [""];
    games.forEach(({ board, strip, news, source }, i) => {
      if (!(news.way && news.frame && prefersStillness())) board.show(clock && games.length > 1 ? { ...news, playing: !!news.busy } : news);
      board.caption(b ? words[i] : "");
      strip.show(news, source.lastGood?.() ?? null, i ? [] : notes);
    });
    panel.show(settings());
    panel.el.inert = a.live !== true; // what was recorded can be looked at, not set
    head.show(presetOf(a.first ?? settings()), beside, settings());
    rows.show(view, !!a.frame?.warp);
    foot.textContent = provenance(a, where);
    painting ||= requestAnimationFrame(paint);
  }

  function paint() {
    painting = 0;
    const theme = themeOf(el);
    el.dataset.dark = theme.dark;
    for (const { board } of games) board.paint(theme);
  }

  addGame(options.source ?? askingSource(options.asker ?? newAsker(), first.recipe, { judge, start: first }));
  setClock();
  setSecond(first.beside, first.recipe, first);
  if (first.view.pace) clock.pace(first.view.pace);
  if (first.view.slow) slow.open();

  const watcher = new ResizeObserver(() => (painting ||= requestAnimationFrame(paint)));
  watcher.observe(boards);
  const unwatch = watchTheme(() => (painting ||= requestAnimationFrame(paint)));
  const hidden = () => document.hidden && clock.pause();
  document.addEventListener("visibilitychange", hidden);
  el.addEventListener("pointerdown", () => (touched = true));
  el.addEventListener("keydown", (event) => {
    touched = true;
    obeyKey(event, { clock, transport, board: games[0].board, slow });
  });
  return {
    open,
    ready: () => Promise.all(games.map(({ source }) => source.ready)),
    get moment() {
      return games[0].news;
    },
    unmount() {
      clearTimeout(timer);
      slow.stop();
      dropSecond();
      for (const end of ends) end();
      main().close?.();
      unwatch();
      watcher.disconnect();
      document.removeEventListener("visibilitychange", hidden);
      whole.remove();
    },
  };
}

const picked = ({ show, charts }) => Object.fromEntries(Object.entries({ show, charts }).filter(([, value]) => value));
