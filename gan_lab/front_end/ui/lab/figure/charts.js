// The charts over the history of one game, of which a reader shows as many as they like.

import { drawBound, frameAt } from "../../../draw/charts/bound.js";
import { drawDivergence, drawLosses, drawModes } from "../../../draw/charts/charts.js";
import { boundSentence, divergenceSentence, lossSentence, modesSentence } from "../../../draw/plane/sentences.js";
import { element } from "../../elements.js";
import { BESIDE, contextOn, scrubbing, tallness, within } from "../../figure_parts.js";

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
  losses: {
    words: "Losses",
    draw: drawLosses,
    label: ({ history, now, recipe }) => lossSentence(history, now, recipe),
  },
};

const tall = () => (matchMedia(BESIDE).matches ? Math.max(1, tallness()) : tallness());
const sizeOf = ({ clientWidth: width }) => ({ width, height: tall() * within(165, 0.25 * width, 200) });

export class Charts {
  // seek(i): where a pointer on a chart leads.
  constructor(seek) {
    this.seek = seek;
    this.el = element("div", { class: "gan-lab-charts" });
    this.canvases = {}; // by name, made when they are first shown
    this.news = null;
  }

  canvas(name) {
    return (this.canvases[name] ??= this.newCanvas(name));
  }

  newCanvas(name) {
    const canvas = element("canvas", { class: "gan-lab-chart", role: "img", "data-chart": name });
    scrubbing(canvas, (point) => this.seek(frameAt(point, this.news.history, sizeOf(canvas), {})));
    return canvas;
  }

  show(news, names) {
    this.news = news;
    for (const name of names) this.canvas(name).setAttribute("aria-label", CHARTS[name].label(news));
  }

  paint(names, theme, others) {
    this.lay(names.map((name) => this.canvas(name)));
    for (const name of names) this.draw(name, theme, others);
  }

  // These canvases, in this order; those that stand so are left alone.
  lay(canvases) {
    const { children } = this.el;
    if (children.length !== canvases.length || canvases.some((canvas, i) => children[i] !== canvas))
      this.el.replaceChildren(...canvases);
  }

  draw(name, theme, others) {
    const { frame, history, now, recipe, panels } = this.news;
    const size = sizeOf(this.canvas(name));
    const context = contextOn(this.canvas(name), size);
    if (context) CHARTS[name].draw(context, history, now, size, theme, panels, { recipe, frame, others });
  }
}
