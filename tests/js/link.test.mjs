// A recipe and a view go into an address and come back the same; nonsense is one sentence.

import assert from "node:assert/strict";
import { test } from "node:test";
import { presetRecipe, presetsAt, REVISION, TARGETS } from "../../gan_lab/front_end/training/recipe/presets.js";
import { DEFAULTS, recipeOf } from "../../gan_lab/front_end/training/recipe/recipe.js";
import { PRESETS } from "../../gan_lab/front_end/training/recipe/schema.js";
import { linkOf, stateOfLink } from "../../gan_lab/front_end/ui/lab/share/link.js";

const plain = { t: 0, changes: [], beside: null };
const back = (state) => {
  const { wrong, view, ...rest } = stateOfLink(linkOf(state));
  assert.equal(wrong, null);
  return { ...rest, view };
};

test("every preset is its name and nothing else, and comes back", () => {
  for (const name of Object.keys(PRESETS)) {
    assert.equal(linkOf({ recipe: presetRecipe(name) }), `#lab=${name}&rev=3`);
    assert.deepEqual(back({ recipe: presetRecipe(name) }), { recipe: presetRecipe(name), ...plain, view: {} });
  }
});

test("every target has a name that comes back", () => {
  for (const [name, [, data]] of Object.entries(TARGETS)) {
    const recipe = recipeOf({ data });
    assert.deepEqual(back({ recipe }).recipe, recipe, name);
  }
});

test("each field, changed, comes back to the last bit", () => {
  const changes = {
    data: { kind: "drawn", points: [-1, 0.1, 2], heights: [0, 1 / 3, 0] },
    n: 30,
    latent: "uniform",
    latent_dim: 3,
    G: [7, 9],
    D: [],
    activation: "tanh",
    gain: 1 / 3,
    loss: "f-kl",
    r1: 0.1,
    r2: 1e-7,
    gp: 10,
    clip: 0.01,
    smoothing: 0,
    instance_noise: 0.3,
    k: 7,
    m: 33,
    optimizer: "rmsprop",
    optimizer_G: "sgd",
    k_G: 2,
    lr_D: 1.234567890123e-5,
    lr_G: 10,
    beta1: 0.5,
    beta2: 0.9,
    momentum: 0.1,
    schedule: "cosine",
    ema: 0.99,
    iterations: 77,
    standardise: false,
    seed: 2 ** 40,
    dtype: "float64",
  };
  const fixed = ["spectral", "packing", "unrolled", "members", "network", "norm", "z_in", "conditional"]; // the page offers one value
  assert.deepEqual([...Object.keys(changes), ...fixed].sort(), Object.keys(DEFAULTS).sort());
  const recipe = recipeOf(changes);
  assert.deepEqual(back({ recipe }).recipe, recipe);
  for (const [name, value] of Object.entries(changes)) {
    const one = recipeOf({ ...presetRecipe("two"), [name]: value });
    assert.deepEqual(back({ recipe: one }).recipe, one, name);
  }
});

test("the moment, what was changed on the way, the second game and the view come back", () => {
  const state = {
    recipe: presetRecipe("ring"),
    t: 340,
    changes: [
      { t: 120, changes: { lr_G: 0.01, loss: "hinge" } },
      { t: 200, changes: { k: 3 } },
    ],
    beside: { loss: "minimax" },
    view: { show: ["D*", "warp"], charts: ["modes", "losses"], pace: 20, slow: true },
  };
  assert.deepEqual(back(state), state);
  assert.deepEqual(back({ ...state, view: { show: [], pace: "fast" } }).view, { show: [], pace: "fast" });
});

test("an address is short and can be read", () => {
  const recipe = recipeOf({ ...presetRecipe("two"), lr_G: 0.01, data: TARGETS.three[1], G: [8, 8] });
  assert.equal(linkOf({ recipe, t: 300 }), "#lab=two&rev=3&target=three&G=8-8&lr_G=0.01&t=300");
});

test("a link plays as it did when it was made: one without a revision at the first", () => {
  for (const [name, activations] of Object.entries({
    gaussian: ["leaky_relu", "silu", "silu"],
    turns: ["leaky_relu", "silu", "silu"],
    ring: ["leaky_relu", "leaky_relu", "relu"],
  })) {
    const played = ["", "&rev=2", "&rev=3"].map((rev) => stateOfLink(`#lab=${name}${rev}&lr_D=0.02`));
    played.forEach(({ recipe, wrong }, i) => {
      assert.equal(wrong, null);
      assert.deepEqual(recipe, recipeOf({ ...presetsAt(i + 1)[name], lr_D: 0.02 }));
      assert.deepEqual(back({ recipe }).recipe, recipe);
    });
    assert.deepEqual(
      played.map(({ recipe }) => recipe.activation),
      activations,
    );
  }
  const ends = ["", "&rev=2", "&rev=3"].map((rev) => stateOfLink(`#lab=two${rev}`).recipe.iterations);
  assert.deepEqual(ends, [1000, 1000, 4000]);
  const later = stateOfLink(`#lab=two&rev=${REVISION + 1}`).wrong;
  assert.ok(later.includes(`its revision must be a whole number from 1 to ${REVISION}, not "${REVISION + 1}"`));
  assert.ok(stateOfLink("#lab=bump").wrong.includes('there is no game named "bump": there are gaussian, two,'));
});

test("an address that was cut off after a field, or has one sign too many, is read", () => {
  for (const link of ["#lab=two&rev=3&k=3&", "#lab=two&&rev=3&k=3", "#lab=two&rev=3&k=3&&"]) {
    const { wrong, recipe } = stateOfLink(link);
    assert.deepEqual([wrong, recipe], [null, recipeOf({ ...presetRecipe("two"), k: 3 })], link);
  }
  assert.equal(stateOfLink("#lab=two&rev=2&seed=9007199254740992").recipe.seed, 2 ** 53);
});

test("what is no link of a lab is left alone", () => {
  for (const other of ["", "#", "#the-lab", "#exercise-1", "#xlab=two"]) assert.equal(stateOfLink(other), null);
});

const nonsense = [
  ["#lab=nothing", "there is no game named"],
  ["#lab=two&lr_G=fast", '"fast" is no number'],
  ["#lab=two&lr_G=-1", "lr_G must be a number, 0 or more"],
  ["#lab=two&k=0", "k must be a whole number from 1"],
  ["#lab=two&colour=red", 'a recipe has no field "colour"'],
  ["#lab=two&data={}", 'a recipe has no field "data"'],
  ["#lab=two&members=3", "members must be 1 here"],
  ["#lab=two&target=nowhere", "the target must be one of"],
  ["#lab=two&target=%7B%22kind%22%3A%22law%22%2C%22name%22%3A%22beta%22%7D", "Python has all of scipy.stats"],
  ["#lab=two&loss=unfair", "loss must be one of"],
  ["#lab=two&t=1e9", "t must be a whole number"],
  ["#lab=two&t=%E0%A4%A", "damaged"],
  ["#lab=two&show=everything", 'there is no "everything" to show'],
  ["#lab=two&then=soon", "is no change at an iteration"],
  ["#lab=two&then=10%3Ak%3D0", "k must be a whole number"],
  ["#lab=two&beside=k%3D0", "k must be a whole number"],
  ["#lab=two&G=16-x", '"x" is no number'],
  ["#lab=two&standardise=perhaps", "standardise must be true or false"],
  ["#lab=two&toString=1", "a recipe has no field"],
  ["#lab=constructor", "there is no game named"],
  ["#lab=two&rev=new", "its revision must be a whole number"],
  ["#lab=two&=3", "a recipe has no field"],
  ["#lab=two&beside=target%3Dring", "a game on the line and one in the plane cannot stand side by side"],
  ["#lab=two&then=10%3Ak%3D2&beside=k%3D0", "k must be a whole number"],
  [`#lab=two&colour${"x".repeat(60_000)}=1`, "a recipe has no field"],
  [`#lab=two&lr_G=${"x".repeat(60_000)}`, "is no number"],
  ["#lab=two&=", "a recipe has no field"],
  [`#lab=two&seed=${2n ** 53n + 1n}`, '"9007199254740993" has more digits than a page can read'],
  ["#lab=two&seed=9007199254740994", "seed must be a whole number from 0 to 9007199254740992"],
  ["#lab=two&t=100001", "t must be a whole number from 0 to 100000"],
];

// What is shown of a lab that is not there yet: the preset at the link's revision, or the first of them.
const presetNamed = (link) =>
  /^#lab=two/.test(link) && !/rev=new/.test(link) ? recipeOf(presetsAt(1).two) : presetRecipe("bump");

test("nonsense is refused in one sentence, and the preset stands", () => {
  for (const [link, words] of nonsense) {
    const state = stateOfLink(link);
    assert.ok(state.wrong?.startsWith("This link cannot be followed: "), link);
    assert.ok(state.wrong.includes(words), `${link}: ${state.wrong}`);
    assert.ok(state.wrong.length < 400, `${state.wrong.length} characters`);
    assert.deepEqual(state.recipe, presetNamed(link), link);
  }
});
