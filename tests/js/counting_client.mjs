// A game that only counts, as a session answers it; `hold` keeps the replies back.
export function countingClient() {
  const asked = [];
  const held = [];
  let [t, steps, turn, recipe] = [0, 0, "start", null];
  let [holding, game, name] = [false, 0, null];
  const places = []; // before each act, where it stood
  const frame = () => ({ dim: recipe.dim, t, turn, V: -1.4, C: -1.3, jsd: 0.1, loss_D: steps, loss_G: t });
  const acts = {
    start: (request) => ((game += 1), ([t, steps, turn, recipe] = [request.t ?? 0, 0, "start", request.recipe])),
    train({ most }) {
      const n = Math.min(most, 50); // the budget is spent
      [t, steps, turn] = [t + n, 0, "G"];
      return { iterations: n, spent: n };
    },
    move({ what }) {
      if (what === "D") [steps, turn] = [steps + 1, "D"];
      else if (what !== "line") [t, steps, turn] = [t + 1, 0, "G"];
      return what === "line" ? { line: { name: "sample noise for D" } } : {};
    },
    undo() {
      name = null;
      let mark;
      [t, steps, turn, recipe, game, mark] = places.pop();
      return { mark };
    },
    mark: () => ({}),
    rewind: (request) => ([t, steps, turn] = [request.t, 0, request.t ? "G" : "start"]) && {},
    see: () => ({}),
    change: ({ changes }) => ((recipe = { ...recipe, ...changes }), {}),
  };
  const answer = (request) => {
    if (request.recipe?.refused) return { error: "This cannot be played." };
    if (request.changes?.seed !== undefined) return { error: "seed is built into a running game." };
    if (["start", "train", "move", "change", "mark"].includes(request.do)) {
      if (game && request.act !== name) places.push([t, steps, turn, recipe, game, request.mark]);
      name = request.act;
    }
    const more = acts[request.do](request);
    const stopped = recipe.lr_D >= 10 ? "diverged" : null;
    return { frame: frame(), recipe, steps, iterations: 0, spent: 0, stopped, game, acts: places.length, ...more };
  };
  return {
    asked,
    holding: (yes) => (holding = yes),
    release(n = 1) {
      for (const go of held.splice(0, n)) go();
      return settled();
    },
    ask(request) {
      asked.push(request);
      if (!holding) return Promise.resolve(answer(request));
      return new Promise((done) => held.push(() => done(answer(request))));
    },
    close: () => asked.push({ do: "close" }),
  };
}

export const settled = () => new Promise((done) => setImmediate(done));
