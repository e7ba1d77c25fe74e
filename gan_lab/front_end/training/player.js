// One player of the game: what moves, and what is needed to take a move back.

import { MLP } from "../networks/mlp.js";
import { OPTIMIZERS, stateOf } from "./optimizers.js";

/** @type {(table: Record<string, any>) => any} */
const copies = (table) =>
  Object.fromEntries(
    Object.entries(table).map(([name, v]) => [
      name,
      ArrayBuffer.isView(v) ? /** @type {Float64Array} */ (v).slice() : v,
    ]),
  );

const AS_D = "as D";

// The kind of optimizer by which a player moves.
export const optimizerOf = (player, { optimizer, optimizer_G }) =>
  player === "D" || optimizer_G === AS_D ? optimizer : optimizer_G;

// A player's network, what its optimizer remembers, and its weights before its last two moves.
export class Player {
  constructor(name, widths, recipe, flat) {
    this.name = name;
    this.net = new MLP(widths, recipe.activation, flat);
    this.state = stateOf(optimizerOf(name, recipe), flat.length);
    this.before = flat.slice();
    this.earlier = flat.slice();
  }

  // Another optimizer begins with nothing; the same one keeps its moments.
  obey(recipe) {
    this.net.activation = recipe.activation;
    const kind = optimizerOf(this.name, recipe);
    if (this.state.name !== kind) this.state = stateOf(kind, this.net.flat.length);
  }

  // A step down the gradient that lies in the network.
  move(rate, recipe, round) {
    const { flat, gradient } = this.net;
    [this.earlier, this.before] = [this.before, this.earlier];
    this.before.set(flat);
    OPTIMIZERS[this.state.name].step(this.state, flat, gradient, rate, recipe, round);
  }

  get finite() {
    return this.net.flat.every(Number.isFinite);
  }

  takeBack() {
    this.net.flat.set(this.before);
  }

  snapshot() {
    return { flat: this.net.flat.slice(), before: this.before.slice(), state: copies(this.state) };
  }

  restore({ flat, before, state }) {
    this.net.flat.set(flat);
    this.before.set(before);
    this.state = copies(state);
  }
}
