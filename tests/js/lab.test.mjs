// What the lab is made of, without a page: the table of controls, drawings, sentences and criteria.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dimOf } from "../../gan_lab/front_end/data/kinds.js";
import { checkDivergence, distanceOfG } from "../../gan_lab/front_end/diagnostics/divergence_check.js";
import { session } from "../../gan_lab/front_end/source/session.js";
import { closestPreset, presetOf, presetRecipe } from "../../gan_lab/front_end/training/recipe/presets.js";
import { DEFAULTS, OFFERED, recipeOf } from "../../gan_lab/front_end/training/recipe/recipe.js";
import { PRESETS } from "../../gan_lab/front_end/training/recipe/schema.js";
import {
  FIELDS,
  groupsFor,
  inWords,
  means,
  placeOfRate,
  RATE,
  rateAt,
  shownNumber,
} from "../../gan_lab/front_end/ui/lab/controls/fields.js";
import { LineDrawing, PlaneDrawing } from "../../gan_lab/front_end/ui/lab/controls/target_pad.js";
import { ratesAfter } from "../../gan_lab/front_end/ui/lab/diagnostics_strip.js";
import { layersOf } from "../../gan_lab/front_end/ui/lab/figure/figure.js";
import { differenceWords, labSentence, provenance } from "../../gan_lab/front_end/ui/lab/figure/sentences.js";
import { pythonText } from "../../gan_lab/front_end/ui/lab/share/python_code.js";
import { LINES, lineSentence, turnOfD } from "../../gan_lab/front_end/ui/lab/slow_motion.js";

const small = { G: [4], D: [4], m: 8, k: 1 };

test("every field of a recipe has a control, but for those that the page offers one value of", () => {
  const ofPictures = ["network", "norm", "z_in", "conditional"];
  const without = ["spectral", "packing", "unrolled", "members", "dtype", "ema", ...ofPictures];
  assert.deepEqual([...FIELDS.map(({ name }) => name), ...without].sort(), Object.keys(DEFAULTS).sort());
});

test("every control has a label and a hint; its choices are what is offered, its number what is allowed", () => {
  for (const field of FIELDS) {
    assert.ok(field.label, field.name);
    assert.match(field.hint, /^[A-ZΒ].{40,170}\.$/, field.name);
    if (field.choices)
      assert.deepEqual(
        field.choices.map(([value]) => value),
        OFFERED[field.name],
      );
    const ends = [field.low, field.high].filter((end) => end !== undefined && field.kind === "number");
    for (const end of ends) assert.equal(recipeOf({ [field.name]: end })[field.name], end);
  }
  for (const dim of [1, 2]) {
    const target = groupsFor(dim)
      .flatMap(({ fields }) => fields)
      .find(({ name }) => name === "data");
    assert.ok(target.choices.length >= 4);
  }
});

test("a sentence of the page is in the words of its labels, and short", () => {
  const said = {
    "latent_dim must be a whole number.": "Latent dimension must be a whole number.",
    "Try smaller lr_D and lr_G, or another r1.":
      "Try smaller learning rate of D and learning rate of G, or another penalty R1.",
    "This link cannot be followed: beta1 must be less than 1.":
      "This link cannot be followed: β1 of Adam must be less than 1.",
    "k must be 1 or more.": "k must be 1 or more.",
    "momentum must be less than 1.": "Momentum must be less than 1.",
  };
  for (const [sentence, words] of Object.entries(said)) assert.equal(inWords(sentence), words);
  const long = inWords(`loss must be one of hinge, not "${"x".repeat(60_000)}".`);
  assert.match(long, /^Loss must be one of hinge, not "x{60}…"\.$/);
  assert.ok(inWords("word ".repeat(60_000)).length <= 600);
});

test("what belongs to another optimizer is not shown", () => {
  const shown = (optimizer) =>
    FIELDS.filter((field) => field.of && means(field, { optimizer, optimizer_G: "as D" })).map(({ name }) => name);
  assert.deepEqual(
    [shown("adam"), shown("sgd"), shown("rmsprop")],
    [["beta1", "beta2"], ["momentum"], ["beta2", "momentum"]],
  );
});

test("the slider of a rate goes to a rate and back, from 1e-5 to 10", () => {
  for (let place = RATE.low; place <= RATE.high; place++)
    assert.ok(Math.abs(placeOfRate(rateAt(place)) - place) <= 1, String(place));
  assert.deepEqual([rateAt(RATE.low), rateAt(RATE.high)], [1e-5, 10]);
  assert.deepEqual([placeOfRate(0), placeOfRate(1e9)], [RATE.low, RATE.high]);
  assert.deepEqual([0.003, 1e-5, 0, 10].map(shownNumber), ["0.003", "1e-5", "0", "10"]);
});

test("presets can be played, and are what they are closest to", () => {
  for (const name of Object.keys(PRESETS)) {
    assert.equal(presetOf(presetRecipe(name)), name);
    assert.equal(closestPreset({ ...presetRecipe(name), lr_G: 7 }), name);
    assert.equal(presetOf({ ...presetRecipe(name), lr_G: 7 }), null);
    assert.ok(session().answer({ do: "start", recipe: presetRecipe(name) }).frame, name);
  }
});

test("a curve drawn in one stroke, or by keys, is data that the page can train on", () => {
  const drawing = new LineDrawing();
  assert.equal(drawing.data(), null);
  drawing.stroke([-1, 0], [0, 1]);
  drawing.stroke([0, 1], [1, 0]);
  const { data } = recipeOf({ data: drawing.data() });
  assert.equal(data.kind, "drawn");
  assert.ok(Math.abs(data.points[data.heights.indexOf(Math.max(...data.heights))]) < 1e-9);
  assert.deepEqual([data.points[0], data.points.at(-1)], [-1, 1]);
  const keyed = new LineDrawing();
  for (const key of ["ArrowUp", "ArrowUp", " ", "ArrowRight", "ArrowUp"]) assert.ok(keyed.key(key));
  assert.ok(!keyed.key("x"));
  assert.deepEqual(keyed.data().heights, [0, 0.2, 0.2, 0.1, 0]);
  assert.match(keyed.words(), /^x = 0.25, height 0.1$/);
  keyed.clear();
  assert.ok(keyed.empty);
});

test("the pad opens with what was drawn before, and with nothing else", () => {
  const first = new LineDrawing();
  first.stroke([-1, 0.3], [0, 1]);
  first.stroke([0, 1], [1, 0.2]);
  const { data } = recipeOf({ data: first.data() }); // with heights that integrate to 1
  assert.deepEqual(new LineDrawing(data).heights, first.heights);
  assert.ok(new LineDrawing(DEFAULTS.data).empty);
  const dots = recipeOf({ data: { kind: "dots", points: [[0, 1]] } }).data;
  assert.deepEqual(new PlaneDrawing(dots).points, [[0, 1]]);
  assert.ok(new PlaneDrawing({ kind: "ring" }).empty);
});

test("dots, by a drag or by keys, are data in the plane", () => {
  const drawing = new PlaneDrawing();
  drawing.stroke([0, 0], [0, 0]);
  for (let x = 0.01; x < 0.3; x += 0.01) drawing.stroke([x - 0.01, 0], [x, 0]);
  assert.equal(drawing.points.length, 5); // 0.07 apart
  for (const key of ["ArrowUp", " ", "Backspace", "ArrowLeft", " "]) drawing.key(key);
  const { data } = recipeOf({ data: drawing.data() });
  assert.deepEqual([data.kind, dimOf(data), data.points.length], ["dots", 2, 6]);
  drawing.stroke([9, 9], [9, 9]);
  assert.deepEqual(drawing.points.at(-1), [1.5, 1.5]);
});

test("a game has blown up by its loss or by where G is, and each is said with its number", () => {
  const recipe = recipeOf({ data: { means: [3], sds: [0.5], weights: [1] } });
  const history = { loss_D: [1.4, NaN], loss_G: [0.7, NaN] };
  const frame = { dim: 1, t: 9, G_z: [2, 3, 4], loss_D: 1.4, loss_G: 0.7 };
  assert.deepEqual(checkDivergence(frame, history, recipe), []);
  const [loss] = checkDivergence({ ...frame, loss_G: 250 }, history, recipe);
  assert.deepEqual([loss.kind, loss.number, loss.chapter], ["diverged", 250, "convergence#how-long-a-step-may-be"]);
  assert.match(loss.words, /loss of G is 250 \(100 or more/);
  assert.equal(checkDivergence(frame, { ...history, loss_D: [-400, 1] }, recipe).length, 1); // lately is enough
  assert.equal(distanceOfG({ dim: 1, G_z: [3, 20, 20] }, recipe.data), 34);
  const [far] = checkDivergence({ ...frame, G_z: [3, 20, 20] }, history, recipe);
  assert.match(far.words, /34 sds or more .* \(30 or more\)/);
  const plane = recipeOf({ data: { kind: "ring" } });
  assert.equal(
    checkDivergence({ dim: 2, fake: [0, 0, 90, 90, 90, 90], loss_D: 1, loss_G: 1 }, history, plane).length,
    1,
  );
});

test("a rate of 10 is found out in a real game, and the rates of then are offered", () => {
  const { answer } = session();
  const recipe = presetRecipe("bump");
  answer({ do: "start", recipe });
  const history = { loss_D: [], loss_G: [] };
  const good = answer({ do: "train", budget: 1e9, most: 100 });
  assert.deepEqual(checkDivergence(good.frame, history, good.recipe), []);
  for (const name of ["lr_G", "lr_D"]) {
    answer({ do: "rewind", t: 100 });
    answer({ do: "change", changes: { lr_D: recipe.lr_D, lr_G: recipe.lr_G, [name]: 10 } });
    const bad = answer({ do: "train", budget: 1e9, most: 5 });
    assert.equal(checkDivergence(bad.frame, history, bad.recipe)[0]?.kind, "diverged", name);
    assert.deepEqual(ratesAfter(good, bad.recipe, recipe), { lr_D: 0.01, lr_G: 0.003 });
  }
  const fast = { ...recipe, lr_G: 10 };
  assert.deepEqual(ratesAfter({ recipe: fast }, fast, recipe), { lr_D: 0.01, lr_G: 0.003 });
});

test("each line of Algorithm 1 has its sentence, with numbers of that very line", () => {
  for (const data of [DEFAULTS.data, { kind: "ring" }]) {
    const { answer } = session();
    let before = answer({ do: "start", recipe: recipeOf({ ...small, data, latent_dim: dimOf(data) }) }).frame;
    const names = [];
    for (let i = 0; i < 5; i++) {
      const { line, frame } = answer({ do: "move", what: "line" });
      names.push(line.name);
      const words = lineSentence(line, before, frame);
      if (line.x) assert.match(words, /^8 /);
      else assert.ok(words.includes(line.loss.toFixed(3).replace("-", "−")), words);
      before = frame;
    }
    assert.deepEqual(names, LINES.map(({ name }) => name).filter(Boolean));
  }
});

test("what did not change as far as it is shown neither rose nor fell", () => {
  const frame = { dim: 1, loss: "minimax", V: -1.2, C: -1, jsd: 0.571, grad_G: 0.5 };
  const told = (name, after) => lineSentence({ name, loss: 0.7 }, frame, { ...frame, ...after });
  assert.match(told("move G", { jsd: 0.5712 }), / JSD is 0\.57 nats, as before\. /);
  assert.match(told("move G", { jsd: 0.61 }), / JSD 0\.57 → 0\.61 nats: it rose\. /);
  assert.match(told("move G", { jsd: Number.NaN }), / p_G moved\. /);
  assert.match(told("move D", { V: -1.20001 }), / V\(G,D\) is −1\.2000, as before; the bound /);
  assert.match(told("move D", { V: -1.3 }), / V\(G,D\) −1\.2000 → −1\.3000: it fell; the bound /);
});

test("layers are named as the plane's picture takes them", () => {
  assert.deepEqual(layersOf(["D*", "real", "warp"]), {
    D: "D*",
    real: true,
    fake: false,
    judged: false,
    pull: false,
    warp: true,
  });
  assert.equal(layersOf([]).D, "off");
});

test("a D that is a score is said to be one", () => {
  const { answer } = session();
  answer({ do: "start", recipe: recipeOf({ ...small, loss: "wasserstein" }) });
  const { frame } = answer({ do: "train", budget: 1e9, most: 2 });
  assert.match(
    labSentence(frame),
    /^iteration 2, after G’s step: JSD .* nats; D is a score: −?[\d.]+ on the data and −?[\d.]+ on G\(z\) on average$/,
  );
});

test("the code for Python names what it needs, and plays", () => {
  const code = (name) =>
    pythonText([
      {
        recipe: presetRecipe(name),
        moves: [
          ["play", 10],
          ["change", { k: 2 }],
          ["D", 1],
          ["G", 3],
        ],
      },
    ]);
  const ring = code("ring");
  assert.match(
    ring,
    /^import matplotlib.pyplot as plt\n\nfrom gan_lab.datasets import ring\nfrom gan_lab.plots import plane\n/,
  );
  assert.match(ring, /recipe = Recipe\(data=ring\(modes=8, radius=1.0, sd=0.05\), /);
  assert.match(
    ring,
    /game = Training\(recipe\)\nfor _ in game.play\(10\):\n {4}pass\ngame.change\(k=2\)\ngame.update_discriminator\(\)\nfor _ in range\(3\):\n {4}game.update_generator\(\)\n/,
  );
  assert.match(ring, /plane\(ax, quick_frame\(game\)\)\nplt.show\(\)$/);
  assert.match(code("two"), /\nfrom gan_lab.datasets import gaussian_mixture\n/);
});

test("Algorithm 1 says how often D moves", () => {
  assert.equal(turnOfD(recipeOf({})), "for k steps of D");
  assert.equal(turnOfD(recipeOf({ k_G: 3 })), "for k steps of D, in one of 3 iterations");
});

test("where numbers come from is said, and two games by what differs", () => {
  const moment = { live: true, frame: {}, rate: 1234, changed: [{ t: 1 }], byHand: true, way: null };
  assert.match(
    provenance(moment, "in this page"),
    /^Trained in this page; 1230 iterations a second; .* once; single moves/,
  );
  assert.match(provenance({}, ""), /^Recorded/);
  assert.deepEqual(differenceWords(recipeOf({ k: 1 }), recipeOf({ k: 20 })), ["k, steps of D 1", "k, steps of D 20"]);
});
