// A smooth network as polynomials, where they turn, and the law that they push forward.

import assert from "node:assert/strict";
import { test } from "node:test";
import { LATENTS } from "../../gan_lab/front_end/data/latents.js";
import { frameOf } from "../../gan_lab/front_end/frame/frame_of.js";
import { onSmooth, smoothG } from "../../gan_lab/front_end/frame/line/smooth_curve.js";
import { smoothPushforward } from "../../gan_lab/front_end/frame/line/smooth_pushforward.js";
import { turningPointsOf } from "../../gan_lab/front_end/frame/line/turning_points.js";
import { jetsOf } from "../../gan_lab/front_end/networks/jets.js";
import { valuesWithSlopes } from "../../gan_lab/front_end/networks/values.js";
import { Training } from "../../gan_lab/front_end/training/loop.js";
import { recipeOf } from "../../gan_lab/front_end/training/recipe/recipe.js";

const SMALL = { G: [12, 12], D: [8], m: 16, k: 1 };
const game = (parts) => new Training(recipeOf({ ...SMALL, ...parts }));
const near = (a, b, room, words) => assert.ok(Math.abs(a - b) <= room, `${words}: ${a} is not ${b}`);
const even = (low, high, n) =>
  Float64Array.from({ length: n }, (_, i) => (i === n - 1 ? high : low + ((high - low) * i) / (n - 1)));
const STEPS = even(-8.5, 8.5, 35);

for (const activation of ["tanh", "silu"]) {
  test(`the slopes and second derivatives of ${activation} networks are those of their values`, () => {
    const { G } = game({ activation, gain: 2 });
    const z = even(-30, 30, 333);
    const { value, slope, bend } = jetsOf(G)(z);
    const known = valuesWithSlopes(G, z);
    const step = 1e-4;
    const [above, below] = [step, -step].map(
      (d) =>
        valuesWithSlopes(
          G,
          z.map((v) => v + d),
        ).slope,
    );
    z.forEach((v, i) => {
      near(value[i], known.value[i], 1e-12, `value at ${v}`);
      near(slope[i], known.slope[i], 1e-12, `slope at ${v}`);
      near(bend[i], (above[i] - below[i]) / (2 * step), 1e-6, `bend at ${v}`);
    });
  });

  test(`all of the probability of a folded G of ${activation} lies somewhere, once`, () => {
    for (const seed of [0, 1, 2, 3]) {
      const { G, center, scale } = game({ activation, gain: 4, seed });
      const curve = smoothG(G, center[0], scale, STEPS);
      const law = smoothPushforward(curve, LATENTS.gaussian, 8.5, (z) => onSmooth(curve, z));
      const cuts = even(law.ends[0], law.ends[law.ends.length - 1], 60);
      const parts = Array.from(cuts.subarray(1), (b, i) => law.mass(cuts[i], b));
      near(
        parts.reduce((a, b) => a + b, 0),
        1 - law.lost,
        1e-12,
        "mass",
      );
      assert.ok(law.lost < 1e-12 && parts.every((mass) => mass >= 0));
    }
  });
}

// Six coefficients of the integral of the product of (t - root).
function turning(roots) {
  let slope = [1];
  for (const r of roots) {
    const next = new Array(slope.length + 1).fill(0);
    slope.forEach((c, i) => {
      next[i] -= r * c;
      next[i + 1] += c;
    });
    slope = next;
  }
  const c = new Float64Array(6);
  slope.forEach((v, i) => (c[i + 1] = v / (i + 1)));
  return c;
}

test("a polynomial turns where its slope changes sign, and nowhere else", () => {
  const cases = [[], [0.3], [0.5], [0.25, 0.5], [0.1, 0.11, 0.9], [0.2, 0.4, 0.6, 0.8], [-0.5, 0.5, 1.5], [2, 3]];
  for (const roots of cases) {
    const found = turningPointsOf(turning(roots), 0);
    const inside = roots.filter((r) => r > 0 && r < 1);
    assert.equal(found.length, inside.length, `${roots} and ${found}`);
    found.forEach((t, i) => near(t, inside[i], 1e-9, "turn"));
  }
  assert.deepEqual(turningPointsOf(turning([0.4, 0.4]), 0), []); // it touches
  assert.deepEqual(turningPointsOf(new Float64Array(6), 0), []);
  assert.deepEqual(turningPointsOf(new Float64Array(6).fill(NaN), 0), []);
});

test("a G without values leaves every number within its bounds, and its error says that nothing is known", () => {
  for (const activation of ["tanh", "silu"])
    for (const broken of [NaN, Infinity]) {
      const played = game({ activation });
      played.G.weights[1].fill(broken);
      const { jsd, jsd_error, C, C_error, V_error } = frameOf(played);
      assert.ok(jsd >= 0 && jsd <= Math.LN2 && C <= 0 && C >= -2 * Math.LN2);
      assert.ok(jsd_error >= Math.LN2 - 1e-9 && C_error >= 2 * Math.LN2 - 1e-9 && V_error >= 1);
    }
});
