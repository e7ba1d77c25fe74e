import assert from "node:assert/strict";
import { test } from "node:test";

import { boundLayout, drawBound, frameAt } from "../../gan_lab/front_end/draw/charts/bound.js";
import {
  divergenceLayout,
  drawDivergence,
  drawLosses,
  drawModes,
  lossesLayout,
  modesLayout,
} from "../../gan_lab/front_end/draw/charts/charts.js";
import {
  boundSentence,
  divergenceSentence,
  lossSentence,
  modesSentence,
} from "../../gan_lab/front_end/draw/plane/sentences.js";
import { spacingOf } from "../../gan_lab/front_end/draw/scales.js";
import { THEMES } from "../../gan_lab/front_end/draw/theme.js";
import { equilibriumOf } from "../../gan_lab/front_end/frame/equilibrium.js";
import { withMeasured } from "../../gan_lab/front_end/frame/measured.js";
import { paper } from "./paper.mjs";

const theme = THEMES.light;
const size = { width: 700, height: 190 };
const N = 41;
const over = (f) => Float64Array.from({ length: N }, (_, i) => f(i));
const history = {
  length: N,
  t: over((i) => (i < 20 ? i : 20 + 7 * (i - 20))),
  loss_D: over((i) => (i ? 1.386 - Math.exp(-i / 6) : NaN)),
  loss_G: over((i) => (i ? 0.693 + 2 * Math.exp(-i / 6) : NaN)),
  jsd: over((i) => (i >= 10 && i <= 12 ? NaN : 0.69 * Math.exp(-i / 8))),
  jsd_error: over(() => 0.002),
  modes_found: over((i) => Math.min(8, i >> 2)),
  quality: over((i) => i / 50),
};
const frame = { jsd_perfect: 0.0035, quality_perfect: 0.98889, modes_of: 8 };
const recipe = { loss: "non-saturating", smoothing: 0 };
const near = (a, b, by = 1e-9) => assert.ok(Math.abs(a - b) <= by, `${a} is not ${b}`);

function drawn(draw, { of = history, now = 20, at = size, panels = {}, beside = { recipe, frame }, on = theme } = {}) {
  const sheet = paper();
  draw(sheet.context, of, now, at, on, panels, beside);
  return sheet;
}
const said = (sheet) =>
  sheet
    .words()
    .map(({ text }) => text)
    .join("");
// The longest line of what has passed.
const longest = (strokes) =>
  strokes.filter(({ globalAlpha }) => globalAlpha === 1).reduce((a, b) => (b.path.length > a.path.length ? b : a));
const dotted = (sheet, color) => sheet.strokes(color).filter(({ dash }) => dash[0] === 1 && dash[1] === 3);

test("the losses: D dashed and G solid, through their numbers, open where there is none", () => {
  const place = lossesLayout(history, size, {}, { recipe });
  const { strokes } = drawn(drawLosses);
  const [D, G] = [theme.D, theme.p_g].map((color) => longest(strokes(color)));
  assert.deepEqual([D.dash.length, G.dash.length], [2, 0]);
  assert.equal(D.path.length, 20, "frames 1 to 20, and none at 0");
  near(D.path[0].x, place.time(1));
  D.path.forEach(({ y }, i) => near(y, place.up(history.loss_D[i + 1])));
  G.path.slice(2).forEach(({ y }, i) => near(y, place.up(history.loss_G[i + 3])));
});

test("what has passed is full, what is to come paler, on the time axis of the bound", () => {
  for (const draw of [drawLosses, drawDivergence, drawModes]) {
    const lines = drawn(draw)
      .strokes(theme.p_g)
      .filter(({ path, dash }) => path.length > 10 && dash[0] !== 1);
    assert.deepEqual([...new Set(lines.map(({ globalAlpha }) => globalAlpha))], [1, 0.32]);
    near(lines.find(({ globalAlpha }) => globalAlpha === 1).path.at(-1).x, lossesLayout(history, size).time(20));
    assert.equal(frameAt([lossesLayout(history, size).time(33), 100], history, size), 33);
  }
});

test("where both losses end is dotted, named, and in its place", () => {
  const place = lossesLayout(history, size, {}, { recipe });
  const sheet = drawn(drawLosses);
  near(dotted(sheet, theme.D)[0].path[0].y, place.up(2 * Math.log(2)));
  near(dotted(sheet, theme.p_g)[0].path[0].y, place.up(Math.log(2)));
  assert.match(said(sheet), /D at the end \(D = ½\): 2 log 2 ≈ 1\.386/);
  assert.match(said(sheet), /G at the end \(D = ½\): log 2 ≈ 0\.693/);
});

test("one end for both is one line; an end that is not known is not drawn", () => {
  const both = drawn(drawLosses, { beside: { recipe: { loss: "relativistic" } } });
  assert.equal(dotted(both, theme.ink).length, 1);
  assert.match(said(both), /both at the end \(D constant\): log 2 ≈ 0\.693/);
  const critic = drawn(drawLosses, { beside: { recipe: { loss: "wasserstein" } } });
  assert.deepEqual([dotted(critic, theme.D).length, dotted(critic, theme.p_g).length], [1, 0]);
  assert.doesNotMatch(said(drawn(drawLosses, { beside: {} })), /at the end/);
});

test("a loss that goes far is cut, and how far it goes is said; the others keep their room", () => {
  const wild = { ...history, loss_G: history.loss_G.map((v, i) => (i === 30 ? 900 : v)) };
  assert.ok(lossesLayout(wild, size, {}, { recipe }).high < 5);
  assert.match(said(drawn(drawLosses, { of: wild })), /G up to 900\.0/);
  const low = { ...history, loss_D: history.loss_D.map((v, i) => (i === 30 ? -Infinity : v)) };
  assert.match(said(drawn(drawLosses, { of: low })), /D down to −∞/);
  assert.doesNotMatch(
    said(
      drawn(drawLosses, {
        of: { ...history, loss_G: over((i) => i / 40), loss_D: over((i) => 1 - i / 40) },
        beside: {},
      }),
    ),
    /up to|down to/,
  );
});

test("before the first step nothing is drawn but the axes", () => {
  const start = { length: 1, t: [0], loss_D: [NaN], loss_G: [NaN], jsd: [NaN], modes_found: [NaN], quality: [NaN] };
  assert.match(said(drawn(drawLosses, { of: start, now: 0 })), /no loss yet/);
  assert.match(said(drawn(drawDivergence, { of: start, now: 0 })), /JSD is not known here/);
  assert.match(said(drawn(drawModes, { of: start, now: 0, beside: {} })), /no modes to count/);
});

test("the divergence: its own numbers on powers of ten, open where unknown, its error around it", () => {
  const place = divergenceLayout(history, size, {}, { frame });
  const sheet = drawn(drawDivergence);
  const { path } = longest(sheet.strokes(theme.p_g));
  assert.equal(path.filter(({ pen }) => pen === "up").length, 2);
  assert.equal(path.length, 21 - 3);
  near(path[5].y, place.up(history.jsd[5]));
  near(place.up(0.1) - place.up(0.2), place.up(0.01) - place.up(0.02));
  const bands = sheet.made.filter((m) => m.kind === "fill" && m.fillStyle === theme.excess);
  assert.ok(bands.length >= 3);
  near(bands[0].path[1].y, Math.min(place.base, place.up(history.jsd[0] + 0.002)));
  const none = drawn(drawDivergence, { of: { ...history, jsd_error: undefined } });
  assert.ok(!none.made.some((m) => m.fillStyle === theme.excess && m.kind === "fill"));
});

test("what was measured at some frames only: a line and a dot there, and none where it was not", () => {
  const measured = Array.from({ length: 11 }, (_, i) => [0, 2, 5, 10].includes(i));
  const jsd = measured.map((yes, i) => (yes ? 0.5 - i / 40 : NaN));
  const late = {
    length: 11,
    t: measured.map((_, i) => 10 * i),
    jsd,
    V: jsd.map((v) => v - 1.5),
    C: jsd.map((v) => v - 1.4),
    measured,
  };
  const place = divergenceLayout(late, size, {}, { frame });
  const lines = (now) =>
    drawn(drawDivergence, { of: late, now })
      .strokes(theme.p_g)
      .filter(({ path }) => path[0].y > 20);
  const xs = (now) => lines(now).map(({ path }) => path.map(({ x }) => x));
  const at = (...frames) => frames.map(place.time);
  assert.deepEqual(xs(8), [at(0, 2, 5), at(5, 10)]); // what is still to come, from the last one measured
  assert.deepEqual(xs(5), [at(0, 2, 5), at(5, 10)]);
  near(lines(8)[0].path[1].y, place.up(0.45));
  for (const [draw, now] of [
    [drawDivergence, 8],
    [drawBound, 8],
    [drawDivergence, 10],
  ]) {
    const dots = drawn(draw, { of: late, now }).made.filter((m) => m.kind === "fill" && m.path[0]?.r > 3);
    assert.deepEqual(
      dots.map(({ path }) => path[0].x),
      dots.map(() => place.time(now === 8 ? 5 : 10)),
    );
    assert.ok(dots.length >= 1);
  }
});

test("beside the divergence: log 2, and what a perfect generator scores", () => {
  const place = divergenceLayout(history, size, {}, { frame });
  const sheet = drawn(drawDivergence);
  const ys = dotted(sheet, theme.ink).map(({ path }) => path[0].y);
  near(ys[0], place.up(Math.log(2)));
  near(ys[1], place.up(0.0035));
  assert.match(said(sheet), /log 2 ≈ 0\.693: nothing in common/);
  assert.match(said(sheet), /a perfect generator scores 0\.0035/);
  assert.doesNotMatch(said(drawn(drawDivergence, { beside: {} })), /perfect/);
});

test("a divergence known at one frame only is a dot", () => {
  const one = { ...history, jsd: over((i) => (i === 7 ? 0.2 : NaN)) };
  const place = divergenceLayout(one, size, {}, { frame });
  const dots = drawn(drawDivergence, { of: one }).made.filter(
    (m) => m.kind === "fill" && m.path[0]?.r && m.fillStyle === theme.p_g,
  );
  assert.equal(dots.length, 1);
  near(dots[0].path[0].x, place.time(7));
  near(dots[0].path[0].y, place.up(0.2));
});

test("the smallest numbers stay inside: zero and less is at the foot", () => {
  const zero = { ...history, jsd: over((i) => (i > 30 ? 0 : 0.5)) };
  const { low, up, base } = divergenceLayout(zero, size);
  assert.ok(low >= 1e-4 && up(0) > base);
  assert.ok(Number.isFinite(up(-0.01)));
});

test("modes are counted in steps, on a scale that ends at all of them; the share is dashed", () => {
  const place = modesLayout(history, size, {}, { frame });
  const sheet = drawn(drawModes);
  const { path, dash } = longest(sheet.strokes(theme.ink).filter(({ lineWidth }) => lineWidth === 2));
  assert.deepEqual(dash, []);
  for (let i = 1; i < path.length; i++) assert.ok(path[i].x === path[i - 1].x || path[i].y === path[i - 1].y);
  near(path.at(-1).y, place.modes(5));
  assert.equal(place.modes(8), place.share(1));
  assert.equal(longest(sheet.strokes(theme.p_g)).dash.length, 4);
  assert.match(said(sheet), /modes found, of 8/);
  assert.match(said(sheet), /a perfect generator: 98\.9 % of high quality/);
  near(dotted(sheet, theme.p_g)[0].path[0].y, place.share(0.98889));
});

test("the counts on the axis are whole, equal steps from none to all", () => {
  const named = (modes_of) => {
    const { ends, base } = modesLayout(history, size, {}, { frame: { modes_of } });
    const words = drawn(drawModes, { beside: { frame: { modes_of } } }).words();
    return words.filter(({ x, y }) => x < ends[0] && y < base + 10).map(({ text }) => text);
  };
  assert.deepEqual(named(8), ["0", "2", "4", "6", "8"]);
  assert.deepEqual(named(25), ["0", "5", "10", "15", "20", "25"]);
  assert.deepEqual(
    [named(1), named(4), named(97)],
    [
      ["0", "1"],
      ["0", "1", "2", "3", "4"],
      ["0", "97"],
    ],
  );
});

test("panels' letters are there, and pictures leave the context as they found it", () => {
  for (const draw of [drawLosses, drawDivergence, drawModes]) {
    const sheet = drawn(draw, { panels: { a: 1, d: 40 } });
    assert.match(said(sheet), /\(a\).*\(d\)/);
    assert.equal(sheet.depth(), 0);
    assert.deepEqual(drawn(draw).made, drawn(draw).made);
  }
});

test("no word is smaller than 11 pixels or outside the chart of a phone", () => {
  const at = { width: 350, height: 170 };
  for (const draw of [drawLosses, drawDivergence, drawModes])
    for (const now of [0, 40])
      for (const { font, text, x, y } of drawn(draw, { at, now }).words()) {
        assert.ok(Number(font.match(/([\d.]+)px/)[1]) >= 11, text);
        assert.ok(x >= 0 && x + 5 * text.length <= 355 && y > 0 && y <= 170, `${text} at ${x}, ${y}`);
      }
});

test("with softened labels the losses end elsewhere: D at (1 − a)/2", () => {
  const a = 0.1;
  const { D, G, at } = equilibriumOf({ loss: "non-saturating", smoothing: a });
  const best = 0.45;
  near(D.value, -0.9 * Math.log(best) - 1.1 * Math.log(1 - best));
  near(G.value, -Math.log(best));
  assert.equal(at, "D = 0.450");
  near(equilibriumOf({ loss: "minimax", smoothing: 1e-12 }).G.value, equilibriumOf({ loss: "minimax" }).G.value, 1e-9);
  assert.deepEqual(equilibriumOf(undefined), { D: null, G: null, at: "" });
});

test("the charts in words", () => {
  assert.equal(
    lossSentence(history, 20, recipe),
    "loss of D 1.35 (2 log 2 ≈ 1.386 at the end of the game); loss of G 0.76 (log 2 ≈ 0.693 at the end of the game)",
  );
  assert.equal(
    lossSentence(history, 0, { loss: "wasserstein" }),
    "loss of D not yet known (0 at the end of the game); loss of G not yet known",
  );
  const here = {
    ...frame,
    jsd: history.jsd[20],
    jsd_error: history.jsd_error[20],
    modes_found: 5,
    quality: 0.4,
    V: -1.3,
    C: -1.2,
  };
  assert.equal(boundSentence(here), "V(G,D) −1.30 and V(G,D*) −1.20 over the training");
  assert.equal(
    divergenceSentence(here),
    "JSD 0.057 ± 0.0020 nats (a perfect generator 0.0035); log 2 ≈ 0.693 would be nothing in common",
  );
  assert.match(divergenceSentence({ ...here, jsd: NaN }), /^JSD not given; /);
  assert.equal(modesSentence(here), "5 of 8 modes found, 40 % of high quality (a perfect generator 98.9 %)");
  assert.equal(modesSentence({ ...here, modes_of: 0 }), "these data have no modes to count");
});

test("the charts in words say of when their numbers are, where these are of an earlier moment", () => {
  const numbers = {
    jsd: 0.2,
    jsd_error: 0,
    V: -1.3,
    C: -1.2,
    modes_found: 7,
    quality: 0.77,
    missing: [2],
    D_star: new Float64Array(4),
  };
  const late = withMeasured({ ...frame, t: 83, steps: 0 }, { at: { t: 48, steps: 0 }, numbers });
  assert.match(boundSentence(late), /^at iteration 48 V\(G,D\) −1.30 /);
  assert.match(divergenceSentence(late), /^at iteration 48 JSD 0.20 nats/);
  assert.match(modesSentence(late), /^at iteration 48 7 of 8 modes found, 77 %/);
  const within = withMeasured({ ...frame, t: 48, steps: 1 }, { at: { t: 48, steps: 0 }, numbers });
  assert.match(boundSentence(within), /^at iteration 48, before D’s step V/);
  assert.ok(
    [late, within].every(({ jsd, V, C, quality, D_star }) => [jsd, V, C, quality, ...D_star].every(Number.isNaN)),
  );
});

test("two games that are shown together have one scale, in every chart that shows the same of both", () => {
  const times = (by) => ({
    ...history,
    V: over((i) => -1.4 - 0.4 * by * Math.exp(-i / 9)),
    C: over((i) => -1.38 + 0.3 * by * Math.exp(-i / 9)),
    jsd: history.jsd.map((v) => v / by ** 3),
    loss_D: history.loss_D.map((v) => by * v),
    loss_G: history.loss_G.map((v) => by * v),
  });
  const [a, b] = [
    { history: times(1), recipe, frame },
    { history: times(3), recipe, frame },
  ];
  const layouts = {
    bound: (game, others) => boundLayout(game.history, size, {}, others),
    divergence: (game, others) => divergenceLayout(game.history, size, {}, { ...game, others }),
    losses: (game, others) => lossesLayout(game.history, size, {}, { ...game, others }),
  };
  for (const [name, layout] of Object.entries(layouts)) {
    const scaleOf = ({ low, high }) => [low, high];
    assert.deepEqual(scaleOf(layout(a, [b])), scaleOf(layout(b, [a])), name);
    assert.notDeepEqual(scaleOf(layout(a, [])), scaleOf(layout(b, [])), name);
  }
  const other = { ...b, recipe: { loss: "wasserstein" } };
  assert.deepEqual(
    lossesLayout(a.history, size, {}, { ...a, others: [other] }).high,
    lossesLayout(a.history, size, {}, a).high,
  );
  const drawnWith = (others) =>
    drawn(drawBound, { of: a.history, beside: { ...a, others } })
      .words()
      .map(({ text, y }) => `${text} ${y}`);
  assert.notDeepEqual(drawnWith([b]), drawnWith([]));
});

test("an axis of time says how its frames are spaced, wherever they are not spaced evenly", () => {
  const of = (f, count = 81) => spacingOf(Array.from({ length: count }, (_, i) => f(i)));
  assert.equal(
    of((i) => i),
    "evenly",
  );
  assert.equal(
    of((i) => 5 * (i >> 1)),
    "evenly",
  );
  assert.equal(
    of((i) => i * i),
    "early",
  );
  assert.equal(
    of((i) => Math.round(100 * Math.sqrt(i))),
    "late",
  );
  assert.equal(
    of((i) => (i < 20 ? i : i < 60 ? 20 + 9 * (i - 20) : 380 + (i - 60))),
    "unevenly",
    "though half of them are half of the way",
  );
  assert.equal(
    of((i) => (i < 10 ? 3 * i : 30 + 7 * (i - 10))),
    "early",
  );
  assert.equal(
    of(() => 7),
    "evenly",
  );
  assert.match(said(drawn(drawLosses)), /iteration \(frames are denser early\)/);
});
