// The bytes of a gan_lab recording, and the frames in them.
//
// A recording is b"GANREC\0", or of pictures b"GANIMG\0", a version byte, the length of a JSON header (uint32, little
// endian), the header, and a body of arrays; in the first each starts at a multiple of 8 bytes. They are written by
// gan_lab/recording/file_format.py and image_format.py. Bytes that are not that are refused with one sentence that a reader can
// be shown.

import { checkEntry, checkWords, ofItsTime } from "./checks.js";
import { ofLevel } from "./levels.js";
import { LINE } from "./line.js";
import { PICTURES } from "./pictures.js";
import { PLANE } from "./plane.js";

const NAME = 7; // bytes
const FILES = {
  "GANREC\0": { versions: [1, 2, 3], layout: ({ version }) => (version === 3 ? PLANE : LINE) }, // the first has no outlines
  "GANIMG\0": { versions: [1, 2], layout: () => PICTURES }, // the second is for a page
};
const PREFIX = NAME + 1 + 4;
const SEAL = 10; // the header ends with the CRC-32 of every byte before it: eight digits, "}
const ARRAYS = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
};

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
  const name = String.fromCharCode(...bytes.subarray(0, NAME));
  if (bytes.length < PREFIX || !Object.hasOwn(FILES, name))
    throw new Error("These bytes are not a recording of this book.");
  const { versions, layout } = FILES[name];
  const version = bytes[NAME];
  const newer = version > versions.at(-1) ? " of a newer gan_lab" : "";
  if (!versions.includes(version))
    throw new Error(
      `This recording has format ${version}${newer}, and this page reads formats ${versions.slice(0, -1).join(", ")} and ${versions.at(-1)}.`,
    );
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(NAME + 1, true);
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
  return { header, version, layout: layout(header), body: bytes.slice(PREFIX + length) };
}

const sizeOf = (shape) => shape.reduce((product, n) => product * n, 1);

// An array's numbers; levels are between the ends of its range, or of that of its row.
function valuesOf(entry, raw, { whole, byRow }) {
  if (entry.dtype !== "uint16" || whole.includes(entry.name)) return Float64Array.from(raw);
  const [low, high] = [entry.low, entry.high].map((ends) => (byRow ? ends : [ends]));
  const width = raw.length / low.length;
  const values = new Float64Array(raw.length);
  for (let row = 0, i = 0; row < low.length; row++) {
    for (const end = (row + 1) * width; i < end; i++) values[i] = ofLevel(raw[i], low[row], high[row]);
  }
  return values;
}

// bytes -> { header, layout, arrays: name -> { shape, values: Float64Array } }
export function decode(bytes) {
  const { header, version, layout, body } = headerOf(bytes);
  if (crc32(body) !== header.crc32)
    throw new Error("The recording is damaged: its checksum does not fit its contents.");
  try {
    const arrays = layout.arrays ? layout.arrays(header, version, body) : arraysOf(header, layout, body);
    return { header, layout, arrays };
  } catch (error) {
    throw ofItsTime(header, error);
  }
}

function arraysOf(header, layout, body) {
  checkWords(header);
  const arrays = Object.create(null); // a name may be any word
  let offset = 0;
  for (const entry of header.arrays) {
    checkEntry(entry, ARRAYS, layout);
    const Kind = ARRAYS[entry.dtype];
    offset = Math.ceil(offset / 8) * 8;
    const size = sizeOf(entry.shape);
    if (offset + size * Kind.BYTES_PER_ELEMENT > body.length || Object.hasOwn(arrays, entry.name))
      throw new Error("The recording is damaged: it ends too soon.");
    const values = valuesOf(entry, new Kind(body.buffer, offset, size), layout);
    arrays[entry.name] = { shape: entry.shape, values };
    offset += size * Kind.BYTES_PER_ELEMENT;
  }
  if (offset !== body.length) throw new Error("The recording is damaged: it holds more than its header names.");
  return arrays;
}

// bytes -> what a source plays: dim (of pictures `picture`, their rows and columns), length, frame(i), history (an array
// for each number), panels, note. What is not known of a game is NaN, and the note says why; a frame without D says so in
// its D_kind.
export function recordingOf(bytes) {
  const { header, layout, arrays } = decode(bytes);
  try {
    layout.check(arrays, header);
  } catch (error) {
    throw ofItsTime(header, error);
  }
  const { panels = {}, note, recipe_code: code, engine } = header;
  const recipe = typeof code === "string" ? code : "";
  const length = arrays.t.values.length;
  return { dim: layout.dim, length, ...layout.frames(arrays, header), panels, note, recipe, engine };
}
