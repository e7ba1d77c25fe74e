// The frame of a game: what can be seen of it now, on the line or in the plane.

import { dimOf } from "../data/kinds.js";
import { frameOnLine } from "./line/frame.js";
import { frameInPlane } from "./plane/frame.js";

// `options` are those of `frameOnLine` and of `frameInPlane`.
export const frameOf = (training, options) =>
  dimOf(training.recipe.data) === 1 ? frameOnLine(training, options) : frameInPlane(training, options);
