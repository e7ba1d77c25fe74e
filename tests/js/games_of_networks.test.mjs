// What the chapters on the perfect game and on the game of networks say of their links into the lab: each link is that
// of an experiment, whose lesson ten seeds hold, or it is played here.
//
//   SEEDS=10 node --test tests/js/games_of_networks.test.mjs
//
// plays all ten seeds that a chapter counts; without it only that of the link.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { stateOfLink } from "../../gan_lab/front_end/ui/lab/share/link.js";
import { LESSONS, played } from "./lessons.mjs";

const SEEDS = Number(process.env.SEEDS ?? 1);
const read = (chapter) => readFileSync(new URL(`../../book/${chapter}.md`, import.meta.url), "utf8");
const linksOf = (chapter) => [...read(chapter).matchAll(/href="lab\.html(#lab=[^"]*)"/g)].map(([, link]) => link);
const inOneLine = (text) => text.replace(/\s+/g, " ");

const OF_EXPERIMENTS = {
  what_the_generator_minimises: "A discriminator that sees nothing",
  figure_1: "A game that reaches its end",
  training_loop: "One step of D, or twenty",
};

for (const [chapter, name] of Object.entries(OF_EXPERIMENTS))
  test(`${chapter} leads to an experiment: ${name}`, () => {
    const links = linksOf(chapter);
    assert.ok(links.includes(LESSONS[name].link));
    for (const link of links) assert.equal(stateOfLink(link).wrong, null);
  });

test("a D with hidden layers comes near V(G, D*), and one that is a line near -log 4", () => {
  const [link] = linksOf("best_discriminator");
  assert.match(inOneLine(read("best_discriminator")), /Train to iteration 600\. In ten of ten seeds .* 0\.05 nats/);
  for (let seed = 0; seed < SEEDS; seed++) {
    const [left, right] = [false, true].map((second) => played(link, seed, second).to(600));
    assert.ok(left.C - left.V < 0.05, `seed ${seed}: ${left.V} of ${left.C}`);
    assert.ok(Math.abs(right.V + 2 * Math.LN2) < 0.05, `seed ${seed}: ${right.V}`);
    assert.ok(right.C > -1, "there is something to see");
  }
});

test("two seeds of one recipe end at distances of which one is more than four times the other", () => {
  const [link] = linksOf("many_gans");
  assert.match(inOneLine(read("many_gans")), /At iteration 800 the right one is more than four times as far/);
  assert.deepEqual(Object.keys(stateOfLink(link).beside), ["seed"]);
  const { recipe, beside } = stateOfLink(link);
  const [left, right] = [recipe.seed, beside.seed].map((seed) => played(link, seed).to(800).jsd);
  assert.ok(right > 4 * left, `${left} and ${right}`);
});
