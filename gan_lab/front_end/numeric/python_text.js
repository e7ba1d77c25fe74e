// Values as Python writes them, and as a sentence quotes them.

// repr of a float: the shortest digits that are read back as this number, with a point or an exponent.
export function float(value) {
  const [digits, power] = value.toExponential().split("e");
  const exponent = Number(power);
  if (value !== 0 && (exponent < -4 || exponent >= 16))
    return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  const plain = Object.is(value, -0) ? "-0" : String(value);
  if (plain.includes("e")) return `${BigInt(value)}.0`;
  return plain.includes(".") ? plain : `${plain}.0`;
}

// A list of floats, or of lists of them.
export const list = (values) => `[${values.map((v) => (Array.isArray(v) ? list(v) : float(v))).join(", ")}]`;

// A tuple of whole numbers.
export const tuple = (values) => (values.length === 1 ? `(${values[0]},)` : `(${values.join(", ")})`);

// A value as a sentence quotes it; what JSON cannot say, by its own name.
export function text(value) {
  const said = typeof value === "number" ? String(value) : JSON.stringify(value);
  return said === undefined ? String(value) : said.length > 80 ? `${said.slice(0, 79)}…` : said;
}
