// A curve that the reader draws, place by place: in one stroke of a mouse or a finger, or by the keys of a slider at
// each place. Once it is computed, the true curve stands in the same picture.

import { formatNumber } from "../../numeric/format.js";
import { element } from "../elements.js";
import { stepBetween } from "./fields.js";

const NEAR = 32; // pixels, within which a finger takes the curve and does not scroll the page
const SVG = "http://www.w3.org/2000/svg";

const percent = (value, [low, high]) => Math.min(100, Math.max(0, (100 * (value - low)) / (high - low)));

function shape(kind, points) {
  const line = document.createElementNS(SVG, kind === "gan-lab-gap" ? "polygon" : "polyline");
  line.setAttribute("class", kind);
  line.setAttribute("points", points.map(([x, y]) => `${x.toFixed(2)},${(100 - y).toFixed(2)}`).join(" "));
  return line;
}

// A point at a place, in percent of the picture.
const dot = (kind, [x, y]) =>
  element("i", { class: `gan-lab-dot ${kind}`, style: `left: ${x.toFixed(2)}%; top: ${(100 - y).toFixed(2)}%` });

export function buildSketch({ places, ends, number, digits }) {
  const at = places.map((_, i) => (100 * (i + 0.5)) / places.length);
  const step = stepBetween(ends);
  const inputs = places.map((place) =>
    element("input", { type: "range", min: ends[0], max: ends[1], step, "aria-label": place }),
  );
  const lines = document.createElementNS(SVG, "svg");
  for (const [name, value] of Object.entries({ viewBox: "0 0 100 100", preserveAspectRatio: "none" }))
    lines.setAttribute(name, value);
  lines.setAttribute("aria-hidden", "true");
  const dots = element("div", { "aria-hidden": "true" });
  const plot = element("div", { class: "gan-lab-plot" }, lines, dots, ...inputs);
  const marks = places.map((place, i) => element("span", { style: `left: ${at[i]}%` }, place));
  const sides = [ends[1], ends[0]].map((end) => element("span", {}, formatNumber(end, roundDigits(end))));
  const board = element(
    "div",
    { class: "gan-lab-sketch" },
    element("div", { class: "gan-lab-upright", "aria-hidden": "true" }, ...sides),
    plot,
    element("div", { class: "gan-lab-places", "aria-hidden": "true" }, ...marks),
  );
  let truth = null; // [as written, as mended], once computed
  let moved = false;

  const values = () => inputs.map(({ value }) => Number(value));
  const pointsOf = (curve) => curve.map((y, i) => [at[i], percent(y, ends)]);
  const show = () => {
    const yours = pointsOf(values());
    const [written, mended] = (truth ?? []).map(pointsOf);
    const shapes = [shape("gan-lab-line gan-lab-you", yours)];
    if (written) {
      shapes.unshift(shape("gan-lab-gap", [...yours, ...written.toReversed()]));
      shapes.push(shape("gan-lab-line gan-lab-written", written));
    }
    if (mended?.length) shapes.push(shape("gan-lab-line gan-lab-mended", mended));
    lines.replaceChildren(...shapes);
    dots.replaceChildren(
      ...yours.map((point) => dot("gan-lab-you", point)),
      ...(written ?? []).map((point) => dot("gan-lab-written", point)),
      ...(mended ?? []).map((point) => dot("gan-lab-mended", point)),
    );
    inputs.forEach((input, i) => {
      input.style.left = `${at[i]}%`;
      input.style.top = `${100 - yours[i][1]}%`;
      input.setAttribute("aria-valuetext", formatNumber(Number(input.value), digits));
    });
  };
  const put = (i, y) => {
    inputs[i].value = y;
    moved = true;
  };
  for (const input of inputs)
    input.addEventListener("input", () => {
      moved = true;
      show();
    });
  drawn(plot, { inputs, ends, put, show });
  return {
    rows: [element("p", { class: "gan-lab-upright-name", "aria-hidden": "true" }, number), board],
    get: () => (moved ? values() : null),
    set(answer) {
      moved = answer !== null;
      inputs.forEach((input, i) => (input.value = answer?.[i] ?? (ends[0] + ends[1]) / 2));
      show();
    },
    reveal(found) {
      truth = found;
      show();
    },
  };
}

const roundDigits = (value) => [0, 1, 2].find((n) => Math.abs(value - Number(value.toFixed(n))) < 1e-9) ?? 2;

// A stroke of the pointer over the plot: it sets the nearest place, and those that a fast stroke has skipped. A second
// finger draws nothing.
function drawn(plot, { inputs, ends, put, show }) {
  let last = null;
  const reach = ({ clientX, clientY }) => {
    const box = plot.getBoundingClientRect();
    const place = Math.floor(((clientX - box.left) / box.width) * inputs.length);
    const up = Math.min(1, Math.max(0, (box.bottom - clientY) / box.height));
    return { place: Math.min(inputs.length - 1, Math.max(0, place)), y: ends[0] + up * (ends[1] - ends[0]), box };
  };
  const stroke = (event) => {
    const { place, y } = reach(event);
    const from = last ?? { place, y };
    const steps = Math.abs(place - from.place);
    for (let k = steps ? 1 : 0; k <= steps; k++) {
      const share = steps ? k / steps : 1;
      put(from.place + Math.sign(place - from.place) * k, from.y + share * (y - from.y));
    }
    last = { place, y };
    show();
  };
  plot.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || !event.isPrimary || inputs[0].matches(":disabled")) return;
    event.preventDefault();
    plot.setPointerCapture(event.pointerId);
    stroke(event);
    inputs[last.place].focus({ preventScroll: true });
  });
  plot.addEventListener("pointermove", (event) => last && event.isPrimary && stroke(event));
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"])
    plot.addEventListener(end, ({ isPrimary }) => isPrimary && (last = null));
  const hold = (event) => {
    const { place, box } = reach(event.touches[0]);
    const dotAt = box.bottom - (percent(Number(inputs[place].value), ends) / 100) * box.height;
    const near = Math.abs(event.touches[0].clientY - dotAt) < NEAR;
    if (event.cancelable && near && !inputs[0].matches(":disabled")) event.preventDefault();
  };
  plot.addEventListener("touchstart", hold, { passive: false });
}
