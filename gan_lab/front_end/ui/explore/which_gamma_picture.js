// Cells with the numbers of games that hold, and the borders that eigenvalues foretell.

import { clipped, curve, filled, segment, widthOf, write } from "../../draw/canvas.js";

export const CELLS = 8; // of either side
const [LEFT, TOP, RIGHT, FOOT] = [44, 24, 12, 84];
const FULL = 0.42; // how much of the colour a cell has in which all games hold

export function cellsLayout({ width }) {
  const wide = Math.min(72, (width - LEFT - RIGHT) / CELLS);
  const high = Math.min(40, wide);
  const left = LEFT + Math.max(0, (width - LEFT - RIGHT - CELLS * wide) / 2);
  return { wide, high, left, right: left + CELLS * wide, base: TOP + CELLS * high };
}

export const heightOfCells = (width) => Math.round(cellsLayout({ width }).base + FOOT);

// The cell at a point, as changes of the state; null outside of all.
export function cellOfRecord([x, y], size) {
  const { wide, high, left, right, base } = cellsLayout(size);
  if (x < left || x >= right || y < TOP || y >= base) return null;
  return { row: Math.floor((base - y) / high - 1e-9), column: Math.floor((x - left) / wide) };
}

const middle = (place, row, column) => [
  place.left + (column + 0.5) * place.wide,
  place.base - (row + 0.5) * place.high,
];

// Where a rate lies: the middles of the cells are those of the grid, and between them its logarithm counts.
export function across(rate, rates, place) {
  const above = rates.findIndex((one) => one > rate);
  const i = Math.min(rates.length - 2, Math.max(0, (above < 0 ? rates.length : above) - 1));
  const part = Math.log(rate / rates[i]) / Math.log(rates[i + 1] / rates[i]);
  return place.left + (i + part + 0.5) * place.wide;
}

const channels = (color) => [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));

// The colour of a cell: opaque, so that it hides a line behind a number.
function cellColor(held, { seeds }, { faint, p_g }) {
  const [under, over] = [channels(faint), channels(p_g)];
  return `rgb(${under.map((c, i) => Math.round(c + FULL * (held / seeds || 0) * (over[i] - c)))})`;
}

// What is done with each cell: act(number of games that hold, its middle).
const each = ({ hits }, place, act) =>
  hits.forEach((line, row) => line.forEach((held, column) => act(held, middle(place, row, column))));

function cells(context, numbers, place, theme) {
  each(numbers, place, (held, [x, y]) => {
    const [left, top] = [x - place.wide / 2 + 0.5, y - place.high / 2 + 0.5];
    filled(context, [left, top, place.wide - 1, place.high - 1], cellColor(held, numbers, theme));
  });
}

function counts(context, numbers, place, theme) {
  each(numbers, place, (held, [x, y]) => {
    const half = widthOf(context, String(held)) / 2 + 3;
    filled(context, [x - half, y - 8, 2 * half, 16], cellColor(held, numbers, theme));
    write(context, String(held), [x, y], { color: held ? theme.ink : theme.muted, align: "center" });
  });
}

function axes(context, { gammas, rates }, place, theme) {
  gammas.forEach((gamma, row) =>
    write(context, String(gamma), [place.left - 6, middle(place, row, 0)[1]], {
      color: theme.muted,
      align: "right",
      kind: "small",
    }),
  );
  rates.forEach((rate, column) =>
    write(context, String(rate), [middle(place, 0, column)[0], place.base + 12], {
      color: theme.muted,
      align: "center",
      kind: "small",
    }),
  );
  write(context, [["γ", "italic"]], [place.left - 18, TOP - 14], { color: theme.ink });
  write(context, "learning rate of both", [place.right, place.base + 29], {
    color: theme.ink,
    align: "right",
    kind: "small",
  });
}

const MARKS = { foretold: [], dirac: [6, 4] };
const styleOf = (name, theme) => ({
  color: name === "dirac" ? theme.ink : theme.D,
  width: name === "dirac" ? 1.4 : 2.4,
  dash: MARKS[name],
});

function borders(context, { lines, rates }, place, theme) {
  clipped(context, [place.left, place.right], TOP, place.base, () => {
    for (const name of Object.keys(MARKS)) {
      const values = lines[name];
      const ys = values.map((_, row) => middle(place, row, 0)[1]);
      curve(
        context,
        values.map((rate) => across(rate, rates, place)),
        ys,
        styleOf(name, theme),
      );
    }
  });
}

function legend(context, { seeds, lines }, place, theme) {
  const small = { color: theme.muted, kind: "small" };
  const words = { foretold: "eigenvalues of these networks at rest, median", dirac: "eigenvalues of the Dirac-GAN" };
  write(context, seeds ? `games of ${seeds} that hold` : "", [place.left, place.base + 29], small);
  Object.keys(lines ? MARKS : {}).forEach((name, i) => {
    const y = place.base + 50 + 18 * i;
    segment(context, [place.left, y], [place.left + 28, y], styleOf(name, theme));
    write(context, words[name], [place.left + 36, y], small);
  });
  if (seeds && !lines)
    write(context, "no line: the eigenvalues are those of plain steps", [place.left, place.base + 50], small);
}

export function drawWhichGamma(context, state, numbers, size, theme) {
  const place = cellsLayout(size);
  cells(context, numbers, place, theme);
  axes(context, numbers, place, theme);
  if (numbers.lines) borders(context, numbers, place, theme);
  counts(context, numbers, place, theme);
  legend(context, numbers, place, theme);
  if (!numbers.seeds) return;
  const [x, y] = middle(place, state.row, state.column);
  const [right, up] = [place.wide / 2 - 1, place.high / 2 - 1];
  curve(context, [x - right, x + right, x + right, x - right, x - right], [y - up, y - up, y + up, y + up, y - up], {
    color: theme.ink,
    width: 2.4,
  });
}
