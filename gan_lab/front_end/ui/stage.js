// The stage: a picture of the present frame, the value of the game over time, and a transport row.
//
// It shows what a source says and passes wishes on; it cannot tell a recording from a live kernel.

import { drawBound, frameAt } from "../draw/charts/bound.js";
import { drawFigure1 } from "../draw/line/figure1.js";
import { themeOf, watchTheme } from "../draw/theme.js";
import { sentence } from "../numeric/format.js";
import { element } from "./elements.js";
import { announcer, contextOn, scrubbing, tellSentence, within } from "./figure_parts.js";
import { addStyle } from "./styles.js";
import { buildRecordingTransport, toPanel } from "./transport.js";

const KEYS =
  "Space plays and pauses, the left and right arrows step, Home and End go to the ends, " +
  "a to d show the panels of the paper, s says what the picture shows.";

const prefersStillness = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// A size in CSS pixels for each of the two canvases, from the width that there is.
export function sizesFor(width) {
  return {
    picture: { width, height: within(300, 0.47 * width, 430) },
    chart: { width, height: within(170, 0.25 * width, 210) },
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

// Put a stage for `source` into `el`; `draw` paints a frame. Returns { unmount }.
export function mountStage(el, source, { draw = drawFigure1, autoplay = false } = {}) {
  addStyle();
  el.classList.add("gan-lab");
  let news = null;
  let waiting = 0;
  const picture = element("canvas", { role: "img" });
  const chart = element("canvas", { class: "gan-lab-chart", role: "img" });
  const both = { class: "gan-lab-picture", tabindex: 0, role: "group", "aria-roledescription": "moving figure" };
  const board = element("div", { ...both, "aria-label": `Figure 1, moving. ${KEYS}` }, picture, chart);
  const says = element("p", {
    class: "gan-lab-says",
    title: "D: its least and largest value over the central 99 % of (p_data + p_G) / 2",
  });
  const heard = element("p", { class: "gan-lab-heard", "aria-live": "polite" });
  const note = element("p", { class: "gan-lab-note", hidden: "" });
  const transport = buildRecordingTransport(source);
  const stage = element("div", { class: "gan-lab-stage" }, board, transport.scrub, says, transport.row, note, heard);
  el.prepend(stage);
  const voice = announcer(heard, () => sentence(news.frame));

  const sizes = () => sizesFor(board.clientWidth);
  const paint = () => {
    waiting = 0;
    const theme = themeOf(el);
    el.dataset.dark = theme.dark;
    const size = sizes();
    const above = contextOn(picture, size.picture);
    if (above) draw(above, news.frame, size.picture, theme);
    const below = contextOn(chart, size.chart);
    if (below) drawBound(below, news.history, news.now, size.chart, theme, news.panels);
  };
  const repaint = () => (waiting ||= requestAnimationFrame(paint));
  const hear = (moment) => {
    news = moment;
    transport.show(news);
    tellSentence(says, sentence(news.frame));
    picture.setAttribute("aria-label", `Densities and discriminator at ${sentence(news.frame)}`);
    chart.setAttribute("aria-label", "V(G,D) and V(G,D*) over the training; the slider below moves through it");
    note.textContent = news.note;
    note.hidden = !news.note;
    voice.rest(news.playing);
    repaint();
  };

  board.addEventListener("pointerdown", () => board.focus({ preventScroll: true }));
  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || keepsKeys(event.target)) return;
    if (!obey(event.key, source, news, transport, voice.say)) return;
    event.preventDefault();
    event.stopPropagation(); // a notebook has its own use for these keys
  });
  const seek = (point) => source.seek(frameAt(point, news.history, sizes().chart, news.panels));
  scrubbing(chart, seek, () => source.pause());
  const watcher = new ResizeObserver(repaint);
  watcher.observe(board);
  const ends = [
    source.listen(hear),
    watchTheme(repaint),
    pauseWhenHidden(source),
    () => watcher.disconnect(),
    () => cancelAnimationFrame(waiting),
    voice.stop,
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
