// What two figures have in common: one of two data sets, and p_G = N(mu, sigma^2), which is the reader's.

export const DATA = {
  gaussian: [[0, 1]],
  bimodal: [
    [-2, 0.5],
    [2, 0.5],
  ],
}; // bells [mean, sd] of equal weight

export const DATA_CHOICE = {
  key: "data",
  name: "Data",
  options: [
    ["gaussian", "one Gaussian"],
    ["bimodal", "two modes"],
  ],
};

const P_G = [
  ["p", "italic"],
  ["G", "subitalic"],
];
const knob = (key, letter, said, [min, max]) => ({
  key,
  name: [[letter, "italic"], [" of ", "roman"], ...P_G],
  said,
  role: "p_g",
  min,
  max,
  step: 0.05,
});

export const P_G_KNOBS = [
  knob("mu", "μ", "μ, the mean of the generator’s distribution", [-4, 4]),
  knob("sigma", "σ", "σ, the standard deviation of the generator’s distribution", [0.2, 3]),
];

// A hand on p_G at (x, y): sideways its mean, up its height.
export const takenAt =
  ([x, y], { mu, sigma }, place) =>
  ([now, high]) => ({
    mu: mu + place.x.invert(now) - place.x.invert(x),
    sigma: sigma * Math.exp((high - y) / 130),
  });
