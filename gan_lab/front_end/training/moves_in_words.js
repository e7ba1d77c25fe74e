// A run's moves in few words, as gan_lab/training/rewind.py tells them: ["play", n] for whole iterations, ["D", n] and
// ["G", n] for single steps, and ["change", {...}] for other rules.

// moves: "D", "G" or changes, from the start of a game by this recipe.
export function movesInWords(moves, { k, k_G }) {
  const words = [];
  let steps = 0; // of D, not told yet
  let t = 0; // iterations completed
  let broken = false; // whether some of this iteration has been told
  const tell = (name, what) => {
    const last = words.at(-1);
    if (last?.[0] === name) last[1] = name === "change" ? { ...last[1], ...what } : last[1] + what;
    else if (what) words.push([name, what]);
  };
  for (const move of moves) {
    if (move === "D") {
      steps += 1;
      continue;
    }
    if (move === "G" && steps === (t % k_G ? 0 : k) && !broken) tell("play", 1);
    else {
      tell("D", steps);
      if (move === "G") tell("G", 1);
      else {
        tell("change", move);
        k = move.k ?? k;
        k_G = move.k_G ?? k_G;
      }
    }
    broken = move !== "G" && (broken || steps > 0);
    steps = 0;
    if (move === "G") t += 1;
  }
  tell("D", steps);
  return words;
}
