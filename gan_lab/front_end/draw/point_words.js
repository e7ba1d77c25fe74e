// A point of a picture in words: where it is and whence, what D says of it, and what it pays.

import { playsForV } from "../frame/pays.js";
import { isProbability, readoutOf } from "../frame/readout.js";
import { formatNumber } from "../numeric/format.js";

const list = (numbers) =>
  numbers.length === 1 ? formatNumber(numbers[0]) : `(${numbers.map((v) => formatNumber(v)).join(", ")})`;
const MOST = 3; // numbers of a z that are said

function whence({ who, x, z }) {
  if (who === "data") return `data: x = ${list(x)}`;
  return z && z.length <= MOST ? `sample: z = ${list(z)}, G(z) = ${list(x)}` : `sample: G(z) = ${list(x)}`;
}

// D's output where it is known, as a probability if it is one; else the share at which D is shown.
function said({ loss, D_kind, score_range: range, minibatch }, { out = NaN, share }) {
  if (D_kind === "unknown" || (Number.isNaN(out) && !Number.isFinite(share))) return [];
  const { free, own, shown } = readoutOf(loss ?? "minimax");
  const whose = minibatch?.noisy ? "D (with noise on x)" : "D";
  if (Number.isFinite(out) && isProbability(loss) && !free) return [`${whose} = ${formatNumber(shown(out), 3)}`];
  if (Number.isFinite(out)) return [`${whose} puts out ${formatNumber(out, 3)}`];
  if (own) return [`${own.name} = ${formatNumber(own.of(share))}`];
  return [`D = ${formatNumber(range ? range[0] + share * (range[1] - range[0]) : share)}`];
}

function paysWords({ loss, minibatch }, paid) {
  if (!Number.isFinite(paid)) return [];
  if (minibatch.player === "G") return [`costs G ${formatNumber(paid, 3)}`];
  return [playsForV(loss) ? `pays ${formatNumber(paid, 3)} into V` : `costs D ${formatNumber(paid, 3)}`];
}

export const pointWords = (frame, point) =>
  [whence(point), ...said(frame, point), ...paysWords(frame, point.paid)].join("; ");
