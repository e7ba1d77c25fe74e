// The live kernel as an asker: requests go out as messages of a widget, replies come back with the
// weights as bytes, and the frame is made here, by the same `see` that the page's own trainer uses.
//
// An ask trains for a budget of time, which is fitted so that replies come FRAMES_A_SECOND: what an ask
// costs beside the training (messages, weights) is measured, and the rest is for training.

import { dimOf, unitsOf } from "./kinds_of_data.js";
import { MLP, sizeOf } from "./networks.js";
import { see } from "./see.js";

const FRAMES_A_SECOND = 27;
const INTERRUPTED = "The kernel was interrupted. The game stands where it was after its last whole step.";
const SHORTEST = 5; // milliseconds of training in one ask
const LONGEST = 40;
const SHARE = 5; // what is slow to see waits for so many times the time that it took
const UNBOUNDED = 1e9; // iterations in one ask: it is the time that ends it
const ARRAYS = ["G", "D", "numbers"];

// One number for a field that may be a list with one for each member: that of the first.
const PLURAL = ["data", "G", "D"]; // here a list means something else
const ofFirst = (recipe) =>
  Object.fromEntries(Object.entries(recipe).map(([name, v]) => [name, Array.isArray(v) && !PLURAL.includes(name) ? v[0] : v]));

const net = (widths, { activation }) => new MLP(widths, activation, new Float64Array(sizeOf(widths)));

// The first member as `see` wants a game, without what moves it.
function atRest(recipe) {
  const dim = dimOf(recipe.data);
  const G = net([recipe.latent_dim, ...recipe.G, dim], recipe);
  const D = net([recipe.packing * dim, ...recipe.D, 1], recipe);
  return { recipe, ...unitsOf(recipe), G, D };
}

// (reply, its arrays) -> the game as it is then; what does not change is kept from reply to reply.
export function gamesAtRest() {
  let game = null;
  let text = "";
  return (reply, { G, D, numbers }) => {
    const now = JSON.stringify(reply.recipe);
    if (now !== text) game = atRest(ofFirst(reply.recipe));
    text = now;
    game.G.flat.set(G);
    game.D.flat.set(D);
    [game.loss_D, game.loss_G, game.gradientNormG] = numbers;
    return Object.assign(game, { t: reply.t, turn: reply.turn });
  };
}

// The frame of a reply. The axis of a game's first frame is kept, and what is slow to see waits.
function looker(now) {
  const rest = gamesAtRest();
  let [game, x, memory, seenAt, cost] = [null, null, {}, -Infinity, 0];
  return (reply, arrays) => {
    const next = rest(reply, arrays);
    if (next !== game) [game, memory, seenAt] = [next, {}, -Infinity];
    if (reply.turn === "start") x = null;
    const before = now();
    const heavy = !reply.spent || before - seenAt >= SHARE * cost;
    const frame = see(game, { x, memory, heavy });
    if (heavy) [seenAt, cost] = [now(), now() - before];
    x ??= frame.x ?? null;
    return frame;
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
  const look = looker(now);
  let count = 0;
  let budget = 25;
  let last = null;
  let begun = false;

  // The kernel has a game before any view asks for one, and a second view must not begin it anew.
  const joined = (request) => {
    const first = !begun && request.do === "start";
    begun = true;
    return first ? { do: "see" } : request;
  };

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
    if (reply.interrupted) reply.error = INTERRUPTED;
    try {
      answer({ ...reply, frame: look(reply, Object.fromEntries(arrays)) });
    } catch (error) {
      answer({ ...reply, frame: null, error: error.message });
    }
  };
  model.on("msg:custom", hear);

  return {
    ask(request) {
      const id = `${view}:${(count += 1)}`;
      const wish = joined(request);
      const timed = wish.do === "train" && wish.most >= UNBOUNDED ? { ...wish, budget } : wish;
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
