// The link of the chapter on finite data: with ten samples V on all data falls below -log 4.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { session } from "../../gan_lab/front_end/source/session.js";
import { stateOfLink } from "../../gan_lab/front_end/ui/lab/share/link.js";

// V of the left game at iteration 1000, at the seeds 0 to 9.
const V = [-11.66, -3.95, -1.46, -1.09, -3.8, -1.48, -9.3, -1.38, -3.58, -3.98];
const BELOW = -Math.log(4) - 0.05;

function played(recipe, to) {
  const { answer } = session();
  answer({ do: "start", recipe });
  for (let now = 0; now < to; now = answer({ do: "see" }).frame.t) answer({ do: "train", budget: 1e9, most: to - now });
  return answer({ do: "see" }).frame;
}

test("the chapter's link into the lab shows what its sentence says", () => {
  const chapter = readFileSync(new URL("../../book/finite_data.md", import.meta.url), "utf8");
  const { recipe, beside, wrong } = stateOfLink(chapter.match(/href="lab\.html(#[^"]*)"/)[1]);
  assert.equal(wrong, null);
  assert.deepEqual([recipe.n, beside], [10, { n: 0 }]);
  assert.equal(V.filter((value) => value < BELOW).length, 8);
  assert.match(chapter, /on the left in eight of ten seeds \(0 to 9\), and on the right in none/);
  assert.ok(played({ ...recipe, seed: 1 }, 1000).V < BELOW);
  assert.ok(played({ ...recipe, ...beside, seed: 1 }, 1000).V > BELOW);
});
