// Games in which no step changes a weight any more, because its length is 0: said, with what helps.

const RATES = ["lr_D", "lr_G"];

const hasEnded = ({ schedule, iterations }, t) => schedule === "cosine" && t >= iterations;

// The end of a game as it is known: { t, recipe }.
const endOf = ({ history, recipe }) => ({ t: history.t[history.length - 1] ?? 0, recipe });

// What is said of a moment in which a player, or both, cannot move: { words, both, offers, chapter } or null. An
// offer is { words, changes }, or without changes a new game; `chapter` is the section of the book to read on in.
export function standstill(moment) {
  const { t, recipe } = endOf(moment);
  const anew = { words: "Reset" };
  if (hasEnded(recipe, t)) {
    const words =
      `The rates have fallen to 0, as the schedule has it after ${recipe.iterations} iterations: each further step has ` +
      "the length 0, and nothing changes any more. A rate that you set now is constant.";
    return {
      words,
      both: true,
      offers: [{ words: "Train on at constant rates", changes: { schedule: "constant" } }, anew],
      chapter: "is_my_curve_normal#seven-ill-ones",
    };
  }
  const zero = RATES.filter((name) => recipe[name] === 0).map((name) => name.slice(-1));
  if (!zero.length) return null;
  const both = zero.length === 2;
  const words = both
    ? "Both rates are 0: no step changes anything."
    : `The rate of ${zero[0]} is 0: ${zero[0]} stands still, whatever the other does.`;
  return { words, both, offers: [], chapter: "the_game#taking-turns" };
}

// Changes as a game takes them: a rate that is set after the end of the schedule is constant from then on.
export function awake(changes, moment) {
  const { t, recipe } = endOf(moment);
  const others = ["schedule", "iterations"].some((name) => name in changes);
  const rate = RATES.some((name) => name in changes);
  return rate && !others && hasEnded(recipe, t) ? { ...changes, schedule: "constant" } : changes;
}
