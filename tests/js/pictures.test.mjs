import assert from "node:assert/strict";
import { test } from "node:test";

import { pictureSentence, picturesSentence } from "../../gan_lab/front_end/draw/pictures/sentences.js";
import { barWords, cellBeside, drawPictures, picturesLayout } from "../../gan_lab/front_end/draw/pictures/view.js";
import { heatOf } from "../../gan_lab/front_end/draw/plane/canvas.js";
import { THEMES } from "../../gan_lab/front_end/draw/theme.js";
import { paper } from "./paper.mjs";

function frame(n = 36, more = {}) {
  const pixels = Float64Array.from({ length: 64 * n }, (_, i) => 17 * (i % 16));
  const shares = Float64Array.from({ length: n }, (_, i) => i / n);
  const opinions = { D_kind: "probability", D_fake: shares, D_real: shares.map((share) => 1 - share) };
  const when = { t: 20, turn: "G", loss_D: 1.25, loss_G: 0.75, loss: "minimax" };
  return { ...when, picture: [8, 8], classes: 0, fake: pixels, real: pixels.slice().reverse(), ...opinions, ...more };
}

test("all samples of G and some pictures of the data have room, and can be hit by a finger", () => {
  for (const width of [350, 390, 720, 960])
    for (const [n, classes] of [
      [1, 0],
      [4, 0],
      [25, 0],
      [36, 0],
      [36, 10],
      [64, 0],
    ]) {
      const { cells, height } = picturesLayout(frame(n, { classes }), width);
      const of = (kind) => cells.filter((cell) => cell.of === kind);
      assert.equal(of("fake").length, n);
      assert.ok(of("real").length >= 1 && of("real").length <= n);
      for (const { x, y, side } of cells) assert.ok(x >= 0 && x + side <= width && y + side < height && side >= 24);
      const places = new Set(cells.map(({ x, y }) => `${x} ${y}`));
      assert.equal(places.size, cells.length);
      if (classes) assert.equal(of("fake")[10].x, of("fake")[0].x); // a column for each digit
    }
});

test("ink is the theme's, around it is the colour of D's opinion, and the bar is as long as D is high", () => {
  for (const theme of [THEMES.light, THEMES.dark]) {
    const sheet = paper();
    const shown = frame(4);
    const layout = picturesLayout(shown, 700);
    drawPictures(sheet.context, shown, layout, theme);
    const images = sheet.made.filter(({ kind }) => kind === "image");
    assert.equal(images.length, layout.cells.length);
    const { data } = images[0].canvas.sheet.made[0].image;
    const color = (at) =>
      `#${[...data.slice(4 * at, 4 * at + 3)].map((v) => v.toString(16).padStart(2, "0")).join("")}`;
    assert.deepEqual([color(0), color(15)], [theme.paper, theme.ink]);
    const bars = sheet.made
      .filter(({ kind, fillStyle }) => kind === "fill" && fillStyle === theme.D)
      .map(({ path }) => path[0].w);
    assert.deepEqual(
      bars.slice(0, 4).map((w) => w / (layout.cells[0].side - 3)),
      [0, 0.25, 0.5, 0.75],
    );
    const mats = sheet.made.filter(({ fillStyle }) => String(fillStyle).startsWith("rgb("));
    assert.equal(mats[1].fillStyle, `rgb(${heatOf(0.25, theme.heat)})`);
    assert.equal(sheet.depth(), 0);
  }
});

test("a D that judges packs leaves pictures without bars, and says so", () => {
  const sheet = paper();
  const none = new Float64Array(4).fill(NaN);
  const shown = frame(4, { D_kind: "unknown", D_fake: none, D_real: none });
  drawPictures(sheet.context, shown, picturesLayout(shown, 700), THEMES.light);
  assert.equal(sheet.made.filter(({ kind, fillStyle }) => kind === "fill" && fillStyle === THEMES.light.D).length, 0);
  assert.match(
    sheet
      .words()
      .map(({ text }) => text)
      .join(" "),
    /D judges packs of pictures, and none alone/,
  );
  assert.equal(picturesSentence(shown), "iteration 20, after G’s step: losses of D 1.25 and G 0.75");
  assert.equal(pictureSentence(shown, { of: "real", i: 2 }), "Picture 3 of the data");
});

test("arrows lead to the next picture on that side, from G's to those of the data, and no further than the ends", () => {
  const { cells } = picturesLayout(frame(25), 390);
  const at = (of, i) => cells.find((cell) => cell.of === of && cell.i === i);
  const across = cells.filter(({ of, y }) => of === "fake" && y === cells[0].y).length;
  assert.equal(cellBeside(cells, at("fake", 0), [1, 0]), at("fake", 1));
  assert.equal(cellBeside(cells, at("fake", 0), [0, 1]), at("fake", across));
  assert.equal(cellBeside(cells, at("fake", across - 1), [1, 0]), at("real", 0));
  assert.equal(cellBeside(cells, at("real", 0), [-1, 0]), at("fake", across - 1));
  assert.equal(cellBeside(cells, at("fake", 0), [0, -1]), null);
});

test("what D says is told in the units of the loss", () => {
  const said = (more, cell = { of: "fake", i: 1 }) => pictureSentence(frame(4, more), cell);
  assert.equal(said({}), "Sample 2 of G: D 0.25, rather generated");
  assert.equal(said({}, { of: "fake", i: 2 }), "Sample 3 of G: D 0.50");
  assert.equal(said({ loss: "least-squares" }), "Sample 2 of G: D −0.50, rather generated");
  const score = { loss: "wasserstein", D_kind: "score", score_range: [-2, 2], score_means: [1, -1] };
  assert.equal(said(score), "Sample 2 of G: score −1.00");
  assert.equal(
    picturesSentence(frame(4)),
    "iteration 20, after G’s step: D takes 1 of 4 samples of G for data; mean D 0.38 on G(z), 0.63 on the data; losses of D 1.25 and G 0.75",
  );
  assert.match(picturesSentence(frame(4, score)), /: mean score −0.50 on G\(z\), 0.50 on the data; losses/);
  assert.equal(barWords(frame()), "bar: D from 0 (generated) to 1 (data), tick at ½");
  assert.equal(barWords(frame(4, { loss: "least-squares" })), "bar: D from ≤ −1 (generated) to ≥ 1 (data), tick at 0");
  assert.match(barWords(frame(4, score)), /the least to the largest of this moment/);
});
