// The second game of a lab: the one field in which it differs from the first, and its value there.

import { TARGETS, targetNamed } from "../../../training/recipe/presets.js";
import { DEFAULTS, OFFERED } from "../../../training/recipe/recipe.js";
import { element } from "../../elements.js";
import { groupsFor, labelOf, means } from "./fields.js";
import { controlOf } from "./panel.js";

// A field that has no control of its own, and came by a link: as plain a control as its values need.
/** @type {(name: string) => any} */
function plainField(name) {
  const standard = DEFAULTS[name];
  const field = { name, label: labelOf(name), hint: "" };
  if (typeof standard === "boolean") return { ...field, kind: "check" };
  if (typeof standard === "number") return { ...field, kind: "number", low: 0, step: 0.1 };
  return { ...field, kind: "choice", choices: OFFERED[name].map((value) => [value, value]) };
}

const fieldsFor = (dim) => groupsFor(dim).flatMap(({ fields }) => fields);

// The next of a list, and after its last the first.
const nextOf = (list, value) => list[(list.indexOf(value) + 1) % list.length];

/** @type {Record<string, (field: any, value: any) => any>} */
const NEXT = {
  check: (field, value) => !value,
  choice: ({ choices }, value) =>
    nextOf(
      choices.map(([known]) => known),
      value,
    ),
  rate: (field, value) => Number((10 * value || 0.001).toPrecision(3)),
  widths: (field, value) => (value.length ? value.map((width) => Math.min(4096, 2 * width)) : [16]),
  number: ({ high = Infinity, step }, value) =>
    Number((value + step <= high ? value + step : value - step).toPrecision(12)),
};

// Another value of a field than the one that a recipe has, to begin a second game with.
export function anotherValue(dim, name, value) {
  const field = fieldsFor(dim).find((each) => each.name === name);
  return name === "data" ? TARGETS[NEXT.choice(field, targetNamed(value))][1] : NEXT[field.kind](field, value);
}

// wish(name, value): a second game whose field has this value; without a value, another one than the first has.
export function buildBeside(dim, wish) {
  const fields = fieldsFor(dim);
  const option = ({ name, label }) => element("option", { value: name }, label);
  const pick = element(
    "select",
    { "aria-label": "The field in which the second game differs", onchange: () => wish(pick.value) },
    ...fields.map(option),
  );
  const place = element("span", { class: "gan-lab-beside-value" });
  const el = element(
    "div",
    { class: "gan-lab-beside", hidden: "", role: "group", "aria-label": "The second game" },
    "Beside it, the same game with ",
    pick,
    " at ",
    place,
  );
  let control = null;
  let shown = null;

  function choose(name) {
    let field = fields.find((each) => each.name === name);
    if (!field) {
      fields.push((field = plainField(name)));
      pick.append(option(field));
    }
    control = controlOf({ ...field, label: `${field.label} of the second game` }, (value) => wish(name, value));
    place.replaceChildren(control.el);
    shown = name;
  }
  return {
    el,
    // beside: { field: value }, or null where there is one game, whose recipe this is
    show(beside, recipe) {
      el.hidden = !beside;
      if (!beside) return;
      const [[name, value]] = Object.entries(beside);
      if (shown !== name) choose(name);
      fields.forEach((field, i) => (pick.options[i].hidden = field.name !== name && !means(field, recipe)));
      pick.value = name;
      control.show(value);
    },
  };
}
