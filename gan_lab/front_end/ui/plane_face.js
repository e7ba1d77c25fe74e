// The plane on the stage of a recording: the lab's picture with its layers, and charts, as a reader ticks them.

import { element } from "./elements.js";
import { Figure, firstView } from "./lab/figure/figure.js";
import { buildViewRow } from "./lab/figure/view_row.js";
import { addLabStyle } from "./lab/styles.js";
import { STAGE_KEYS } from "./stage.js";

// What is shown at first: what a lab shows, as far as this recording has it.
export function viewOf({ D_kind, D_star, modes }) {
  const { show, charts } = firstView(2);
  const map = D_star.every(Number.isNaN) ? "off" : "D*";
  return {
    show: D_kind === "unknown" ? show.map((name) => (name === "D" ? map : name)) : show,
    charts: modes.length ? charts : charts.map((name) => (name === "modes" ? "divergence" : name)),
  };
}

// A face, as `lineFace` is, of a game that is played by these rules: { loss, smoothing }.
export const planeFace = (rules) => (source, repaint) => {
  addLabStyle();
  let view = null;
  let news = null;
  const change = (next) => {
    view = next;
    rows.show(view, !!news.frame.warp);
    figure.show(news);
    repaint();
  };
  const watch = () => {
    figure.watchWarp(repaint);
    change({ ...view, show: [...new Set([...view.show, "warp"])] });
  };
  const seek = (i) => {
    source.pause();
    source.seek(i);
  };
  const figure = new Figure({ view: () => view, seek, keys: STAGE_KEYS, name: "The plane, moving." });
  const rows = buildViewRow(2, { changed: change, watch });
  return {
    board: figure.box,
    around: ({ scrub, row }, note) => [
      element(
        "div",
        { class: "gan-lab-plane" },
        figure.el,
        scrub,
        row,
        rows.layers,
        figure.charts.el,
        rows.charts,
        note,
      ),
    ],
    show(moment) {
      news = { ...moment, recipe: rules };
      view ??= viewOf(news.frame);
      rows.show(view, !!news.frame.warp);
      figure.show(news);
    },
    paint: (theme) => figure.paint(theme),
    say: () => figure.say(),
    stop: () => figure.stop(),
  };
};
