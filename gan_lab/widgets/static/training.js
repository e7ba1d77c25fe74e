// Algorithm 1 of Goodfellow et al. 2014 in the page: k steps of D, one of G, as gan_lab/training.py has
// it, line by line. The same recipe and seed give the same first weights and minibatches as there.
//
// Both players work in D's own units, which are those of the data unless the recipe standardises;
// everything handed out is in data units. With dtype float32 the numbers that are kept (weights,
// moments, minibatches) are rounded to float32; what is computed within a step is in float64.

import { CONSTRAINTS } from "./constraints.js";
import { dimOf, unitsOf } from "./kinds_of_data.js";
import { costOf, LOSSES, softened } from "./losses.js";
import { Minibatches } from "./minibatches.js";
import { values, valuesWithSlopes } from "./network_values.js";
import { firstWeights, MLP, Pass } from "./networks.js";
import { PENALTIES, penalise } from "./penalties.js";
import { Player } from "./player.js";
import { recipeOf, same } from "./recipe.js";
import { PURPOSE, Stream } from "./streams.js";

// The fields of a recipe that a running game cannot change.
export const BUILT_IN = [
  "data",
  "latent_dim",
  "G",
  "D",
  "gain",
  "standardise",
  "members",
  "seed",
  "dtype",
  "packing",
];


export class Training {
  constructor(recipe) {
    recipe = recipeOf(recipe);
    this.dim = dimOf(recipe.data);
    Object.assign(this, unitsOf(recipe)); // center and scale
    this.round = recipe.dtype === "float32" ? Math.fround : (x) => x;
    this.stream = new Stream(recipe.seed);
    const of_G = [recipe.latent_dim, ...recipe.G, this.dim];
    const of_D = [this.dim, ...recipe.D, 1];
    const first = (widths, purpose, gain) => firstWeights(widths, this.stream, purpose, gain, this.round);
    this.players = {
      G: new Player(of_G, recipe, first(of_G, PURPOSE.G_WEIGHTS, recipe.gain)),
      D: new Player(of_D, recipe, first(of_D, PURPOSE.D_WEIGHTS, 1)),
    };
    this.average = null; // G's averaged weights, flat
    this.obey(recipe);
    [this.loss_D, this.loss_G, this.gradientNormG] = [NaN, NaN, NaN];
    [this.t, this.steps, this.turn, this.stopped] = [0, 0, "start", null];
    this.mover = null; // who moved last: its weights before are what a bad cost brings back
  }

  get G() {
    return this.players.G.net;
  }

  get D() {
    return this.players.D.net;
  }

  // Play by this recipe from now on: all that it says and that is not in BUILT_IN.
  obey(recipe) {
    this.recipe = recipe;
    this.minibatches = new Minibatches(recipe, this.stream, this.center, this.scale, this.round);
    for (const player of Object.values(this.players)) player.obey(recipe);
    this.average = recipe.ema ? (this.average ?? this.G.flat.slice()) : null;
    this.penalties = Object.keys(PENALTIES).filter((name) => recipe[name] > 0);
    this.makeRoom();
    this.constrain();
  }

  // The arrays that steps work in. D's rows are the data, G's points and, for GP, points between.
  makeRoom() {
    const { m, latent_dim } = this.recipe;
    const between = this.penalties.some((name) => PENALTIES[name].at === "between");
    this.starts = { real: 0, fake: m, between: 2 * m };
    this.pass_G = new Pass(this.G.widths, m);
    this.pass_D = new Pass(this.D.widths, between ? 3 * m : 2 * m, this.penalties.length > 0);
    this.real = this.pass_D.x.subarray(0, m * this.dim);
    this.fake = this.pass_D.x.subarray(m * this.dim, 2 * m * this.dim);
    this.z = this.pass_G.x;
    this.noise = new Float64Array(m * this.dim);
    this.u = new Float64Array(between ? m : 0);
    this.spare = { z: new Float64Array(m * latent_dim), x: new Float64Array(m * this.dim) };
  }

  // Go on by other rules: weights and t stay, and so do the moments of the same optimizer. Throws an
  // Error, and changes nothing, for what is no recipe and for what is built in.
  change(changes) {
    const recipe = recipeOf({ ...this.recipe, ...changes });
    for (const name of BUILT_IN)
      if (!same(recipe[name], this.recipe[name]))
        throw new Error(`${name} is built into a running game: start a new one to change it.`);
    this.obey(recipe);
  }

  // A rate of the recipe as its schedule has it now.
  rate(rate) {
    const { schedule, iterations } = this.recipe;
    if (schedule === "constant") return rate;
    return rate * 0.5 * (1 + Math.cos(Math.PI * Math.min(1, this.t / iterations)));
  }

  // Runs Algorithm 1; an iteration that D has begun is finished first, and counts.
  play(iterations) {
    for (let i = 0; i < iterations && !this.over; i++) {
      while (this.steps < this.recipe.k && !this.over) this.updateDiscriminator();
      if (!this.over) this.updateGenerator();
    }
  }

  // Runs Algorithm 1 a line at a time. The minibatches of a line that samples are the very ones that
  // the next move uses (without its instance noise); x is in data units.
  *lines(iterations = 1) {
    for (let i = 0; i < iterations; i++) {
      while (this.steps < this.recipe.k && !this.over) {
        const { z, x } = this.spare;
        this.minibatches.noiseForD(this.t, this.steps, z);
        yield { name: "sample noise for D", z: z.slice(), x: this.generate(z) };
        this.minibatches.dataForD(this.t, this.steps, x);
        yield { name: "sample data for D", x: this.inDataUnits(x.slice()) };
        this.updateDiscriminator();
        yield { name: "move D", loss: this.loss_D };
      }
      if (this.over) return;
      const { z } = this.spare;
      this.minibatches.noiseForG(this.t, z);
      yield { name: "sample noise for G", z: z.slice(), x: this.generate(z) };
      this.updateGenerator();
      yield { name: "move G", loss: this.loss_G };
    }
  }

  get over() {
    return this.stopped !== null;
  }

  // One step of D: up the gradient of V, less the penalties'.
  updateDiscriminator() {
    if (this.over) return;
    const { t, steps, real, fake, z, pass_G } = this;
    this.minibatches.dataForD(t, steps, real);
    this.minibatches.noiseForD(t, steps, z);
    this.G.forward(pass_G, 0, this.recipe.m);
    fake.set(pass_G.out);
    this.blur(real, PURPOSE.BLUR_DATA_FOR_D, steps);
    this.blur(fake, PURPOSE.BLUR_FAKE_FOR_D, steps);
    const { loss, cost } = this.costOfD();
    this.loss_D = this.descend("D", this.recipe.lr_D, loss, cost, this.loss_D);
    this.constrain();
    this.steps += 1;
    this.turn = "D";
  }

  // D's loss, and its cost with the penalties; their gradient goes into D's.
  costOfD() {
    const { D, pass_D, starts, penalties, recipe } = this;
    const { m, smoothing } = recipe;
    const rows = pass_D.rows;
    if (rows > 2 * m) this.between();
    D.forward(pass_D, 0, rows);
    D.turn();
    D.gradient.fill(0);
    let loss = costOf(LOSSES[recipe.loss].D, pass_D.out, pass_D.g_out, 0, m, m);
    if (smoothing) loss += softened(smoothing, pass_D.out, pass_D.g_out, 0, m);
    if (!penalties.length) {
      D.backward(pass_D, 0, 2 * m, { weights: true });
      return { loss, cost: loss };
    }
    const places = penalties.map((name) => starts[PENALTIES[name].at]);
    const bent = [Math.min(...places), Math.max(...places) + m];
    D.slopes(pass_D, ...(D.bends ? bent : [0, rows]));
    pass_D.s_slope.fill(0);
    let cost = loss;
    penalties.forEach((name, i) => {
      cost += penalise(PENALTIES[name], recipe[name], pass_D, places[i], m);
    });
    if (D.bends) {
      D.slopesBackward(pass_D, ...bent);
      D.backward(pass_D, 0, rows, { weights: true, bent });
    } else D.bothBackward(pass_D, 0, rows, bent);
    return { loss, cost };
  }

  // A minibatch with the instance noise of the present iteration, in place.
  blur(x, purpose, step) {
    const { instance_noise, iterations } = this.recipe;
    const sd = instance_noise * Math.max(0, 1 - this.t / iterations);
    if (!sd) return;
    this.stream.normal(purpose, this.t, step, this.noise);
    for (let i = 0; i < x.length; i++) x[i] = this.round(x[i] + sd * this.noise[i]);
  }

  // u x + (1 - u) G(z), u uniform for each pair: where WGAN-GP looks at D's slope.
  between() {
    const { real, fake, u, dim, pass_D, starts } = this;
    this.stream.uniform(PURPOSE.BETWEEN_FOR_D, this.t, this.steps, u);
    const start = starts.between * dim;
    for (let i = 0; i < real.length; i++) {
      const share = this.round(u[Math.floor(i / dim)]);
      pass_D.x[start + i] = this.round(share * real[i] + (1 - share) * fake[i]);
    }
  }

  // Hold D's weights where the recipe's constraint wants them: from the start on.
  constrain() {
    for (const [name, hold] of Object.entries(CONSTRAINTS))
      if (this.recipe[name]) hold(this.D, this.recipe[name], this.round);
  }

  // One step of G, which ends the iteration.
  updateGenerator() {
    if (this.over) return;
    const loss = this.costOfG();
    this.loss_G = this.descend("G", this.recipe.lr_G, loss, loss, this.loss_G);
    if (this.average) this.followG();
    this.t += 1;
    this.steps = 0;
    this.turn = "G";
  }

  // G's loss under the D that it faces; its gradient goes into G's.
  costOfG() {
    const { G, D, pass_G, pass_D, real, fake, t, recipe } = this;
    const { m } = recipe;
    const loss = LOSSES[recipe.loss].G;
    this.minibatches.noiseForG(t, this.z);
    G.forward(pass_G, 0, m);
    fake.set(pass_G.out);
    this.blur(fake, PURPOSE.BLUR_FAKE_FOR_G, 0);
    if (loss.pairs) {
      this.minibatches.dataForG(t, real);
      this.blur(real, PURPOSE.BLUR_DATA_FOR_G, 0);
    }
    D.forward(pass_D, loss.pairs ? 0 : m, 2 * m);
    const cost = costOf(loss, pass_D.out, pass_D.g_out, 0, m, m);
    D.turn();
    D.backward(pass_D, m, 2 * m, { inputs: true });
    pass_G.g_out.set(pass_D.g_x.subarray(m * this.dim, 2 * m * this.dim));
    G.turn();
    G.gradient.fill(0);
    G.backward(pass_G, 0, m, { weights: true });
    this.gradientNormG = Math.sqrt(G.gradient.reduce((sum, g) => sum + g * g, 0));
    return cost;
  }

  // G's averaged weights, a step closer to the present ones.
  followG() {
    const { average, round, recipe } = this;
    const { flat } = this.G;
    for (let i = 0; i < flat.length; i++)
      average[i] = round(average[i] + (1 - recipe.ema) * (flat[i] - average[i]));
  }

  // Move a player down its gradient; its loss is handed back.
  descend(name, rate, loss, cost, oldLoss) {
    const player = this.players[name];
    player.move(this.rate(rate), this.recipe, this.round);
    cost = this.round(cost);
    const good = Number.isFinite(cost) && player.finite;
    if (!good) this.keepTheGood(player, cost);
    this.mover = name;
    return good ? loss : oldLoss;
  }

  // Weights are good when the cost was finite there. A cost that is not finite condemns the last move
  // before it, of either player; weights that are not, the present one.
  keepTheGood(player, cost) {
    if (this.mover !== null && !Number.isFinite(cost)) {
      const last = this.players[this.mover];
      if (last === player) player.before.set(player.earlier);
      else last.takeBack();
    }
    player.takeBack();
    this.stopped =
      `diverged (a loss or a weight was no longer finite) in iteration ${this.t + 1}; the last good ` +
      "weights are kept. Try smaller lr_D and lr_G, or another r1.";
  }

  // G(z) in data units, of z (n * latent_dim); of the averaged weights when asked.
  generate(z, averaged = false) {
    return this.inDataUnits(values(averaged ? this.averageNet() : this.G, z));
  }

  averageNet() {
    if (!this.average)
      throw new Error("This game keeps no average of G: its recipe needs an ema, say 0.99.");
    return new MLP(this.G.widths, this.recipe.activation, this.average);
  }

  // D's output at x (n * dim) in data units: log D/(1 - D) in the games of Goodfellow.
  logit(x) {
    return values(this.D, this.inUnitsOfD(x));
  }

  // D's output at x and its slope there (n * dim), in data units.
  logitWithSlope(x) {
    const { value, slope } = valuesWithSlopes(this.D, this.inUnitsOfD(x));
    return { logit: value, slope: slope.map((v) => v / this.scale) };
  }

  inDataUnits(x) {
    const { center, scale, dim } = this;
    for (let i = 0; i < x.length; i++) x[i] = center[i % dim] + scale * x[i];
    return x;
  }

  inUnitsOfD(x) {
    const { center, scale, dim } = this;
    return Float64Array.from(x, (v, i) => (v - center[i % dim]) / scale);
  }

  // All that changes, as a plain object that goes on bit for bit like the original.
  snapshot() {
    const { recipe, t, steps, turn, loss_D, loss_G, gradientNormG, stopped, mover, average, players } =
      this;
    const [G, D] = [players.G.snapshot(), players.D.snapshot()];
    return {
      recipe,
      t,
      steps,
      turn,
      loss_D,
      loss_G,
      gradientNormG,
      stopped,
      mover,
      average: average && average.slice(),
      G,
      D,
    };
  }

  // Back to a snapshot of this game. Throws an Error for one of another game.
  restore({ G, D, recipe, average, ...rest }) {
    for (const name of BUILT_IN)
      if (!same(recipe[name], this.recipe[name]))
        throw new Error(`This snapshot is of another game: its ${name} differs.`);
    this.obey(recipe);
    this.players.G.restore(G);
    this.players.D.restore(D);
    this.average = average && average.slice();
    Object.assign(this, rest);
  }
}
