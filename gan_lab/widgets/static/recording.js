// The bytes of a gan_lab recording, and the frames in them.
//
// A recording is b"GANREC\0", a version byte, the length of a JSON header (uint32, little endian),
// the header, and a body of arrays, each starting at a multiple of 8 bytes. It is
// written by gan_lab/recording_bytes.py. Bytes that are not that are refused with one sentence that a reader can be shown.

const MAGIC = [0x47, 0x41, 0x4e, 0x52, 0x45, 0x43, 0x00];
const VERSION = 1;
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
const SHARED = ["x", "p_data", "z"];
const CURVES = ["p_g", "D", "D_star", "G_z"];
const NUMBERS = ["t", "turn", "V", "C", "jsd", "loss_D", "loss_G"];
const TURNS = ["start", "D", "G"];

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
  if (bytes[MAGIC.length] !== VERSION)
    throw new Error(
      `This recording has format ${bytes[MAGIC.length]}, and this page reads format ${VERSION}.`,
    );
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(MAGIC.length + 1, true);
  if (PREFIX + length > bytes.length) throw new Error("The recording is damaged: it ends too soon.");
  let header;
  try {
    const words = new TextDecoder("utf-8", { fatal: true });
    header = JSON.parse(words.decode(bytes.subarray(PREFIX, PREFIX + length)));
  } catch {
    throw new Error("The recording is damaged: its header cannot be read.");
  }
  const before = bytes.subarray(0, PREFIX + length - SEAL);
  if (parseInt(header.seal, 16) !== crc32(before))
    throw new Error("The recording is damaged: its header is not what was written.");
  return { header, body: bytes.slice(PREFIX + length) };
}

const sizeOf = (shape) => shape.reduce((product, n) => product * n, 1);

function valuesOf(entry, raw) {
  if (entry.dtype !== "uint16") return Float64Array.from(raw);
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
  const arrays = {};
  let offset = 0;
  for (const entry of header.arrays) {
    const Kind = ARRAYS[entry.dtype];
    if (!Kind) throw new Error(`The recording holds numbers of an unknown kind, ${entry.dtype}.`);
    offset = Math.ceil(offset / 8) * 8;
    const size = sizeOf(entry.shape);
    if (offset + size * Kind.BYTES_PER_ELEMENT > body.length)
      throw new Error("The recording is damaged: it ends too soon.");
    const values = valuesOf(entry, new Kind(body.buffer, offset, size));
    arrays[entry.name] = { shape: entry.shape, values };
    offset += size * Kind.BYTES_PER_ELEMENT;
  }
  return { header, arrays };
}

function checkShapes(arrays) {
  for (const name of [...SHARED, ...CURVES, ...NUMBERS])
    if (!arrays[name]) throw new Error(`The recording is damaged: it has no ${name}.`);
  const [frames] = arrays.t.shape;
  const [n] = arrays.x.shape;
  const [a] = arrays.z.shape;
  const wanted = { x: [n], p_data: [n], z: [a], p_g: [frames, n], D: [frames, n] };
  Object.assign(wanted, { D_star: [frames, n], G_z: [frames, a] });
  for (const name of NUMBERS) wanted[name] = [frames];
  for (const [name, shape] of Object.entries(wanted))
    if (String(arrays[name].shape) !== String(shape))
      throw new Error(`The recording is damaged: the shape of ${name} does not fit the others.`);
  if (frames === 0) throw new Error("The recording is empty: it has no frames.");
}

// Points of positive probability under G, which have no density: rows of frame, x, mass.
function atomsOf(array) {
  const [rows, flat] = array ? [array.shape[0], array.values] : [0, []];
  return Array.from({ length: rows }, (_, i) => {
    const [frame, x, mass] = flat.slice(3 * i, 3 * i + 3);
    return { frame, x, mass };
  });
}

// bytes -> what a source plays: length, frame(i), history (an array for each number), panels, note.
export function recordingOf(bytes) {
  const { header, arrays } = decode(bytes);
  checkShapes(arrays);
  const history = { length: arrays.t.values.length };
  for (const name of NUMBERS) history[name] = arrays[name].values;
  const atoms = atomsOf(arrays.atoms);
  const row = (name, i) => {
    const width = arrays[name].shape[1];
    return arrays[name].values.subarray(i * width, (i + 1) * width);
  };
  const frame = (i) => {
    const made = {};
    for (const name of SHARED) made[name] = arrays[name].values;
    for (const name of CURVES) made[name] = row(name, i);
    for (const name of NUMBERS) made[name] = history[name][i];
    made.turn = TURNS[made.turn];
    made.atoms = atoms.filter((atom) => atom.frame === i);
    return made;
  };
  const { panels = {}, note = "", recipe_code: recipe = "", engine = {} } = header;
  return { length: history.length, frame, history, panels, note, recipe, engine };
}
