// The two networks of the game that is played, as a key to the picture: z → G → G(z) → D, and x → D; data go one way and
// gradients the other. In slow motion the parts light up that a line of Algorithm 1 is about; each part with a layer of
// the picture shows and hides that.

import { element } from "../../elements.js";
import { isShown, withLayer } from "./view_row.js";

const SPACE = "http://www.w3.org/2000/svg";
const [WIDTH, HEIGHT] = [254, 136];
const MOST = 5; // nodes of a layer that are drawn

function svg(name, attributes = {}, ...children) {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

// What each part that can be pressed is called, and its layer on the line and in the plane.
const PARTS = {
  z: { box: [0, 16, 25, 70], layers: ["z", "warp"], words: ["the samples, from z to G(z)", "the grid of z under G"] },
  fake: { box: [104, 32, 36, 40], layers: ["p_g", "fake"], words: ["p_G, the density of G(z)", "G’s points"] },
  data: { box: [104, 92, 36, 40], layers: ["p_data", "real"], words: ["p_data", "the data"] },
  D: { box: [160, 46, 54, 60], layers: ["D", "D"], words: ["D and the best D", "the map of D"] },
  out: {
    box: [220, 56, 34, 40],
    layers: ["judged", "judged"],
    words: ["samples coloured by D", "points coloured by D"],
  },
  gradients: {
    box: [166, 0, 88, 24],
    layers: ["pull", "pull"],
    words: ["where G’s loss pulls the samples", "where G’s loss pulls G’s points"],
  },
};
const OF_G = [38, 22, 54, 60];

// What a line of Algorithm 1 is about.
const LIT = {
  "sample noise for D": ["z", "G", "fake", "z-G", "G-fake"],
  "sample data for D": ["data"],
  "move D": ["fake", "data", "D", "out", "fake-D", "data-D", "D-out", "back-D"],
  "sample noise for G": ["z", "G", "fake", "z-G", "G-fake"],
  "move G": ["z", "G", "fake", "D", "out", "fake-D", "D-out", "back-G", "gradients"],
};

// The ways of data and of gradients: lines, each with its heads [x, y, turned by so many degrees].
const FLOWS = {
  "z-G": ["M26 52H32", [36, 52, 0]],
  "G-fake": ["M92 52H98", [102, 52, 0]],
  "fake-D": ["M141 54L154 61.6", [158, 64, 30]],
  "data-D": ["M141 110L155 95", [158, 92, -47]],
  "D-out": ["M214 76H215", [219, 76, 0]],
};
const BACK = {
  "back-D": ["M237 55C234 32 204 26 192 40", [190, 42, 131]],
  "back-G": ["M176 44C170 14 140 10 126 27M118 30C106 6 82 4 69 16", [124, 30, 129], [66, 19, 137]],
};

/** @type {(box: number[], more?: any) => any} */
const rect = ([x, y, width, height], more = {}) => svg("rect", { x, y, width, height, rx: 6, ...more });
const word = (text, x, y, kind = "") => svg("text", { x, y, class: kind }, text);

// The layers of a network in its box: a node for each unit, MOST at most, and the weights between them.
/** @type {(box: number[], widths: number[]) => any[]} */
function net([left, top, width, height], widths) {
  const columns = widths.map((units, i) => {
    const shown = Math.min(units, MOST);
    const x = left + ((i + 0.5) * width) / widths.length;
    return Array.from({ length: shown }, (_, k) => [x, top + ((k + 0.5 + (MOST - shown) / 2) * height) / MOST]);
  });
  const between = columns.slice(1).flatMap((column, i) => columns[i].flatMap((a) => column.map((b) => `M${a}L${b}`)));
  const nodes = columns.flat().map(([cx, cy]) => svg("circle", { cx, cy, r: 2.2 }));
  return [svg("path", { d: between.join(""), class: "gan-lab-weights" }), ...nodes];
}

// Widths of hidden layers in few letters.
export function widthsInWords(widths) {
  if (!widths.length) return "linear";
  const text = widths.join("-");
  if (text.length <= 8) return text;
  return widths.every((one) => one === widths[0]) ? `${widths.length} × ${widths[0]}` : `${widths.length} layers`;
}

const crosses = (points) =>
  svg("path", { d: points.map(([x, y]) => `M${x - 3} ${y - 3}l6 6m0 -6l-6 6`).join(""), class: "gan-lab-marks" });
const rings = (points) => points.map(([cx, cy]) => svg("circle", { cx, cy, r: 2.8, class: "gan-lab-marks" }));
const three = (y) => [
  [113, y],
  [122, y + 6],
  [131, y - 1],
];

function drawing({ latent_dim, G, D }, dim) {
  const inside = {
    z: [word("z", 12.5, 28), ...net([6, 32, 13, 50], [latent_dim])],
    fake: [word("G(z)", 122, 47), crosses(three(58))],
    data: [word("x", 122, 106), ...rings(three(119))],
    D: net([163, 48, 48, 56], [dim, ...D, 1]),
    out: [word("D", 237, 72), word("says", 237, 87, "gan-lab-small")],
    gradients: [word("gradients", 210, 15, "gan-lab-small")],
  };
  return {
    inside,
    still: [
      svg("g", { "data-part": "G" }, rect(OF_G), ...net([41, 24, 48, 56], [latent_dim, ...G, dim])),
      word(`G ${widthsInWords(G)}`, 65, 97, "gan-lab-small"),
      word(`D ${widthsInWords(D)}`, 187, 121, "gan-lab-small"),
    ],
  };
}

const headAt = ([x, y, turned]) =>
  svg("path", {
    d: "M0 0l-6 -2.7v5.4z",
    transform: `translate(${x} ${y}) rotate(${turned})`,
    class: "gan-lab-tip-of-arrow",
  });
/** @type {(one: any, kind: string) => any} */
const way = ([name, [d, ...heads]], kind) =>
  svg("g", { "data-part": name, class: kind }, svg("path", { d }), ...heads.map(headAt));

// changed(view) when a part was pressed.
export function buildNetworksKey(dim, { changed }) {
  let [view, known] = [null, ""];
  const nth = dim === 2 ? 1 : 0;
  const picture = svg("svg", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: "group",
    "aria-label": "The two networks: data go from z and x to D, gradients back",
  });
  const el = element("details", { class: "gan-lab-key" }, element("summary", {}, "The two networks"), picture);
  const press = (name) =>
    changed(withLayer(view, PARTS[name].layers[nth], !isShown(view, PARTS[name].layers[nth], dim), dim));
  const keys = (name) => (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    press(name);
  };
  function part(name, inside) {
    const { box, words } = PARTS[name];
    const made = svg(
      "g",
      { "data-part": name, role: "button", tabindex: 0, "aria-label": `show ${words[nth]}` },
      svg("title", {}, `show ${words[nth]}`),
      rect(box),
      ...inside,
    );
    made.addEventListener("click", () => press(name));
    made.addEventListener("keydown", keys(name));
    return made;
  }
  function draw(recipe) {
    const { inside, still } = drawing(recipe, dim);
    picture.replaceChildren(
      ...Object.entries(FLOWS).map((one) => way(one, "gan-lab-flow")),
      ...Object.entries(BACK).map((one) => way(one, "gan-lab-back")),
      ...still,
      ...Object.entries(inside).map(([name, of]) => part(name, of)),
    );
  }
  // recipe: of the game; line: that of Algorithm 1 which was done last, or null.
  function show(next, { latent_dim, G, D }, line) {
    view = next;
    const text = JSON.stringify([latent_dim, G, D]);
    if (text !== known) draw({ latent_dim, G, D });
    known = text;
    const lit = LIT[line?.name] ?? [];
    for (const each of picture.querySelectorAll("[data-part]")) {
      const name = each.getAttribute("data-part");
      each.classList.toggle("gan-lab-glows", lit.includes(name));
      if (PARTS[name]) each.setAttribute("aria-pressed", String(isShown(view, PARTS[name].layers[nth], dim)));
    }
  }
  return { el, show };
}
