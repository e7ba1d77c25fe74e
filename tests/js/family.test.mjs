// What book/family.md says of its link into the lab: a G that is a line, two bumps, KL and reverse KL side by side.
//
//   SEEDS=10 node --test tests/js/family.test.mjs
//
// plays all ten seeds that the chapter counts; without it only the seed of the link is played.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { played } from "./lessons.mjs";

const chapter = readFileSync(new URL("../../book/family.md", import.meta.url), "utf8");
const [, link] = chapter.match(/href="lab\.html(#[^"]*)"/);
const AT = 1000;
const SEEDS = Number(process.env.SEEDS ?? 1);

// Mean and sd of G(z) over the frame's grid of z: all there is to know of a line's bell.
function bell({ G_z }) {
  const mean = G_z.reduce((sum, x) => sum + x, 0) / G_z.length;
  return { mean, sd: Math.sqrt(G_z.reduce((sum, x) => sum + (x - mean) ** 2, 0) / G_z.length) };
}

const inTheMiddle = ({ mean, sd }) => Math.abs(mean) < 0.3 && sd > 0.8;
const onABump = ({ mean, sd }) => Math.abs(Math.abs(mean) - 1) < 0.2 && sd < 0.5;

test("KL lies over both bumps; reverse KL over one, or stays in the middle", () => {
  assert.ok(link.includes("loss=f-kl") && link.includes("beside=loss%3Df-reverse-kl"));
  assert.match(chapter, /Train to iteration 1000\./);
  const over = [];
  for (let seed = 0; seed < SEEDS; seed++) {
    const [left, right] = [false, true].map((second) => bell(played(link, seed, second).to(AT)));
    assert.ok(inTheMiddle(left), `seed ${seed}: ${JSON.stringify(left)}`);
    assert.ok(onABump(right) || inTheMiddle(right), `seed ${seed}: ${JSON.stringify(right)}`);
    if (onABump(right)) over.push(seed);
  }
  assert.ok(over.includes(0), "the seed of the link");
  if (SEEDS === 10) assert.equal(over.length, 5);
});
