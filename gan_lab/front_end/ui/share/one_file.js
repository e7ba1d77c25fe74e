// A figure as one file: a page that brings its script, asks for nothing, and also runs in a frame of another page.

import { scriptOf } from "../../source/own_script.js";
import { element } from "../elements.js";

const STYLE =
  "body { margin: 0 auto; max-width: 76rem; padding: 0 1rem; background: white; color: #1c2024; font: 16px/1.5 system-ui, sans-serif; } h1 { font-size: 1.2rem; }";
const FROM = "From the book How GANs work. Text and figures: CC BY 4.0; code: MIT.";

// Inside of a script element two texts have a meaning of their own; this one may stand in such an element itself.
const END = ["</", "script>"].join("");
const inScript = (text) => text.replace(/<(?=\/script|!--)/gi, "\\x3c");

// Where the links of a figure lead: to the book, if that has an address.
const base = () => (location.protocol.startsWith("http") ? `<base href="${new URL(".", location.href)}">` : "");

// figure: an element that its script finds; mount: the variable of a module, and the name of what it exports for that.
export function oneFile({ figure, mount: [module, name], title }) {
  const script = `(() => {\n${scriptOf(module)}\n$source$own_script.carry($made);\n${module}.${name}();\n})();`;
  return [
    '<!doctype html>\n<html lang="en" data-alone>\n<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    base(),
    `${element("title", {}, title).outerHTML}\n<style>${STYLE}</style>`,
    element("main", {}, element("h1", {}, title), figure, element("p", {}, FROM)).outerHTML,
    `<script>${inScript(script)}${END}\n</html>\n`,
  ].join("\n");
}
