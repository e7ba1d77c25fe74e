// No view ever shows numbers of two moments as if they were of one, whatever the reader does and however
// late, and in whatever order, slow numbers come.

import assert from "node:assert/strict";
import { test } from "node:test";
import { diagnose } from "../../gan_lab/front_end/diagnostics/diagnose.js";
import { planeLabel } from "../../gan_lab/front_end/draw/plane/sentences.js";
import { drawPlane, planeSize } from "../../gan_lab/front_end/draw/plane/view.js";
import { THEMES } from "../../gan_lab/front_end/draw/theme.js";
import { isMeasured, lastMeasured } from "../../gan_lab/front_end/frame/measured.js";
import { liveSource } from "../../gan_lab/front_end/source/live_source.js";
import { pairedSource } from "../../gan_lab/front_end/source/paired_source.js";
import { CHARTS } from "../../gan_lab/front_end/ui/lab/figure/charts.js";
import { labSentence } from "../../gan_lab/front_end/ui/lab/figure/sentences.js";
import { lineSentence } from "../../gan_lab/front_end/ui/lab/slow_motion.js";
import { handClock } from "./clock.mjs";
import { settled } from "./counting_client.mjs";
import { lateClient } from "./late_client.mjs";
import { paper } from "./paper.mjs";

const RECIPE = { loss: "non-saturating", smoothing: 0, lr_D: 0.1 };
const ALL = { D: "both", real: true, fake: true };
const near = (a, b) => Math.abs(a - b) < 1e-9;
const codeOf = ({ t, steps = 0 }) => t + steps / 10; // that the numbers of a moment carry

// What a sentence claims: each number that carries its iteration, and the iteration that it is said to be of.
const CLAIMS = [
  [/JSD (\d\.\d+|below 0\.0001)/, (text) => (text.startsWith("below") ? 0 : 1e4 * Number(text))],
  [/(\d+) % of high quality/, Number],
  [/V\(G,D\) −?(\d\.\d\d)/, (text) => 100 * Number(text)],
];

// Each part that "; " ends is of the iteration that it names, and else of the one shown.
function holdTo(words, { t, steps = 0 }) {
  for (const part of words.split("; ")) {
    const at = part.match(/at iteration (\d+)(?! *, (?:after|before training))/);
    for (const [pattern, value] of CLAIMS) {
      const claim = part.match(pattern);
      if (claim)
        assert.ok(
          Math.abs(value(claim[1]) - (at ? Number(at[1]) : t + steps / 10)) <= 0.51,
          `${part} || of ${t}: ${words}`,
        );
    }
  }
}

// Everything that is made of a moment.
function check(news) {
  const { frame, history, now, measuring, settled: rests, line, before, health: ills } = news;
  if (!frame) return;
  const seen = lastMeasured(frame);
  for (const name of ["jsd", "V", "quality"]) {
    const unit = name === "jsd" ? 1e4 : 100;
    assert.ok(Number.isNaN(frame[name]) || near(unit * Math.abs(frame[name]), codeOf(frame)), `${name} of ${frame.t}`);
    assert.ok(near(unit * Math.abs(seen[name]), codeOf(seen.earlier ? frame.measured.at : frame)));
    history[name].forEach((v, i) =>
      assert.ok(
        Number.isNaN(v) ? !history.measured[i] : Math.abs(unit * Math.abs(v) - history.t[i]) < 1,
        `${name} in the history`,
      ),
    );
  }
  assert.equal(history.t[now], frame.t);
  assert.equal(seen.earlier === "", isMeasured(frame));
  assert.ok(!rests || isMeasured(frame) || news.error, `at rest at ${frame.t}`);
  assert.equal(/measuring …/.test(labSentence(frame, { measuring })), measuring);
  holdTo(labSentence(frame, { measuring }), frame);
  holdTo(planeLabel(frame, ALL, { measuring }).replace(/^.*? at (?=iteration)/, ""), frame);
  for (const chart of ["bound", "divergence", "modes"]) holdTo(CHARTS[chart].label(news), frame);
  const sheet = paper();
  drawPlane(sheet.context, frame, planeSize(900, ALL), THEMES.light, ALL);
  const words = sheet
    .words()
    .map(({ text }) => text)
    .join(" ");
  const at = codeOf(seen.earlier ? frame.measured.at : frame);
  const lost = words.match(/no D\* \((?:([\d.]+) %|almost none)( at (\d+))?/);
  if (lost)
    assert.ok(
      Math.abs(Number(lost[1] ?? 0) - at) <= 0.51 && Number(lost[3] ?? frame.t) === Math.floor(at),
      `${words} || of ${frame.t}`,
    );
  assert.equal(words.includes(` missing at ${Math.floor(at)}`) || !seen.earlier, true, words);
  assert.equal(/ of iteration \d+/.test(words), !!seen.earlier, words);
  for (const { words } of ills) assert.match(words, /Seen (first )?at iteration \d+\.$/);
  if (line && before && now === news.length - 1 && isMeasured(frame) && isMeasured(before))
    assert.match(lineSentence(line, before, frame), /JSD/);
}

// A source and a clock that are moved by a small generator of numbers.
function playing(seed, every, judge = (frame, history) => diagnose(frame, history)) {
  let state = seed;
  const roll = (n) => (state = (state * 1103515245 + 12345) % 2147483648) % n;
  const clock = handClock();
  const client = lateClient({ every: every ?? 5 + roll(6) });
  const source = liveSource(client, RECIPE, { clock, pace: 1, judge });
  const heard = [];
  source.listen((news) => (heard.push(news), check(news)));
  return { roll, clock, client, source, heard, last: () => heard.at(-1) };
}

async function answered({ client, roll }) {
  await settled();
  for (let i = 0; !client.idle() && i < 500; i++) {
    client.answer();
    client.measure(roll(3));
    await settled();
  }
  await settled();
  assert.ok(client.idle(), JSON.stringify(client.asked.slice(-4)));
}

const ACTS = [
  ({ source }) => source.play(),
  ({ source }) => source.play(),
  ({ source }) => source.pause(),
  ({ source }) => source.step(-1),
  ({ source }) => source.step(1),
  ({ source }) => source.rewind(),
  ({ source, roll, last }) => source.seek(roll(last().length)),
  ({ source }) => source.move("D"),
  ({ source }) => source.move("both"),
  ({ source }) => source.move("line"),
  ({ source }) => source.undo(),
  ({ source }) => source.goOn(),
  ({ source }) => source.change({ lr_D: 0.2 }),
  ({ source, roll }) => source.start(RECIPE, { t: roll(12) }),
];

test("whatever is done, what is shown is of one moment, or says of which", async () => {
  for (const seed of [1, 2, 3, 4, 5, 6]) {
    const game = playing(seed);
    const { client, roll, clock, source } = game;
    await answered(game);
    for (let i = 0; i < 150; i++) {
      if (game.last().frame.t > 80)
        source.start(RECIPE); // the numbers can say no more than 99
      else if (roll(3) === 0) ACTS[roll(ACTS.length)](game);
      clock.pass(1 / 60);
      if (roll(2)) client.answer();
      if (roll(4) === 0) client.measure(roll(3));
      await settled();
    }
    source.pause();
    await answered(game);
    const { settled: rests, frame, measuring, playing: moves } = game.last();
    assert.deepEqual([rests, isMeasured(frame), measuring, moves], [true, true, false, false], `seed ${seed}`);
  }
});

test("after each act alone the frame that is shown is measured before the game is settled", async () => {
  for (const act of ["pause", "step", "rewind", "seek", "undo", "move", "goOn", "start"]) {
    const game = playing(9);
    const { client, clock, source } = game;
    await answered(game);
    source.play();
    for (let i = 0; i < 8; i++) {
      clock.pass(1 / 60);
      client.answer();
      await settled();
    }
    const arguments_ = { step: [-2], seek: [3], move: ["both"], start: [RECIPE, { t: 9 }] }[act] ?? [];
    if (["step", "seek", "goOn"].includes(act)) source.pause();
    if (act === "goOn") source.seek(3);
    source[act](...arguments_);
    if (act === "seek") assert.deepEqual([game.last().settled, game.last().measuring], [false, true]);
    await answered(game);
    assert.ok(game.last().settled && isMeasured(game.last().frame), act);
    assert.equal(
      new Set(game.client.asked.filter((request) => request.do === "measure").map(({ still }) => codeOf(still))).size,
      game.client.asked.filter((request) => request.do === "measure").length,
      `${act}: nothing twice`,
    );
  }
});

test("while it plays nothing is asked that slows it down, and before that what moves is awaited", async () => {
  const game = playing(4, 1000);
  const { client, clock, source } = game;
  await answered(game);
  source.play();
  for (let i = 0; i < 20; i++) {
    clock.pass(1 / 60);
    client.answer();
    await settled();
  }
  clock.pass(1 / 60);
  source.pause();
  await settled();
  assert.ok(!client.asked.some((request) => request.do === "measure"));
  assert.deepEqual([game.last().settled, game.last().measuring], [false, true]);
  await answered(game);
  assert.equal(client.asked.filter((request) => request.do === "measure").length, 1);
});

test("what a playing game measures by itself is told of the frame that it belongs to", async () => {
  const game = playing(4, 5);
  await answered(game);
  game.source.play();
  for (let i = 0; i < 20; i++) {
    game.clock.pass(1 / 60);
    game.client.answer();
    await settled();
  }
  const { history } = game.last();
  const own = history.t.filter((_, i) => history.measured[i]);
  assert.ok(own.length > 2 && own.length < history.length / 2, String(own));
  assert.ok(!isMeasured(game.last().frame) && own.includes(game.last().frame.measured.at.t));
});

test("what is wrong with a game is judged once more when its end has been measured", async () => {
  const judge = ({ jsd }) => [{ kind: "high", words: `Its JSD is ${jsd}.` }];
  const game = playing(4, 1000, judge);
  await answered(game);
  game.source.move("both");
  await answered(game);
  assert.deepEqual(
    game.last().health.map(({ words }) => words),
    ["Its JSD is 0.0001. Seen at iteration 1."],
  );
});

test("the way of an old game, which waits to be measured, is not gone on with in the next one", async () => {
  const game = playing(4, 1000);
  const { client, source } = game;
  await answered(game);
  source.start(RECIPE, { t: 20 });
  while (!client.measures.length) {
    await settled();
    client.answer();
  }
  const asked = client.asked.length;
  source.start(RECIPE);
  await answered(game);
  assert.deepEqual(
    client.asked.slice(asked).map((request) => request.do),
    ["start"],
  );
  assert.deepEqual([game.last().frame.t, game.last().settled], [0, true]);
});

test("a measurement that fails is said, not tried again, and the numbers stay marked", async () => {
  const game = playing(4);
  const { client, clock, source } = game;
  await answered(game);
  source.play();
  clock.pass(1 / 60);
  client.answer();
  await settled();
  clock.pass(1 / 60);
  source.pause();
  while (!client.measures.length) {
    client.answer();
    await settled();
  }
  client.measure(0, "The worker broke off.");
  await settled();
  const { error, measuring, settled: rests, frame } = game.last();
  assert.deepEqual([error, measuring, rests, client.idle()], ["The worker broke off.", false, true, true]);
  assert.match(labSentence(frame, { measuring }), /: at iteration \d+ JSD/);
});

test("two games under one clock rest when both do, and neither is measured between two pictures", async () => {
  const games = [playing(1, 1000), playing(2, 1000)];
  for (const game of games) await answered(game);
  const clock = handClock();
  const both = pairedSource(games[0].source, games[1].source, clock);
  const news = [];
  both.listen((moment) => news.push(moment));
  both.pace(1);
  both.play();
  for (let i = 0; i < 10; i++) {
    clock.pass(1 / 60);
    for (const { client } of games) client.answer();
    await settled();
  }
  const measured = () => games.map(({ client }) => client.asked.filter((request) => request.do === "measure").length);
  assert.deepEqual(measured(), [0, 0]);
  assert.ok(games.every((game) => game.last().playing && !game.last().settled));
  both.pause();
  await answered(games[0]);
  assert.equal(news.at(-1).settled, false);
  await answered(games[1]);
  assert.deepEqual([news.at(-1).settled, news.at(-1).measuring, ...measured()], [true, false, 1, 1]);
});
