// The pictures of one game: Figure 1 or the plane, the sentence, and charts over its history.
//
// It shows what a source says, whichever that is; layers and charts are the reader's choice.

import { announcer, contextOn, scrubbing, tellSentence, within } from "./board_parts.js";
import { drawBound, frameAt } from "./bound.js";
import { drawDivergence, drawLosses, drawModes } from "./charts.js";
import { element } from "./elements.js";
import { drawFigure1 } from "./figure1.js";
import { labSentence } from "./lab_words.js";
import { cellUnder, drawPlane, planeSize } from "./plane_view.js";
import { boundSentence, cellSentence, divergenceSentence, lossSentence, modesSentence, planeLabel } from "./plane_words.js";

const WARP = 1600; // milliseconds that the square takes to G(z)

// name -> what its box says, how it is drawn, and what it shows in words
export const CHARTS = {
  bound: {
    words: "Value of the game",
    draw: drawBound,
    label: ({ frame }) => boundSentence(frame),
  },
  divergence: {
    words: "Divergence",
    draw: drawDivergence,
    label: ({ frame }) => divergenceSentence(frame),
  },
  modes: { words: "Modes", draw: drawModes, label: ({ frame }) => modesSentence(frame) },
  losses: { words: "Losses", draw: drawLosses, label: ({ history, now, recipe }) => lossSentence(history, now, recipe) },
};

export const firstView = (dim) =>
  dim === 1 ? { show: [], charts: ["bound"] } : { show: ["D", "real", "fake"], charts: ["modes", "losses"] };

// The names of layers that a link carries, as the plane's drawing takes them.
export function layersOf(show) {
  const heat = ["D", "D*", "both"].find((name) => show.includes(name)) ?? "off";
  return { D: heat, ...Object.fromEntries(["real", "fake", "pull", "warp"].map((name) => [name, show.includes(name)])) };
}

function sizeOfPicture(frame, width, layers) {
  if (frame.dim === 2) return planeSize(width, layers);
  return { width, height: within(290, 0.56 * width, 430) };
}
const sizeOfChart = (width) => ({ width, height: within(165, 0.25 * width, 200) });

// view(): { show, charts } as chosen; seek(i): where a pointer on a chart leads. name: which of two.
export function buildBoard({ view, seek, keys, name = "" }) {
  const picture = element("canvas", { role: "img", hidden: "" });
  const waits = element("p", { class: "gan-lab-waits" }, "The game is being set up …");
  const frameBox = element(
    "div",
    { class: "gan-lab-picture", tabindex: 0, role: "group", "aria-roledescription": "moving figure", "aria-label": `${name} ${keys}`.trim() },
    picture,
    waits,
  );
  const caption = element("p", { class: "gan-lab-which", hidden: "" });
  const says = element("p", { class: "gan-lab-says" });
  const heard = element("p", { class: "gan-lab-heard", "aria-live": "polite" });
  const charts = element("div", { class: "gan-lab-charts" });
  const el = element("div", { class: "gan-lab-board" }, caption, frameBox, says, heard);
  const canvases = {};
  let news = null;
  let replay = null; // { share, cell } while the square of z is on its way
  let pointed = null; // the same for the cell under the pointer
  let redraw = () => {};

  // The part of z under the pointer, where its grid is shown: lit up, and said.
  function pointAt(event) {
    const layers = layersOf(view().show);
    if (!layers.warp || !news?.frame?.warp) return;
    const box = picture.getBoundingClientRect();
    const size = sizeOfPicture(news.frame, box.width, layers);
    const cell = event.type === "pointerleave" ? null : cellUnder([event.clientX - box.left, event.clientY - box.top], news.frame, size, layers);
    pointed = cell && { share: 1, cell };
    says.textContent = cell ? cellSentence(news.frame, cell) : sentenceNow();
    redraw();
  }
  for (const kind of ["pointermove", "pointerleave"]) picture.addEventListener(kind, pointAt);

  const chartFor = (kind) => {
    if (canvases[kind]) return canvases[kind];
    const canvas = element("canvas", { class: "gan-lab-chart", role: "img", "data-chart": kind });
    scrubbing(canvas, (point) => seek(frameAt(point, news.history, sizeOfChart(canvas.clientWidth), {})));
    return (canvases[kind] = canvas);
  };

  function paint(theme) {
    if (!news?.frame) return;
    const { frame, history, now, recipe, panels } = news;
    const { show, charts: wanted } = view();
    const layers = { ...layersOf(show), replay: replay ?? pointed };
    redraw = () => paint(theme);
    picture.hidden = false;
    const size = sizeOfPicture(frame, frameBox.clientWidth, layers);
    const context = contextOn(picture, size);
    if (context) (frame.dim === 2 ? drawPlane : drawFigure1)(context, frame, size, theme, layers);
    const list = wanted.map(chartFor);
    if (list.some((canvas, i) => charts.children[i] !== canvas) || charts.children.length !== list.length) charts.replaceChildren(...list);
    wanted.forEach((kind, i) => {
      const small = sizeOfChart(list[i].clientWidth);
      const below = contextOn(list[i], small);
      if (below) CHARTS[kind].draw(below, history, now, small, theme, panels, { recipe, frame });
    });
  }

  const sentenceNow = () => labSentence(news.frame, news.measuring);
  const voice = announcer(heard, sentenceNow);

  function show(moment) {
    news = moment;
    waits.hidden = !!moment.frame;
    if (!moment.frame) return;
    tellSentence(says, sentenceNow());
    const words = moment.frame.dim === 2 ? planeLabel(moment.frame, layersOf(view().show), moment.measuring) : `Densities and discriminator at ${labSentence(moment.frame)}`;
    picture.setAttribute("aria-label", words);
    for (const kind of view().charts) chartFor(kind).setAttribute("aria-label", CHARTS[kind].label(moment));
    const rests = moment.settled ?? !moment.playing;
    el.setAttribute("aria-busy", String(!rests));
    voice.rest(!rests);
  }

  return {
    el,
    charts,
    paint,
    show,
    say: () => news?.frame && voice.say(),
    caption(words) {
      caption.textContent = words;
      caption.hidden = !words;
    },
    // G at work: the square of z goes straight to its image, once; half of the way where motion is not wanted.
    watchWarp(repaint) {
      const began = performance.now();
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      const move = () => {
        const share = (performance.now() - began) / WARP;
        replay = share < 1 ? { share: still ? 0.5 : share, cell: null } : null;
        repaint();
        if (replay) requestAnimationFrame(move);
      };
      move();
    },
    stop: voice.stop,
  };
}
