// Things to move that need no kernel and no recording: mounted by name.

import { element } from "../elements.js";
import { keepKeys } from "../notebook_keys.js";
import { presentIfAsked } from "../present/present.js";
import { addShare } from "../share/share.js";
import { mountBoard } from "./board.js";
import { CRITIC } from "./critic.js";
import { ELBO } from "./elbo.js";
import { EULER } from "./euler.js";
import { FITS } from "./fits.js";
import { GAME } from "./game.js";
import { IN_OR_OUT } from "./in_or_out.js";
import { LIKELIHOOD } from "./likelihood.js";
import { LOSS_CURVES } from "./losses.js";
import { PAIR } from "./pair.js";
import { POINTWISE } from "./pointwise.js";
import { PULLS } from "./pulls.js";
import { SUPPORTS } from "./supports.js";
import { TWO_NUMBERS } from "./two_numbers.js";
import { WHAT_AILS_IT } from "./what_ails_it.js";
import { WHICH_GAMMA } from "./which_gamma.js";
import { YOU_ARE_D } from "./you_are_d.js";
import { YOU_ARE_G } from "./you_are_g.js";

export const EXPLORABLES = {
  pointwise: POINTWISE,
  pair: PAIR,
  losses: LOSS_CURVES,
  pulls: PULLS,
  fits: FITS,
  game: GAME,
  likelihood: LIKELIHOOD,
  supports: SUPPORTS,
  two_numbers: TWO_NUMBERS,
  in_or_out: IN_OR_OUT,
  critic: CRITIC,
  which_gamma: WHICH_GAMMA,
  elbo: ELBO,
  what_ails_it: WHAT_AILS_IT,
  you_are_d: YOU_ARE_D,
  you_are_g: YOU_ARE_G,
  euler: EULER,
};

// Every <figure data-gan-lab-explore="pair" data-start='{"mu": 1}'> that is not mounted yet.
export function mountExplorables(root = document) {
  /** @type {NodeListOf<HTMLElement>} */
  const figures = root.querySelectorAll("figure[data-gan-lab-explore]:not([data-mounted])");
  for (const figure of figures) {
    figure.dataset.mounted = "";
    const { ganLabExplore, start = "{}", record } = figure.dataset;
    const board = mountBoard(figure, EXPLORABLES[ganLabExplore], JSON.parse(start), record && JSON.parse(record));
    const said = { class: "gan-lab", "data-gan-lab-explore": ganLabExplore, "data-record": record };
    const now = () => element("figure", { ...said, "data-start": JSON.stringify(board.state()) });
    addShare(figure, now, ["$ui$explore$explorables", "mountExplorables"]);
  }
  presentIfAsked();
}

// anywidget's entry: the model holds the name, the start and the record, if there is one.
export function renderExplorable({ model, el }) {
  const figure = element("figure", {});
  el.append(figure);
  const loseKeys = keepKeys(el);
  const board = mountBoard(
    figure,
    EXPLORABLES[model.get("name")],
    model.get("start"),
    model.get("record") ?? undefined,
  );
  return () => {
    loseKeys();
    board.unmount();
  };
}
