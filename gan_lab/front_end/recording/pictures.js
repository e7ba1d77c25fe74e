// Frames of pictures, as the arrays of a recording of pictures have them: the same demands as in
// gan_lab/recording/images.py. For a page pixels have 4 bits, two in a byte, and D's outputs 16.

import { freeSum, readoutOf, squeezed } from "../frame/readout.js";
import { meanOf } from "../numeric/mean.js";
import { LOSSES } from "../training/losses.js";
import { checkTables, damaged, isRange, PHASES } from "./checks.js";
import { ofLevel } from "./levels.js";

const SMALL = 2; // the version for a page
const LEVELS = 15; // of a pixel of 4 bits
const isWhole = (value) => Number.isInteger(value) && value >= 0 && value < 2 ** 31;

const inBytes = (size, get) => ({
  bytes: (count) => size * count,
  at: (view, at, i) => view[get](at + size * i, true),
});
const NIBBLES = {
  bytes: (count) => Math.ceil(count / 2),
  at: (view, at, i) => ((view.getUint8(at + (i >> 1)) >> (4 * (i & 1))) & LEVELS) * (255 / LEVELS),
};
const INT32 = inBytes(4, "getInt32");
const UINT16 = inBytes(2, "getUint16");
const UINT8 = inBytes(1, "getUint8");
const FLOAT32 = inBytes(4, "getFloat32");

// Name -> the axes of an array, the same letter where the lengths are (T frames, n pictures, d pixels, l numbers of z),
// and how its numbers lie in a file in full, and in one for a page.
const always = (axes, kind) => ({ axes, full: kind, small: kind });
const pixels = (axes) => ({ axes, full: UINT8, small: NIBBLES });
const outputs = (axes) => ({ axes, full: FLOAT32, small: UINT16 });
const ARRAYS = {
  t: always("T", INT32),
  turn: always("T", UINT8),
  z: always("nl", FLOAT32),
  G_z: pixels("Tnd"),
  real: pixels("nd"),
  D_fake: outputs("Tn"),
  D_real: outputs("Tn"),
  loss_D: always("T", FLOAT32),
  loss_G: always("T", FLOAT32),
};

// What levels of 16 bits stand for: from the first to the second of two numbers.
function unlevelled(levels, range, name) {
  if (!Array.isArray(range) || range.length !== 2 || !isRange(range[0], range[1])) damaged(`${name} has no range`);
  const [low, high] = range;
  return levels.map((level) => ofLevel(level, low, high));
}

// The arrays of a file, one right after another.
function arrays(header, version, body) {
  checkTables(header, ["shapes"]);
  const { shapes, ranges } = header;
  const view = new DataView(body.buffer, body.byteOffset, body.length);
  const found = {};
  let offset = 0;
  for (const [name, { full, small }] of Object.entries(ARRAYS)) {
    const shape = Object.hasOwn(shapes, name) && shapes[name];
    if (!Array.isArray(shape) || !shape.every(isWhole)) damaged(`it has no ${name}`);
    const kind = version === SMALL ? small : full;
    const count = shape.reduce((product, n) => product * n, 1);
    if (offset + kind.bytes(count) > body.length) damaged("it ends too soon");
    const values = Float64Array.from({ length: count }, (_, i) => kind.at(view, offset, i));
    found[name] = { shape, values: kind === UINT16 ? unlevelled(values, ranges?.[name], name) : values };
    offset += kind.bytes(count);
  }
  if (offset !== body.length) damaged("it holds more than its header names");
  return found;
}

// Rows and columns of a picture of so many pixels: a square, where the header does not say.
const sizeOf = (header, pixels) =>
  Object.hasOwn(header, "picture") ? header.picture : [Math.sqrt(pixels), Math.sqrt(pixels)];

function check(found, header) {
  const sizes = {};
  for (const [name, { axes }] of Object.entries(ARRAYS)) {
    const { shape } = found[name];
    const fits = axes.length === shape.length && [...axes].every((axis, i) => (sizes[axis] ??= shape[i]) === shape[i]);
    if (!fits) damaged(`the shape of ${name} does not fit the others`);
  }
  if (sizes.T === 0) throw new Error("The recording is empty: it has no frames.");
  const [t, turn, picture] = [found.t.values, found.turn.values, sizeOf(header, sizes.d)];
  const right =
    sizes.n > 0 &&
    Array.isArray(picture) &&
    picture.length === 2 &&
    picture.every(isWhole) &&
    picture[0] * picture[1] === sizes.d &&
    sizes.d > 0 &&
    t[0] >= 0 &&
    t.every((v, i) => i === 0 || v >= t[i - 1]) &&
    turn.every((number) => number < PHASES.length) &&
    Object.hasOwn(LOSSES, String(header.recipe.loss));
  if (!right) damaged("its frames are in no possible order");
}

// D's outputs as shares from 0 to 1, as `readout` has them: { D_kind, D_fake, D_real, score_range, score_means }.
function opinions(loss, fake, real) {
  const reading = readoutOf(loss);
  if (fake.some(Number.isNaN) || real.some(Number.isNaN)) return { D_kind: "unknown", D_fake: fake, D_real: real };
  if (reading.score) {
    const { D, range } = squeezed(Float64Array.of(...fake, ...real));
    return {
      D_kind: "score",
      D_fake: D.subarray(0, fake.length),
      D_real: D.subarray(fake.length),
      score_range: range,
      score_means: [meanOf(real), meanOf(fake)],
    };
  }
  const sum = reading.free ? freeSum(real, fake) : 0;
  const shown = (v) => reading.shown(v - sum);
  return { D_kind: "probability", D_fake: fake.map(shown), D_real: real.map(shown) };
}

function frames(found, header) {
  const { recipe } = header;
  const rules = { loss: recipe.loss, smoothing: recipe.smoothing };
  const [, n, dim] = found.G_z.shape;
  const picture = sizeOf(header, dim);
  const row = (name, i, width) => found[name].values.subarray(i * width, (i + 1) * width);
  const history = { length: found.t.values.length };
  for (const name of ["t", "turn", "loss_D", "loss_G"]) history[name] = found[name].values;
  const classes = recipe.conditional === true ? found.z.shape[1] - recipe.latent_dim : 0;
  const frame = (i) => ({
    t: history.t[i],
    turn: PHASES[history.turn[i]],
    loss_D: history.loss_D[i],
    loss_G: history.loss_G[i],
    loss: recipe.loss,
    picture,
    classes,
    fake: row("G_z", i, n * dim),
    real: found.real.values,
    ...opinions(recipe.loss, row("D_fake", i, n), row("D_real", i, n)),
  });
  return { frame, history, rules, picture };
}

export const PICTURES = { arrays, check, frames };
