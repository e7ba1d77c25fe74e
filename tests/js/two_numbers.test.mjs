import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { characteristic, eigenvalues, GAMES, pathOf, radius } from "../../gan_lab/front_end/numeric/two_numbers.js";
import { stateOfBoard } from "../../gan_lab/front_end/ui/explore/board.js";
import { IN_OR_OUT, measureInOrOut, QUESTIONS } from "../../gan_lab/front_end/ui/explore/in_or_out.js";
import { leads, TWO_NUMBERS } from "../../gan_lab/front_end/ui/explore/two_numbers.js";
import { layoutOf } from "../../gan_lab/front_end/ui/explore/two_numbers_picture.js";
import { played } from "./lessons.mjs";

const close = (a, b, room = 1e-9) => assert.ok(Math.abs(a - b) <= room, `${a} is not ${b}`);
const say = (view, asked) => {
  const state = stateOfBoard(view, asked);
  return view.sentence(state, view.measure(state));
};

test("eigenvalues are the roots of the characteristic polynomial: sums of their powers say so", () => {
  for (const game of Object.keys(GAMES))
    for (const how of [{ h: 0.2 }, { h: 0.3, beta: 0.4 }, { h: 1.2, beta: -0.6, gamma: 1.5, alternating: false }]) {
      const [, a, b] = characteristic(game, how);
      const found = eigenvalues(game, how);
      assert.equal(found.length, how.beta ? 4 : 2);
      close(
        found.reduce((sum, [real]) => sum + real, 0),
        -a,
      );
      close(
        found.reduce((sum, [real, imaginary]) => sum + real * real - imaginary * imaginary, 0),
        a * a - 2 * b,
        1e-8,
      );
    }
});

test("a path ends where it is far away", () => {
  assert.equal(pathOf("bilinear", [1, 0], 50, { h: 0.2 }).length, 51);
  const left = pathOf("minimax", [1, 1], 300, { h: 1.9, gamma: 1, alternating: false });
  assert.ok(left.length < 20 && Math.hypot(...left[left.length - 1]) > 1000);
});

test("the sentence says what the eigenvalues say and what the path did", () => {
  assert.match(
    say(TWO_NUMBERS, {}),
    /^The eigenvalues lead out: the largest modulus is 1\.0198\. From 1\.000 away, after 300 steps the distance is 3/,
  );
  assert.match(
    say(TWO_NUMBERS, { order: "alternating" }),
    /^The eigenvalues are silent: the largest modulus is 1\.0000/,
  );
  assert.match(
    say(TWO_NUMBERS, { game: "minimax", order: "alternating", gamma: 1 }),
    /^The eigenvalues lead in: .*is below 0\.001\.$/,
  );
  assert.match(say(TWO_NUMBERS, { h: 2.5, order: "alternating" }), /lead out.*has left for good after/);
});

test("a hand takes the start near it and nowhere else", () => {
  for (const width of [358, 900]) {
    const size = { width, height: TWO_NUMBERS.height(width) };
    const place = layoutOf(size);
    const state = stateOfBoard(TWO_NUMBERS, {});
    const moved = TWO_NUMBERS.grab(
      [place.theta(1) + 5, place.psi(0) - 5],
      state,
      size,
    )([place.theta(-2), place.psi(1.5)]);
    close(moved.theta, -2);
    close(moved.psi, 1.5);
    assert.equal(TWO_NUMBERS.grab([place.theta(-2), place.psi(2)], state, size), null);
  }
});

test("each game to predict does what its row says, and hides it until it is said", () => {
  for (const [question, { truth, game, how, n, theta, psi }] of Object.entries(QUESTIONS)) {
    const points = pathOf(game, [theta, psi], n, how);
    const [start, end] = [points[0], points[points.length - 1]].map((at) => Math.hypot(...at));
    assert.equal(end < 0.2 * start ? "in" : end > 2 * start ? "out" : "around", truth, question);
    const asked = (answer) => ({ ...IN_OR_OUT.start, question, [`answer${question}`]: answer });
    assert.deepEqual(measureInOrOut(asked("hidden")).points, []);
    assert.match(say(IN_OR_OUT, { question }), /Say it first, then it is run\.$/);
    assert.match(say(IN_OR_OUT, asked(truth)), /^As you said: it (comes in|leaves)/);
    assert.match(say(IN_OR_OUT, asked("around")), /^You said that it goes around: /);
    const choice = IN_OR_OUT.choices.find(({ key }) => key === `answer${question}`);
    assert.equal(choice.locked(asked("hidden")), false);
    assert.equal(choice.locked(asked("in")), true);
    assert.deepEqual(
      ["1", "2", "3", "4"].filter((q) => choice.when({ ...asked("in"), question: q })),
      [question],
    );
  }
  assert.equal(leads(radius("minimax", QUESTIONS[4].how)), "in");
  assert.equal(leads(radius("non-saturating", QUESTIONS[3].how)), "around");
});

// How many spots the two games of the chapter's link hold at iteration 1000, at the seeds 0 to 9.
const HELD = [
  [1, 8],
  [8, 8],
  [0, 7],
  [1, 7],
  [1, 8],
  [1, 8],
  [1, 8],
  [0, 8],
  [1, 8],
  [2, 8],
];

test("the chapter's link into the lab shows what its sentence says", () => {
  const chapter = readFileSync(new URL("../../book/convergence.md", import.meta.url), "utf8");
  const link = chapter.match(/href="lab\.html(#[^"]*)"/)[1];
  assert.equal(HELD.filter(([left]) => left <= 2).length, 9);
  assert.ok(HELD.every(([, right]) => right >= 7));
  assert.match(
    chapter.replace(/\s+/g, " "),
    /right one holds seven spots or all eight in ten of ten seeds; the left one, in nine of ten, two at most/,
  );
  for (const second of [false, true])
    assert.equal(played(link, 0, second).to(1000).modes_found, HELD[0][second ? 1 : 0]);
});
