// The data of a recipe: read, refused in one sentence, and written as Python writes them.

import { KINDS } from "../../data/kinds.js";
import { NAMED } from "../../data/named_distributions.js";
import { fsum } from "../../numeric/fsum.js";
import { float, list, text } from "../../numeric/python_text.js";
import { fail, wholeBetween } from "../../numeric/validation.js";

const LARGEST = 1e6;
const SMALLEST = 1e-6;
const LIGHTEST = 1e-12; // the smallest weight, before and after they are made to sum to one
const THINNEST = 1e-3; // the smallest sd of a curve of size 1
const MOST = 10_000; // points drawn by hand

function real(value, name, low = -LARGEST, high = LARGEST) {
  if (!(typeof value === "number" && value >= low && value <= high))
    fail(`${name} must be from ${low} to ${high}, not ${text(value)}.`);
  return value;
}

function reals(values, name, low = -LARGEST, high = LARGEST) {
  if (!Array.isArray(values)) fail(`${name} must be a list of numbers, not ${text(values)}.`);
  return values.map((value) => real(value, name, low, high));
}

function pairs(values, name) {
  const right = Array.isArray(values) && values.length >= 1 && values.length <= MOST;
  if (!right || values.some((point) => !Array.isArray(point) || point.length !== 2))
    fail(`${name} must be from 1 to ${MOST} points [x, y].`);
  return values.map((point) => reals(point, `Each of ${name.toLowerCase()}`));
}

// As many of each, and weights that sum to one; those that do already, to rounding, keep their very bits.
function mixed(means, sds, weights, what) {
  if (means.length !== sds.length || means.length !== weights.length || !means.length)
    fail(
      `${what} needs as many means as standard deviations and weights, at least one of each, not ${means.length}, ${sds.length} and ${weights.length}.`,
    );
  const total = fsum(weights);
  if (Math.abs(total - 1) > Number.EPSILON) weights = weights.map((w) => w / total);
  const least = Math.min(...weights);
  if (!(least >= LIGHTEST))
    fail(`Each weight of ${what.toLowerCase()} must be ${LIGHTEST} of their sum or more, and one is ${least}.`);
  return { means, sds, weights };
}

function drawnShape(points, heights) {
  const [x, h] = [reals(points, "The points of a drawn density"), reals(heights, "The heights of a drawn density", 0)];
  if (x.length > MOST) fail(`A drawn density has at most ${MOST} points, not ${x.length}.`);
  if (x.length !== h.length || x.length < 2)
    fail(
      `A drawn density needs as many heights as points, two or more of each, not ${x.length} points and ${h.length} heights.`,
    );
  if (x.some((value, i) => i && !(value > x[i - 1]))) fail("The points of a drawn density must increase.");
  const top = Math.max(...h);
  if (!(top > 0)) fail("The heights of a drawn density must not all be 0.");
  if (!(x[x.length - 1] - x[0] >= 4 * SMALLEST)) fail("A drawn density must be wider than 1e-6.");
  const area = fsum(x.slice(1).map((value, i) => 0.5 * (h[i + 1] / top + h[i] / top) * (value - x[i])));
  const right = Math.abs(area * top - 1) <= 1e-12;
  const made = right ? h : h.map((value) => value / top / area);
  const highest = Math.max(...made);
  if (!(highest <= LARGEST))
    fail(`A drawn density must be at most ${LARGEST} high once it integrates to 1, and this is ${highest} high.`);
  return { points: x, heights: made };
}

const PICTURES = {
  parts: { split: "train", labels: null },
  read: () =>
    fail(
      "The page trains no pictures: play a recording of the game, as gl.play(gl.record(training)), or train it in the notebook.",
    ),
};

// By kind: the numbers with their defaults, and how they are read. They are those of gan_lab.datasets.
const KIND = {
  drawn: {
    parts: { points: undefined, heights: undefined },
    read: ({ points, heights }) => drawnShape(points, heights),
    write: ({ points, heights }) => `drawn(${list(points)}, ${list(heights)})`,
  },
  law: {
    parts: { name: undefined, shapes: [], loc: 0, scale: 1 },
    read({ name, shapes, loc, scale }) {
      if (!Object.hasOwn(NAMED, name))
        fail(
          `In the page a distribution is one of ${Object.keys(NAMED).join(", ")}, not ${text(name)}; Python has all of scipy.stats.`,
        );
      if (!Array.isArray(shapes) || shapes.length) fail(`${name} takes no shapes, and was given ${text(shapes)}.`);
      return { name, shapes: [], loc: real(loc, "loc"), scale: real(scale, "scale", SMALLEST) };
    },
    write({ name, loc, scale }) {
      const moved = [...(loc === 0 ? [] : [`loc=${float(loc)}`]), ...(scale === 1 ? [] : [`scale=${float(scale)}`])];
      const given = [`'${name}'`, ...moved].join(", ");
      return `distribution(${given})`;
    },
  },
  mixture: {
    parts: { components: undefined, weights: undefined },
    read: () => fail("In the page a mixture is one of Gaussians; Python mixes any distributions of the line."),
  },
  digits: PICTURES,
  mnist: PICTURES,
  ring: {
    parts: { modes: 8, radius: 1, sd: 0.01 },
    read: ({ modes, radius, sd }) => ({
      modes: wholeBetween(1, 1000, modes, "modes"),
      radius: real(radius, "radius", 0),
      sd: real(sd, "sd", SMALLEST),
    }),
  },
  grid: {
    parts: { side: 5, spacing: 2, sd: 0.05 },
    read: ({ side, spacing, sd }) => ({
      side: wholeBetween(1, 32, side, "side"),
      spacing: real(spacing, "spacing", 0),
      sd: real(sd, "sd", SMALLEST),
    }),
  },
  spots: {
    parts: { means: undefined, sds: undefined, weights: null },
    read({ means, sds, weights }) {
      means = pairs(means, "The means");
      const shares = weights === null ? means.map(() => 1) : reals(weights, "The weights", LIGHTEST);
      return mixed(means, reals(sds, "The standard deviations", SMALLEST), shares, "A set of spots");
    },
  },
  dots: {
    parts: { points: undefined, jitter: 0.05 },
    read: ({ points, jitter }) => ({
      points: pairs(points, "The points"),
      jitter: real(jitter, "jitter", SMALLEST),
    }),
  },
  moons: { parts: { sd: 0.05 }, read: ({ sd }) => ({ sd: real(sd, "sd", THINNEST) }) },
  spiral: {
    parts: { turns: 1, arms: 2, sd: 0.02 },
    read: ({ turns, arms, sd }) => ({
      turns: real(turns, "turns", 0, 10),
      arms: wholeBetween(1, 20, arms, "arms"),
      sd: real(sd, "sd", THINNEST),
    }),
  },
  swiss_roll: { parts: { sd: 1 / 30 }, read: ({ sd }) => ({ sd: real(sd, "sd", THINNEST) }) },
  two_rings: {
    parts: { inner: 0.5, outer: 1, sd: 0.02 },
    read({ inner, outer, sd }) {
      outer = real(outer, "the outer radius", SMALLEST, 1e3);
      return {
        inner: real(inner, "the inner radius", 0, outer),
        outer,
        sd: real(sd, "sd", THINNEST * outer),
      };
    },
  },
};

// The data that `as_dict` wrote, checked; a kind's numbers that are left out are its defaults.
export function checkedData(data) {
  if (data === null || typeof data !== "object" || Array.isArray(data))
    fail(`data must be a table of numbers with their kind, not ${text(data)}.`);
  if (!("kind" in data)) return mixture(data);
  const { kind, ...rest } = data;
  if (!Object.hasOwn(KIND, kind)) fail(`data must be of a kind among ${KINDS.join(", ")}, not ${text(kind)}.`);
  const { parts, read } = KIND[kind];
  const strange = Object.keys(rest).find((name) => !Object.hasOwn(parts, name));
  if (strange !== undefined)
    fail(`data of the kind ${kind} are made of ${Object.keys(parts).join(", ")}, not of ${text(strange)}.`);
  return { kind, ...read({ ...parts, ...rest }) };
}

function mixture(data) {
  const names = ["means", "sds", "weights"];
  if (Object.keys(data).sort().join() !== names.join())
    fail(`data must be a mixture with means, sds and weights, not ${text(data)}.`);
  return mixed(
    reals(data.means, "The means of a mixture"),
    reals(data.sds, "The standard deviations of a mixture", SMALLEST),
    reals(data.weights, "The weights of a mixture", LIGHTEST),
    "A mixture",
  );
}

const WHOLE = new Set(["modes", "side", "arms"]);

// The code that remakes the data in Python.
export function dataAsPython({ kind, ...numbers }) {
  if (kind === undefined) {
    const { means, sds, weights } = numbers;
    if (means.length === 1) return `gaussian(${float(means[0])}, ${float(sds[0])})`;
    return `gaussian_mixture(${[means, sds, weights].map(list).join(", ")})`;
  }
  if (KIND[kind].write) return KIND[kind].write(numbers);
  const value = (name, v) => (Array.isArray(v) ? list(v) : WHOLE.has(name) ? String(v) : float(v));
  const given = Object.entries(numbers).map(([name, v]) => `${name}=${value(name, v)}`);
  return `${kind}(${given.join(", ")})`;
}
