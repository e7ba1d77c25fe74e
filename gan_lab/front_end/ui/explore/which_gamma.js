// How many recorded games hold, over gamma and the learning rate, and what eigenvalues say of the border. The record
// comes with the figure (widgets/gamma_picture.py); a cell leads into the lab, where its first seed is played again.

import { formatNats } from "../../numeric/format.js";
import { same } from "../../training/recipe/recipe.js";
import { linkOf } from "../lab/share/link.js";
import { CELLS, cellOfRecord, drawWhichGamma, heightOfCells } from "./which_gamma_picture.js";

const PACE = 5; // iterations between two pictures in the lab
/** @type {Record<string, any>} */
const NOTHING = { gammas: [], rates: {}, games: {}, dirac: [] };

/** @type {(state: Record<string, any>, record?: Record<string, any>) => Record<string, any>} */
export function measureWhichGamma({ game, optimizer, row, column }, record = NOTHING) {
  const of = record.games[game];
  if (!of) return { record, gammas: [], rates: [], hits: [], seeds: 0, lines: null };
  const [gamma, rate] = [record.gammas[row], record.rates[optimizer][column]];
  const hits = of.hits[optimizer];
  const plain = optimizer === "sgd";
  return {
    record,
    of,
    gamma,
    rate,
    hits,
    gammas: record.gammas,
    rates: record.rates[optimizer],
    seeds: record.seeds,
    held: hits[row][column],
    interval: record.intervals[hits[row][column]],
    first: of.first[optimizer][row][column],
    lines: plain ? { foretold: of.foretold, dirac: record.dirac } : null,
    allowed: plain ? of.foretold[row] : null,
  };
}

function sentenceOf(_, { gamma, rate, held, seeds, interval, first, allowed }) {
  if (!seeds) return "Nothing is recorded: this figure needs its record.";
  const share = `${held} of ${seeds} games hold, a share of ${interval[0]} to ${interval[1]} with 95\u00a0% confidence`;
  const said = allowed === null ? "" : ` The eigenvalues allow steps of up to ${allowed} here.`;
  const end = first === null ? "has diverged" : `ends with a JSD of ${formatNats(first)} nats`;
  return `γ = ${gamma}, rate ${rate}: ${share}.${said} Seed\u00a00 ${end}.`;
}

// Into the lab: the settling, and then the rules of the cell.
export function linkOfCell({ optimizer }, { record, of, gamma, rate }) {
  if (!of || !record.lab) return null;
  const [r1, r2] = of.penalty.map((part) => part * gamma);
  const asked = { optimizer, lr_D: rate, lr_G: rate, r1, r2 };
  const changes = Object.fromEntries(Object.entries(asked).filter(([name, value]) => !same(value, of.recipe[name])));
  const t = record.settling;
  const view = { charts: ["divergence"], pace: PACE };
  const address = linkOf({ recipe: of.recipe, t, changes: [{ t, changes }], view });
  return { href: `${record.lab}${address}`, words: "Play seed 0 of this cell in the lab" };
}

const whichOf = (key, name, said, text) => ({ key, name, said, text, min: 0, max: CELLS - 1, step: 1 });

export const WHICH_GAMMA = {
  label:
    "A grid of cells, a strength of the penalty upwards and a learning rate to the right, each with the number of games that hold.",
  start: { game: "R1", optimizer: "sgd", row: 4, column: 4 },
  choices: [
    {
      key: "game",
      name: "Penalty",
      options: [
        ["R1", "R1"],
        ["R2", "R2"],
        ["pairs", "pairs, R1 + R2"],
      ],
    },
    {
      key: "optimizer",
      name: "Steps",
      options: [
        ["sgd", "plain"],
        ["adam", "Adam"],
      ],
    },
  ],
  knobs: [
    whichOf("row", [["γ", "italic"]], "gamma, the strength of the penalty", ({ gamma }) => gamma),
    whichOf("column", "rate", "the learning rate of both players", ({ rate }) => rate),
  ],
  height: heightOfCells,
  measure: measureWhichGamma,
  draw: drawWhichGamma,
  sentence: sentenceOf,
  link: linkOfCell,
  grab: (point, _, size) => cellOfRecord(point, size) && ((at) => cellOfRecord(at, size) ?? {}),
};
