// The page's address follows a lab that has come to rest, once its reader has done something.

import assert from "node:assert/strict";
import { test } from "node:test";

import { Address } from "../../gan_lab/front_end/ui/lab/share/address.js";

const AT_REST = { playing: false, settled: true };

// Time that a test moves: elapse() is long enough for all that waits.
function handTimers(t) {
  const { setTimeout, clearTimeout } = globalThis;
  const waiting = new Map();
  let count = 0;
  globalThis.setTimeout = (wake) => (waiting.set(++count, wake), count);
  globalThis.clearTimeout = (handle) => waiting.delete(handle);
  t.after(() => Object.assign(globalThis, { setTimeout, clearTimeout }));
  return function elapse() {
    const due = [...waiting.values()];
    waiting.clear();
    for (const wake of due) wake();
  };
}

function addressOf() {
  const written = [];
  let link = "#a";
  const address = new Address(
    (now) => written.push(now),
    () => link,
  );
  return { address, written, become: (next) => (link = next) };
}

test("nothing is written before the reader has done something, nor of a lab that has no address", () => {
  const { address, written } = addressOf();
  address.hear(AT_REST);
  assert.deepEqual(written, []);
  const other = new Address(null, () => assert.fail("nobody asked for a link"));
  other.touch();
  other.hear(AT_REST);
});

test("a game that comes to rest is written at once, and what changes then after a moment, as it is by then", (t) => {
  const elapse = handTimers(t);
  const { address, written, become } = addressOf();
  address.touch();
  address.hear({ playing: true, settled: false });
  assert.deepEqual(written, []);
  address.hear(AT_REST);
  assert.deepEqual(written, ["#a"]);
  address.follow();
  become("#b");
  address.hear(AT_REST);
  assert.deepEqual(written, ["#a"]);
  elapse();
  assert.deepEqual(written, ["#a", "#b"], "once");
});

test("what is not settled by then is not written, nor what is left", (t) => {
  const elapse = handTimers(t);
  const { address, written } = addressOf();
  address.touch();
  address.hear(AT_REST);
  written.length = 0;
  address.follow();
  address.hear({ playing: true, settled: false });
  elapse();
  address.hear(AT_REST);
  written.length = 0;
  address.follow();
  address.stop();
  elapse();
  assert.deepEqual(written, []);
});
