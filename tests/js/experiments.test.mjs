// The experiments of the book's page on the lab: every link can be followed, and what the page says that
// there is to see is what there is.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { health } from "../../gan_lab/widgets/static/health.js";
import { Kept } from "../../gan_lab/widgets/static/kept.js";
import { stateOfLink } from "../../gan_lab/widgets/static/link.js";
import { session } from "../../gan_lab/widgets/static/session.js";
import { nats, rangeOfD } from "../../gan_lab/widgets/static/words.js";

const PAGE = readFileSync(new URL("../../book/lab.md", import.meta.url), "utf8");
const LINKS = [...PAGE.matchAll(/href="(#lab=[^"]*)"/g)].map(([, link]) => link);

// The section of the page that has this link, as plain text.
const around = (link) => {
  const at = PAGE.indexOf(`"${link}"`);
  assert.ok(at >= 0, `the page has no link ${link}`);
  return PAGE.slice(at, PAGE.indexOf("\n## ", at)).split("\n### ")[0].replace(/\s+/g, " ");
};

// A link's game, or that beside it, played as the lab plays it, with the health of its frames.
function playing(link, second = false) {
  const { recipe, beside } = stateOfLink(link);
  const { answer } = session();
  const kept = new Kept();
  const keep = (reply) => (kept.add({ frame: reply.frame }), reply);
  keep(answer({ do: "start", recipe: second ? { ...recipe, ...beside } : recipe }));
  return {
    answer,
    to(t, every = t) {
      let { frame } = kept.entries.at(-1);
      while (frame.t < t) {
        answer({ do: "train", budget: 1e9, most: Math.min(every, t - frame.t) });
        frame = keep(answer({ do: "see" })).frame;
      }
      return frame;
    },
    health: () => health(kept.entries.at(-1).frame, kept.history),
    ills() {
      return this.health().map(({ kind }) => kind);
    },
  };
}

test("there are ten experiments, and each of their links is one that the lab follows", () => {
  const section = PAGE.slice(PAGE.indexOf("## Ten experiments"), PAGE.indexOf("## Rates of ten"));
  assert.equal(section.match(/^### /gm).length, 10);
  assert.equal(section.match(/^```\{dropdown\}/gm).length, 10);
  assert.equal(section.match(/\*To\s+predict:\*/g).length, 10);
  for (const link of LINKS) assert.equal(stateOfLink(link).wrong, null, link);
});

const JSD = [
  ["#lab=gaussian", false, [[20, "0.20"], [100, "0.012"], [600, "0.0012"]]],
  ["#lab=bare&t=1000&charts=bound,losses", false, [[1000, "0.18"]]],
  ["#lab=bare&r1=0.005&r2=0.005&standardise=true&k=4&t=1000", false, [[1000, "0.0022"]]],
  ["#lab=two&k=1&beside=k%3D20", false, [[100, "0.084"], [1000, "0.053"]]],
  ["#lab=two&k=1&beside=k%3D20", true, [[100, "0.077"], [1000, "0.016"]]],
  ["#lab=gaussian&k=1&r1=0&r2=0&beta1=0.9&lr_G=0.01&schedule=constant&beside=beta1%3D0&pace=20", true, [[1000, "0.0017"]]],
];

test("the divergences that the page tells are reached", () => {
  for (const [link, second, moments] of JSD) {
    const game = playing(link, second);
    const text = around(link);
    for (const [t, said] of moments) {
      assert.equal(nats(game.to(t).jsd), said, `${link} at ${t}`);
      assert.ok(text.includes(said), `${link}: ${said}`);
    }
  }
});

test("at its end D is near one half, and V near its bound", () => {
  const frame = playing("#lab=gaussian").to(600);
  assert.deepEqual(rangeOfD(frame).map((D) => D.toFixed(2)), ["0.48", "0.51"]);
  assert.equal(frame.V.toFixed(2), "-1.39");
});

test("losses at their final values with a generator that is far off", () => {
  const frame = playing("#lab=bare&t=1000&charts=bound,losses").to(1000);
  assert.deepEqual([frame.loss_D.toFixed(3), frame.loss_G.toFixed(3)], ["1.386", "0.696"]);
  assert.deepEqual(rangeOfD(frame).map((D) => D.toFixed(2)), ["0.50", "0.50"]);
});

test("one player alone: D comes up to a bound that stands; G runs past", () => {
  const link = "#lab=gaussian&t=15";
  const D = playing(link);
  const start = D.to(15);
  let now = start;
  for (let i = 0; i < 30; i++) now = D.answer({ do: "move", what: "D" }).frame;
  assert.deepEqual([start.V, now.V, now.C].map((v) => v.toFixed(2)), ["-0.80", "-0.74", "-0.63"]);
  assert.ok(Math.abs(now.C - start.C) < 1e-9);
  const G = playing(link);
  G.to(15);
  const seen = [];
  for (let i = 1; i <= 30; i++) seen.push(G.answer({ do: "move", what: "G" }).frame);
  assert.deepEqual([nats(start.jsd), nats(seen[9].jsd), nats(seen[29].jsd), seen[29].V.toFixed(2)], ["0.38", "0.15", "0.50", "-5.23"]);
});

const MINIMAX = "#lab=gaussian&loss=minimax&standardise=false&r1=0&r2=0&k=20&gain=1&beside=loss%3Dnon-saturating&pace=1";

test("the vanished gradient: seen at 60, over at 200, and not over with SGD", () => {
  const left = playing(MINIMAX);
  assert.equal(nats(left.to(60, 1).jsd), "0.69");
  assert.deepEqual(left.ills(), ["vanished"]);
  assert.ok(left.health()[0].number < 1e-4);
  assert.equal(nats(left.to(200).jsd), "0.0077");
  assert.equal(nats(playing(MINIMAX, true).to(60).jsd), "0.15");
  const sgd = playing(MINIMAX);
  sgd.to(60);
  sgd.answer({ do: "change", changes: { optimizer: "sgd" } });
  assert.equal(nats(sgd.to(460).jsd), "0.69");
});

test("a game that goes round is said to", () => {
  const game = playing("#lab=gaussian&k=1&r1=0&r2=0&beta1=0.9&lr_G=0.01&schedule=constant&beside=beta1%3D0&pace=20");
  assert.equal(nats(game.to(2500, 20).jsd), "0.50");
  assert.deepEqual(game.ills(), ["circling"]);
});

test("noise of two values: log 2, and one mode is missed", () => {
  const game = playing("#lab=two&latent=bernoulli");
  const frame = game.to(300, 10);
  assert.deepEqual([nats(frame.jsd), frame.C.toFixed(6), game.ills()], ["0.69", "0.000000", ["collapsed"]]);
});

test("some modes and not others: four of nine, and with a penalty all nine", () => {
  const link = "#lab=grid&k=3&r1=0&r2=0&lr_D=0.01&lr_G=0.01&beside=r1%3D0.1";
  const left = playing(link);
  const bare = left.to(600, 30);
  assert.deepEqual([bare.modes_found, Math.round(100 * bare.quality), left.ills()], [4, 84, ["collapsed"]]);
  const right = playing(link, true).to(600);
  assert.deepEqual([right.modes_found, Math.round(100 * right.quality)], [9, 33]);
});

test("a curve has nothing in common with a density, and finds all spots", () => {
  const link = "#lab=ring&t=1000&show=D,real,fake,warp&beside=latent_dim%3D1";
  const [two, one] = [false, true].map((second) => playing(link, second).to(1000));
  assert.deepEqual([two, one].map((f) => [f.modes_found, Math.round(100 * f.quality)]), [[8, 59], [8, 44]]);
  assert.ok(Math.abs(one.jsd - Math.log(2)) < 1e-9);
});
