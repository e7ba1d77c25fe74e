// What is predicted in "When supports do not meet": gan_lab/checkers/by_chapter/supports.py has the same.

import { apart } from "../numeric/supports.js";

const SHIFTS = [0, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2];

export const NUMBERS_OF_SUPPORTS = { "JSD of two boxes": () => [SHIFTS.map((theta) => apart(theta, 0).jsd)] };
