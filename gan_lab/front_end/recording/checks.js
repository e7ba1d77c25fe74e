// What a recording must be before a page plays it: the same demands as in gan_lab/recording/file_format.py, so
// that what Python refuses is refused here, in one sentence, and nothing fails later in a picture.

export const SHARED = ["x", "p_data", "z"];
export const CURVES = ["p_g", "D", "D_star", "G_z"];
export const PHASES = ["start", "D", "G"];
const MOMENTS = ["t", "turn"];
const OUTLINE = ["vertices", "outline_x", "outline_p_g"];
const VALUES = ["V", "C", "jsd", "V_error", "C_error", "loss_D", "loss_G"];
const OPTIONAL = ["jsd_error", "atoms", ...OUTLINE];
const NAMES = [...MOMENTS, ...SHARED, ...CURVES, ...VALUES, ...OPTIONAL];
const WHOLE = ["int32", "uint16", "uint8"];
const LARGEST = 1e300;
const PAGE = "0.1.0"; // gan_lab's version; a test holds it against Python's

const isTable = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
const isWhole = (value) => Number.isInteger(value) && value >= 0;
export const damaged = (why) => {
  throw new Error(`The recording is damaged: ${why}.`);
};

export function checkTables(header, names) {
  for (const name of ["recipe", "engine", ...names]) if (!isTable(header[name])) damaged(`its header has no ${name}`);
  if (typeof header.note !== "string") damaged("its header has no note");
}

export function checkWords(header) {
  checkTables(header, ["panels"]);
  if (!Array.isArray(header.arrays)) damaged("its header has no arrays");
}

export const isRange = (low, high) =>
  [low, high].every((v) => typeof v === "number" && Math.abs(v) <= LARGEST) && low <= high;

// A range of levels, or one for each row.
function hasRange({ low, high, shape }, byRow) {
  if (!byRow) return isRange(low, high);
  const both = Array.isArray(low) && Array.isArray(high) && low.length === shape[0] && high.length === shape[0];
  return both && low.every((least, i) => isRange(least, high[i]));
}

// An array as the header describes it: its name, the kind of its numbers, its shape, and their range. Of a layout: which
// arrays are of whole numbers, and whether levels are by row.
export function checkEntry(entry, kinds, { whole, byRow }) {
  const right =
    isTable(entry) &&
    typeof entry.name === "string" &&
    typeof entry.dtype === "string" &&
    Array.isArray(entry.shape) &&
    entry.shape.length >= 1 &&
    entry.shape.length <= 3 &&
    entry.shape.every((n) => isWhole(n) && n < 2 ** 31);
  if (!right) damaged("it names an array that cannot be");
  const { name, dtype } = entry;
  if (!Object.hasOwn(kinds, dtype))
    throw new Error(`The recording holds numbers of an unknown kind, ${dtype.slice(0, 40)}.`);
  if (whole.includes(name)) {
    if (!WHOLE.includes(dtype)) damaged(`${name} is no row of whole numbers`);
  } else if (dtype === "uint16" && !hasRange(entry, byRow)) damaged(`${name.slice(0, 40)} has no range`);
}

function checkShapes(arrays) {
  for (const name of Object.keys(arrays)) if (!NAMES.includes(name)) damaged("it names an array that cannot be");
  const whole = OUTLINE.filter((name) => Object.hasOwn(arrays, name)).length % OUTLINE.length === 0;
  if (!whole) damaged("it has half an outline of p_g");
  for (const name of NAMES) if (!OPTIONAL.includes(name) && !Object.hasOwn(arrays, name)) damaged(`it has no ${name}`);
  const count = (name) => arrays[name].values.length;
  const [frames, n, a] = [count("t"), count("x"), count("z")];
  const wanted = {
    x: [n],
    p_data: [n],
    z: [a],
    p_g: [frames, n],
    D: [frames, n],
    D_star: [frames, n],
    G_z: [frames, a],
  };
  for (const name of [...MOMENTS, ...VALUES, "jsd_error"]) wanted[name] = [frames];
  wanted.atoms = [arrays.atoms?.shape[0], 3];
  const drawn = arrays.vertices?.values.reduce((sum, count) => sum + count, 0);
  Object.assign(wanted, { vertices: [frames], outline_x: [drawn], outline_p_g: [drawn] });
  for (const [name, shape] of Object.entries(wanted))
    if (arrays[name] && String(arrays[name].shape) !== String(shape))
      damaged(`the shape of ${name} does not fit the others`);
  if (frames === 0) throw new Error("The recording is empty: it has no frames.");
  if (n < 2 || a < 1) damaged("its axis has no points");
}

// Each frame has two vertices at least, or those of the frame before it; x never falls, and no height is below 0.
/** @type {(arrays: Record<string, any>) => boolean} */
function drawable({ vertices, outline_x: x, outline_p_g: p_g }) {
  if (!vertices) return true;
  const starts = new Set();
  vertices.reduce((start, count) => (starts.add(start), start + count), 0);
  return (
    vertices[0] > 0 &&
    vertices.every((count) => count === 0 || count > 1) &&
    x.every((v, i) => Number.isFinite(v) && (starts.has(i) || v >= x[i - 1])) &&
    p_g.every((v) => v >= 0)
  );
}

const increases = (values, least) => values.every((v, i) => i === 0 || v - values[i - 1] >= least);

function checkSense(arrays, panels) {
  const all = Object.fromEntries(Object.entries(arrays).map(([name, { values }]) => [name, values]));
  const { x, t, turn, atoms } = all;
  const frames = t.length;
  const right = [
    x.every(Number.isFinite) && x.every((v, i) => i === 0 || v > x[i - 1]),
    t[0] >= 0 && increases(t, 0),
    turn.every((number) => number < PHASES.length),
    !atoms || atoms.every((frame, i) => i % 3 > 0 || (isWhole(frame) && frame < frames)),
    drawable(all),
    ["", "abcd"].includes(Object.keys(panels).sort().join("")),
    Object.values(panels).every((frame) => isWhole(frame) && frame < frames),
  ];
  if (!right.every(Boolean)) damaged("its frames are in no possible order");
}

export function checkArrays(arrays, panels) {
  checkShapes(arrays);
  checkSense(arrays, panels);
}

const numbersOf = (version) => (version.match(/^\d{1,9}(\.\d{1,9})*/)?.[0] ?? "").split(".").map(Number);

function isLater(one, other) {
  const [a, b] = [numbersOf(one), numbersOf(other)];
  const i = a.findIndex((number, at) => number !== (b[at] ?? -1));
  return i >= 0 && a[i] > (b[i] ?? -1);
}

// What was wrong with a recording; of a later version, that this page cannot read it.
export function ofItsTime(header, error) {
  const version = isTable(header.engine) ? header.engine.gan_lab : null;
  if (typeof version !== "string" || !isLater(version, PAGE)) return error;
  return new Error(
    `This recording was made with gan_lab ${version.slice(0, 40)}, which is newer than this page, ${PAGE}, and writes what it cannot read.`,
  );
}
