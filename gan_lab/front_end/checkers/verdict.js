// An answer beside the number that was computed, as gan_lab/checkers/prediction.py judges it. Infinite ends of an
// answer's range come as null.

import { medianOf } from "../numeric/mean.js";

const endAt = (end, i) => (Array.isArray(end) ? end[i] : end);

const explains = ({ low, high }, values) =>
  values.every((value, i) => (endAt(low, i) ?? -Infinity) <= value && value <= (endAt(high, i) ?? Infinity));

const near = (values, others, within) => values.every((value, i) => Math.abs(value - others[i]) <= within);

// The answer that explains what was said, and whether it is right.
function judged({ answers, within, places }, answer, found) {
  const [written, mended] = found;
  const number = medianOf(written);
  if (!within) return { right: explains(answers[answer], [number]), named: answers[answer] };
  const said = places.length ? answer : [answer];
  const named = answers.find((one) => explains(one, said));
  if (!places.length) return { right: Math.abs(answer - number) <= within, named };
  const asMended = mended?.length && near(said, mended, within);
  return { right: near(said, written, within), named: asMended ? answers[0] : named };
}

// answer: which choice; or, where `within` says how far off it may be, a number, or one for each place.
// found: [as written, mended], each a number, one for each seed, or one for each place.
/** @type {(prediction: any, answer: any, found: number[][]) => { right: boolean, words: string }} */
export function verdictOn(prediction, answer, found) {
  const { right, named } = judged(prediction, answer, found);
  if (right) return { right, words: "As you said." };
  return { right, words: named ? `Not as you said. That would mean ${named.means}.` : "Not as you said." };
}
