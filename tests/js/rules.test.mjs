// The rules of a lab's games, over games that only write down what they are asked.

import assert from "node:assert/strict";
import { test } from "node:test";

import { DEFAULTS, recipeOf } from "../../gan_lab/front_end/training/recipe/recipe.js";
import { Rules } from "../../gan_lab/front_end/ui/lab/rules.js";

// A lab's games: `asked` is what they heard; start() is answered when the test says so.
function gamesOf({ beside = null, refuse = null, t = 0 } = {}) {
  const asked = [];
  const begun = { recipe: DEFAULTS };
  let answer;
  const games = {
    asked,
    beside,
    playing: false,
    answer: () => answer(),
    first: {
      news: { recipe: DEFAULTS, first: begun, frame: { t } },
      source: {
        start(recipe, options) {
          asked.push(["start", recipe, options]);
          return new Promise((done) => (answer = done));
        },
        mark: (mark) => asked.push(["mark", mark]),
      },
    },
    setBeside(next) {
      asked.push(["beside", next]);
      games.beside = next;
    },
    mark: () => 7,
    release: () => asked.push(["release"]),
    async change(changes, held) {
      asked.push(["change", changes, held]);
      return [refuse];
    },
    clock: { play: () => asked.push(["play"]) },
  };
  return games;
}

const QUICK = () => ({ seconds: 0, most: Infinity });

function rulesOf(games, { estimate = QUICK, ...more } = {}) {
  const said = [];
  const question = { close() {}, ask: (found, answers) => said.push(["question", found.seconds, answers]) };
  const rules = new Rules({
    games,
    recipe: DEFAULTS,
    check: recipeOf,
    estimate,
    question,
    shows: (state) => said.push(["shows", state]),
    told() {},
    note: (...words) => said.push(["note", ...words]),
    ...more,
  });
  return { rules, said };
}

test("a field that can change in a running game changes it, and one that is built in begins a new one", async () => {
  const games = gamesOf();
  const { rules } = rulesOf(games);
  assert.equal(await rules.wish("lr_D", 0.0123), null);
  assert.deepEqual(games.asked, [["release"], ["change", { lr_D: 0.0123 }, false]]);
  games.asked.length = 0;
  games.playing = true;
  const wish = rules.wish("G", [17]);
  await Promise.resolve();
  assert.deepEqual(rules.settings.G, [17], "what is being set up is what the controls show");
  games.answer();
  assert.equal(await wish, null);
  assert.deepEqual(
    games.asked.map(([what]) => what),
    ["release", "beside", "start", "play"],
  );
  assert.deepEqual(games.asked[2][1].G, [17]);
});

test("what is there already is asked of nobody", async () => {
  const games = gamesOf();
  assert.equal(await rulesOf(games).rules.wish("k", DEFAULTS.k), null);
  assert.deepEqual(games.asked, [["release"]]);
});

test("what cannot be played is refused in a sentence, for the second game too, and nothing is asked", async () => {
  const games = gamesOf({ beside: { k: 2 } });
  const { rules } = rulesOf(games, {
    check: (parts) => {
      if (parts.k === 2 && parts.m > 99) throw new Error("Too many.");
      return parts;
    },
  });
  assert.equal(await rules.wish("m", 100), "Too many.");
  assert.deepEqual(games.asked, [["release"]]);
  assert.match(await rulesOf(gamesOf()).rules.wish("lr_D", -1), /^lr_D /);
});

test("a change that the game refuses is not left in the settings", async () => {
  const { rules } = rulesOf(gamesOf({ refuse: "No." }));
  const wish = rules.change({ lr_D: 5 }, true);
  assert.equal(rules.settings.lr_D, 5);
  assert.equal(await wish, "No.");
  assert.equal(rules.settings.lr_D, DEFAULTS.lr_D);
});

test("a game that is set up stands in the settings until it is heard of, or was refused", async () => {
  const games = gamesOf();
  const { rules, said } = rulesOf(games);
  const wanted = { ...DEFAULTS, seed: 9 };
  const done = rules.begin({ recipe: wanted, view: { slow: true } });
  assert.deepEqual(said, [["shows", { recipe: wanted, view: { slow: true } }]]);
  rules.hear(games.first.news);
  assert.equal(rules.settings.seed, 9, "the news are still of the old game");
  games.first.news = { recipe: { ...DEFAULTS, seed: 9 }, first: {}, frame: { t: 0 } };
  rules.hear(games.first.news);
  assert.equal(rules.wished, null);
  games.answer();
  await done;
  const refused = rules.begin({ recipe: { ...DEFAULTS, seed: 10 } });
  games.answer();
  await refused;
  assert.equal(rules.settings.seed, 9);
});

test("a change that is asked for while a game is set up stands in the settings, and one from before it does not", async () => {
  const games = gamesOf();
  const { rules } = rulesOf(games);
  rules.change({ lr_D: 0.0123 });
  const done = rules.begin({ recipe: { ...rules.settings, seed: 9, lr_D: 0.5 } });
  rules.change({ m: 24 });
  const { seed, m, lr_D } = rules.settings;
  assert.deepEqual({ seed, m, lr_D }, { seed: 9, m: 24, lr_D: 0.5 });
  games.answer();
  await done;
});

test("a heavy game is asked about, and played as it is, lighter, or not at all", async () => {
  const games = gamesOf();
  const { rules, said } = rulesOf(games, { estimate: ({ m }) => ({ seconds: m / 100, most: 1e6 }) });
  assert.equal(await rules.wish("m", 4000), null);
  const [kind, seconds, { anyway }] = said.at(-1);
  assert.deepEqual([kind, seconds], ["question", 40]);
  assert.deepEqual(games.asked, [["release"]]);
  anyway();
  await Promise.resolve();
  assert.equal(games.asked.at(-1)[1].m, 4000);
});

test("two games begin together, which is said where the first one was trained; one goes on alone", async () => {
  for (const t of [0, 30]) {
    const games = gamesOf({ t });
    const { rules, said } = rulesOf(games);
    rules.setBeside({ k: 3 });
    await Promise.resolve();
    assert.deepEqual(games.asked[0], ["beside", { k: 3 }]);
    assert.equal(games.asked[1][2].mark, 7);
    assert.equal(/Both games begin/.test(said[0][1].said ?? ""), t > 0);
    rules.alone();
    assert.deepEqual(games.asked.slice(-2), [
      ["beside", null],
      ["mark", 7],
    ]);
  }
  const { rules, said } = rulesOf(gamesOf());
  rules.setBeside({ k: 0 });
  assert.match(said[0][1], /^k /);
});
