// What a game in the lab shows now, in a sentence: pure functions of a moment.

import { labelOf } from "./controls.js";
import { planeSentence } from "./plane_words.js";
import { same } from "./recipe.js";
import { figure, moment, nats, sentence } from "./words.js";

export function labSentence(frame, measuring = false) {
  if (frame.dim === 2) return planeSentence(frame, measuring);
  if (frame.D_kind !== "score") return sentence(frame);
  const [low, high] = frame.score_range ?? [NaN, NaN];
  return `${moment(frame)}: JSD ${nats(frame.jsd)} nats; D is a score, from ${figure(low)} (bottom) to ${figure(high)} (top)`;
}

// A rate of training as a reader can compare it.
function rateWords(rate) {
  if (!(rate > 0)) return "";
  const round = rate >= 100 ? Math.round(rate / 10) * 10 : Number(rate.toPrecision(2));
  return `${round} iterations a second`;
}

const asText = (value) => (Array.isArray(value) ? value.join("-") || "none" : typeof value === "object" ? "other data" : String(value));

// The one field in which two games differ, for their captions.
export function differenceWords(recipe, other) {
  const name = Object.keys(recipe).find((field) => !same(recipe[field], other[field]));
  return name ? [`${labelOf(name)} ${asText(recipe[name])}`, `${labelOf(name)} ${asText(other[name])}`] : ["the same", "the same"];
}

// Where the numbers come from: said under every lab.
export function provenance({ way, live, byHand, changed, rate, frame, seen = 0 }, where) {
  if (!live) return "Recorded: a run that was trained before, and is played back.";
  if (!frame) return "";
  const parts = [`Trained ${where}`];
  if (rate) parts.push(rateWords(rate));
  if (seen) parts.push(`${Math.round(seen)} pictures a second`);
  if (changed.length) parts.push(`settings changed on the way ${changed.length === 1 ? "once" : `${changed.length} times`}`);
  if (byHand) parts.push("single moves were made by hand, which a link does not repeat");
  if (way) return `${parts[0]}: on the way to iteration ${way.of}.`;
  return `${parts.join("; ")}.`;
}
