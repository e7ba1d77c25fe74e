// Prior, posterior and q over z; under them log p(x), the ELBO over the mean of q, and the KL that is between.

import { clipped, curve, handle, segment, write } from "../../draw/canvas.js";
import { legend } from "../../draw/legend.js";
import { styleOf } from "../../draw/line/line_styles.js";
import { scale, ticks } from "../../draw/scales.js";
import { linearGaussianElbo } from "../../numeric/elbo.js";
import { normalDensity } from "../../numeric/normal.js";
import { acrossAxis } from "./density_curves.js";
import { ruledAxis, ruledSide } from "./ruled_axis.js";

export const M = 3; // m from -3 to 3
const LEFT = 40;
const RIGHT = 32;
const HEAD = 34;
const CHART = 180; // from the z axis of the densities down to that of the chart
const FOOT = 34;
const Z = 4; // z and m from -4 to 4
const PEAK = 1.1; // above the top of the thinnest posterior
const LOW = -10; // nats; what is lower is cut

export function elboLayout({ width, height }) {
  const ends = [LEFT, width - RIGHT];
  const [low, base] = [height - FOOT, height - FOOT - CHART];
  const top = base + 50;
  const chart = { base: low, top, nats: scale([LOW, 0], [low, top]) };
  return { ends, base, top: HEAD, x: scale([-Z, Z], ends), density: scale([0, PEAK], [base, HEAD]), chart };
}

const LINES = (theme) => ({
  prior: { color: theme.muted, width: 1.4, dash: [2, 3] },
  posterior: styleOf("p_data", theme),
  q: styleOf("p_g", theme),
});

function names(context, place, theme) {
  const lines = LINES(theme);
  const shown = [
    { words: "prior", style: lines.prior, color: theme.ink },
    { words: "posterior", style: lines.posterior, color: theme.ink },
    { words: [["q", "italic"]], style: lines.q, color: lines.q.color },
  ];
  legend(context, shown, place.ends, { y: 12, sample: 26, apart: 24 });
}

function densitiesOfZ(context, { m, t }, { mean, sd }, place, theme) {
  const { xs, along } = acrossAxis(place);
  const lines = LINES(theme);
  const bell = (middle, wide) => along((z) => normalDensity((z - middle) / wide) / wide, place.density);
  curve(context, xs, bell(0, 1), lines.prior);
  curve(context, xs, bell(m, t), lines.q);
  curve(context, xs, bell(mean, sd), lines.posterior);
  for (const side of [-1, 0, 1])
    handle(
      context,
      [place.x(m + side * t), place.density(normalDensity(side) / t)],
      side ? 5 : 7,
      lines.q.color,
      theme,
    );
  ruledAxis(context, { ends: place.ends, base: place.base, to: place.x, marks: ticks(-Z, Z, 4), letter: "z" }, theme);
}

function bounds(context, { m, t, x, s }, { logP, elbo, gap }, place, theme) {
  const { chart, ends } = place;
  const { xs, along } = acrossAxis(place);
  const lines = LINES(theme);
  const ceiling = chart.nats(logP);
  const [at, y] = [place.x(m), Math.min(chart.nats(elbo), chart.base)];
  segment(context, [ends[0], ceiling], [ends[1], ceiling], lines.posterior);
  clipped(context, ends, chart.top, chart.base, () =>
    curve(
      context,
      xs,
      along((z) => linearGaussianElbo(x, 1, s, z, t).elbo, chart.nats),
      lines.q,
    ),
  );
  if (gap > 5e-4) segment(context, [at, ceiling], [at, y], { color: theme.D, width: 3, dash: [] });
  handle(context, [at, y], 7, lines.q.color, theme);
  write(context, "log p(x)", [ends[1], ceiling - 11], { color: theme.ink, align: "right" });
  write(context, "ELBO", [ends[0] + 34, chart.top - 14], { color: lines.q.color });
  write(context, "KL(q ‖ posterior)", [ends[0] + 84, chart.top - 14], { color: theme.D });
  ruledSide(context, { at: ends[0], to: chart.nats, marks: ticks(LOW, 0, 2), line: [chart.top, chart.base] }, theme);
  write(context, "nats", [4, chart.top - 14], { color: theme.muted, kind: "small" });
  ruledAxis(context, { ends, base: chart.base, to: place.x, marks: ticks(-Z, Z, 4), letter: "m" }, theme);
}

export function drawElbo(context, state, numbers, size, theme) {
  const place = elboLayout(size);
  names(context, place, theme);
  densitiesOfZ(context, state, numbers, place, theme);
  bounds(context, state, numbers, place, theme);
}
