// The graphs of a frame on the line that are not drawn through the points of its axis alone: p_g, and the best D, which
// falls wherever p_g is high.

import { readoutOf } from "../../frame/readout.js";
import { sigmoid } from "../../numeric/game_value.js";
import { pieceAt } from "../../numeric/sorted.js";

const FAR = 100; // times the top edge: as far as a line that leaves through it is drawn

// The graph of a frame's p_g as a line; of an older recording, through the points of its axis. `placed` is where
// it goes in pixels, and `top` its highest vertex [x, p_g].
export function graphOf({ x, p_g, outline = { x, p_g } }) {
  const best = outline.p_g.reduce((top, p, i) => (p > outline.p_g[top] ? i : top), 0);
  const placed = (place) => {
    const within = (p) => place.density(Math.min(p, FAR * place.peak));
    return [Array.from(outline.x, place.x), Array.from(outline.p_g, within)];
  };
  return { placed, top: [outline.x[best], outline.p_g[best]] };
}

// p_data between the points of an axis, which are near enough: by its logarithm where that can be.
function dataAt({ x, p_data }, at) {
  const i = Math.min(x.length - 2, Math.max(0, pieceAt(x, at) - 1));
  const share = (at - x[i]) / (x[i + 1] - x[i]);
  const [low, high] = [p_data[i], p_data[i + 1]];
  return low > 0 && high > 0 ? low * (high / low) ** share : low + share * (high - low);
}

// The best D as a line { x, D_star }: through the points of the axis, and the vertices of p_g's line between them.
export function bestLineOf(frame) {
  const { x, D_star, outline, loss, D_kind } = frame;
  if (!outline || D_kind === "score" || D_kind === "unknown") return { x, D_star };
  const best = loss ? readoutOf(loss).best : sigmoid;
  const logits = Array.from(outline.x, (at, k) => [at, Math.log(dataAt(frame, at)) - Math.log(outline.p_g[k])]);
  const vertices = logits.filter(([, logit]) => !Number.isNaN(logit)).map(([at, logit]) => [at, best(logit)]);
  const known = new Set(vertices.map(([at]) => at));
  const points = Array.from(x, (at, i) => [at, D_star[i]]).filter(([at]) => !known.has(at));
  const all = [...vertices, ...points].sort(([a], [b]) => a - b);
  return { x: all.map(([at]) => at), D_star: all.map(([, share]) => share) };
}
