// Strokes and colours that only the plane needs: maps of cells, hatching, and many small marks at once.

// A canvas that is nowhere on the page, by itself a square.
export function hiddenCanvas(width, height = width) {
  // @ts-ignore: TypeScript 4.8 does not know it
  if (typeof OffscreenCanvas !== "undefined") return new OffscreenCanvas(width, height);
  return Object.assign(document.createElement("canvas"), { width, height });
}

// One mark many times: paint(context) paints it once around [0, 0], not further than `reach`, as finely
// as the screen is, and it is copied to whole pixels of the screen around each point.
export function stamps(context, points, reach, paint) {
  const { a: fine, e, f } = context.getTransform();
  const half = Math.ceil(reach * fine);
  const mark = hiddenCanvas(2 * half);
  const own = mark.getContext("2d");
  own.setTransform(fine, 0, 0, fine, half, half);
  paint(own);
  const whole = (at, shift) => (Math.round(at * fine + shift) - shift - half) / fine;
  const side = (2 * half) / fine;
  for (const [x, y] of points) context.drawImage(mark, whole(x, e), whole(y, f), side, side);
}

// From `generated` at 0 over `middle` at 1/2 to `data` at 1: red, green and blue of a share.
export function heatOf(share, { generated, middle, data }) {
  const far = Math.min(1, Math.abs(2 * share - 1));
  const end = share < 0.5 ? generated : data;
  return middle.map((channel, i) => Math.round(channel + far * (end[i] - channel)));
}

const STEPS = 256;
const palettes = new Map();

// The colours of STEPS + 1 equally spaced shares, one after another.
function paletteOf(heat) {
  if (!palettes.has(heat))
    palettes.set(
      heat,
      Array.from({ length: STEPS + 1 }, (_, k) => heatOf(k / STEPS, heat)),
    );
  return palettes.get(heat);
}

// n x n shares, row 0 lowest, into the box [x, y, width, height]; NaN leaves what lies behind.
// Bilinear between the centres of cells, which is what the lines of `contour` are exact for.
export function heatMap(context, shares, n, [x, y, width, height], heat) {
  const palette = paletteOf(heat);
  const image = context.createImageData(n, n);
  for (let row = 0, at = 0; row < n; row++)
    for (let column = 0; column < n; column++, at += 4) {
      const share = shares[(n - 1 - row) * n + column];
      if (Number.isNaN(share)) continue;
      const color = palette[Math.round(STEPS * Math.min(1, Math.max(0, share)))];
      image.data[at] = color[0];
      image.data[at + 1] = color[1];
      image.data[at + 2] = color[2];
      image.data[at + 3] = 255;
    }
  const small = hiddenCanvas(n);
  small.getContext("2d").putImageData(image, 0, 0);
  context.save();
  context.imageSmoothingEnabled = true;
  context.drawImage(small, x, y, width, height);
  context.restore();
}

// Diagonal lines all over the box [x, y, width, height].
export function hatch(context, [x, y, width, height], { color, apart = 7 }) {
  context.save();
  context.beginPath();
  context.rect(x, y, width, height);
  context.clip();
  context.beginPath();
  context.strokeStyle = color;
  context.lineWidth = 1;
  for (let at = x - height; at < x + width; at += apart) {
    context.moveTo(at, y + height);
    context.lineTo(at + height, y);
  }
  context.stroke();
  context.restore();
}

// Stroke one path with many parts; with a halo, first wider in that colour, so that it stands out.
export function strokes(context, { color, width, dash = [], halo = undefined, cap = "butt" }, path) {
  context.save();
  context.beginPath();
  path();
  context.lineJoin = "round";
  context.lineCap = cap;
  context.setLineDash(dash);
  if (halo) {
    context.strokeStyle = halo;
    context.lineWidth = width + 2.2;
    context.stroke();
  }
  context.strokeStyle = color;
  context.lineWidth = width;
  context.stroke();
  context.restore();
}

export function circles(context, points, radius, style) {
  strokes(context, style, () => {
    for (const [x, y] of points) {
      context.moveTo(x + radius, y);
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
  });
}

export function crosses(context, points, reach, style) {
  strokes(context, style, () => {
    for (const [x, y] of points) {
      context.moveTo(x - reach, y - reach);
      context.lineTo(x + reach, y + reach);
      context.moveTo(x - reach, y + reach);
      context.lineTo(x + reach, y - reach);
    }
  });
}

// Lines of points: [[x, y], ...] each.
export function chains(context, lines, style) {
  strokes(context, style, () => {
    for (const line of lines) line.forEach(([x, y], i) => (i ? context.lineTo(x, y) : context.moveTo(x, y)));
  });
}

// Arrows [from, to, cut], their heads as long as fits; one that was cut has two heads.
export function arrows(context, all, { color, width, halo }) {
  const seen = all.filter(([from, to]) => Math.hypot(to[0] - from[0], to[1] - from[1]) >= 1);
  strokes(context, { color, width, halo }, () => {
    for (const [from, to] of seen) {
      context.moveTo(...from);
      context.lineTo(...to);
    }
  });
  context.save();
  context.fillStyle = color;
  context.beginPath();
  for (const [[x1, y1], [x2, y2], cut] of seen) {
    const long = Math.hypot(x2 - x1, y2 - y1);
    const [a, b] = [(x2 - x1) / long, (y2 - y1) / long];
    const head = Math.min(6, 0.6 * long);
    for (const back of cut ? [0, 0.8 * head] : [0]) {
      const [x, y] = [x2 - back * a, y2 - back * b];
      context.moveTo(x + 0.2 * head * a, y + 0.2 * head * b);
      context.lineTo(x - head * a - 0.45 * head * b, y - head * b + 0.45 * head * a);
      context.lineTo(x - head * a + 0.45 * head * b, y - head * b - 0.45 * head * a);
      context.closePath();
    }
  }
  context.fill();
  context.restore();
}
