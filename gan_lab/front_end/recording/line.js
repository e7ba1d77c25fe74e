// Frames on the line, as a recording's arrays have them.

import { CURVES, checkArrays, PHASES, SHARED } from "./checks.js";

const NUMBERS = ["t", "turn", "V", "C", "jsd", "loss_D", "loss_G"];

// Points of positive probability under G, which have no density: rows of frame, x, mass.
function atomsOf(array) {
  const [rows, flat] = array ? [array.shape[0], array.values] : [0, []];
  return Array.from({ length: rows }, (_, i) => {
    const [frame, x, mass] = flat.slice(3 * i, 3 * i + 3);
    return { frame, x, mass };
  });
}

// For each frame the graph of its p_g as a line, { x, p_g }; none in a recording of format 1. A frame of no vertices
// has those of the frame before it.
function outlinesOf({ vertices, outline_x: x, outline_p_g: p_g }) {
  let end = 0;
  let found;
  return Array.from(vertices?.values ?? [], (count) => {
    if (count) found = { x: x.values.subarray(end, end + count), p_g: p_g.values.subarray(end, end + count) };
    end += count;
    return found;
  });
}

function frames(arrays) {
  const history = { length: arrays.t.values.length };
  for (const name of NUMBERS) history[name] = arrays[name].values;
  const atoms = atomsOf(arrays.atoms);
  const outlines = outlinesOf(arrays);
  const row = (name, i) => {
    const width = arrays[name].shape[1];
    return arrays[name].values.subarray(i * width, (i + 1) * width);
  };
  const frame = (i) => {
    const made = {};
    for (const name of SHARED) made[name] = arrays[name].values;
    for (const name of CURVES) made[name] = row(name, i);
    for (const name of NUMBERS) made[name] = history[name][i];
    made.turn = PHASES[made.turn];
    made.atoms = atoms.filter((atom) => atom.frame === i);
    if (outlines[i]) made.outline = outlines[i];
    if (made.D.every(Number.isNaN)) made.D_kind = "unknown";
    return made;
  };
  return { frame, history, rules: {} };
}

export const LINE = {
  dim: 1,
  whole: ["t", "turn", "vertices"],
  byRow: false,
  check: (arrays, { panels }) => checkArrays(arrays, panels),
  frames,
};
