// What the players' moves cost on the minibatches of Algorithm 1, as objective_D and objective_G of
// gan_lab/training/objective.py, and the gradients of that. All in D's own units, by one recipe.

import { Pass } from "../networks/mlp.js";
import { DOMAIN } from "../numeric/random_streams.js";
import { costOf, LOSSES, softened } from "./losses.js";
import { Minibatches } from "./minibatches.js";
import { PENALTIES, penalise } from "./penalties.js";

export class Objective {
  G;
  D;
  recipe;
  stream;
  round;
  dim;

  // G and D are networks; `units` has center and scale; `round` is that of the recipe's dtype. All arrays
  // that a move works in are made here: D's rows are the data, G's points and, for GP, points between.
  constructor({ G, D }, recipe, stream, units, round) {
    const [m, dim] = [recipe.m, D.widths[0]];
    Object.assign(this, { G, D, recipe, stream, round, dim });
    this.minibatches = new Minibatches(recipe, stream, units.center, units.scale, round);
    this.penalties = Object.keys(PENALTIES).filter((name) => recipe[name] > 0);
    const between = this.penalties.some((name) => PENALTIES[name].at === "between");
    this.starts = { real: 0, fake: m, between: 2 * m };
    this.pass_G = new Pass(G.widths, m);
    this.pass_D = new Pass(D.widths, between ? 3 * m : 2 * m, this.penalties.length > 0);
    this.real = this.pass_D.x.subarray(0, m * dim);
    this.fake = this.pass_D.x.subarray(m * dim, 2 * m * dim);
    this.z = this.pass_G.x;
    this.noise = new Float64Array(m * dim);
    this.u = new Float64Array(between ? m : 0);
  }

  // D's loss in a step of an iteration, and its cost with the penalties; their gradient goes into D's.
  ofD(t, step) {
    const { G, D, pass_G, pass_D, real, fake, recipe, penalties } = this;
    const { m, smoothing } = recipe;
    const { rows } = pass_D;
    this.minibatches.dataForD(t, step, real);
    this.minibatches.noiseForD(t, step, this.z);
    G.forward(pass_G, 0, m);
    fake.set(pass_G.out);
    this.blur(real, DOMAIN.BLUR_DATA_FOR_D, t, step);
    this.blur(fake, DOMAIN.BLUR_FAKE_FOR_D, t, step);
    if (rows > 2 * m) this.between(t, step);
    D.forward(pass_D, 0, rows);
    D.transposeWeights();
    D.gradient.fill(0);
    let loss = costOf(LOSSES[recipe.loss].D, pass_D.out, pass_D.g_out, 0, m, m);
    if (smoothing) loss += softened(smoothing, pass_D.out, pass_D.g_out, 0, m);
    if (penalties.length) return { loss, cost: this.penalised(loss) };
    D.backward(pass_D, 0, 2 * m, { weights: true });
    return { loss, cost: loss };
  }

  // D's loss and its penalties, after its pass forwards; their gradient goes into D's.
  penalised(loss) {
    const { D, pass_D, starts, penalties, recipe } = this;
    const { rows } = pass_D;
    const places = penalties.map((name) => starts[PENALTIES[name].at]);
    const bent = [Math.min(...places), Math.max(...places) + recipe.m];
    D.slopes(pass_D, ...(D.bends ? bent : [0, rows]));
    pass_D.s_slope.fill(0);
    let cost = loss;
    penalties.forEach((name, i) => {
      cost += penalise(PENALTIES[name], recipe[name], pass_D, places[i], recipe.m);
    });
    if (D.bends) {
      D.slopesBackward(pass_D, ...bent);
      D.backward(pass_D, 0, rows, { weights: true, bent });
    } else D.bothBackward(pass_D, 0, rows, bent);
    return cost;
  }

  // G's loss in iteration t under the D that it faces; its gradient goes into G's.
  ofG(t) {
    const { G, D, pass_G, pass_D, real, fake, recipe, dim } = this;
    const { m } = recipe;
    const loss = LOSSES[recipe.loss].G;
    this.minibatches.noiseForG(t, this.z);
    G.forward(pass_G, 0, m);
    fake.set(pass_G.out);
    this.blur(fake, DOMAIN.BLUR_FAKE_FOR_G, t, 0);
    if (loss.pairs) {
      this.minibatches.dataForG(t, real);
      this.blur(real, DOMAIN.BLUR_DATA_FOR_G, t, 0);
    }
    D.forward(pass_D, loss.pairs ? 0 : m, 2 * m);
    const cost = costOf(loss, pass_D.out, pass_D.g_out, 0, m, m);
    D.transposeWeights();
    D.backward(pass_D, m, 2 * m, { inputs: true });
    pass_G.g_out.set(pass_D.g_x.subarray(m * dim, 2 * m * dim));
    G.transposeWeights();
    G.gradient.fill(0);
    G.backward(pass_G, 0, m, { weights: true });
    return cost;
  }

  // A minibatch with the instance noise of iteration t, in place.
  blur(x, purpose, t, step) {
    const { instance_noise, iterations } = this.recipe;
    const sd = instance_noise * Math.max(0, 1 - t / iterations);
    if (!sd) return;
    this.stream.normal(purpose, t, step, this.noise);
    for (let i = 0; i < x.length; i++) x[i] = this.round(x[i] + sd * this.noise[i]);
  }

  // u x + (1 - u) G(z), u uniform for each pair: where WGAN-GP looks at D's slope.
  between(t, step) {
    const { real, fake, u, dim, pass_D, starts } = this;
    this.stream.uniform(DOMAIN.BETWEEN_FOR_D, t, step, u);
    const start = starts.between * dim;
    for (let i = 0; i < real.length; i++) {
      const share = this.round(u[Math.floor(i / dim)]);
      pass_D.x[start + i] = this.round(share * real[i] + (1 - share) * fake[i]);
    }
  }
}
