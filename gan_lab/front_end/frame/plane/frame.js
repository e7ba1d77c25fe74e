// What can be seen of a game in the plane at one moment, as arrays.
//
// D, samples, their pull and the image of the square of z are cheap and always of the moment. What needs
// the mesh (`frame/plane/measure.js`), D*, V, C, the JSD and the modes found, is there when it was measured at
// this very moment; else `measured` has an earlier one's, and `still` what is needed to measure this one.
// Nats.

import { LATENTS } from "../../data/latents.js";
import { LOSSES } from "../../training/losses.js";
import { isBefore, isMeasured, momentOf, withMeasured } from "../measured.js";
import { accuracyOf, freeSum, readoutOf, shareBetween, squeezed } from "../readout.js";
import { frozen, measuring, playersOf, thawed } from "./measure.js";
import { settingOf } from "./setting.js";

const CELLS = 48; // of the picture, on each side
const MESH = 224; // its square is the number of z
const SHOWN = 200; // samples
const SIDE = 16; // squares of z on a side
const ALONG = 256; // stretches of a z of one number

// Minus the slope of the generator's cost at each sample, times their number: where it wants to go.
function pullOn(fake, of_real, players, { recipe: { loss }, scale }) {
  const { value, slope } = players.slopes(fake);
  const { fake: alone, pairs } = LOSSES[loss].G;
  return slope.map((v, i) => {
    const p = Math.floor(i / 2);
    const drive = pairs ? pairs.slope(of_real[p] - value[p]) : -alone.slope(value[p]);
    return (drive * v) / scale;
  });
}

// G of a square of z, rows of its second coordinate, at the quantiles (i + 1/2) / (side + 1).
function warpOf(G, { latent, latent_dim }) {
  if (latent === "bernoulli" || latent_dim > 2) return null;
  const side = latent_dim === 1 ? ALONG : SIDE;
  const level = Float64Array.from({ length: side + 1 }, (_, i) => LATENTS[latent].ppf((i + 0.5) / (side + 1)));
  if (latent_dim === 1) return { side, points: G(level), curve: true };
  const z = new Float64Array(2 * (side + 1) ** 2);
  level.forEach((v, i) => level.forEach((u, j) => z.set([u, v], 2 * (i * (side + 1) + j))));
  return { side, points: G(z) };
}

// What needs the mesh, into `memory`: all of it now, or, after the first time, some more of what was
// begun at an earlier moment, as long as there is `more` time. What is of a later moment never was.
function measureInto(memory, training, setting, { heavy, more }) {
  if (heavy || !memory.measured || isBefore(training, memory.measured.at)) {
    memory.walk = measuring(training, setting);
    more = () => true;
  }
  memory.walk ??= measuring(thawed(frozen(training)), setting);
  do {
    const { value, done } = memory.walk.next();
    if (!done) continue;
    memory.measured = value;
    memory.walk = null;
  } while (memory.walk && more());
}

// What a frame had to be seen without, from its `still`: a walk as `measuring` is.
export const measuringLater = (still, { cells = CELLS, mesh = MESH } = {}) =>
  measuring(thawed(still), settingOf(still.recipe, cells, mesh));

// The frame of a game as it is now. `memory` is an object in which what needs the mesh is kept; without
// `heavy` the frame has what is there, and as long as `more()` says so the next one is worked out.
export function frameInPlane(training, options = {}) {
  const { memory = {}, heavy = true, more = () => false, cells = CELLS, mesh = MESH } = options;
  const { recipe } = training;
  const setting = settingOf(recipe, cells, mesh);
  const players = playersOf(training);
  measureInto(memory, training, setting, { heavy, more });
  const fake = players.G(setting.z.subarray(0, SHOWN * recipe.latent_dim));
  const real = setting.real.subarray(0, 2 * SHOWN);
  const reading = readoutOf(recipe.loss);
  const v = players.D(setting.centres);
  const [of_real, of_fake] = [players.D(real), players.D(fake)];
  const sum = reading.free ? freeSum(of_real, of_fake) : 0;
  const shown = reading.score ? squeezed(v) : { D: v.map((output) => reading.shown(output - sum)) };
  const at = reading.score ? shareBetween(shown.range) : (output) => reading.shown(output - sum);
  /** @type {any} */
  const frame = {
    dim: 2,
    ...momentOf(training),
    turn: training.turn,
    loss_D: training.loss_D,
    loss_G: training.loss_G,
    grad_G: training.gradientNormG,
    D_kind: reading.score ? "score" : "probability",
    loss: recipe.loss,
    accuracy: accuracyOf(of_real, of_fake, reading, sum),
    box: setting.p_data.box,
    cells,
    D: shown.D,
    real: real.slice(),
    fake,
    z: setting.z.slice(0, SHOWN * recipe.latent_dim),
    D_real: of_real.map(at),
    D_fake: of_fake.map(at),
    pull: pullOn(fake, of_real, players, training),
    warp: warpOf(players.G, recipe),
    modes: setting.p_data.modes,
    modes_of: setting.p_data.modes.length,
    quality_perfect: setting.p_data.quality,
  };
  if (reading.score) frame.score_range = shown.range;
  const seen = withMeasured(frame, memory.measured);
  return isMeasured(seen) ? seen : { ...seen, still: frozen(training) };
}
