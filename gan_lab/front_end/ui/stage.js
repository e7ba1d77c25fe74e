// The stage: a picture of the present frame, the value of the game over time, and a transport row.
//
// It shows what a source says and passes wishes on; it cannot tell a recording from a live kernel. What the picture is,
// is for a face to say: this file's for the line, `plane_face.js` for the plane.

import { drawBound, frameAt } from "../draw/charts/bound.js";
import { drawFigure1 } from "../draw/line/figure1.js";
import { themeOf, watchTheme } from "../draw/theme.js";
import { sentence } from "../numeric/format.js";
import { element } from "./elements.js";
import { announcer, contextOn, scrubbing, tallness, tellSentence, within } from "./figure_parts.js";
import { addStyle } from "./styles.js";
import { buildRecordingTransport, toPanel } from "./transport.js";

export const STAGE_KEYS =
  "Space plays and pauses, the left and right arrows step, Home and End go to the ends, s says what the picture shows";

const prefersStillness = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// A size in CSS pixels for each of the two canvases, from the width that there is; `tall` times as high as usual.
export function sizesFor(width, tall = 1) {
  return {
    picture: { width, height: tall * within(300, 0.47 * width, 430) },
    chart: { width, height: tall * within(170, 0.25 * width, 210) },
  };
}

// Keys on the figure; true when the key was one of them.
export function obey(key, source, news, transport, say) {
  const acts = {
    " ": transport.toggle,
    ArrowLeft: () => source.step(-1),
    ArrowRight: () => source.step(1),
    Home: () => source.rewind(),
    End: () => {
      source.pause();
      source.seek(news.length - 1);
    },
    s: say,
  };
  if (!(key in acts)) return toPanel(source, news.panels, key);
  acts[key]();
  return true;
}

// Controls keep the keys that are their own: a slider its arrows, a button its space.
const keepsKeys = (target) => ["BUTTON", "SELECT", "INPUT", "SUMMARY", "A"].includes(target.tagName);

// Play once when half of the picture is in sight; a page in the background stands still.
function playOnceInSight(picture, source) {
  const watcher = new IntersectionObserver(
    ([entry]) => {
      if (!entry.isIntersecting) return;
      watcher.disconnect();
      if (!document.hidden) source.play();
    },
    { threshold: 0.5 },
  );
  watcher.observe(picture);
  return () => watcher.disconnect();
}

function pauseWhenHidden(source) {
  const look = () => document.hidden && source.pause();
  document.addEventListener("visibilitychange", look);
  return () => document.removeEventListener("visibilitychange", look);
}

// Figure 1 with the value of the game below it: a function of a source and of what paints anew. A face has the `board`,
// which takes keys; around(transport, note), all that stands on the stage; show(news), paint(theme), say() and stop().
export function lineFace(source, _repaint) {
  let news = null;
  const picture = element("canvas", { role: "img" });
  const chart = element("canvas", { class: "gan-lab-chart", role: "img" });
  const both = { class: "gan-lab-picture", tabindex: 0, role: "group", "aria-roledescription": "moving figure" };
  const board = element(
    "div",
    { ...both, "aria-label": `Figure 1, moving. ${STAGE_KEYS}, a to d show the panels of the paper.` },
    picture,
    chart,
  );
  const says = element("p", {
    class: "gan-lab-says",
    title: "D: its least and largest value over the central 99 % of (p_data + p_G) / 2",
  });
  const heard = element("p", { class: "gan-lab-heard", "aria-live": "polite" });
  const voice = announcer(heard, () => sentence(news.frame));
  const sizes = () => sizesFor(board.clientWidth, tallness());
  const seek = (point) => source.seek(frameAt(point, news.history, sizes().chart, news.panels));
  scrubbing(chart, seek, () => source.pause());
  return {
    board,
    around: ({ scrub, row }, note) => [board, scrub, says, row, note, heard],
    show(moment) {
      news = moment;
      tellSentence(says, sentence(news.frame));
      picture.setAttribute("aria-label", `Densities and discriminator at ${sentence(news.frame)}`);
      chart.setAttribute("aria-label", "V(G,D) and V(G,D*) over the training; the slider below moves through it");
      voice.rest(news.playing);
    },
    paint(theme) {
      const size = sizes();
      const above = contextOn(picture, size.picture);
      if (above) drawFigure1(above, news.frame, size.picture, theme);
      const below = contextOn(chart, size.chart);
      if (below) drawBound(below, news.history, news.now, size.chart, theme, news.panels);
    },
    say: voice.say,
    stop: voice.stop,
  };
}

// Put a stage for `source` into `el`; `face` makes its picture. Returns { unmount }.
export function mountStage(el, source, { face = lineFace, autoplay = false } = {}) {
  addStyle();
  el.classList.add("gan-lab");
  let news = null;
  let waiting = 0;
  const paint = () => {
    waiting = 0;
    const theme = themeOf(el);
    el.dataset.dark = theme.dark;
    shown.paint(theme);
  };
  const repaint = () => (waiting ||= requestAnimationFrame(paint));
  const note = element("p", { class: "gan-lab-note", hidden: "" });
  const transport = buildRecordingTransport(source);
  const shown = face(source, repaint);
  const { board } = shown;
  const stage = element("div", { class: "gan-lab-stage" }, ...shown.around(transport, note));
  el.prepend(stage);
  const hear = (moment) => {
    news = moment;
    transport.show(news);
    shown.show(news);
    note.textContent = news.note;
    note.hidden = !news.note;
    repaint();
  };

  board.addEventListener("pointerdown", () => board.focus({ preventScroll: true }));
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keepsKeys(event.target)) return;
    if (!obey(event.key, source, news, transport, shown.say)) return;
    event.preventDefault();
    event.stopPropagation(); // a notebook has its own use for these keys
  });
  const watcher = new ResizeObserver(repaint);
  watcher.observe(board);
  const ends = [
    source.listen(hear),
    watchTheme(repaint),
    pauseWhenHidden(source),
    () => watcher.disconnect(),
    () => cancelAnimationFrame(waiting),
    shown.stop,
  ];
  if (autoplay && !prefersStillness()) ends.push(playOnceInSight(board, source));
  paint();
  return {
    unmount() {
      source.pause();
      for (const end of ends) end();
      stage.remove();
    },
  };
}
