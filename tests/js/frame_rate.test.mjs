import assert from "node:assert/strict";
import { test } from "node:test";
import { frameRate } from "../../gan_lab/front_end/ui/lab/frame_rate.js";

test("new frames of the last second are counted, and none while the game stands", () => {
  let time = 0;
  const seen = frameRate(() => time);
  let rate = 0;
  for (let i = 0; i < 60; i++) {
    time += 40;
    const frame = {};
    rate = seen({ frame, playing: true });
    assert.equal(seen({ frame, playing: true }), rate); // the same frame again is no new one
  }
  assert.ok(Math.abs(rate - 25) < 0.01);
  assert.equal(seen({ frame: {}, playing: false }), 0);
});
