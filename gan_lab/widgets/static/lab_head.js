// The row above a lab: which game to begin with, a new start, what can be taken away, and a second game.

import { FIELDS } from "./controls.js";
import { buildControl } from "./control_panel.js";
import { element } from "./elements.js";
import { kindOf } from "./kinds_of_data.js";
import { PRESETS, presetsOf } from "./presets.js";
import { asPython } from "./recipe.js";

const KINDS_MADE_BY = { mixture: ({ means }) => (means.length === 1 ? "gaussian" : "mixture") };

// Code that goes on in Python with this recipe, for so many iterations.
export function pythonText(recipe, t) {
  const kind = kindOf(recipe.data);
  const made = KINDS_MADE_BY[kind]?.(recipe.data) ?? kind;
  return [
    `from gan_lab.data import ${made}`,
    "from gan_lab.recipe import Recipe",
    "from gan_lab.training import Training",
    "",
    `recipe = ${asPython(recipe)}`,
    "game = Training(recipe)  # on a GPU, where there is one",
    `for _ in game.play(${Math.max(t, recipe.schedule === "cosine" ? recipe.iterations : 1000)}):`,
    "    pass",
  ].join("\n");
}

// Text to take away: copied where the page may, and shown, so that it can be copied in any case.
function buildTray() {
  const text = element("textarea", { readonly: "", rows: 8, spellcheck: "false", "aria-label": "To copy" });
  const said = element("p", { role: "status" });
  const close = element("button", { type: "button", onclick: shut }, "Close");
  const el = element("div", { class: "gan-lab-tray", hidden: "" }, said, text, close);
  let opener = null; // gets the focus back
  function shut() {
    el.hidden = true;
    opener?.focus();
  }
  return {
    el,
    async offer(words, content) {
      opener = document.activeElement;
      text.value = content;
      text.rows = Math.min(10, content.split("\n").length + 1);
      el.hidden = false;
      said.textContent = words;
      try {
        await navigator.clipboard.writeText(content);
        said.textContent = `${words}: copied.`;
      } catch {
        said.textContent = `${words}: to be copied from here.`;
        text.select();
      }
    },
  };
}

const COMPARED = FIELDS.filter(({ name }) => !["data", "seed", "latent_dim"].includes(name));

// The second game: the one field in which it differs, and its value there.
function buildBeside(wish) {
  const pick = element("select", { "aria-label": "The field in which the second game differs", onchange: () => choose(pick.value) },
    ...COMPARED.map(({ name, label }) => element("option", { value: name }, label)));
  const place = element("span", { class: "gan-lab-beside-value" });
  const el = element("div", { class: "gan-lab-beside", hidden: "", role: "group", "aria-label": "The second game" }, "Beside it, the same game with ", pick, " at ", place);
  let control = null;
  let field = null;
  function choose(name, value) {
    field = COMPARED.find((each) => each.name === name);
    control = buildControl({ ...field, id: undefined, hintId: undefined, label: `${field.label} of the second game` }, (next) => wish(field.name, next));
    place.replaceChildren(control.el);
    if (value === undefined) wish(name, null);
  }
  return {
    el,
    show(beside, recipe) {
      el.hidden = !beside;
      if (!beside) return;
      const [[name, value]] = Object.entries(beside);
      if (field?.name !== name) choose(name, value);
      pick.value = name;
      control.show(value, recipe);
    },
  };
}

// acts: preset(name), reset(), link() and code() -> text, two(on), beside(name, value or null)
export function buildHead(dim, acts, canCompare) {
  const button = (words, act, attributes = {}) => element("button", { type: "button", onclick: act, ...attributes }, words);
  const preset = element("select", { "aria-label": "Game to begin with", onchange: () => acts.preset(preset.value) },
    ...presetsOf(dim).map((name) => element("option", { value: name }, PRESETS[name].words)));
  const own = element("option", { value: "", disabled: "", hidden: "" }, "Your own settings");
  preset.append(own);
  const tray = buildTray();
  const two = button("Two at once", () => acts.two(two.getAttribute("aria-pressed") !== "true"), { "aria-pressed": "false" });
  const beside = buildBeside(acts.beside);
  const row = element(
    "div",
    { class: "gan-lab-head" },
    element("label", { class: "gan-lab-preset" }, "Begin with ", preset),
    button("Start anew", acts.reset, { title: "A new game with these settings, from iteration 0" }),
    ...(canCompare ? [two] : []),
    element("span", { class: "gan-lab-push" }),
    button("Copy link", () => tray.offer("A link to this very game and view", acts.link())),
    button("Copy as Python", () => tray.offer("Python that goes on with this recipe", acts.code())),
  );
  return {
    parts: [row, beside.el, tray.el],
    show(name, second, recipe) {
      preset.value = name ?? "";
      two.setAttribute("aria-pressed", String(!!second));
      beside.show(second, recipe);
    },
  };
}
