// The figure of one game: Figure 1 or the plane, the sentence, and charts over its history.
//
// It shows what a source says, whichever that is; layers and charts are the reader's choice.

import { drawFigure1, HIDDEN } from "../../../draw/line/figure1.js";
import { STRIP } from "../../../draw/line/pays_strip.js";
import { cellSentence, planeLabel } from "../../../draw/plane/sentences.js";
import { cellUnder, drawPlane, planeSize } from "../../../draw/plane/view.js";
import { element } from "../../elements.js";
import { announcer, contextOn, pointOn, tallness, tellSentence, within } from "../../figure_parts.js";
import { Charts } from "./charts.js";
import { labSentence } from "./sentences.js";
import { Tooltip } from "./tooltip.js";

const WARP = 1600; // milliseconds that the square takes to G(z)

export const firstView = (dim) =>
  dim === 1 ? { show: HIDDEN, charts: ["bound"] } : { show: ["D", "real", "fake"], charts: ["modes", "losses"] };

// The names of layers that a link carries, as the drawing takes them.
/** @type {(show: string[], dim?: number) => Record<string, any>} */
export function layersOf(show, dim = 2) {
  const asked = (...names) => Object.fromEntries(names.map((name) => [name, show.includes(name)]));
  if (dim === 1) return { ...asked("judged", "pull"), hide: HIDDEN.filter((name) => !show.includes(name)) };
  const heat = ["D", "D*", "both"].find((name) => show.includes(name)) ?? "off";
  return { D: heat, ...asked("real", "fake", "judged", "pull", "warp") };
}

function sizeOfPicture(frame, width, layers) {
  if (frame.dim === 2) return planeSize(width, layers, tallness());
  return { width, height: tallness() * within(290, 0.56 * width, 430) + (layers.strip ? STRIP : 0) };
}

export class Figure {
  // view(): { show, charts } as chosen, and whether there is a `strip` for what samples pay; seek(i): where a pointer on a
  // chart leads; keys: what they do, in words; name: which of two.
  constructor({ view, seek, keys, name = "" }) {
    this.view = view;
    this.charts = new Charts(seek);
    this.news = null;
    this.replay = null; // { share, cell } while the square of z is on its way
    this.pointed = null; // the same for the cell under the pointer
    this.redraw = () => {}; // the last painting once more
    this.build(`${name} ${keys}`.trim());
    this.tooltip = new Tooltip(this.box, () => this.seen());
    this.voice = announcer(this.heard, () => this.sentence());
    for (const kind of ["pointermove", "pointerleave"])
      this.picture.addEventListener(kind, (event) => this.point(event));
  }

  build(label) {
    this.picture = element("canvas", { role: "img", hidden: "" });
    this.waits = element("p", { class: "gan-lab-waits" }, "The game is being set up …");
    const group = { tabindex: 0, role: "group", "aria-roledescription": "moving figure", "aria-label": label };
    this.box = element("div", { class: "gan-lab-picture", ...group }, this.picture, this.waits);
    this.which = element("p", { class: "gan-lab-which", hidden: "" });
    this.says = element("p", { class: "gan-lab-says" });
    this.heard = element("p", { class: "gan-lab-heard", "aria-live": "polite" });
    this.el = element("div", { class: "gan-lab-board" }, this.which, this.box, this.says, this.heard);
  }

  /** @returns {Record<string, any>} */
  get layers() {
    const { show, strip } = this.view();
    return { ...layersOf(show, this.news?.frame?.dim), strip };
  }

  sentence() {
    return labSentence(this.news.frame, this.news);
  }

  show(news) {
    const { frame } = news;
    if (frame !== this.news?.frame) this.tooltip.hide();
    this.news = news;
    this.waits.hidden = !!frame;
    if (!frame) return;
    tellSentence(this.says, this.sentence());
    const label =
      frame.dim === 2 ? planeLabel(frame, this.layers, news) : `Densities and discriminator at ${labSentence(frame)}`;
    this.picture.setAttribute("aria-label", label);
    this.charts.show(news, this.view().charts);
    const rests = news.settled ?? !news.playing;
    this.el.setAttribute("aria-busy", String(!rests));
    this.voice.rest(!rests);
  }

  // What the points of the picture are found by.
  seen() {
    const { layers } = this;
    const frame = this.news?.frame;
    return { frame, layers, size: frame && sizeOfPicture(frame, this.box.clientWidth, layers) };
  }

  caption(words) {
    this.which.textContent = words;
    this.which.hidden = !words;
  }

  say() {
    if (this.news?.frame) this.voice.say();
  }

  stop() {
    this.voice.stop();
  }

  // others: the news of games beside this one, with which the charts share their scales
  paint(theme, others = []) {
    if (!this.news?.frame) return;
    this.redraw = () => this.paint(theme, others);
    this.paintPicture(theme);
    this.charts.paint(this.view().charts, theme, others);
  }

  paintPicture(theme) {
    const { frame } = this.news;
    const layers = { ...this.layers, replay: this.replay ?? this.pointed };
    this.picture.hidden = false;
    const size = sizeOfPicture(frame, this.box.clientWidth, layers);
    const context = contextOn(this.picture, size);
    if (context) (frame.dim === 2 ? drawPlane : drawFigure1)(context, frame, size, theme, layers);
  }

  // The part of z under the pointer, where its grid is shown: lit up, and said.
  point(event) {
    const { layers, news, says } = this;
    if (!layers.warp || !news?.frame?.warp) return;
    const cell = event.type === "pointerleave" ? null : this.cellAt(event);
    this.pointed = cell && { share: 1, cell };
    says.textContent = cell ? cellSentence(news.frame, cell) : this.sentence();
    this.redraw();
  }

  cellAt(event) {
    const { frame } = this.news;
    const size = sizeOfPicture(frame, this.picture.clientWidth, this.layers);
    return cellUnder(/** @type {any} */ (pointOn(this.picture, event)), frame, size, this.layers);
  }

  // G at work: the square of z goes straight to its image, once; half of the way where motion is not wanted.
  watchWarp(repaint) {
    const began = performance.now();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const move = () => {
      const share = (performance.now() - began) / WARP;
      this.replay = share < 1 ? { share: still ? 0.5 : share, cell: null } : null;
      repaint();
      if (this.replay) requestAnimationFrame(move);
    };
    move();
  }
}
