// The bytes of a gan_lab recording, and the frames in them.
//
// A recording is b"GANREC\0", a version byte, the length of a JSON header (uint32, little endian),
// the header, and a body of arrays, each starting at a multiple of 8 bytes. It is
// written by gan_lab/recording/file_format.py. Bytes that are not that are refused with one sentence that a reader can be shown.

import { checkArrays, checkEntry, checkWords, CURVES, ofItsTime, PHASES, SHARED, WHOLE_ROWS } from "./checks.js";

const MAGIC = [0x47, 0x41, 0x4e, 0x52, 0x45, 0x43, 0x00];
const VERSIONS = [1, 2]; // the first has no outlines
const PREFIX = MAGIC.length + 1 + 4;
const MISSING = 65535;
const SEAL = 10; // the header ends with the CRC-32 of every byte before it: eight digits, "}
const ARRAYS = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
};
const NUMBERS = ["t", "turn", "V", "C", "jsd", "loss_D", "loss_G"];

const CRC_OF_BYTE = Int32Array.from({ length: 256 }, (_, crc) => {
  for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  return crc;
});

export function crc32(bytes) {
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = (crc >>> 8) ^ CRC_OF_BYTE[(crc ^ bytes[i]) & 255];
  return ~crc >>> 0;
}

// base64 text -> bytes; text that is not base64 is a damaged recording.
export function bytesOf(base64) {
  let text;
  try {
    text = atob(base64.trim());
  } catch {
    throw new Error("The recording is damaged: its text is not base64.");
  }
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0));
}

function headerOf(bytes) {
  const foreign = bytes.length < PREFIX || MAGIC.some((byte, i) => bytes[i] !== byte);
  if (foreign) throw new Error("These bytes are not a recording of this book.");
  const version = bytes[MAGIC.length];
  const newer = version > VERSIONS.at(-1) ? " of a newer gan_lab" : "";
  if (!VERSIONS.includes(version))
    throw new Error(`This recording has format ${version}${newer}, and this page reads formats ${VERSIONS.join(" and ")}.`);
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length + 1, true);
  if (PREFIX + length > bytes.length || length < SEAL) throw new Error("The recording is damaged: it ends too soon.");
  let header;
  try {
    const words = new TextDecoder("utf-8", { fatal: true });
    header = JSON.parse(words.decode(bytes.subarray(PREFIX, PREFIX + length)));
  } catch {
    throw new Error("The recording is damaged: its header cannot be read.");
  }
  const start = PREFIX + length - SEAL;
  const seal = `${crc32(bytes.subarray(0, start)).toString(16).padStart(8, "0")}"}`;
  const right = [...seal].every((letter, i) => bytes[start + i] === letter.charCodeAt(0));
  if (!right || typeof header !== "object" || header === null || Array.isArray(header))
    throw new Error("The recording is damaged: its header is not what was written.");
  return { header, body: bytes.slice(PREFIX + length) };
}

const sizeOf = (shape) => shape.reduce((product, n) => product * n, 1);

function valuesOf(entry, raw) {
  if (entry.dtype !== "uint16" || WHOLE_ROWS.includes(entry.name)) return Float64Array.from(raw);
  const { low, high } = entry;
  const values = new Float64Array(raw.length);
  for (let i = 0; i < raw.length; i++)
    values[i] = raw[i] === MISSING ? NaN : low + ((high - low) * raw[i]) / 65534;
  return values;
}

// bytes -> { header, arrays: name -> { shape, values: Float64Array } }
export function decode(bytes) {
  const { header, body } = headerOf(bytes);
  if (crc32(body) !== header.crc32)
    throw new Error("The recording is damaged: its checksum does not fit its contents.");
  try {
    return { header, arrays: arraysOf(header, body) };
  } catch (error) {
    throw ofItsTime(header, error);
  }
}

function arraysOf(header, body) {
  checkWords(header);
  const arrays = Object.create(null); // a name may be any word
  let offset = 0;
  for (const entry of header.arrays) {
    checkEntry(entry, ARRAYS);
    const Kind = ARRAYS[entry.dtype];
    offset = Math.ceil(offset / 8) * 8;
    const size = sizeOf(entry.shape);
    if (offset + size * Kind.BYTES_PER_ELEMENT > body.length || Object.hasOwn(arrays, entry.name))
      throw new Error("The recording is damaged: it ends too soon.");
    const values = valuesOf(entry, new Kind(body.buffer, offset, size));
    arrays[entry.name] = { shape: entry.shape, values };
    offset += size * Kind.BYTES_PER_ELEMENT;
  }
  if (offset !== body.length) throw new Error("The recording is damaged: it holds more than its header names.");
  return arrays;
}

// Points of positive probability under G, which have no density: rows of frame, x, mass.
function atomsOf(array) {
  const [rows, flat] = array ? [array.shape[0], array.values] : [0, []];
  return Array.from({ length: rows }, (_, i) => {
    const [frame, x, mass] = flat.slice(3 * i, 3 * i + 3);
    return { frame, x, mass };
  });
}

// For each frame the graph of its p_g as a line, { x, p_g }; none in a recording of format 1. A frame of no vertices
// has those of the frame before it.
function outlinesOf({ vertices, outline_x: x, outline_p_g: p_g }) {
  let end = 0;
  let found;
  return Array.from(vertices?.values ?? [], (count) => {
    if (count) found = { x: x.values.subarray(end, end + count), p_g: p_g.values.subarray(end, end + count) };
    end += count;
    return found;
  });
}

// bytes -> what a source plays: length, frame(i), history (an array for each number), panels, note. What is not known of
// a game is NaN, and the note says why; a frame without D says so in its D_kind.
export function recordingOf(bytes) {
  const { header, arrays } = decode(bytes);
  try {
    checkArrays(arrays, header.panels);
  } catch (error) {
    throw ofItsTime(header, error);
  }
  const history = { length: arrays.t.values.length };
  for (const name of NUMBERS) history[name] = arrays[name].values;
  const atoms = atomsOf(arrays.atoms);
  const outlines = outlinesOf(arrays);
  const row = (name, i) => {
    const width = arrays[name].shape[1];
    return arrays[name].values.subarray(i * width, (i + 1) * width);
  };
  const frame = (i) => {
    const made = {};
    for (const name of SHARED) made[name] = arrays[name].values;
    for (const name of CURVES) made[name] = row(name, i);
    for (const name of NUMBERS) made[name] = history[name][i];
    made.turn = PHASES[made.turn];
    made.atoms = atoms.filter((atom) => atom.frame === i);
    if (outlines[i]) made.outline = outlines[i];
    if (made.D.every(Number.isNaN)) made.D_kind = "unknown";
    return made;
  };
  const { panels, note, recipe_code: code, engine } = header;
  const recipe = typeof code === "string" ? code : "";
  return { length: history.length, frame, history, panels, note, recipe, engine };
}
