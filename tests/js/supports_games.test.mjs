// The games of the lab that the chapter on supports links to, played as the page plays them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { played } from "./lessons.mjs";

const text = readFileSync(new URL("../../book/supports.md", import.meta.url), "utf8");
const links = [...text.matchAll(/lab\.html(#lab=[^"]+)"/g)].map(([, link]) => link);
const both = (link, seed, t) => [false, true].map((second) => played(link, seed, second).to(t));

test("with noise that fades the minimax game arrives, and without it stays at log 2", () => {
  const [link] = links.filter((one) => one.includes("instance_noise"));
  for (const seed of [0, 1]) {
    const [still, noisy] = both(link, seed, 200);
    assert.ok(Math.abs(still.jsd - Math.LN2) < 1e-3, `${still.jsd}`);
    assert.ok(noisy.jsd < 0.3, `${noisy.jsd}`);
  }
});

test("under a penalty of 10 four of ten games run away from the data, under one of 1 none", () => {
  const [link] = links.filter((one) => one.includes("wasserstein"));
  const lost = Array.from({ length: 10 }, (_, seed) => both(link, seed, 40).map(({ jsd }) => jsd > 0.692));
  assert.deepEqual(
    lost.map(([left]) => left),
    [true, false, true, false, false, false, true, true, false, false],
  );
  assert.ok(lost.every(([, right]) => !right));
});
