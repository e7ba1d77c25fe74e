// The three losses of G at one sample, against D or against its logit: the reader moves D, and sees both slopes.

import { clipped, curve, dot, segment, write } from "../../draw/canvas.js";
import { legend } from "../../draw/legend.js";
import { LOSS_WORDS, lossStyles } from "../../draw/loss_styles.js";
import { scale, ticks } from "../../draw/scales.js";
import { formatNumber } from "../../numeric/format.js";
import { sigmoid } from "../../numeric/game_value.js";
import { costsAt, GENERATOR_LOSSES, NAMES_OF_LOSSES } from "../../numeric/generator_losses.js";

const [LEFT, RIGHT, HEAD, FOOT] = [40, 24, 34, 34];
const FAR = 6; // logits from -6 to 6
const MOST = 4; // nats, up and down
const TANGENT = 46; // pixels, half of its length

const byD = ({ against }) => against === "D";
const logitOf = (D) => Math.log(D / (1 - D));
const here = (state) => (byD(state) ? sigmoid(state.s) : state.s);

export function lossCurvesLayout({ width, height }, state) {
  const ends = [LEFT, width - RIGHT];
  const base = height - FOOT;
  return {
    ends,
    base,
    top: HEAD,
    x: scale(byD(state) ? [0, 1] : [-FAR, FAR], ends),
    nats: scale([-MOST, MOST], [base, HEAD]),
  };
}

function axes(context, state, place, theme) {
  const [start, end] = place.ends;
  for (const { value, label } of ticks(-MOST, MOST, 4)) {
    const at = place.nats(value);
    segment(context, [start, at], [end, at], { color: value ? theme.faint : theme.line, width: 1 });
    write(context, label, [start - 7, at], { color: theme.muted, align: "right", kind: "small" });
  }
  segment(context, [start, place.base], [end, place.base], { color: theme.ink, width: 1.2 });
  const marks = byD(state) ? ticks(0, 1, 5) : ticks(-FAR, FAR, 6);
  for (const { value, label } of marks) {
    const at = place.x(value);
    segment(context, [at, place.base], [at, place.base + 4], { color: theme.ink, width: 1 });
    write(context, label, [at, place.base + 14], { color: theme.muted, align: "center", kind: "small" });
  }
  write(context, "nats", [4, place.top - 10], { color: theme.muted, kind: "small" });
  write(context, [[byD(state) ? "D" : "s", "italic"]], [end + 8, place.base + 14], { color: theme.ink });
}

function tangent(context, state, at, slope, place, style) {
  const [x, y] = [place.x(here(state)), place.nats(at)];
  const [wide, high] = [place.x(1) - place.x(0), place.nats(slope) - place.nats(0)];
  const share = TANGENT / Math.hypot(wide, high);
  const [dx, dy] = [share * wide, share * high];
  segment(context, [x - dx, y - dy], [x + dx, y + dy], { color: style.color, width: 1.3 });
  dot(context, [x, y], 5, style.color);
}

function drawLosses(context, state, numbers, size, theme) {
  const place = lossCurvesLayout(size, state);
  const styles = lossStyles(theme);
  const [start, end] = place.ends;
  const names = NAMES_OF_LOSSES.map((name) => ({
    words: LOSS_WORDS[name],
    style: styles[name],
    color: styles[name].color,
  }));
  legend(context, names, [4, size.width - 4], { y: 12, sample: 22, apart: 24 });
  axes(context, state, place, theme);
  const xs = [];
  for (let at = start + 0.25; at < end; at += 0.5) xs.push(at);
  const at = place.x(here(state));
  segment(context, [at, place.top], [at, place.base], { color: theme.D, width: 1.2, dash: [2, 3] });
  clipped(context, place.ends, place.top, place.base, () => {
    for (const name of NAMES_OF_LOSSES) {
      const { cost } = GENERATOR_LOSSES[name];
      const value = (pixel) => cost(byD(state) ? logitOf(place.x.invert(pixel)) : place.x.invert(pixel));
      curve(
        context,
        xs,
        xs.map((pixel) => Math.max(-1e4, Math.min(1e4, place.nats(value(pixel))))),
        styles[name],
      );
      const { cost: mine, inLogit, inD } = numbers[name];
      if (Math.abs(mine) < 1.5 * MOST) tangent(context, state, mine, byD(state) ? inD : inLogit, place, styles[name]);
    }
  });
}

const SAID = { minimax: "minimax", "non-saturating": "non-saturating", "maximum-likelihood": "maximum likelihood" };

// Three digits of what may be small or large.
const short = (value) => formatNumber(value, Math.abs(value) < 0.1 ? 4 : Math.abs(value) < 10 ? 2 : 0);

function lossesSentence({ s }, numbers) {
  const list = (key) => NAMES_OF_LOSSES.map((name) => `${SAID[name]} ${short(numbers[name][key])}`).join(", ");
  return `D = ${formatNumber(sigmoid(s), 3)}, logit ${formatNumber(s)}: slopes in the logit: ${list("inLogit")}; in D: ${list("inD")}.`;
}

export const LOSS_CURVES = {
  label: "Three losses of the generator at one sample, as curves of what the discriminator says of it.",
  start: { against: "logit", s: -3 },
  choices: [
    {
      key: "against",
      name: "Against",
      options: [
        [
          "logit",
          [
            ["the logit ", "plain"],
            ["s", "italic"],
          ],
        ],
        [
          "D",
          [
            ["D", "italic"],
            [" itself", "plain"],
          ],
        ],
      ],
    },
  ],
  knobs: [
    {
      key: "s",
      name: [
        ["s", "italic"],
        [" at ", "roman"],
        ["G", "italic"],
        ["(", "roman"],
        ["z", "italic"],
        [")", "roman"],
      ],
      said: "s, the logit of the discriminator at the sample",
      role: "D",
      min: -FAR,
      max: FAR,
      step: 0.05,
      wide: true,
    },
  ],
  height: (width) => Math.round(Math.min(400, Math.max(320, 0.46 * width))),
  measure: ({ s }) => costsAt(s),
  draw: drawLosses,
  sentence: lossesSentence,
  // Anywhere over the curves: D goes to where the hand is.
  grab([, down], state, size) {
    const place = lossCurvesLayout(size, state);
    if (down < place.top - 8 || down > place.base + 24) return null;
    return ([at]) => {
      const x = place.x.invert(at);
      return { s: byD(state) ? logitOf(Math.min(1 - 1e-9, Math.max(1e-9, x))) : x };
    };
  },
};
