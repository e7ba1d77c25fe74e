// Things to move that need no kernel and no recording: mounted by name.

import { element } from "./elements.js";
import { mountBoard } from "./explore_board.js";
import { PAIR } from "./explore_pair.js";
import { POINTWISE } from "./explore_pointwise.js";

export const EXPLORABLES = { pointwise: POINTWISE, pair: PAIR };

// Every <figure data-gan-lab-explore="pair" data-start='{"mu": 1}'> that is not mounted yet.
export function mountExplorables(root = document) {
  for (const figure of root.querySelectorAll("figure[data-gan-lab-explore]:not([data-mounted])")) {
    figure.dataset.mounted = "";
    mountBoard(figure, EXPLORABLES[figure.dataset.ganLabExplore], JSON.parse(figure.dataset.start ?? "{}"));
  }
}

// anywidget's entry: the model holds the name and the start.
export function renderExplorable({ model, el }) {
  const figure = element("figure", {});
  el.append(figure);
  const board = mountBoard(figure, EXPLORABLES[model.get("name")], model.get("start"));
  return () => board.unmount();
}
