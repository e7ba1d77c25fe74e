// The live kernel as a client: requests go out as messages of a widget, replies come back with the
// weights as bytes, and the frame is made here, by the same `see` that the page's own trainer uses.
//
// An ask trains for a budget of time, which is fitted so that the kernel, while it has always another ask
// to go on with, replies FRAMES_A_SECOND: what an ask costs it beside the training is measured there, and
// the rest is for training. Where the page is slower than that, the budget stays: the kernel waits then.

import { dimOf, unitsOf } from "../data/kinds.js";
import { FrameBuilder } from "../frame/frame_builder.js";
import { MLP, sizeOf } from "../networks/mlp.js";

const FRAMES_A_SECOND = 27;
const INTERRUPTED = "The kernel was interrupted. The game stands where it was after its last whole step.";
const GONE =
  "The kernel of this game is gone. What was recorded here stays, to be looked at; the cell run once more begins a new game.";
const SILENCE = 5000; // milliseconds until it is tried whether anybody is there; then twice as many
const LATE = 1500; // milliseconds until a reader is told that an answer is waited for
const OVERDUE = 1000; // milliseconds after the next answer in which an answer may still come
const SHORTEST = 5; // milliseconds of training in one ask
const LONGEST = 40; // an ask that names more is for a number of iterations
const SLICE = 8; // milliseconds of looking at a time
const MESSAGES = 3; // of the kernel's time for the messages of one ask
const ARRAYS = ["G", "D", "numbers"];

// One number for a field that may be a list with one for each member: that of the first.
const PLURAL = ["data", "G", "D"]; // here a list means something else
const ofFirst = (recipe) =>
  Object.fromEntries(
    Object.entries(recipe).map(([name, v]) => [name, Array.isArray(v) && !PLURAL.includes(name) ? v[0] : v]),
  );

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
    return Object.assign(game, { t: reply.t, turn: reply.turn, steps: reply.steps, stopped: reply.stopped });
  };
}

// look(reply, its arrays, what was asked) -> the frame. A game that begins is looked at by somebody new.
// measuring(still) -> what a frame was seen without, step by step.
function onlooker(now) {
  const rest = gamesAtRest();
  let [game, builder] = [null, new FrameBuilder(now)];
  return {
    look(reply, arrays, done) {
      const next = rest(reply, arrays);
      if (next !== game || reply.turn === "start") builder = new FrameBuilder(now);
      game = next;
      return builder.see(game, done, reply.line);
    },
    measuring: (still) => builder.measuring(still),
  };
}

// A walk to its end, and the page is free in between.
async function walked(walk, now) {
  for (;;) {
    const begun = now();
    let step;
    do step = walk.next();
    while (!step.done && now() - begun < SLICE);
    if (step.done) return { measured: step.value };
    await new Promise((go) => setTimeout(go, 0));
  }
}

// Milliseconds of training for the next ask, from those of the last and what held the kernel in all.
export function fitted(budget, { spent, held }) {
  const beside = held - spent + MESSAGES;
  const next = Math.min(LONGEST, Math.max(SHORTEST, 1000 / FRAMES_A_SECOND - beside));
  return budget + 0.3 * (next - budget);
}

// Tells `gone()` when nobody is left who could answer: a restart closes the widget's comm, and to send by
// a closed one fails. `waits()` says whether an answer is due: a busy kernel is silent too.
function watchKernel(model, { waits, probe, gone }) {
  let timer = null;
  const check = () => probe() || gone();
  const later = (silence) => {
    timer = setTimeout(() => {
      if (waits()) check();
      later(waits() ? 2 * silence : SILENCE);
    }, silence);
  };
  const soon = () => setTimeout(check, 0); // whoever says so has not yet closed the comm
  model.on("comm:close", gone);
  model.on("comm_live_update", soon);
  later(SILENCE);
  return () => {
    clearTimeout(timer);
    model.off("comm:close", gone);
    model.off("comm_live_update", soon);
  };
}

// Tells busy(true) when an answer is waited for longer than a moment, and busy(false) with the next one.
function watchAnswers({ waits, busy }) {
  let timer = null;
  let said = false;
  const say = (yes) => said !== yes && busy((said = yes));
  const stop = () => {
    clearTimeout(timer);
    timer = null;
  };
  const asked = () => (timer ??= setTimeout(() => say(true), LATE));
  const heard = () => {
    stop();
    say(false);
    if (waits()) asked();
  };
  return { asked, heard, stop };
}

// model: of anywidget. begun: whether the first game that is asked for is to begin, and not the one that the
// kernel has to be seen; news(): when others have moved that; busy(yes): whether it lets a reader wait. -> { ask(request) -> Promise<reply>, close() }
export function kernelClient(
  model,
  { begun = false, news = () => {}, busy = () => {}, now = () => performance.now() } = {},
) {
  const view = Math.random().toString(36).slice(2); // every view of a widget hears all replies
  const waiting = new Map(); // number of the ask -> { answer, done: what was asked }
  const { look, measuring } = onlooker(now);
  const answers = watchAnswers({ waits: () => waiting.size > 0, busy });
  let count = 0;
  let budget = 30;

  // The kernel has a game before any view asks for one, and a second view must not begin it anew.
  const joined = (request) => {
    const first = !begun && request.do === "start";
    begun = true;
    return first ? { do: "see", act: request.act } : request;
  };
  const sent = (request, number) => {
    try {
      const act = request.act && `${view}:${request.act}`; // other views have acts of the same number
      model.send({ ...request, act, id: `${view}:${number}` });
      return true;
    } catch {
      return false;
    }
  };
  const fail = (error, before) => {
    for (const [number, { answer }] of waiting) {
      if (number >= before) continue;
      waiting.delete(number);
      answer({ error });
    }
    answers.heard();
  };
  const gone = () => fail(GONE, Infinity);
  // Answers come in order, but for a moment when another thread of the kernel begins to answer: of one that
  // was passed over and does not come at all an interrupt was the end.
  const passOver = (before) => {
    if ([...waiting.keys()].some((number) => number < before)) setTimeout(() => fail(INTERRUPTED, before), OVERDUE);
  };

  const hear = (reply, buffers) => {
    if (reply.news) news();
    const [whose, count] = String(reply.id).split(":");
    if (whose !== view) return;
    const number = Number(count);
    passOver(number);
    if (!waiting.has(number)) return;
    const { answer, done } = waiting.get(number);
    waiting.delete(number);
    answers.heard();
    if (reply.spent) budget = fitted(budget, reply);
    if (reply.interrupted) reply.halted = INTERRUPTED;
    if (!buffers.length) return answer(reply); // what went wrong left nothing to be seen
    const arrays = ARRAYS.map((name, i) => {
      const { buffer, byteOffset, byteLength } = buffers[i];
      return [name, new Float64Array(buffer.slice(byteOffset, byteOffset + byteLength))];
    });
    try {
      answer({ ...reply, frame: look(reply, Object.fromEntries(arrays), done) });
    } catch (error) {
      answer({ ...reply, frame: null, error: error.message });
    }
  };
  model.on("msg:custom", hear);
  const unwatch = watchKernel(model, {
    waits: () => waiting.size > 0,
    probe: () => sent({ do: "see" }, ++count),
    gone,
  });

  return {
    ask(request) {
      if (request.do === "measure") return walked(measuring(request.still), now); // the weights are here
      const number = ++count;
      const wish = joined(request);
      const timed = wish.do === "train" && wish.budget <= LONGEST ? { ...wish, budget } : wish;
      const answered = new Promise((answer) => waiting.set(number, { answer, done: wish.do }));
      answers.asked();
      if (!sent(timed, number)) gone();
      return answered;
    },
    close() {
      unwatch();
      answers.stop();
      model.off("msg:custom", hear);
      waiting.clear();
    },
  };
}
