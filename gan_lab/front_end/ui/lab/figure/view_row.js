// Which layers and charts of a lab are shown: boxes that a reader ticks.

import { BLEND } from "../../../draw/plane/sentences.js";
import { element } from "../../elements.js";
import { CHARTS } from "./charts.js";

const HEATS = [
  ["D", "D"],
  ["D*", "the best D"],
  ["both", "D and the best D"],
  ["off", "no map"],
];
const ON_LINE = [
  ["p_data", "p_data"],
  ["p_g", "p_G"],
  ["D", "D and the best D"],
  ["z", "samples, z to G(z)"],
  ["judged", "samples coloured by D"],
  ["pull", "where G’s loss pulls them"],
];
const LAYERS = [
  ["real", "data"],
  ["fake", "G’s points"],
  ["judged", "points coloured by D"],
  ["pull", "where G’s loss pulls them"],
  ["warp", "the grid of z under G"],
];
const ORDER = Object.keys(CHARTS);

const isHeat = (name) => HEATS.some(([known]) => known === name);
const put = (list, name, on) =>
  on ? [...list.filter((each) => each !== name), name] : list.filter((each) => each !== name);

// Whether a layer is shown, and a view with or without it; in the plane one map at most.
export const isShown = ({ show }, name, dim) =>
  dim === 2 && isHeat(name) ? show.some((each) => isHeat(each) && each !== "off") : show.includes(name);
export function withLayer(view, name, on, dim) {
  const show = put(view.show, name, on);
  if (dim === 1) return { ...view, show: ON_LINE.map(([each]) => each).filter((each) => show.includes(each)) };
  if (!isHeat(name)) return { ...view, show };
  const rest = view.show.filter((each) => !isHeat(each));
  return { ...view, show: on && name !== "off" ? [name, ...rest] : rest };
}

function box(words, act) {
  const input = element("input", { type: "checkbox", onchange: () => act(input.checked) });
  return { input, el: element("label", { class: "gan-lab-box" }, input, words) };
}

// view: { show, charts }; changed(view) when a box was ticked; watch() shows G at work on the square of z.
export function buildViewRow(dim, { changed, watch }) {
  let view = null;
  const heat = element(
    "select",
    { "aria-label": "Map", onchange: () => setHeat(heat.value) },
    ...HEATS.map(([value, words]) => element("option", { value }, words)),
  );
  const setHeat = (name) => changed(withLayer(view, name, true, 2));
  const layers = (dim === 1 ? ON_LINE : LAYERS).map(([name, words]) => ({
    name,
    ...box(words, (on) => changed(withLayer(view, name, on, dim))),
  }));
  const charts = ORDER.map((name) => ({
    name,
    ...box(CHARTS[name].words, (on) => {
      const wanted = put(view.charts, name, on);
      changed({ ...view, charts: ORDER.filter((each) => wanted.includes(each)) });
    }),
  }));
  const play = element(
    "button",
    { type: "button", class: "gan-lab-watch", title: BLEND, onclick: watch },
    "Watch G bend the square",
  );
  const layerRow = element(
    "div",
    { class: "gan-lab-boxes", role: "group", "aria-label": "Layers of the picture" },
    ...(dim === 1 ? [] : [element("label", { class: "gan-lab-box" }, "map ", heat)]),
    ...layers.map(({ el }) => el),
    ...(dim === 1 ? [] : [play]),
  );
  const chartRow = element(
    "div",
    { class: "gan-lab-boxes", role: "group", "aria-label": "Charts" },
    element("span", {}, "Charts:"),
    ...charts.filter(({ name }) => dim === 2 || name !== "modes").map(({ el }) => el),
  );
  return {
    layers: layerRow,
    charts: chartRow,
    show(next, hasWarp = true) {
      view = next;
      heat.value = HEATS.find(([name]) => view.show.includes(name))?.[0] ?? "off";
      for (const { name, input } of layers) input.checked = view.show.includes(name);
      for (const { name, input } of charts) input.checked = view.charts.includes(name);
      play.disabled = !hasWarp;
    },
  };
}
