// Curves of recorded trainings to diagnose. The truth is hidden until the reader has said what ails a training; the
// record comes with the figure (widgets/curve_pictures.py), and each run can be played again in the lab.

import { formatNats, formatNumber } from "../../numeric/format.js";
import { linkOf } from "../lab/share/link.js";
import { drawWhatAilsIt, heightOfCurves } from "./what_ails_it_picture.js";

const CURVES = Array.from({ length: 11 }, (_, i) => String(i + 1));
export const ILLS = {
  nothing: "it is healthy",
  "D is blind": "D is blind",
  "G has no gradient": "G has no gradient",
  "modes are lost": "modes are lost",
  "it goes round": "it goes round",
  "D learns by heart": "D learns by heart",
  "the steps are too long": "the steps are too long",
  "the rates are 0": "the rates are 0",
};
const FRAMES = 100; // pictures of a whole run in the lab, about
/** @type {Record<string, any>} */
const NOTHING = { runs: [], lab: "" };

const answerTo = (curve) => `answer${curve}`;
const answered = (state, curve) => state[answerTo(curve)] !== "hidden";
const HIDDEN = Object.fromEntries(CURVES.map((curve) => [answerTo(curve), "hidden"]));

/** @type {(state: Record<string, any>, record?: Record<string, any>) => Record<string, any>} */
export function measureWhatAilsIt(state, { runs, lab } = NOTHING) {
  const right = runs.filter(({ ill }, i) => state[answerTo(CURVES[i])] === ill).length;
  const given = runs.filter((_, i) => answered(state, CURVES[i])).length;
  const run = runs[Number(state.curve) - 1] ?? null;
  return { run, lab, right, given, of: runs.length, shown: answered(state, state.curve) };
}

function truthOf({ truth, modes }) {
  const known = truth.filter(Number.isFinite);
  const end = known[known.length - 1];
  const when = known.length < truth.length ? "when it stopped" : "at the end";
  return modes ? `${end} of ${modes} modes found ${when}` : `the exact JSD ${when} is ${formatNats(end)} nats`;
}

function signOf({ sign }) {
  if (!sign) return "No sign of this page speaks.";
  const { words, number, limit, above } = sign;
  const found = number === null ? "not finite" : formatNumber(number, Math.abs(number) < 0.001 ? 0 : 2);
  return `The sign: ${words} is ${found}, and ${limit} or ${above ? "more" : "less"} speaks.`;
}

function sentenceOf(state, { run, shown }) {
  if (!run) return "Nothing is recorded: this figure needs its record.";
  const answer = state[answerTo(state.curve)];
  if (!shown) return `Curve ${state.curve}, ${run.t[run.t.length - 1]} iterations: what ails it? Say it first.`;
  const verdict = answer === run.ill ? "Right" : `You said that ${ILLS[answer]}`;
  const named = run.ill === "nothing" ? `healthy, “${run.name}”` : ILLS[run.ill];
  return `${verdict}: ${named}; ${truthOf(run)}. ${signOf(run)}`;
}

// Into the lab, where the same game is played again from its beginning.
export function linkOfRun(_, { run, lab, shown }) {
  if (!run || !lab || !shown) return null;
  const pace = Math.max(1, Math.round(run.t[run.t.length - 1] / FRAMES));
  const view = { charts: ["losses", run.modes ? "modes" : "divergence"], pace };
  return { href: `${lab}${linkOf({ recipe: run.recipe, view })}`, words: "Play it in the lab" };
}

export const WHAT_AILS_IT = {
  label: "The losses of a training, D(x) and D(G(z)), and, once you have answered, the truth.",
  start: { curve: "1", ...HIDDEN },
  choices: [
    { key: "curve", name: "Curve", options: CURVES.map((curve) => [curve, curve]) },
    ...CURVES.map((curve) => ({
      key: answerTo(curve),
      name: "I say:",
      options: [["hidden", "not yet"], ...Object.entries(ILLS)],
      when: (state) => state.curve === curve,
      locked: (state) => answered(state, curve),
    })),
  ],
  knobs: [],
  acts: [
    {
      words: () => "Next curve",
      does: ({ curve }) => ({ curve: CURVES[CURVES.indexOf(curve) + 1] ?? CURVES[0] }),
    },
    { words: () => "Begin again", does: () => ({ curve: "1", ...HIDDEN }) },
  ],
  best: {
    higher: true,
    of: (_, { right, given }) => ({ name: "what ails it", value: given ? right : null }),
    words: (right) => `Your best here: ${formatNumber(right, 0)} of ${CURVES.length}`,
  },
  height: heightOfCurves,
  measure: measureWhatAilsIt,
  draw: drawWhatAilsIt,
  sentence: sentenceOf,
  link: linkOfRun,
};
