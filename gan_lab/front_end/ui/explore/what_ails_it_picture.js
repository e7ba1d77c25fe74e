// Three charts over one axis of iterations: the losses, D's outputs, and the truth or where it will stand.

import { clipped, curve, segment, write } from "../../draw/canvas.js";
import { legend } from "../../draw/legend.js";
import { scale, ticks } from "../../draw/scales.js";
import { DASH } from "../../draw/theme.js";
import { ruledAxis, ruledSide } from "./ruled_axis.js";

const [LEFT, RIGHT, HEAD, HIGH, FOOT] = [44, 14, 26, 92, 34];
const [HIGHEST, USUAL] = [4, 1.6]; // of the axis of losses, in nats
const [LOG_2, LOG_4] = [Math.LN2, 2 * Math.LN2];

export const heightOfCurves = () => 3 * (HEAD + HIGH) + FOOT;

const baseOf = (row) => (row + 1) * (HEAD + HIGH);
const finite = (values) => values.filter(Number.isFinite);

// Where the axis of losses ends: what is beyond is cut.
export function rangeOfLosses(run) {
  const all = finite([...run.loss_D, ...run.loss_G, ...(run.loss_new ?? [])]);
  return [Math.min(0, Math.max(-USUAL, ...[Math.min(...all)])), Math.min(HIGHEST, Math.max(USUAL, ...all))];
}

const looks = (theme) => ({
  D: { color: theme.D, width: 1.9, dash: DASH.D },
  fresh: { color: theme.D, width: 1.2 },
  G: { color: theme.p_g, width: 1.9 },
  data: { color: theme.p_data, width: 2.2, dash: DASH.p_data },
  truth: { color: theme.ink, width: 2.2 },
});

// What each chart shows: its range, its lines, and the values that a game ends with.
function charts(run, shown, theme) {
  const look = looks(theme);
  const truth = run.modes
    ? { range: [0, run.modes], name: `modes found, of ${run.modes}`, guides: [] }
    : { range: [0, 0.72], name: "exact JSD, nats", guides: [LOG_2] };
  return [
    {
      range: rangeOfLosses(run),
      guides: [LOG_2, LOG_4],
      lines: [
        ["loss of D", run.loss_D, look.D],
        ...(run.loss_new ? [["on new data", run.loss_new, look.fresh]] : []),
        ["of G", run.loss_G, look.G],
      ],
    },
    {
      range: [0, 1],
      guides: [0.5],
      lines: [
        ["mean D(x)", run.D_x, look.data],
        ["D(G(z))", run.D_G, look.G],
      ],
    },
    { ...truth, lines: [[truth.name, shown ? run.truth : [], look.truth]] },
  ];
}

function drawChart(context, { range, guides, lines }, t, row, place, theme) {
  const base = baseOf(row);
  const top = base - HIGH;
  const to = scale(range, [base, top]);
  const entry = ([words, , style]) => ({ words, style, color: style.color });
  legend(context, lines.map(entry), place.ends, { y: top - 12, sample: 24, apart: 22 });
  ruledSide(context, { at: LEFT, to, marks: ticks(...range, 3), line: [top, base] }, theme);
  clipped(context, place.ends, top - 1, base + 1, () => {
    for (const value of guides)
      segment(context, [place.ends[0], to(value)], [place.ends[1], to(value)], {
        color: theme.line,
        width: 1,
        dash: [2, 4],
      });
    for (const [, values, style] of lines)
      curve(
        context,
        values.map((_, i) => place.x(t[i])),
        values.map((value) => (value === null ? NaN : to(value))),
        style,
      );
  });
}

export function drawWhatAilsIt(context, _, { run, shown }, { width }, theme) {
  const ends = [LEFT, width - RIGHT];
  const t = run?.t ?? [0, 1];
  const place = { ends, x: scale([0, t[t.length - 1]], ends) };
  if (run) charts(run, shown, theme).forEach((chart, row) => drawChart(context, chart, t, row, place, theme));
  if (!shown)
    write(context, "the truth: when you have answered", [(ends[0] + ends[1]) / 2, baseOf(2) - HIGH / 2], {
      color: theme.muted,
      align: "center",
    });
  const marks = ticks(0, t[t.length - 1], width < 480 ? 4 : 6);
  ruledAxis(context, { ends, base: baseOf(2), to: place.x, marks, letter: "t" }, theme);
}
