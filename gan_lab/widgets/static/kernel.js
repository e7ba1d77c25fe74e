// The live kernel as an asker: requests go out as messages of a widget, replies come back with the
// weights as bytes, and the frame is made here, by the same `see` that the page's own trainer uses.
//
// An ask trains for a budget of time, which is fitted so that replies come FRAMES_A_SECOND: what an ask
// costs beside the training (messages, weights) is measured, and the rest is for training.

import { see } from "./see.js";
import { Training } from "./training.js";

const FRAMES_A_SECOND = 27;
const SHORTEST = 5; // milliseconds of training in one ask
const LONGEST = 40;
const ARRAYS = ["G", "D", "numbers"];

// What the page does not train it can still show: the members beside the first, and how D is held.
function shownRecipe(recipe) {
  const first = (value) => (Array.isArray(value) && typeof value[0] === "number" ? value[0] : value);
  const shown = { ...recipe, members: 1, spectral: false, unrolled: 0 };
  const lists = ["data", "G", "D"]; // in these a list is not one number for each member
  for (const name of Object.keys(shown)) if (!lists.includes(name)) shown[name] = first(shown[name]);
  return shown;
}

// A game at rest with the weights of a reply, as `see` wants it; one is kept as long as it fits.
export function gameAtRest() {
  let game = null;
  let text = "";
  return (reply, { G, D, numbers }) => {
    const shape = JSON.stringify(reply.recipe);
    if (shape !== text) {
      game = new Training(shownRecipe(reply.recipe));
      text = shape;
    }
    game.G.flat.set(G);
    game.D.flat.set(D);
    [game.loss_D, game.loss_G, game.gradientNormG] = numbers;
    return Object.assign(game, { t: reply.t, turn: reply.turn, steps: reply.steps, stopped: reply.stopped });
  };
}

// Milliseconds of training for the next ask, from those of the last and the time from reply to reply.
export function fitted(budget, spent, between) {
  const beside = Math.max(0, between - spent);
  const next = Math.min(LONGEST, Math.max(SHORTEST, 1000 / FRAMES_A_SECOND - beside));
  return budget + 0.3 * (next - budget);
}

// model: of anywidget. -> { ask(request) -> Promise<reply>, close() }
export function kernelAsker(model, now = () => performance.now()) {
  const view = Math.random().toString(36).slice(2); // every view of a widget hears all replies
  const waiting = new Map();
  const rest = gameAtRest();
  let count = 0;
  let budget = 25;
  let last = null;

  const pace = (reply) => {
    const time = now();
    if (reply.spent && last !== null) budget = fitted(budget, reply.spent, time - last);
    last = reply.spent ? time : null;
  };
  const hear = (reply, buffers) => {
    const answer = waiting.get(reply.id);
    if (!answer) return;
    waiting.delete(reply.id);
    pace(reply);
    const arrays = ARRAYS.map((name, i) => {
      const { buffer, byteOffset, byteLength } = buffers[i];
      return [name, new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength))];
    });
    try {
      answer({ ...reply, frame: see(rest(reply, Object.fromEntries(arrays))) });
    } catch (error) {
      answer({ ...reply, frame: null, error: error.message });
    }
  };
  model.on("msg:custom", hear);

  return {
    ask(request) {
      const id = `${view}:${(count += 1)}`;
      const timed = request.do === "train" ? { ...request, budget } : request;
      if (timed.most === Infinity) delete timed.most;
      const answered = new Promise((resolve) => waiting.set(id, resolve));
      model.send({ ...timed, id });
      return answered;
    },
    close() {
      model.off("msg:custom", hear);
      waiting.clear();
    },
  };
}
