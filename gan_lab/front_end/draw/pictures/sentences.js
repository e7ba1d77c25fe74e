// What a game of pictures shows, in words: pure functions of a frame.

import { readoutOf } from "../../frame/readout.js";
import { formatNumber, timeInWords } from "../../numeric/format.js";
import { meanOf } from "../../numeric/mean.js";

// D's output in its own units, of the share at which it is shown.
function inUnits({ D_kind, loss, score_range: [low, high] = [0, 1] }, share) {
  if (D_kind === "score") return formatNumber(low + share * (high - low));
  const { own } = readoutOf(loss);
  return formatNumber(own ? own.of(share) : share);
}

const nameOfD = ({ D_kind, loss }) => (D_kind === "score" ? "score" : (readoutOf(loss).own?.name ?? "D"));
const taken = (shares) => shares.reduce((count, share) => count + (share > 0.5 ? 1 : 0), 0);

function ofD(frame) {
  const { D_kind, D_fake, D_real } = frame;
  if (D_kind === "unknown") return [];
  const [fake, real] = [D_fake, D_real].map((shares) => inUnits(frame, meanOf(shares)));
  const means = `mean ${nameOfD(frame)} ${fake} on G(z), ${real} on the data`;
  if (D_kind === "score") return [means];
  return [`D takes ${taken(D_fake)} of ${D_fake.length} samples of G for data`, means];
}

const ofLosses = ({ loss_D, loss_G }) =>
  Number.isNaN(loss_D) ? [] : [`losses of D ${formatNumber(loss_D)} and G ${formatNumber(loss_G)}`];

export function picturesSentence(frame) {
  const parts = [...ofD(frame), ...ofLosses(frame)];
  return [timeInWords(frame), parts.join("; ")].filter(Boolean).join(": ");
}

// One picture, whose it is, and what D says of it.
export function pictureSentence(frame, { of, i }) {
  const asked = of === "fake" && frame.classes ? `, asked for a ${i % frame.classes}` : "";
  const who = of === "fake" ? `Sample ${i + 1} of G${asked}` : `Picture ${i + 1} of the data`;
  if (frame.D_kind === "unknown") return who;
  const share = frame[`D_${of}`][i];
  const side = frame.D_kind === "score" || share === 0.5 ? "" : `, rather ${share > 0.5 ? "data" : "generated"}`;
  return `${who}: ${nameOfD(frame)} ${inUnits(frame, share)}${side}`;
}
