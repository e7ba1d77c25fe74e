// The minibatch of a line of Algorithm 1 in the plane: pure functions of a frame that has one.
//
// Its points stand in place of those that are looked at otherwise: rings of the data and crosses of G, as
// large as their part in D's step. After a line that drew z, each z stands in the square of z, which fills the
// picture, and a line leads to its G(z); in G's step arrows lead down the slope of its loss, the
// longest always as long, and dots to where the points are now.

import { drawPulls, faintly, radiusOf } from "../line/minibatch_marks.js";
import { circles, crosses, stamps, strokes } from "./canvas.js";
import { fakeMark, fakeStyle, MARK, placed, realStyle } from "./layers.js";
import { placeOfLevel } from "./warp.js";

const FULL = 40; // points from which lines are drawn fainter
const PALEST = 0.25;

// What the picture's title and legend are of: this minibatch, whichever layers are on.
export function withMinibatch(frame, layers) {
  const { minibatch } = frame;
  if (!minibatch) return { frame, layers };
  const { real, fake, moved } = minibatch;
  return {
    frame: { ...frame, real: real ?? [], fake: moved ?? fake },
    layers: { ...layers, real: !!real, fake: true, pull: false, judged: false },
  };
}

const joins = (context, all, alpha, style) =>
  faintly(context, alpha, () =>
    strokes(context, style, () => {
      for (const [from, to] of all) {
        context.moveTo(...from);
        context.lineTo(...to);
      }
    }),
  );

// From the square of z to G(z); nothing where z has more than two numbers, or only two values.
function fromSquare(context, frame, panel, theme) {
  const { minibatch, box, warp } = frame;
  if (!warp) return;
  const { level, fake } = minibatch;
  const count = fake.length / 2;
  const dim = level.length / count;
  const square = Array.from({ length: count }, (_, k) => {
    const [x, y] = placeOfLevel(Array.from(level.subarray(k * dim, (k + 1) * dim)), warp, box);
    return [panel.x(x), panel.y(y)];
  });
  const ends = placed(fake, panel);
  const pale = Math.max(PALEST, Math.min(1, FULL / count));
  joins(
    context,
    square.map((from, k) => [from, ends[k]]),
    pale,
    { color: theme.p_g, width: 1 },
  );
  circles(context, square, 1.3, { color: theme.p_g, width: 1.3, halo: theme.paper });
}

function weighted(context, points, weights, panel, shape, style) {
  placed(points, panel).forEach((at, k) => shape(context, [at], radiusOf(weights?.[k]), style));
}

export function drawMinibatchInPlane(context, frame, panel, theme) {
  const { line, player, real, fake, real_weight, fake_weight, pull, moved } = frame.minibatch;
  if (line.startsWith("sample noise")) fromSquare(context, frame, panel, theme);
  if (real) weighted(context, real, real_weight, panel, circles, realStyle(theme));
  if (player === "D") {
    weighted(context, fake, fake_weight, panel, crosses, fakeStyle(theme));
    return;
  }
  const [from, to] = [placed(fake, panel), placed(moved ?? fake, panel)];
  if (moved)
    joins(
      context,
      from.map((at, k) => [at, to[k]]),
      1,
      { color: theme.p_g, width: 1.2, dash: [1, 2] },
    );
  drawPulls(
    context,
    from,
    from.map((_, k) => pull.subarray(2 * k, 2 * k + 2)),
    theme,
  );
  stamps(context, to, MARK, fakeMark(theme));
}
