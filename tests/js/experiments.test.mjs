// The experiments of the book's page on the lab: every link can be followed, what the page says that there is to
// see is what the lab says (experiments.json; tests/book/test_experiments.py reads it off the page), and each
// lesson holds of the seeds that the page says (lessons.mjs).

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { diagnose } from "../../gan_lab/front_end/diagnostics/diagnose.js";
import { FrameHistory } from "../../gan_lab/front_end/source/frame_history.js";
import { session } from "../../gan_lab/front_end/source/session.js";
import { presetsAt, REVISION } from "../../gan_lab/front_end/training/recipe/presets.js";
import { labSentence } from "../../gan_lab/front_end/ui/lab/figure/sentences.js";
import { stateOfLink } from "../../gan_lab/front_end/ui/lab/share/link.js";
import { LESSONS, lessons } from "./lessons.mjs";

const read = (path) => readFileSync(new URL(path, import.meta.url), "utf8");
const PAGE = read("../../book/lab.md");
const EXPERIMENTS = JSON.parse(read("experiments.json"));
const FOUND = JSON.parse(read("lessons.json"));
const TEN = PAGE.slice(PAGE.indexOf("## Ten experiments"), PAGE.indexOf("## Rates of ten"));
const SECTIONS = Object.fromEntries(
  TEN.split("\n### ")
    .slice(1)
    .map((text) => [text.split("\n")[0], text]),
);
const linksIn = (text) => [...text.matchAll(/href="(#lab=[^"]*)"/g)].map(([, link]) => link);
const inOneLine = (text) => text.replace(/\s+/g, " ");

// The first game of a link, or that beside it, played as the lab plays it.
function playing(link, second = false) {
  const { recipe, beside } = stateOfLink(link);
  const { answer } = session();
  const kept = new FrameHistory();
  const keep = (reply) => {
    assert.ok(reply.frame, reply.error);
    kept.add({ frame: reply.frame });
    return reply.frame;
  };
  let frame = keep(answer({ do: "start", recipe: second ? { ...recipe, ...beside } : recipe }));
  return {
    move: (what) => answer({ do: "move", what }).frame,
    to(t, every = 20) {
      while (frame.t < t) {
        answer({ do: "train", budget: 1e9, most: Math.min(every, t - frame.t) });
        frame = keep(answer({ do: "see" }));
      }
      return frame;
    },
    ills: () => diagnose(frame, kept.history).map(({ kind }) => kind),
  };
}

const told = (sentence, all, where) => {
  for (const words of all) assert.ok(sentence.includes(words), `${where}: "${words}" is not in "${sentence}"`);
};

test("there are ten experiments, each with its links, a question and an answer", () => {
  assert.deepEqual([...new Set(EXPERIMENTS.map(({ section }) => section))], Object.keys(SECTIONS));
  assert.equal(Object.keys(SECTIONS).length, 10);
  for (const [name, text] of Object.entries(SECTIONS)) {
    assert.equal(text.match(/^```\{dropdown\}/gm)?.length, 1, name);
    assert.equal(inOneLine(text).match(/\*To predict:\*/g)?.length, 1, name);
    assert.equal(EXPERIMENTS.filter(({ section }) => section === name).length, linksIn(text).length, name);
  }
});

test("every link of the page, and of the pages for teachers, is one that the lab follows, with the presets of now", () => {
  const taught = ["teachers", "votes", "for_each_chapter"].flatMap((name) =>
    linksIn(read(`../../book/${name}.md`).replaceAll('"lab.html#', '"#')),
  );
  assert.ok(taught.length > 10);
  for (const link of [...linksIn(PAGE), ...taught]) {
    assert.equal(stateOfLink(link).wrong, null, link);
    const [, name, rev] = link.match(/^#lab=([^&]*)&rev=(\d+)/);
    assert.ok(Number(rev) === REVISION && Object.hasOwn(presetsAt(REVISION), name), link);
  }
});

for (const { section, link = 0, begins = 0, moments, alone = [], health: ill } of EXPERIMENTS)
  test(`${section}: what the page says is what the lab says${link ? ", at its other link" : ""}`, () => {
    const address = linksIn(SECTIONS[section])[link];
    const state = stateOfLink(address);
    assert.equal(state.t, begins);
    const text = inOneLine(SECTIONS[section]);
    const games = state.beside ? [playing(address), playing(address, true)] : [playing(address)];
    if (!begins)
      assert.ok(
        state.view.pace >= 1 && moments.every(({ t }) => t % state.view.pace === 0),
        "its pictures are of these moments",
      );
    for (const { t, says, beside = [], text: words, losses } of moments) {
      told(text, words, section);
      const frames = games.map((game) => game.to(t));
      frames.forEach((frame, i) => told(labSentence(frame), i ? beside : says, `${section} at ${t}`));
      if (losses) assert.deepEqual([frames[0].loss_D.toFixed(3), frames[0].loss_G.toFixed(3)], losses);
    }
    if (ill)
      assert.deepEqual(
        games[0].ills(),
        ill.filter((kind) => kind !== "still"),
      );
    for (const { player, says, text: words } of alone) {
      const game = playing(address);
      game.to(begins);
      let frame;
      for (let i = 0; i < 30; i++) frame = game.move(player);
      told(labSentence(frame), says, `${section}, ${player} alone`);
      told(text, words, section);
    }
  });

const WORDS = { 9: "nine", 10: "ten" };

test("each lesson names its share of the seeds 0 to 9, nine of ten or more", () => {
  assert.deepEqual([...Object.keys(FOUND), "Line by line"].sort(), Object.keys(SECTIONS).sort());
  for (const [name, seeds] of Object.entries(FOUND)) {
    assert.equal(seeds.length, 10);
    const share = seeds.filter(({ holds }) => holds).length;
    assert.ok(share >= 9, name);
    assert.match(inOneLine(SECTIONS[name]), new RegExp(`[Ii]n ${WORDS[share]} of ten`), name);
    for (const link of [LESSONS[name].link, LESSONS[name].cure ?? LESSONS[name].link])
      assert.ok(linksIn(SECTIONS[name]).includes(link), name);
  }
});

// Which of the seeds is tried again here: another one for each lesson, so that the whole is a second or two each.
Object.keys(LESSONS).forEach((name, i) =>
  test(`${name}: the lesson again, of a seed`, () => {
    const seed = (3 * i + 1) % 10;
    const [now] = lessons(seed, 1, [name])[name];
    const then = FOUND[name][seed];
    assert.equal(now.holds, then.holds, `seed ${seed}`);
    now.numbers.forEach((value, j) =>
      assert.ok(
        Math.abs(value - then.numbers[j]) <= 0.02 * Math.abs(then.numbers[j]) + 1e-3,
        `seed ${seed}: ${value}, not ${then.numbers[j]}`,
      ),
    );
  }),
);
