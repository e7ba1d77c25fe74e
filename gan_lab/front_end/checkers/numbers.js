// How the page computes what a reader has predicted, by the prediction's name: each gives [as written, as mended], of
// which the second is there for bugs only. gan_lab/checkers computes the same in Python.

import { NUMBERS_OF_BUGS } from "./bugs.js";

export const NUMBERS = {
  ...NUMBERS_OF_BUGS,
};
