// Descent on a flat array, as in gan_lab/training/optimizers.py: an optimizer turns a gradient into a step that
// it subtracts from the weights, and holds the moments of that gradient and nothing else.
//
// The settings are fields of the recipe and come with each call. `round` is that of the recipe's dtype.

const EPS = 1e-8;

// Polyak's momentum, in place: the velocity after this number; without momentum, the number itself.
const gathered = (velocity, i, number, momentum, round) =>
  momentum ? (velocity[i] = round(velocity[i] * momentum + number)) : number;

export const OPTIMIZERS = {
  // As torch.optim.SGD has it.
  sgd: {
    moments: ["velocity"],
    step({ velocity }, flat, gradient, rate, { momentum }, round) {
      for (let i = 0; i < flat.length; i++)
        flat[i] = round(flat[i] - rate * gathered(velocity, i, gradient[i], momentum, round));
    },
  },
  // As torch.optim.RMSprop has it, beta2 being torch's alpha; momentum gathers the quotients.
  rmsprop: {
    moments: ["velocity", "second"],
    step({ velocity, second }, flat, gradient, rate, { beta2, momentum }, round) {
      for (let i = 0; i < flat.length; i++) {
        const g = gradient[i];
        second[i] = round(second[i] * beta2 + (1 - beta2) * g * g);
        const quotient = g / (Math.sqrt(second[i]) + EPS);
        flat[i] = round(flat[i] - rate * gathered(velocity, i, quotient, momentum, round));
      }
    },
  },
  // Kingma and Ba 2015, Algorithm 1: both moments corrected for their start at zero.
  adam: {
    moments: ["first", "second"],
    step(state, flat, gradient, rate, { beta1, beta2 }, round) {
      const { first, second } = state;
      state.steps += 1;
      const step = rate / (1 - beta1 ** state.steps);
      const root = Math.sqrt(1 - beta2 ** state.steps);
      for (let i = 0; i < flat.length; i++) {
        const g = gradient[i];
        first[i] = round(first[i] + (1 - beta1) * (g - first[i]));
        second[i] = round(second[i] * beta2 + (1 - beta2) * g * g);
        flat[i] = round(flat[i] - (first[i] / (Math.sqrt(second[i]) / root + EPS)) * step);
      }
    },
  },
};

// What an optimizer of that name remembers before its first step.
export function stateOf(name, size) {
  const moments = OPTIMIZERS[name].moments.map((moment) => [moment, new Float64Array(size)]);
  return { name, steps: 0, ...Object.fromEntries(moments) };
}
