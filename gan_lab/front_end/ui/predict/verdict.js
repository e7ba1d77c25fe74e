// An answer beside the number that was computed, as gan_lab/checkers/prediction.py judges it. Infinite ends of an
// answer's range come as null.

const holds = ({ low, high }, number) => (low ?? -Infinity) <= number && number <= (high ?? Infinity);

const near = (values, others, typed) => values.every((value, i) => Math.abs(value - others[i]) <= typed);

// The answer that explains what was said, and whether it is right.
function judged({ answers, typed, places }, answer, found) {
  const [written, mended] = found;
  const number = medianOf(written);
  if (!typed) return { right: holds(answers[answer], number), named: answers[answer] };
  const said = places.length ? answer : [answer];
  const named = answers.find((one) => said.every((value) => holds(one, value)));
  if (!places.length) return { right: Math.abs(answer - number) <= typed, named };
  return { right: near(said, written, typed), named: near(said, mended, typed) ? answers[0] : named };
}

// answer: which choice; or, where `typed` says how far off it may be, a number, or one for each place.
// found: [as written, mended], each a number, one for each seed, or one for each place.
/** @type {(prediction: any, answer: any, found: number[][]) => { right: boolean, words: string }} */
export function verdictOn(prediction, answer, found) {
  const { right, named } = judged(prediction, answer, found);
  if (right) return { right, words: "As you said." };
  return { right, words: named ? `Not as you said. That would mean ${named.means}.` : "Not as you said." };
}

// Of one number, or one for each seed.
export function medianOf(values) {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
