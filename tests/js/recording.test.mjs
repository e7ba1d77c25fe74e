import assert from "node:assert/strict";
import { test } from "node:test";

import { unpacked } from "../../gan_lab/front_end/recording/packed.js";
import { bytesOf, crc32, decode, recordingOf } from "../../gan_lab/front_end/recording/recording.js";
import { bytesFrom, checksum, smallRun } from "./bytes.mjs";

test("the checksum is CRC-32: its published check value, and the polynomial division", () => {
  const digits = new TextEncoder().encode("123456789");
  assert.equal(crc32(digits), 0xcbf43926);
  const bytes = Uint8Array.from({ length: 300 }, (_, i) => (i * i * 31 + 7) & 255);
  assert.equal(crc32(bytes), checksum(bytes));
});

test("float64 and float32 come back exactly, NaN and infinities too", () => {
  const doubles = [0.1, -1 / 3, NaN, Infinity, -Infinity, 5e-324];
  const singles = [0.1, -1.5, NaN];
  const { arrays } = decode(
    bytesFrom({ odd: ["uint8", [3], [1, 2, 3]], v: ["float64", [6], doubles], w: ["float32", [3], singles] }),
  );
  assert.deepEqual([...arrays.odd.values], [1, 2, 3]);
  assert.deepEqual([...arrays.v.values], doubles);
  assert.deepEqual([...arrays.w.values], singles.map(Math.fround));
});

test("uint16 is low + (high - low) u / 65534, and 65535 is NaN", () => {
  const bounds = { q: { low: -2, high: 6 } };
  const { arrays } = decode(bytesFrom({ q: ["uint16", [4], [0, 32767, 65534, 65535]] }, { bounds }));
  assert.deepEqual([...arrays.q.values], [-2, 2, 6, NaN]);
});

test("a frame has the shared arrays, its own rows and numbers, and whose turn it was", () => {
  const run = smallRun();
  const panels = { a: 1, b: 2, c: 3, d: 4 };
  const recording = recordingOf(bytesFrom(run, { panels, note: "it diverged" }));
  assert.equal(recording.length, 5);
  assert.deepEqual(recording.panels, panels);
  assert.equal(recording.note, "it diverged");
  const frame = recording.frame(2);
  assert.deepEqual(frame.atoms, []);
  assert.deepEqual([...frame.x], run.x[2]);
  assert.deepEqual([...frame.p_g], run.p_g[2].slice(18, 27));
  assert.deepEqual([...frame.G_z], run.G_z[2].slice(6, 9));
  assert.equal(frame.V, run.V[2][2]);
  assert.ok(Number.isNaN(frame.D_star[4]));
  assert.deepEqual(
    [0, 1, 2].map((i) => recording.frame(i).turn),
    ["start", "D", "G"],
  );
});

test("atoms belong to their frames", () => {
  const atoms = ["float64", [3, 3], [0, 1.5, 0.1, 2, -1, 0.25, 2, 1, 0.5]];
  const recording = recordingOf(bytesFrom({ ...smallRun(), atoms }));
  assert.deepEqual(recording.frame(1).atoms, []);
  assert.deepEqual(recording.frame(2).atoms, [
    { frame: 2, x: -1, mass: 0.25 },
    { frame: 2, x: 1, mass: 0.5 },
  ]);
});

test("a recording may lie anywhere in its buffer, as a notebook's message has it", () => {
  const bytes = bytesFrom(smallRun());
  const within = new Uint8Array(bytes.length + 11);
  within.set(bytes, 5);
  const view = new Uint8Array(within.buffer, 5, bytes.length);
  assert.deepEqual(recordingOf(view).frame(4).G_z, recordingOf(bytes).frame(4).G_z);
});

const changed = (bytes, i) => Uint8Array.from(bytes, (byte, j) => (i === j ? byte ^ 1 : byte));
const good = bytesFrom(smallRun());
const less = (name) => Object.fromEntries(Object.entries(smallRun()).filter(([key]) => key !== name));
const bad = {
  "nothing at all": [new Uint8Array(0), /not a recording/],
  "another file": [new TextEncoder().encode("PNG and then some more words"), /not a recording/],
  "a later version": [
    bytesFrom(smallRun(), { version: 4 }),
    /format 4 of a newer gan_lab, and this page reads formats 1, 2 and 3/,
  ],
  "an end too soon in the header": [good.slice(0, 60), /ends too soon/],
  "an end too soon in the body": [good.slice(0, -8), /checksum/],
  "one bit of the body": [changed(good, good.length - 3), /checksum/],
  "one byte of the header": [changed(good, 12), /header cannot be read/],
  "one letter in the header's words": [changed(good, 16), /header is not what was written/],
  "a body shorter than it says, with its checksum": [bytesFrom({ v: ["float64", [9], [1, 2]] }), /ends too soon/],
  "no D": [bytesFrom(less("D")), /it has no D\./],
  "rows that do not fit": [bytesFrom({ ...smallRun(), G_z: ["float64", [5, 2], Array(10).fill(0)] }), /shape of G_z/],
  "no frames": [bytesFrom(smallRun(0)), /no frames/],
};

for (const [what, [bytes, words]] of Object.entries(bad))
  test(`refused in one sentence: ${what}`, () => {
    assert.throws(
      () => recordingOf(bytes),
      (error) => {
        assert.match(error.message, words);
        assert.match(error.message, /^[A-Z][^\n]*\.$/);
        return true;
      },
    );
  });

test("text that is not base64 is refused in one sentence", () => {
  assert.deepEqual([...bytesOf(" AQID\n")], [1, 2, 3]);
  assert.throws(() => bytesOf("%%%"), /not base64/);
});

const zipped = async (bytes) => {
  const stream = new Blob([new Uint8Array(bytes)]).stream().pipeThrough(new CompressionStream("gzip"));
  return Buffer.from(await new Response(stream).arrayBuffer()).toString("base64");
};

test("of what a page holds, bytes at even places stand before those at odd ones", async () => {
  assert.deepEqual([...(await unpacked(await zipped([1, 3, 5, 2, 4])))], [1, 2, 3, 4, 5]);
  assert.deepEqual([...(await unpacked(await zipped([])))], []);
});

test("text that is no gzip, and a browser that cannot unpack it, are told in one sentence", async () => {
  await assert.rejects(unpacked("AQID"), /^Error: The recording is damaged: its text is not gzip\.$/);
  await assert.rejects(unpacked((await zipped([1, 2, 3])).slice(0, 20)), /not gzip/);
  const there = globalThis.DecompressionStream;
  delete globalThis.DecompressionStream;
  await assert.rejects(unpacked(await zipped([1])), /^Error: This browser cannot unpack it/);
  globalThis.DecompressionStream = there;
});
