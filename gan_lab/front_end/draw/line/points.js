// The points of Figure 1 that can be asked about: each of the minibatch, or else the arrows from z to G(z). A point is
// { who, x, z, share, out, paid } with its `spots`, the places in the picture at which it is drawn.

import { figure1Layout } from "./figure1.js";
import { heightAt } from "./minibatch_marks.js";
import { stripOf } from "./pays_strip.js";

const APART = 7; // pixels from D's curve, as the marks

// The places of one sample: under its stem, on the ruler, along D's curve.
function spotsOf(frame, place, x, { hanging, along, paid }) {
  const at = place.x(x);
  const onCurve = heightAt(frame.x, frame.D, x);
  return [
    [at, hanging ? place.line - 3 : place.ledge - 4],
    ...(Number.isFinite(onCurve) && along ? [[at, place.D(onCurve) + along]] : []),
    ...(Number.isFinite(paid) ? [[at, paid]] : []),
  ];
}

function ofMinibatch(frame, place, layers) {
  const { real, fake, moved, z, pays, out, player } = frame.minibatch;
  const price = layers.strip && pays.fake ? stripOf(place, pays).price : () => NaN;
  const told = (who, xs, k) => {
    const mine = who === "data" ? "real" : "fake";
    const paid = pays[mine]?.[k] ?? NaN;
    return {
      who,
      x: [xs[k]],
      out: out[mine]?.[k] ?? NaN,
      share: heightAt(frame.x, frame.D, xs[k]),
      paid,
      price: price(paid),
    };
  };
  const dim = z.length / fake.length;
  const points = moved ?? fake;
  const samples = Array.from(points, (x, k) => {
    const one = { ...told("sample", points, k), z: Array.from(z.subarray(k * dim, (k + 1) * dim)) };
    const spots = spotsOf(frame, place, x, {
      hanging: true,
      along: real || player === "G" ? -APART : 0,
      paid: one.price,
    });
    return { ...one, spots: dim === 1 ? [...spots, [place.z(z[k]), place.foot]] : spots };
  });
  const data = Array.from(real ?? [], (x, k) => {
    const one = told("data", real, k);
    return { ...one, spots: spotsOf(frame, place, x, { hanging: false, along: APART, paid: one.price }) };
  });
  return [...data, ...samples];
}

const ofArrows = (frame, place) =>
  Array.from(frame.G_z, (x, k) => ({
    who: "sample",
    x: [x],
    z: [frame.z[k]],
    share: heightAt(frame.x, frame.D, x),
    spots: [
      [place.x(x), place.line],
      [place.z(frame.z[k]), place.foot],
    ],
  }));

export function pointsOnLine(frame, size, layers) {
  const place = figure1Layout(frame, size, layers);
  const all = frame.minibatch ? ofMinibatch(frame, place, layers) : ofArrows(frame, place);
  const seen = ([x]) => x >= place.ends[0] - 1 && x <= place.ends[1] + 1;
  return all.map((point) => ({ ...point, spots: point.spots.filter(seen) })).filter(({ spots }) => spots.length);
}
