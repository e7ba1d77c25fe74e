// An answer beside the number that was computed, as gan_lab/checkers/prediction.py judges it. Infinite ends of an
// answer's range come as null.

const holds = ({ low, high }, number) => (low ?? -Infinity) <= number && number <= (high ?? Infinity);

// answer: which choice; or, where `typed` says how far off it may be, a number.
/** @type {(prediction: any, answer: number, number: number) => { right: boolean, words: string }} */
export function verdictOn({ answers, typed }, answer, number) {
  const right = typed ? Math.abs(answer - number) <= typed : holds(answers[answer], number);
  const named = typed ? answers.find((one) => holds(one, answer)) : answers[answer];
  if (right) return { right, words: "As you said." };
  return { right, words: named ? `Not as you said. That would mean ${named.means}.` : "Not as you said." };
}

// Of one number, or one for each seed.
export function medianOf(values) {
  const sorted = Float64Array.from(values).sort();
  const half = sorted.length >> 1;
  return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
