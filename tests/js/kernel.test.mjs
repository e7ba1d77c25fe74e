// The kernel as an asker, over a model that answers as the notebook's would.

import assert from "node:assert/strict";
import { test } from "node:test";
import { fitted, kernelAsker } from "../../gan_lab/widgets/static/kernel.js";
import { withMeasured } from "../../gan_lab/widgets/static/measured.js";
import { DEFAULTS } from "../../gan_lab/widgets/static/recipe.js";
import { seePlane } from "../../gan_lab/widgets/static/see_plane.js";
import { Training } from "../../gan_lab/widgets/static/training.js";

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
    on: (event, hear) => event === "msg:custom" ? hearing.add(hear) : (said[event] = hear),
    off: (event, hear) => event === "msg:custom" ? hearing.delete(hear) : delete said[event],
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
  const asker = kernelAsker(model);
  const answered = asker.ask({ do: "see" });
  model.reply(model.sent[0]);
  const { frame, t } = await answered;
  assert.equal(frame.t, t);
  assert.equal(frame.loss_D, model.game.loss_D);
  assert.equal(frame.p_g.length, frame.x.length);
  asker.close();
});

test("a reply is for the view that asked, and for its own ask", async () => {
  const model = fakeModel();
  const [one, other] = [kernelAsker(model), kernelAsker(model)];
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
  const asker = kernelAsker(model);
  asker.ask({ do: "train", budget: 12, most: 1e9 });
  asker.ask({ do: "train", budget: 400, most: 3 });
  assert.equal(model.sent[0].budget, 30);
  assert.equal(model.sent[1].budget, 400);
  asker.close();
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
  const asker = kernelAsker(model);
  const answered = asker.ask({ do: "train", budget: 10, most: 5 });
  model.reply(model.sent[0], { interrupted: true });
  const { halted, frame } = await answered;
  assert.match(halted, /^The kernel was interrupted/);
  assert.equal(frame.t, model.game.t);
  asker.close();
});

test("an answer that an interrupt has swallowed is not waited for", async () => {
  const model = fakeModel();
  const asker = kernelAsker(model);
  const lost = asker.ask({ do: "train", budget: 10, most: 1e9 });
  const next = asker.ask({ do: "train", budget: 10, most: 1e9 });
  model.reply(model.sent[1]);
  assert.match((await lost).error, /^The kernel was interrupted/);
  assert.equal((await next).error, undefined);
  asker.close();
});

test("a game that has diverged says so in its frame", async () => {
  const model = fakeModel();
  const asker = kernelAsker(model);
  const answered = asker.ask({ do: "see" });
  model.reply(model.sent[0], { stopped: "diverged" });
  assert.equal((await answered).frame.stopped, "diverged");
  asker.close();
});

test("of a kernel that is gone every ask is told, those that wait and those to come", async () => {
  const model = fakeModel();
  const asker = kernelAsker(model);
  const answered = asker.ask({ do: "see" });
  model.said.comm_live_update(); // the connection was lost and is there again: somebody answers
  await new Promise((wake) => setTimeout(wake, 5));
  assert.equal(model.sent.length, 2);
  model.send = () => {
    throw new Error("Cannot send");
  };
  model.said.comm_live_update();
  assert.match((await answered).error, /^The kernel of this game is gone/);
  assert.match((await asker.ask({ do: "see" })).error, /^The kernel of this game is gone/);
  asker.close();
  assert.deepEqual(model.said, {});
});

test("what the page cannot train can be shown: packs, spectral weights, members", async () => {
  const recipe = { ...RECIPE, spectral: true, unrolled: 2, members: 2, lr_D: [0.1, 0.2] };
  const model = fakeModel(RECIPE);
  const asker = kernelAsker(model);
  const answered = asker.ask({ do: "see" });
  model.reply(model.sent[0], { recipe });
  const { frame, error } = await answered;
  assert.equal(error, undefined);
  assert.ok(frame.D.every(Number.isFinite));
  asker.close();
});

test("the first start is a look at the game that the kernel has; the next is a start", () => {
  const model = fakeModel();
  const asker = kernelAsker(model);
  asker.ask({ do: "start", recipe: RECIPE });
  asker.ask({ do: "start", recipe: RECIPE });
  assert.deepEqual(model.sent.map((request) => request.do), ["see", "start"]);
  asker.close();
});

test("what a frame of the plane was seen without is measured where it is shown, whatever the kernel does", async () => {
  const recipe = { ...RECIPE, data: { kind: "ring", modes: 4, radius: 2, sd: 0.4 }, latent_dim: 2 };
  const model = fakeModel(recipe);
  const asker = kernelAsker(model);
  const asked = async (request) => {
    const answered = asker.ask(request);
    model.reply(model.sent.at(-1));
    return (await answered).frame;
  };
  await asked({ do: "see" });
  const late = await asked({ do: "train", budget: 30, most: 1 });
  assert.ok(late.still && late.measured.at.t < late.t && Number.isNaN(late.jsd));
  const own = seePlane(model.game, { memory: {} });
  const before = model.sent.length;
  const { measured } = await asker.ask({ do: "measure", still: late.still });
  assert.equal(model.sent.length, before);
  const whole = withMeasured(late, measured);
  for (const name of ["jsd", "V", "C", "D_star", "quality"]) assert.deepEqual(whole[name], own[name], name);
  assert.deepEqual([measured.at, whole.still], [{ t: own.t, steps: 0 }, undefined]);
  asker.close();
});
