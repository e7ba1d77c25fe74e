// The frame of a game: what can be seen of it now, on the line or in the plane.

import { dimOf } from "./kinds_of_data.js";
import { seeLine } from "./see_line.js";
import { seePlane } from "./see_plane.js";

// `options` are those of `seeLine` and of `seePlane`.
export const see = (training, options) =>
  dimOf(training.recipe.data) === 1 ? seeLine(training, options) : seePlane(training, options);
