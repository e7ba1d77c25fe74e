// What the picture shows, in words: pure functions of a frame.

// A number with so many decimals and a true minus sign.
export function formatNumber(value, decimals = 2) {
  if (Number.isNaN(value)) return "unknown";
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "−∞";
  const size = Math.abs(value);
  const text = size < 1e7 ? size.toFixed(decimals) : size.toExponential(1).replace("+", "");
  return value < 0 && Number(text) !== 0 ? `−${text}` : text;
}

// Small divergences keep two significant digits; below a ten-thousandth they are called so.
export function formatNats(jsd) {
  if (!(Math.abs(jsd) < 0.1)) return formatNumber(jsd);
  return jsd < 0.0001 ? "below 0.0001" : formatNumber(jsd, jsd < 0.01 ? 4 : 3);
}

export function phaseInWords(frame) {
  if (frame.turn === "start") return "before training";
  return frame.turn === "D" ? "after D’s step" : "after G’s step";
}

export function timeInWords(frame) {
  return `iteration ${Math.round(frame.t)}, ${phaseInWords(frame)}`;
}

// The least and largest D over the central 99 % of (p_data + p_G)/2: where samples really fall.
export function rangeOfD(frame) {
  const mass = Array.from(frame.x, (_, i) => frame.p_data[i] + frame.p_g[i]);
  const total = mass.reduce((sum, m) => sum + m, 0);
  let low = Infinity;
  let high = -Infinity;
  let before = 0;
  for (let i = 0; i < mass.length; i++) {
    const after = before + mass[i];
    if (after >= 0.005 * total && before <= 0.995 * total) {
      low = Math.min(low, frame.D[i]);
      high = Math.max(high, frame.D[i]);
    }
    before = after;
  }
  return [low, high];
}

// What is not known of a game is left out.
export function sentence(frame) {
  const { jsd, V, C, p_g } = frame;
  const [low, high] = Number.isNaN(p_g[0]) ? [NaN, NaN] : rangeOfD(frame);
  const losses = `losses of D ${formatNumber(frame.loss_D)} and G ${formatNumber(frame.loss_G)}`;
  const said = [
    [jsd, `JSD ${formatNats(jsd)} nats`],
    [V, `V(G,D) ${formatNumber(V)} ≤ ${formatNumber(C)} = V(G,D*)`],
    [low, `D between ${formatNumber(low)} and ${formatNumber(high)}`],
    [Number.isNaN(V) ? frame.loss_D : NaN, losses],
  ];
  const known = said.filter(([value]) => !Number.isNaN(value)).map(([, words]) => words);
  return [timeInWords(frame), known.join("; ")].filter(Boolean).join(": ");
}
