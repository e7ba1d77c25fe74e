// The kernel as a client, over a model that answers as the notebook's would.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { withMeasured } from "../../gan_lab/front_end/frame/measured.js";
import { frameInPlane } from "../../gan_lab/front_end/frame/plane/frame.js";
import { fitted, kernelClient } from "../../gan_lab/front_end/source/kernel.js";
import { Training } from "../../gan_lab/front_end/training/loop.js";
import { DEFAULTS } from "../../gan_lab/front_end/training/recipe/recipe.js";

const RECIPE = { ...DEFAULTS, G: [4], D: [4], m: 8 };

// A model that keeps what it is sent; `reply` answers one request to every view.
function fakeModel(recipe = RECIPE) {
  const sent = [];
  const hearing = new Set();
  const said = {}; // who hears of other events
  const game = new Training(recipe);
  return {
    sent,
    hearing,
    said,
    game,
    on: (event, hear) => (event === "msg:custom" ? hearing.add(hear) : (said[event] = hear)),
    off: (event, hear) => (event === "msg:custom" ? hearing.delete(hear) : delete said[event]),
    send: (request) => sent.push(request),
    reply(request, words = {}) {
      game.play(1);
      const numbers = [game.loss_D, game.loss_G, game.gradientNormG];
      const { t, turn, steps, stopped } = game;
      const content = { id: request.id, recipe, t, turn, steps, stopped, device: "cpu", ...words };
      const buffers = [game.G.flat, game.D.flat, numbers].map((a) => new DataView(Float64Array.from(a).buffer));
      for (const hear of [...hearing]) hear(content, buffers);
    },
  };
}

test("a reply brings the frame of the weights that it carries", async () => {
  const model = fakeModel();
  const client = kernelClient(model);
  const answered = client.ask({ do: "see" });
  model.reply(model.sent[0]);
  const { frame, t } = await answered;
  assert.equal(frame.t, t);
  assert.equal(frame.loss_D, model.game.loss_D);
  assert.equal(frame.p_g.length, frame.x.length);
  client.close();
});

test("a reply is for the view that asked, and for its own ask", async () => {
  const model = fakeModel();
  const [one, other] = [kernelClient(model), kernelClient(model)];
  const heard = [];
  one.ask({ do: "see" }).then(() => heard.push("one"));
  other.ask({ do: "see" }).then(() => heard.push("other"));
  assert.notEqual(model.sent[0].id, model.sent[1].id);
  model.reply(model.sent[1]);
  await new Promise(setImmediate);
  assert.deepEqual(heard, ["other"]);
  one.close();
  model.reply(model.sent[0]);
  await new Promise(setImmediate);
  assert.deepEqual(heard, ["other"]);
  assert.equal(model.hearing.size, 1);
  other.close();
});

test("an ask without a bound gets the fitted budget; a counted one keeps its own", () => {
  const model = fakeModel();
  const client = kernelClient(model);
  client.ask({ do: "train", budget: 12, most: 1e9 });
  client.ask({ do: "train", budget: 400, most: 3 });
  assert.equal(model.sent[0].budget, 30);
  assert.equal(model.sent[1].budget, 400);
  client.close();
});

test("the budget settles where a kernel that is never idle replies 27 times a second", () => {
  for (const beside of [1, 4, 12]) {
    let budget = 30;
    for (let i = 0; i < 60; i++) budget = fitted(budget, { spent: budget, held: budget + beside });
    assert.ok(Math.abs(1000 / (budget + beside + 3) - 27) < 0.5, `${budget} beside ${beside}`);
  }
  let budget = 30;
  for (let i = 0; i < 60; i++) budget = fitted(budget, { spent: budget, held: budget + 100 });
  assert.ok(budget > 4.9 && budget < 5.5);
});

test("an interrupted kernel stops the playing, in words; what it has trained is seen", async () => {
  const model = fakeModel();
  const client = kernelClient(model);
  const answered = client.ask({ do: "train", budget: 10, most: 5 });
  model.reply(model.sent[0], { interrupted: true });
  const { halted, frame } = await answered;
  assert.match(halted, /^The kernel was interrupted/);
  assert.equal(frame.t, model.game.t);
  client.close();
});

test("an answer that an interrupt has swallowed is not waited for", async () => {
  const model = fakeModel();
  const client = kernelClient(model);
  const lost = client.ask({ do: "train", budget: 10, most: 1e9 });
  const next = client.ask({ do: "train", budget: 10, most: 1e9 });
  model.reply(model.sent[1]);
  assert.match((await lost).error, /^The kernel was interrupted/);
  assert.equal((await next).error, undefined);
  client.close();
});

test("a reader who waits for the kernel is told, until it answers", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const model = fakeModel();
  const told = [];
  const client = kernelClient(model, { busy: (yes) => told.push(yes) });
  client.ask({ do: "see" });
  mock.timers.tick(1000);
  client.ask({ do: "see" });
  assert.deepEqual(told, []);
  mock.timers.tick(1000);
  assert.deepEqual(told, [true]);
  model.reply(model.sent[0]); // and it is waited for the second
  assert.deepEqual(told, [true, false]);
  mock.timers.tick(2000);
  model.reply(model.sent[1]);
  assert.deepEqual(told, [true, false, true, false]);
  mock.timers.tick(2000);
  assert.deepEqual(told, [true, false, true, false]); // nothing is asked
  client.close();
  mock.timers.reset();
});

test("an answer that another one overtakes is an answer all the same", async () => {
  const model = fakeModel();
  const client = kernelClient(model);
  const late = client.ask({ do: "train", budget: 10, most: 1e9 });
  const early = client.ask({ do: "train", budget: 10, most: 1e9 });
  model.reply(model.sent[1]);
  model.reply(model.sent[0]);
  assert.deepEqual([(await early).error, (await late).error], [undefined, undefined]);
  client.close();
});

test("a game that has diverged says so in its frame", async () => {
  const model = fakeModel();
  const client = kernelClient(model);
  const answered = client.ask({ do: "see" });
  model.reply(model.sent[0], { stopped: "diverged" });
  assert.equal((await answered).frame.stopped, "diverged");
  client.close();
});

test("of a kernel that is gone every ask is told, those that wait and those to come", async () => {
  const model = fakeModel();
  const client = kernelClient(model);
  const answered = client.ask({ do: "see" });
  model.said.comm_live_update(); // the connection was lost and is there again: somebody answers
  await new Promise((wake) => setTimeout(wake, 5));
  assert.equal(model.sent.length, 2);
  model.send = () => {
    throw new Error("Cannot send");
  };
  model.said.comm_live_update();
  assert.match((await answered).error, /^The kernel of this game is gone/);
  assert.match((await client.ask({ do: "see" })).error, /^The kernel of this game is gone/);
  client.close();
  assert.deepEqual(model.said, {});
});

test("what the page cannot train can be shown: packs, spectral weights, members", async () => {
  const recipe = { ...RECIPE, spectral: true, unrolled: 2, members: 2, lr_D: [0.1, 0.2] };
  const model = fakeModel(RECIPE);
  const client = kernelClient(model);
  const answered = client.ask({ do: "see" });
  model.reply(model.sent[0], { recipe });
  const { frame, error } = await answered;
  assert.equal(error, undefined);
  assert.ok(frame.D.every(Number.isFinite));
  client.close();
});

test("a line of Algorithm 1 that the kernel does brings its minibatch, without an array more in its reply", async () => {
  const model = fakeModel();
  const client = kernelClient(model);
  const frames = [];
  for (const name of ["sample data for D", "sample noise for G", "train"]) {
    const answered = client.ask({ do: name === "train" ? name : "move", what: "line" });
    model.reply(model.sent.at(-1), name === "train" ? {} : { line: { name, loss: null } });
    frames.push((await answered).frame.minibatch);
  }
  assert.equal(frames[0].real.length, 8);
  assert.deepEqual([frames[1].player, frames[1].pull.length], ["G", 8]);
  assert.equal(frames[2], undefined);
  client.close();
});

test("the first start is a look at the game that the kernel has; the next is a start", () => {
  const model = fakeModel();
  const client = kernelClient(model);
  client.ask({ do: "start", recipe: RECIPE });
  client.ask({ do: "start", recipe: RECIPE });
  assert.deepEqual(
    model.sent.map((request) => request.do),
    ["see", "start"],
  );
  client.close();
});

test("what a frame of the plane was seen without is measured where it is shown, whatever the kernel does", async () => {
  const recipe = { ...RECIPE, data: { kind: "ring", modes: 4, radius: 2, sd: 0.4 }, latent_dim: 2 };
  const model = fakeModel(recipe);
  const client = kernelClient(model);
  const asked = async (request) => {
    const answered = client.ask(request);
    model.reply(model.sent.at(-1));
    return (await answered).frame;
  };
  await asked({ do: "see" });
  const late = await asked({ do: "train", budget: 30, most: 1 });
  assert.ok(late.still && late.measured.at.t < late.t && Number.isNaN(late.jsd));
  const own = frameInPlane(model.game, { memory: {} });
  const before = model.sent.length;
  const { measured } = await client.ask({ do: "measure", still: late.still });
  assert.equal(model.sent.length, before);
  const whole = withMeasured(late, measured);
  for (const name of ["jsd", "V", "C", "D_star", "quality"]) assert.deepEqual(whole[name], own[name], name);
  assert.deepEqual([measured.at, whole.still], [{ t: own.t, steps: 0 }, undefined]);
  client.close();
});

test("a view that begins another game starts it; what others have moved is told to every view", () => {
  const model = fakeModel();
  let told = 0;
  const client = kernelClient(model, { begun: true, news: () => told++ });
  client.ask({ do: "start", recipe: RECIPE });
  assert.equal(model.sent[0].do, "start");
  for (const hear of model.hearing) hear({ news: true }, []);
  assert.equal(told, 1);
  client.close();
});

test("what went so wrong that nothing can be seen is an answer all the same", async () => {
  const model = fakeModel();
  const client = kernelClient(model);
  const answered = client.ask({ do: "train", budget: 10, most: 1 });
  for (const hear of [...model.hearing]) hear({ id: model.sent[0].id, error: "Why." }, []);
  assert.equal((await answered).error, "Why.");
  client.close();
});
