// Words, of which those between backticks are code.

import { element } from "../elements.js";

export const withCode = (words) =>
  words.split("\x60").map((part, i) => (i % 2 ? element("code", {}, part) : document.createTextNode(part)));
