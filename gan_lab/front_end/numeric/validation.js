// What is asked of what is given, refused in one sentence: as gan_lab/core/validation.py.

import { text } from "./python_text.js";

export const fail = (sentence) => {
  throw new Error(sentence);
};

export const wholeBetween = (low, high, value, name) =>
  Number.isInteger(value) && value >= low && value <= high
    ? value
    : fail(`${name} must be a whole number from ${low} to ${high}, not ${text(value)}.`);
