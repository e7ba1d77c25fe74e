// Where a function on a grid has one value: marching squares, chained into lines so that dashes show.

// Where the level lies between neighbours a and b, from 0 to 1.
const cross = (a, b, level) => (level - a) / (b - a);

// The edges of a square through which the line passes, in pairs. Corners go round from (row, column);
// edge k is between corners k and k + 1. In a saddle the mean decides what is joined.
function pairs(corners, level) {
  const above = corners.map((value) => value >= level);
  const cut = [0, 1, 2, 3].filter((k) => above[k] !== above[(k + 1) % 4]);
  if (cut.length < 4) return cut.length ? [cut] : [];
  const middle = corners.reduce((sum, value) => sum + value, 0) / 4 >= level;
  return middle === above[0]
    ? [
        [0, 1],
        [2, 3],
      ]
    : [
        [3, 0],
        [1, 2],
      ];
}

// Each edge of the grid has a number; `at` holds where it is cut, `joins` which edges it is joined to.
function cuts(values, n, level) {
  const at = new Map();
  const joins = new Map();
  const join = (a, b) => (joins.has(a) ? joins.get(a).push(b) : joins.set(a, [b]));
  for (let i = 0; i + 1 < n; i++)
    for (let j = 0; j + 1 < n; j++) {
      const k = i * n + j;
      const [a, b, c, d] = [values[k], values[k + 1], values[k + n + 1], values[k + n]];
      const low = a < level || b < level || c < level || d < level;
      const high = a >= level || b >= level || c >= level || d >= level;
      if (!(low && high) || Number.isNaN(a + b + c + d)) continue;
      const edges = [k, n * n + k + 1, k + n, n * n + k];
      const places = [
        () => [j + cross(a, b, level), i],
        () => [j + 1, i + cross(b, c, level)],
        () => [j + cross(d, c, level), i + 1],
        () => [j, i + cross(a, d, level)],
      ];
      for (const [from, to] of pairs([a, b, c, d], level)) {
        for (const edge of [from, to]) at.set(edges[edge], places[edge]());
        join(edges[from], edges[to]);
        join(edges[to], edges[from]);
      }
    }
  return { at, joins };
}

// Lines [[column, row], ...] on which the n x n values (row i, column j at i n + j) have this level,
// linear between neighbours; squares with a NaN have none. A closed line ends where it began.
export function contour(values, n, level) {
  const { at, joins } = cuts(values, n, level);
  const lines = [];
  const follow = (start) => {
    const line = [at.get(start)];
    let now = start;
    while (joins.get(now).length) {
      const next = joins.get(now).pop();
      const back = joins.get(next);
      back.splice(back.indexOf(now), 1);
      line.push(at.get(next));
      now = next;
    }
    lines.push(line);
  };
  for (const [edge, others] of joins) if (others.length === 1) follow(edge); // ends at a border
  for (const [edge, others] of joins) if (others.length) follow(edge);
  return lines;
}
