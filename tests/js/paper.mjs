// A canvas context that draws nothing and remembers: each stroke, fill and word, in order, with the
// style that it had and the points of its path. Images keep the pixels that were put on their canvas.

globalThis.OffscreenCanvas = class {
  constructor(width, height) {
    Object.assign(this, { width, height, sheet: paper() });
  }
  getContext() {
    return this.sheet.context;
  }
};

export function paper() {
  const made = [];
  const kept = [];
  let style = { strokeStyle: "", fillStyle: "", lineWidth: 1, lineCap: "butt", globalAlpha: 1, font: "", dash: [] };
  let path = [];
  const context = {
    save: () => kept.push({ ...style }),
    restore: () => (style = kept.pop()),
    beginPath: () => (path = []),
    closePath() {},
    moveTo: (x, y) => path.push({ x, y, pen: "up" }),
    lineTo: (x, y) => path.push({ x, y, pen: "down" }),
    arc: (x, y, r) => path.push({ x, y, r }),
    rect: (x, y, w, h) => path.push({ x, y, w, h }),
    clip: () => made.push({ kind: "clip", path: [...path] }),
    stroke: () => made.push({ kind: "stroke", ...style, path: [...path] }),
    fill: () => made.push({ kind: "fill", ...style, path: [...path] }),
    fillText: (text, x, y) => made.push({ kind: "word", ...style, text, x, y }),
    strokeText: (text, x, y) => made.push({ kind: "halo", ...style, text, x, y }),
    createImageData: (width, height) => ({ width, height, data: new Uint8ClampedArray(4 * width * height) }),
    putImageData: (image) => made.push({ kind: "pixels", image }),
    drawImage: (canvas, x, y, w, h) => made.push({ kind: "image", ...style, canvas, x, y, w, h }),
    getTransform: () => ({ a: 1, b: 0, c: 0, d: 1, e: 0, f: 0 }),
    setTransform() {},
    measureText: (text) => ({ width: 7 * text.length }),
    setLineDash: (dash) => (style.dash = [...dash]),
  };
  for (const name of [
    "strokeStyle",
    "fillStyle",
    "lineWidth",
    "lineCap",
    "lineJoin",
    "globalAlpha",
    "font",
    "textAlign",
    "textBaseline",
    "imageSmoothingEnabled",
  ])
    Object.defineProperty(context, name, { get: () => style[name], set: (value) => (style[name] = value) });
  const strokes = (color) => made.filter((m) => m.kind === "stroke" && m.strokeStyle === color);
  const words = () => made.filter((m) => m.kind === "word");
  return { context, made, strokes, words, depth: () => kept.length };
}
