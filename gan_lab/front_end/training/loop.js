// Algorithm 1 of Goodfellow et al. 2014 in the page: k steps of D, one of G, as gan_lab/training/loop.py has
// it, line by line. The same recipe and seed give the same first weights and minibatches as there.
//
// Both players work in D's own units, which are those of the data unless the recipe standardises;
// everything handed out is in data units. With dtype float32 the numbers that are kept (weights,
// moments, minibatches) are rounded to float32; what is computed within a step is in float64.

import { dimOf, unitsOf } from "../data/kinds.js";
import { firstWeights, MLP } from "../networks/mlp.js";
import { values, valuesWithSlopes } from "../networks/values.js";
import { DOMAIN, Stream } from "../numeric/random_streams.js";
import { CONSTRAINTS } from "./constraints.js";
import { Objective } from "./objective.js";
import { Player } from "./player.js";
import { BUILT_IN, recipeOf, same } from "./recipe/recipe.js";

export class Training {
  t;
  center;
  scale;

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
      G: new Player("G", of_G, recipe, first(of_G, DOMAIN.G_WEIGHTS, recipe.gain)),
      D: new Player("D", of_D, recipe, first(of_D, DOMAIN.D_WEIGHTS, 1)),
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
    for (const player of Object.values(this.players)) player.obey(recipe);
    this.average = recipe.ema ? (this.average ?? this.G.flat.slice()) : null;
    this.costs = new Objective(this, recipe, this.stream, this, this.round);
    this.constrain();
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
      while (this.dueD) this.updateDiscriminator();
      if (!this.over) this.updateGenerator();
    }
  }

  // Runs Algorithm 1 a line at a time. The minibatches of a line that samples are the very ones that
  // the next move uses (without its instance noise); x is in data units.
  *lines(iterations = 1) {
    const room = (dim) => new Float64Array(this.recipe.m * dim);
    const { latent_dim } = this.recipe;
    for (let i = 0; i < iterations; i++) {
      while (this.dueD) {
        const z = this.costs.minibatches.noiseForD(this.t, this.steps, room(latent_dim));
        yield { name: "sample noise for D", z, x: this.generate(z) };
        const x = this.costs.minibatches.dataForD(this.t, this.steps, room(this.dim));
        yield { name: "sample data for D", x: this.inDataUnits(x) };
        this.updateDiscriminator();
        yield { name: "move D", loss: this.loss_D };
      }
      if (this.over) return;
      const z = this.costs.minibatches.noiseForG(this.t, room(latent_dim));
      yield { name: "sample noise for G", z, x: this.generate(z) };
      this.updateGenerator();
      yield { name: "move G", loss: this.loss_G };
    }
  }

  get over() {
    return this.stopped !== null;
  }

  // Whether D has steps left in this iteration: k of them in every k_G-th.
  get dueD() {
    const { k, k_G } = this.recipe;
    return this.steps < k && this.t % k_G === 0 && !this.over;
  }

  // One step of D: up the gradient of V, less the penalties'.
  updateDiscriminator() {
    if (this.over) return;
    const { loss, cost } = this.costs.ofD(this.t, this.steps);
    this.loss_D = this.descend("D", this.recipe.lr_D, loss, cost, this.loss_D);
    this.constrain();
    this.steps += 1;
    this.turn = "D";
  }

  // Hold D's weights where the recipe's constraint wants them: from the start on.
  constrain() {
    for (const [name, hold] of Object.entries(CONSTRAINTS))
      if (this.recipe[name]) hold(this.D, this.recipe[name], this.round);
  }

  // One step of G, which ends the iteration.
  updateGenerator() {
    if (this.over) return;
    const loss = this.costs.ofG(this.t);
    this.gradientNormG = Math.sqrt(this.G.gradient.reduce((sum, g) => sum + g * g, 0));
    this.loss_G = this.descend("G", this.recipe.lr_G, loss, loss, this.loss_G);
    if (this.average) this.followG();
    this.t += 1;
    this.steps = 0;
    this.turn = "G";
  }

  // G's averaged weights, a step closer to the present ones.
  followG() {
    const { average, round, recipe } = this;
    const { flat } = this.G;
    for (let i = 0; i < flat.length; i++) average[i] = round(average[i] + (1 - recipe.ema) * (flat[i] - average[i]));
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
    if (!this.average) throw new Error("This game keeps no average of G: its recipe needs an ema, say 0.99.");
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
    const { recipe, t, steps, turn, loss_D, loss_G, gradientNormG, stopped, mover, average, players } = this;
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
