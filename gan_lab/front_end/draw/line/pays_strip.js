// What each sample of a minibatch pays, over its tick: a strip between the curves and the ruler, in nats where D's output
// is a logit. Stems begin at 0; a ring ends one of the data, a cross one of G(z), and a dashed line is the mean.

import { playsForV } from "../../frame/pays.js";
import { formatNumber } from "../../numeric/format.js";
import { meanOf } from "../../numeric/mean.js";
import { segment, triangle, write } from "../canvas.js";
import { spotsAlong, writeFree } from "../labels.js";
import { circles, crosses, strokes } from "../plane/canvas.js";
import { scale } from "../scales.js";

export const STRIP = 72; // pixels
const EDGE = 8; // above and below the stems
const TICKS = 11; // what stands on the ruler
const MOST = 8; // a price beyond it is cut
const ENDS = [0.5, 1, 2, 4, MOST];
const MEAN = { width: 1.2, dash: [5, 3] };

const finite = (values) => Array.from(values ?? []).filter(Number.isFinite);
const reach = (value) => ENDS.find((end) => value <= end) ?? MOST;

// The prices at the strip's lower and upper edge: 0 and what is far enough, or both sides of it.
/** @type {(pays: any) => [number, number]} */
export function rangeOfPays({ real, fake }) {
  const all = [...finite(real), ...finite(fake)];
  const [least, most] = [Math.min(0, ...all), Math.max(0, ...all)];
  return [least < 0 ? -reach(-least) : 0, most > 0 || least === 0 ? reach(most) : 0];
}

// The strip of a picture that has one: { top, bottom, price }, the scale of prices.
export function stripOf({ base, ledge }, pays) {
  const [top, bottom] = [base + EDGE, ledge - TICKS];
  return { top, bottom, price: scale(rangeOfPays(pays), [bottom, top]) };
}

// Words for what is paid, for whom.
export const whatIsPaid = ({ loss, minibatch: { player } }) =>
  player === "G" ? "G’s loss" : playsForV(loss) ? "paid into V" : "D’s loss";

// Where the stems end, and those of them that are cut.
function endsOf(xs, pays, { price, top, bottom }, { x, ends: [start, end] }) {
  const [low, high] = [price.invert(bottom), price.invert(top)];
  const found = Array.from(pays, (paid, k) => {
    const at = [x(xs[k]), price(Math.min(high, Math.max(low, paid)))];
    return { at, cut: paid > high ? -1 : Number(paid < low) };
  });
  return found.filter(({ at }) => at[0] >= start && at[0] <= end && !Number.isNaN(at[1]));
}

function stems(context, xs, pays, strip, place, color) {
  const all = endsOf(xs, pays, strip, place);
  strokes(context, { color, width: 1 }, () => {
    for (const { at } of all) {
      context.moveTo(at[0], strip.price(0));
      context.lineTo(at[0], at[1]);
    }
  });
  for (const { at, cut } of all) if (cut) beyond(context, at, cut, color);
  return all.filter(({ cut }) => !cut).map(({ at }) => at);
}

// One that goes on beyond the strip.
/** @type {(context: any, at: number[], down: number, color: string) => void} */
const beyond = (context, [x, y], down, color) =>
  triangle(
    context,
    [
      [x - 3, y - 2 * down],
      [x + 3, y - 2 * down],
      [x, y + 4 * down],
    ],
    color,
  );

function mean(context, pays, strip, place, color, above, theme) {
  const value = meanOf(pays);
  const y = strip.price(value);
  if (!Number.isFinite(y) || y < strip.top - 1 || y > strip.bottom + 1) return;
  segment(context, [place.ends[0], y], [place.ends[1], y], { ...MEAN, color });
  const room = { room: [place.ends[0], strip.top - EDGE, place.ends[1], strip.bottom + EDGE], taken: place.taken };
  writeFree(context, `mean ${formatNumber(value)}`, spotsAlong(place.ends, y, above), room, {
    color,
    kind: "plain",
    halo: theme.paper,
  });
}

function axis(context, strip, place, theme) {
  const [start, end] = place.ends;
  segment(context, [start, strip.price(0)], [end, strip.price(0)], { color: theme.line, width: 1 });
  segment(context, [start, strip.top], [start, strip.bottom], { color: theme.line, width: 1 });
  for (const [y, inside] of [
    [strip.top, 4],
    [strip.bottom, -2],
  ]) {
    const value = strip.price.invert(y);
    const words = formatNumber(value, Number.isInteger(value) ? 0 : 1);
    write(context, words, [start - 7, y + inside], { color: theme.muted, align: "right", kind: "plain" });
  }
}

// The strip; of a picture without a minibatch it says what will stand there.
export function drawPays(context, frame, place, theme) {
  const { real = null, fake = null } = frame.minibatch?.pays ?? {};
  const strip = stripOf(place, { real, fake });
  const [start, end] = place.ends;
  const middle = [(start + end) / 2, (strip.top + strip.bottom) / 2];
  if (!fake) {
    const words = frame.minibatch ? "this loss has no price of a single point" : "what each sample pays";
    write(context, words, middle, { color: theme.muted, align: "center", kind: "plain" });
    return;
  }
  axis(context, strip, place, theme);
  const { minibatch } = frame;
  const made = stems(context, minibatch.moved ?? minibatch.fake, fake, strip, place, theme.p_g);
  crosses(context, made, 2.2, { color: theme.p_g, width: 1.2 });
  if (real)
    circles(context, stems(context, minibatch.real, real, strip, place, theme.p_data), 1.8, {
      color: theme.p_data,
      width: 1.1,
    });
  named(context, frame, strip, place, theme);
  if (real) mean(context, real, strip, place, theme.p_data, true, theme);
  mean(context, fake, strip, place, theme.p_g, false, theme);
}

// What the heights are, where the stems end last.
function named(context, frame, strip, place, theme) {
  const [start] = place.ends;
  const spots = [strip.top + 7, strip.bottom - 5].map((y) => ({ x: start + 6, y, align: "left" }));
  if (strip.price(0) < middleOf(strip)) spots.reverse(); // stems hang from above
  const room = { room: [start, strip.top - EDGE, place.ends[1], strip.bottom + EDGE], taken: place.taken };
  writeFree(context, whatIsPaid(frame), spots, room, { color: theme.muted, kind: "plain", halo: theme.paper });
}

const middleOf = ({ top, bottom }) => (top + bottom) / 2;
