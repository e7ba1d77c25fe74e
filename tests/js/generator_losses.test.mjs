import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { costsAt, NAMES_OF_LOSSES, pulls } from "../../gan_lab/front_end/numeric/generator_losses.js";
import { stateOfBoard } from "../../gan_lab/front_end/ui/explore/board.js";
import { DATA } from "../../gan_lab/front_end/ui/explore/gaussian_against_data.js";
import { LOSS_CURVES, lossCurvesLayout } from "../../gan_lab/front_end/ui/explore/losses.js";
import { arrowOf, PULLS, pullsLayout } from "../../gan_lab/front_end/ui/explore/pulls.js";
import { stateOfLink } from "../../gan_lab/front_end/ui/lab/share/link.js";
import { LESSONS } from "./lessons.mjs";

const close = (a, b, room = 1e-9) => assert.ok(Math.abs(a - b) <= room, `${a} is not ${b}`);
const size = (view) => ({ width: 700, height: view.height(700) });
const say = (view, asked = {}) => view.sentence(stateOfBoard(view, asked), view.measure(stateOfBoard(view, asked)));

test("the two losses of 2014 change places where D does, and their slopes in the logit add to -1", () => {
  for (const s of [-6, -1.3, 0, 2.4]) {
    const [here, there] = [costsAt(s), costsAt(-s)];
    close(here.minimax.inLogit, there["non-saturating"].inLogit);
    close(here.minimax.inLogit + here["non-saturating"].inLogit, -1);
  }
});

test("where D rejects a sample two losses are flat in the logit, and none in D", () => {
  const at = costsAt(-12);
  assert.ok(at.minimax.inLogit > -1e-5 && at["maximum-likelihood"].inLogit > -1e-5);
  close(at["non-saturating"].inLogit, -1, 1e-5);
  close(at.minimax.inD, -1, 1e-5);
  close(at["maximum-likelihood"].inD, -0.5, 1e-5);
});

test("against N(d, 1) the slopes are d E[D*], d E[1 - D*] and d / 2", () => {
  for (const d of [0.5, 1, 3]) {
    const { losses } = pulls(DATA.gaussian, d, 1);
    close(losses.minimax.mu + losses["non-saturating"].mu, d);
    close(losses["maximum-likelihood"].mu, d / 2);
    assert.ok(losses.minimax.mu < d / 2);
  }
});

test("where p_G is the data nothing pulls", () => {
  const { losses, samples } = PULLS.measure({ data: "gaussian", mu: 0, sigma: 1 });
  for (const name of NAMES_OF_LOSSES) {
    for (const slope of [losses[name].mu, losses[name].sigma]) close(slope, 0, 1e-14);
    for (const x of samples) close(losses[name].pull(x), 0, 1e-14);
  }
});

test("the sentences have the numbers", () => {
  assert.equal(
    say(LOSS_CURVES),
    "D = 0.047, logit −3.00: slopes in the logit: minimax −0.0474, non-saturating −0.95, maximum likelihood −0.0249; " +
      "in D: minimax −1.05, non-saturating −21, maximum likelihood −0.55.",
  );
  assert.match(
    say(PULLS),
    /^They do not agree which way μ should go: in μ minimax −0\.092, non-saturating −0\.894, likelihood 0\.289;/,
  );
  assert.match(say(PULLS, { data: "gaussian", mu: 2 }), /^Slopes with D\* held still: in μ minimax/);
  assert.match(say(PULLS, { data: "gaussian", mu: 0, sigma: 1 }), /no loss pulls/);
});

test("a hand moves D along either axis, and stays off its ends", () => {
  for (const [against, x, s] of [
    ["logit", 2, 2],
    ["D", 0.5, 0],
    ["D", 0.9, Math.log(9)],
  ]) {
    const state = { ...LOSS_CURVES.start, against };
    const place = lossCurvesLayout(size(LOSS_CURVES), state);
    close(LOSS_CURVES.grab([100, 100], state, size(LOSS_CURVES))([place.x(x), 0]).s, s, 1e-9);
  }
  const far = LOSS_CURVES.grab([100, 100], { against: "D", s: 0 }, size(LOSS_CURVES))([5000, 0]).s;
  assert.ok(Number.isFinite(far) && far > 6);
  assert.equal(LOSS_CURVES.grab([100, 5], LOSS_CURVES.start, size(LOSS_CURVES)), null);
});

test("a hand takes p_G, and an arrow that is too long is cut", () => {
  const place = pullsLayout(size(PULLS));
  const move = PULLS.grab([place.x(0), 100], PULLS.start, size(PULLS));
  const { mu, sigma } = move([place.x(1), 60]);
  close(mu, PULLS.start.mu + 1);
  assert.ok(sigma < PULLS.start.sigma);
  const { from, to, cut } = arrowOf(1, -1, place);
  assert.ok(!cut && to < from);
  assert.ok(arrowOf(1, 100, place).cut && !arrowOf(1, 0.01, place).cut);
});

test("the chapter's link into the lab is that of an experiment whose lesson is held by ten seeds", () => {
  const page = readFileSync(new URL("../../book/generator_losses.md", import.meta.url), "utf8");
  const [, link] = page.match(/href="lab\.html(#lab=[^"]*)"/);
  assert.equal(stateOfLink(link).wrong, null);
  assert.equal(link, LESSONS["Two losses, one direction"].link);
});
