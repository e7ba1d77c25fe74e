// A pad on which a reader draws the target: a curve on the line, dots in the plane.
//
// By mouse, touch or keys. What is drawn is data of the kinds "drawn" and "dots", as in Python.

import { curve, dot, segment, write } from "../../../draw/canvas.js";
import { circles } from "../../../draw/plane/canvas.js";
import { scale, ticks } from "../../../draw/scales.js";
import { themeOf } from "../../../draw/theme.js";
import { element, sheet } from "../../elements.js";
import { pointOn } from "../../figure_parts.js";

const LINE = { low: -4, high: 4, columns: 65, height: 220 };
const PLANE = { low: -1.5, high: 1.5, apart: 0.07, jitter: 0.05 };
const EDGE = 26;
const clamp = (low, value, high) => Math.min(high, Math.max(low, value));
const round = (value) => Number(value.toFixed(3));

// The height at x of a line through points, 0 beyond them.
/** @type {(data: any, x: number) => number} */
function heightAt({ points, heights }, x) {
  const i = points.findIndex((point) => point >= x);
  if (i < 0 || (i === 0 && points[0] > x)) return 0;
  if (i === 0) return heights[0];
  const share = (x - points[i - 1]) / (points[i] - points[i - 1]);
  return heights[i - 1] + share * (heights[i] - heights[i - 1]);
}

// Heights 0 to 1 over columns from low to high; the density is made from them by whoever reads the data.
// It begins with what was drawn before, if that is what the data are.
export class LineDrawing {
  constructor(data = {}) {
    const top = data.kind === "drawn" ? Math.max(...data.heights) : 0;
    this.heights = Array.from({ length: LINE.columns }, (_, i) => (top ? round(heightAt(data, this.x(i)) / top) : 0));
    this.at = LINE.columns >> 1;
  }

  x(i) {
    return LINE.low + ((LINE.high - LINE.low) * i) / (LINE.columns - 1);
  }

  get empty() {
    return this.heights.every((h) => h === 0);
  }

  clear() {
    this.heights.fill(0);
  }

  // A stroke from one point (x, height) to the next: every column on the way gets its height.
  /** @type {(from: number[], to: number[]) => void} */
  stroke([x0, h0], [x1, h1]) {
    const column = (x) =>
      clamp(0, Math.round(((x - LINE.low) / (LINE.high - LINE.low)) * (LINE.columns - 1)), LINE.columns - 1);
    const [from, to] = [column(x0), column(x1)];
    const step = Math.sign(to - from) || 1;
    for (let i = from; ; i += step) {
      const share = from === to ? 1 : (i - from) / (to - from);
      this.heights[i] = round(clamp(0, h0 + share * (h1 - h0), 1));
      if (i === to) break;
    }
    this.at = to;
  }

  key(name) {
    const i = this.at;
    if (name === "ArrowLeft") this.at = Math.max(0, i - 1);
    else if (name === "ArrowRight") this.at = Math.min(LINE.columns - 1, i + 1);
    else if (name === "ArrowUp") this.heights[i] = round(clamp(0, this.heights[i] + 0.1, 1));
    else if (name === "ArrowDown") this.heights[i] = round(clamp(0, this.heights[i] - 0.1, 1));
    else if (name === " ")
      this.heights[(this.at = Math.min(LINE.columns - 1, i + 1))] = this.heights[i]; // copied on
    else return false;
    return true;
  }

  // The points of the curve, without the columns of height 0 beyond its ends; null before anything is drawn.
  data() {
    const there = this.heights.map((h, i) => (h > 0 ? i : -1)).filter((i) => i >= 0);
    if (!there.length) return null;
    const [from, to] = [Math.max(0, there[0] - 1), Math.min(LINE.columns - 1, there.at(-1) + 1)];
    const range = Array.from({ length: to - from + 1 }, (_, k) => from + k);
    return { kind: "drawn", points: range.map((i) => round(this.x(i))), heights: range.map((i) => this.heights[i]) };
  }

  words() {
    return `x = ${round(this.x(this.at))}, height ${this.heights[this.at]}`;
  }
}

export class PlaneDrawing {
  constructor(data = {}) {
    this.points = data.kind === "dots" ? data.points.map((point) => [...point]) : [];
    this.at = [0, 0];
  }

  get empty() {
    return this.points.length === 0;
  }

  clear() {
    this.points = [];
  }

  dot(point) {
    this.points.push(point.map((v) => round(clamp(PLANE.low, v, PLANE.high))));
  }

  // While the pointer is dragged, a dot wherever it has gone far enough.
  stroke(from, to) {
    this.at = to;
    const last = this.points.at(-1);
    if (!last || from === to || Math.hypot(to[0] - last[0], to[1] - last[1]) >= PLANE.apart) this.dot(to);
  }

  key(name) {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[name];
    if (move) this.at = this.at.map((v, i) => round(clamp(PLANE.low, v + 0.1 * move[i], PLANE.high)));
    else if (name === " ") this.dot(this.at);
    else if (name === "Backspace") this.points.pop();
    else return false;
    return true;
  }

  data() {
    return this.empty ? null : { kind: "dots", points: this.points, jitter: PLANE.jitter };
  }

  words() {
    return `at (${this.at.map(round).join(", ")}), ${this.points.length} dots`;
  }
}

const HELP = {
  1: "Draw the density from left to right, by mouse or finger. Keys: left and right choose a place, up and down its height, space copies it on.",
  2: "Tap for a dot, or drag for a row of them. Keys: the arrows move the cross, space puts a dot there, Backspace takes the last one away.",
};

function paintLine(context, drawing, { x, y, width }, theme) {
  for (const tick of ticks(LINE.low, LINE.high, width / 60))
    write(context, tick.label, [x(tick.value), y(0) + 14], { color: theme.muted, align: "center", kind: "small" });
  segment(context, [x(LINE.low), y(0)], [x(LINE.high), y(0)], { color: theme.ink, width: 1 });
  const columns = drawing.heights.map((_, i) => i);
  curve(
    context,
    columns.map((i) => x(drawing.x(i))),
    drawing.heights.map(y),
    { color: theme.p_data, width: 2.4, dash: [0, 5] },
  );
  const at = x(drawing.x(drawing.at));
  segment(context, [at, y(0)], [at, y(1)], { color: theme.line, width: 1, dash: [2, 3] });
  dot(context, [at, y(drawing.heights[drawing.at])], 4, theme.p_data);
}

function paintPlane(context, drawing, { x, y, width }, theme) {
  for (const tick of ticks(PLANE.low, PLANE.high, width / 60))
    write(context, tick.label, [x(tick.value), y(PLANE.low) + 14], {
      color: theme.muted,
      align: "center",
      kind: "small",
    });
  const corners = [
    [-1.5, -1.5],
    [1.5, -1.5],
    [1.5, 1.5],
    [-1.5, 1.5],
    [-1.5, -1.5],
  ];
  curve(
    context,
    corners.map(([a]) => x(a)),
    corners.map(([, b]) => y(b)),
    { color: theme.line, width: 1 },
  );
  circles(
    context,
    drawing.points.map(([a, b]) => [x(a), y(b)]),
    3,
    { color: theme.p_data, width: 1.4 },
  );
  const [px, py] = [x(drawing.at[0]), y(drawing.at[1])];
  segment(context, [px - 6, py], [px + 6, py], { color: theme.D, width: 1.4 });
  segment(context, [px, py - 6], [px, py + 6], { color: theme.D, width: 1.4 });
}

// Opens the pad over the page, with the data of now; `take(data)` when the reader wants to train on what
// was drawn.
export function openPad(dim, el, data, take) {
  const drawing = dim === 1 ? new LineDrawing(data) : new PlaneDrawing(data);
  const canvas = element("canvas", {
    tabindex: 0,
    class: "gan-lab-pad",
    role: "application",
    "aria-label": `The target. ${HELP[dim]}`,
  });
  const says = element("p", { role: "status" });
  const done = element(
    "button",
    { type: "button", class: "gan-lab-play", onclick: finish, disabled: "" },
    "Train on this",
  );
  const button = (words, act) => element("button", { type: "button", onclick: act }, words);
  const dialog = element(
    "dialog",
    { class: "gan-lab-dialog", "aria-label": "Draw your own target" },
    element("p", {}, HELP[dim]),
    canvas,
    says,
    element(
      "div",
      { class: "gan-lab-group" },
      done,
      button("Clear", () => (drawing.clear(), paint())),
      button("Cancel", () => dialog.close()),
    ),
  );
  const place = () => {
    const width = canvas.clientWidth;
    const height = dim === 1 ? LINE.height : width;
    const { low, high } = dim === 1 ? LINE : PLANE;
    return {
      width,
      height,
      x: scale([low, high], [EDGE, width - EDGE]),
      y: scale(dim === 1 ? [0, 1] : [low, high], [height - EDGE, EDGE]),
    };
  };
  function paint() {
    const where = place();
    canvas.style.height = `${where.height}px`;
    const context = sheet(canvas, where);
    if (context) (dim === 1 ? paintLine : paintPlane)(context, drawing, where, themeOf(el));
    done.disabled = drawing.empty;
    says.textContent = drawing.words();
  }
  function finish() {
    take(drawing.data());
    dialog.close();
  }
  const pointOf = (event) => {
    const [left, top] = pointOn(canvas, event);
    const { x, y } = place();
    return [x.invert(left), y.invert(top)];
  };
  let from = null;
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    from = pointOf(event);
    drawing.stroke(from, from);
    paint();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    const to = pointOf(event);
    drawing.stroke(from, to);
    from = to;
    paint();
  });
  canvas.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !drawing.key(event.key)) return;
    event.preventDefault();
    paint();
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    event.stopPropagation(); // a page of Sphinx would keep Escape for its search
    dialog.close();
  });
  dialog.addEventListener("close", () => dialog.remove());
  el.append(dialog);
  dialog.showModal();
  canvas.focus();
  paint();
  return dialog;
}
