// A small recording and its bytes, written here by the format's own words: a second witness beside
// gan_lab/recording/file_format.py, which tests/widgets holds against the same reader.

const KINDS = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint16: Uint16Array,
  uint8: Uint8Array,
};

// CRC-32 by its definition, a division of polynomials, one bit after the other from the front.
export function checksum(bytes) {
  const reversed = (value, bits) => {
    let out = 0n;
    for (let i = 0n; i < bits; i++) if ((value >> i) & 1n) out |= 1n << (bits - 1n - i);
    return out;
  };
  let rest = 0xffffffffn;
  for (const byte of bytes) {
    rest ^= reversed(BigInt(byte), 8n) << 24n;
    for (let i = 0; i < 8; i++) rest = rest & 0x80000000n ? ((rest << 1n) ^ 0x104c11db7n) & 0xffffffffn : rest << 1n;
  }
  return Number(reversed(rest ^ 0xffffffffn, 32n));
}

export function smallRun(frames = 5, n = 9, a = 3) {
  const x = Array.from({ length: n }, (_, i) => i - (n - 1) / 2);
  const bell = (m) => x.map((v) => Math.exp(-((v - m) ** 2) / 2) / Math.sqrt(2 * Math.PI));
  const times = Array.from({ length: frames }, (_, i) => i);
  const p_data = bell(1);
  const p_g = times.map((i) => bell(i / frames - 1));
  const flat = (rows) => rows.flat();
  const V = times.map((i) => -1.6 + 0.04 * i);
  return {
    x: ["float64", [n], x],
    p_data: ["float64", [n], p_data],
    z: ["float64", [a], [-1, 0, 1]],
    t: ["int32", [frames], times.map((i) => 10 * Math.ceil(i / 2))],
    turn: ["uint8", [frames], times.map((i) => (i === 0 ? 0 : i % 2 ? 1 : 2))],
    p_g: ["float64", [frames, n], flat(p_g)],
    D: ["float64", [frames, n], flat(times.map(() => x.map((v) => 1 / (1 + Math.exp(-v)))))],
    D_star: [
      "float64",
      [frames, n],
      flat(p_g.map((q) => q.map((v, i) => (i === 4 ? NaN : p_data[i] / (p_data[i] + v))))),
    ],
    G_z: ["float64", [frames, a], flat(times.map((i) => [i - 3, i - 2, i - 1]))],
    V: ["float64", [frames], V],
    C: ["float64", [frames], V.map((v) => v + 0.3)],
    V_error: ["float64", [frames], V.map(() => 1e-9)],
    C_error: ["float64", [frames], V.map(() => 1e-9)],
    jsd: ["float64", [frames], V.map((v) => (v + 0.3 + Math.log(4)) / 2)],
    loss_D: ["float32", [frames], times.map(() => NaN)],
    loss_G: ["float32", [frames], times.map(() => NaN)],
  };
}

export function bytesFrom(
  arrays,
  { version = 1, panels = {}, note = "", bounds = {}, crc, words = {}, edit = (h) => h } = {},
) {
  const body = [];
  const listed = [];
  for (const [name, [dtype, shape, values]] of Object.entries(arrays)) {
    while (body.length % 8) body.push(0);
    body.push(...new Uint8Array(KINDS[dtype].from(values).buffer));
    listed.push({ name, dtype, shape, ...bounds[name] });
  }
  const header = {
    format: "gan_lab recording",
    version,
    recipe: {},
    recipe_code: "Recipe()",
    note,
    engine: { torch: "2" },
  };
  Object.assign(header, { panels, crc32: crc ?? checksum(body), arrays: listed }, words);
  return sealed("GANREC", version, edit(header), body);
}

function sealed(name, version, header, body) {
  const text = new TextEncoder().encode(`${JSON.stringify(header).slice(0, -1)}, "seal": "`);
  const length = new Uint8Array(new Uint32Array([text.length + 10]).buffer);
  const magic = [...name].map((letter) => letter.charCodeAt(0));
  const start = [...magic, 0, version, ...length, ...text];
  const seal = new TextEncoder().encode(`${checksum(start).toString(16).padStart(8, "0")}"}`);
  return Uint8Array.from([...start, ...seal, ...body]);
}

// A recording of one picture of two pixels, by the words of gan_lab/recording/image_format.py.
export function imageBytes(frames) {
  const times = Array.from({ length: frames }, (_, i) => i);
  const float = (values) => [...new Uint8Array(Float32Array.from(values).buffer)];
  const whole = [...new Uint8Array(Int32Array.from(times).buffer)];
  const pixels = times.flatMap((i) => [i, 255]);
  const losses = float(times.map(() => 0.7));
  const outputs = float(times);
  const body = [
    whole,
    times.map((i) => (i ? 2 : 0)),
    float([0.5]),
    pixels,
    [0, 255],
    outputs,
    outputs,
    losses,
    losses,
  ].flat();
  const each = { turn: [frames], loss_D: [frames], loss_G: [frames], D_fake: [frames, 1], D_real: [frames, 1] };
  const shapes = { t: [frames], z: [1, 1], G_z: [frames, 1, 2], real: [1, 2], ...each };
  const recipe = { loss: "minimax", latent_dim: 1 };
  const header = { recipe, note: "", engine: {}, picture: [1, 2], shapes, ranges: {}, crc32: checksum(body) };
  return sealed("GANIMG", 1, header, body);
}
