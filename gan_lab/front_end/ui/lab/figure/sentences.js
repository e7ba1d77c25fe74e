// What a game in the lab shows now, in a sentence: pure functions of a moment.

import { rangeWords } from "../../../draw/critic_axis.js";
import { planeSentence } from "../../../draw/plane/sentences.js";
import { isProbability } from "../../../frame/readout.js";
import { formatNats, formatNumber, rangeOfD, sentence, timeInWords } from "../../../numeric/format.js";
import { TARGETS, targetNamed } from "../../../training/recipe/presets.js";
import { same } from "../../../training/recipe/recipe.js";
import { FIELDS, labelOf } from "../controls/fields.js";

// moment: what planeSentence() takes of it
export function labSentence(frame, moment = {}) {
  if (frame.dim === 2) return planeSentence(frame, moment);
  if (isProbability(frame.loss)) return sentence(frame);
  return `${timeInWords(frame)}: JSD ${formatNats(frame.jsd)} nats; ${frame.D_kind === "score" ? ofScore(frame) : rangeWords(frame.loss, ...rangeOfD(frame))}`;
}

const ofScore = ({ score_means: [real, fake] }) =>
  `D is a score: ${formatNumber(real)} on the data and ${formatNumber(fake)} on G(z) on average`;

// A rate of training as a reader can compare it.
function rateWords(rate) {
  if (!(rate > 0)) return "";
  const round = rate >= 100 ? Math.round(rate / 10) * 10 : Number(rate.toPrecision(2));
  return `${round} iterations a second`;
}

function valueWords(name, value) {
  if (name === "data") return TARGETS[targetNamed(value)]?.[0] ?? "drawn by hand";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.join("-") || "none";
  const known = FIELDS.find((field) => field.name === name)?.choices?.find(([choice]) => choice === value);
  return known ? known[1] : String(value);
}

// The fields in which two games differ, for their captions.
export function differenceWords(recipe, other) {
  const names = Object.keys(recipe).filter((name) => !same(recipe[name], other[name]));
  const words = (values) => names.map((name) => `${labelOf(name)} ${valueWords(name, values[name])}`).join(", ");
  return names.length ? [words(recipe), words(other)] : ["the same", "the same"];
}

// Where the numbers come from: said under every lab.
export function provenance({ way, live, byHand, changed, rate, frame, seen = 0 }, where) {
  if (!live) return "Recorded: a run that was trained before, and is played back.";
  if (!frame) return "";
  const parts = [`Trained ${where}`];
  if (rate) parts.push(rateWords(rate));
  if (seen) parts.push(`${Math.round(seen)} pictures a second`);
  const times = changed.length === 1 ? "once" : `${changed.length} times`;
  if (changed.length) parts.push(`settings changed on the way ${times}`);
  if (byHand) parts.push("single moves were made by hand, which a link does not repeat");
  if (way) return `${parts[0]}: on the way to iteration ${way.of}.`;
  return `${parts.join("; ")}.`;
}
