// Python that plays games of the lab again, move by move, and draws where they end.

import { dimOf, kindOf } from "../../../data/kinds.js";
import { LOSSES } from "../../../training/losses.js";
import { asPython, same, valueAsPython } from "../../../training/recipe/recipe.js";

const KINDS_MADE_BY = {
  mixture: ({ means }) => (means.length === 1 ? "gaussian" : "gaussian_mixture"),
  law: () => "distribution",
};
const makerOf = (data) => KINDS_MADE_BY[kindOf(data)]?.(data) ?? kindOf(data);

const fieldsAsPython = (fields) =>
  Object.entries(fields)
    .map(([name, value]) => `${name}=${valueAsPython(name, value)}`)
    .join(", ");
const times = (n, line) => (n === 1 ? [line] : [`for _ in range(${n}):`, `    ${line}`]);

const MOVES = {
  play: (game, n) => [`for _ in ${game}.play(${n}):`, "    pass"],
  D: (game, n) => times(n, `${game}.update_discriminator()`),
  G: (game, n) => times(n, `${game}.update_generator()`),
  change: (game, changes) => [`${game}.change(${fieldsAsPython(changes)})`],
};

// How a game is drawn: what is imported for it, and the lines. Figure 1 where D is a probability and z a
// number; the densities where D is a score; else samples.
function pictureOf(recipe, game, ax) {
  if (dimOf(recipe.data) === 2)
    return { from: { plots: "plane", recording: "quick_frame" }, lines: [`plane(${ax}, quick_frame(${game}))`] };
  if (recipe.latent_dim === 1 && LOSSES[recipe.loss].labels)
    return {
      from: { plots: "figure_1", recording: "frame_of" },
      lines: [
        `frame = frame_of(${game})`,
        `print(f"iteration {frame.t}: JSD {frame.jsd:.4f} nats, V {frame.V:.4f} <= {frame.C:.4f}")`,
        `figure_1(${ax}, frame)`,
      ],
    };
  const law = [`x = axis(${game}.p_data)`, `${ax}.plot(x, ${game}.p_data.pdf(x), "k:", label="p_data")`];
  const ours =
    recipe.latent_dim === 1
      ? [`${ax}.plot(x, ${game}.p_g().pdf(x), "g", label="p_G")`]
      : [
          `z = np.random.default_rng(0).random((10_000, ${recipe.latent_dim}))`,
          `fake = ${game}.generate(${game}.p_z.ppf(z))[0, :, 0].numpy()`,
          `${ax}.hist(fake, bins=x[::4], density=True, color="g", alpha=0.4, label="G(z)")`,
        ];
  return { from: { recording: "axis" }, lines: [...law, ...ours, `${ax}.legend()`], numpy: recipe.latent_dim > 1 };
}

// From the rooms of the package, as a reader would import.
function importsFor(games, pictures) {
  const from = { datasets: [], training: ["Recipe", "Training"] };
  const add = (module, name) => (from[module] ??= []).push(name);
  for (const { recipe } of games) add("datasets", makerOf(recipe.data));
  for (const picture of pictures) for (const [module, name] of Object.entries(picture.from)) add(module, name);
  const lines = Object.keys(from)
    .sort()
    .map((module) => `from gan_lab.${module} import ${[...new Set(from[module])].sort().join(", ")}`);
  return [
    "import matplotlib.pyplot as plt",
    ...(pictures.some(({ numpy }) => numpy) ? ["import numpy as np"] : []),
    "",
    ...lines,
  ];
}

// games: [{ recipe, moves }], one or two: a recipe to begin with, and the moves in words.
export function pythonText(games) {
  const names = ["game", "second"];
  const axes = games.length === 1 ? ["ax"] : ["axes[0]", "axes[1]"];
  const pictures = games.map(({ recipe }, i) => pictureOf(recipe, names[i], axes[i]));
  const [first] = games;
  const made = ({ recipe }, i) => {
    if (i === 0) return "game = Training(recipe)";
    const other = Object.fromEntries(
      Object.entries(recipe).filter(([name, value]) => !same(value, first.recipe[name])),
    );
    return `second = Training(recipe.but(${fieldsAsPython(other)}))`;
  };
  return [
    ...importsFor(games, pictures),
    "",
    `recipe = ${asPython(first.recipe)}`,
    ...games.flatMap((one, i) => [
      made(one, i),
      ...one.moves.flatMap(([name, value]) => MOVES[name](names[i], value)),
      "",
    ]),
    games.length === 1
      ? "figure, ax = plt.subplots(figsize=(8, 5))"
      : "figure, axes = plt.subplots(1, 2, figsize=(13, 5))",
    ...pictures.flatMap(({ lines }) => lines),
    "plt.show()",
  ].join("\n");
}
