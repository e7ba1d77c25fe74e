// A game of pictures on the stage of a recording: samples of G and pictures of the data, each a button with D's opinion of
// it, and the players' losses below.

import { frameAt } from "../draw/charts/bound.js";
import { drawLosses } from "../draw/charts/charts.js";
import { pictureSentence, picturesSentence } from "../draw/pictures/sentences.js";
import { cellBeside, drawPictures, picturesLayout } from "../draw/pictures/view.js";
import { lossSentence } from "../draw/plane/sentences.js";
import { element } from "./elements.js";
import { announcer, contextOn, scrubbing, tallness, tellSentence } from "./figure_parts.js";
import { STAGE_KEYS, sizesFor } from "./stage.js";

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const HINT = "Point at a picture, or go there by Tab and the arrows: what D says of it.";
const HINT_IN_KERNEL =
  "Point at a picture: what D says of it. Press one of G: the training picture that is nearest to it.";

// Buttons over the pictures of a canvas, one of which Tab reaches and arrows leave. chosen(cell or null) when one is
// pointed at or has the focus; asked(cell) when it is pressed.
function buildCells(chosen, asked) {
  const el = element("div", {
    class: "gan-lab-cells",
    role: "group",
    "aria-label": "Samples of G, and pictures of the data",
  });
  let cells = [];
  const buttons = () => /** @type {HTMLElement[]} */ ([...el.children]);
  const focused = () => cells[buttons().indexOf(/** @type {HTMLElement} */ (document.activeElement))] ?? null;
  const make = (_, at) => {
    const reach = () => {
      buttons().forEach((button, i) => button.setAttribute("tabindex", String(i === at ? 0 : -1)));
      chosen(cells[at]);
    };
    const leave = () => chosen(focused());
    const acts = {
      onfocus: reach,
      onblur: () => chosen(null),
      onclick: () => asked(cells[at]),
      onpointerenter: () => chosen(cells[at]),
      onpointerleave: leave,
    };
    return element("button", { type: "button", class: "gan-lab-cell", tabindex: at ? -1 : 0, ...acts });
  };
  el.addEventListener("keydown", (event) => {
    if (!(event.key in WAYS) || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = cellBeside(cells, focused(), WAYS[event.key]);
    if (next) buttons()[cells.indexOf(next)].focus();
    event.preventDefault();
    event.stopPropagation();
  });
  return {
    el,
    lay(next) {
      const others = next.length !== cells.length;
      if (others) el.replaceChildren(...next.map(make));
      cells = next;
      buttons().forEach((button, i) => {
        const { x, y, side } = cells[i];
        button.style.cssText = `left:${x}px;top:${y}px;width:${side - 1}px;height:${side - 1}px`;
      });
      return others;
    },
    name: (words) => buttons().forEach((button, i) => button.setAttribute("aria-label", words(cells[i]))),
  };
}

// A face, as `lineFace` is, of a game that is played by these rules, { loss, smoothing }, or by those of a moment.
export const picturesFace = (given) => (source, _repaint) => {
  let news = null;
  let chosen = null;
  const rules = () => given ?? news.rules;
  const picture = element("canvas", { role: "img" });
  const chart = element("canvas", { class: "gan-lab-chart", role: "img" });
  const hint = source.choose ? HINT_IN_KERNEL : HINT;
  const opinion = element("p", { class: "gan-lab-opinion" }, hint);
  const tell = () => (opinion.textContent = chosen ? pictureSentence(news.frame, chosen) : hint);
  const show = (cell) => {
    chosen = cell;
    tell();
  };
  const cells = buildCells(show, (cell) => source.choose?.(cell));
  const both = {
    class: "gan-lab-picture gan-lab-grid",
    tabindex: 0,
    role: "group",
    "aria-roledescription": "moving figure",
  };
  const board = element(
    "div",
    { ...both, "aria-label": `Pictures of G, moving. ${STAGE_KEYS}.` },
    picture,
    cells.el,
    opinion,
    chart,
  );
  const says = element("p", { class: "gan-lab-says" });
  const heard = element("p", { class: "gan-lab-heard", "aria-live": "polite" });
  const voice = announcer(heard, () => picturesSentence(news.frame));
  const sizeOfChart = () => sizesFor(board.clientWidth, tallness()).chart;
  scrubbing(
    chart,
    (point) => source.seek(frameAt(point, news.history, sizeOfChart(), {})),
    () => source.pause(),
  );
  return {
    board,
    around: ({ scrub, row }, note) => [board, scrub, says, row, note, heard],
    show(moment) {
      news = moment;
      tellSentence(says, picturesSentence(news.frame));
      tell();
      picture.setAttribute("aria-label", `Samples of G, and pictures of the data, at ${picturesSentence(news.frame)}`);
      chart.setAttribute(
        "aria-label",
        `${lossSentence(news.history, news.now, rules())}; the slider below moves through the training`,
      );
      if (!news.playing) cells.name((cell) => pictureSentence(news.frame, cell));
      voice.rest(news.playing);
    },
    paint(theme) {
      const layout = picturesLayout(news.frame, board.clientWidth, tallness());
      const above = contextOn(picture, layout);
      if (!above) return;
      const others = cells.lay(layout.cells);
      if (others || !news.playing) cells.name((cell) => pictureSentence(news.frame, cell));
      drawPictures(above, news.frame, layout, theme);
      const size = sizeOfChart();
      drawLosses(contextOn(chart, size), news.history, news.now, size, theme, {}, { recipe: rules() });
    },
    say: voice.say,
    stop: voice.stop,
  };
};
