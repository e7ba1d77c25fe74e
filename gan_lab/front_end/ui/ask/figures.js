// How a question's form comes into a page, into a notebook, and into the dark.

import { themeOf, watchTheme } from "../../draw/theme.js";
import { element } from "../elements.js";
import { keepKeys } from "../notebook_keys.js";
import { addStyle } from "../styles.js";
import { addAskStyle } from "./styles.js";

// Put a form in the place of a figure's plain answers. Returns { unmount() }.
export function mountForm(el, form) {
  addStyle();
  addAskStyle();
  el.classList.add("gan-lab", "gan-lab-asked");
  const plain = el.querySelector(".gan-lab-answers");
  form.addEventListener("keydown", (event) => event.stopPropagation()); // a notebook has its own use for keys
  plain.replaceWith(form);
  const dark = () => (el.dataset.dark = themeOf(el).dark);
  const unwatch = watchTheme(dark);
  dark();
  return {
    unmount() {
      unwatch();
      form.replaceWith(plain);
    },
  };
}

// For a page: mounts every <figure data-gan-lab-KIND='{"name": ...}'> that is not mounted yet.
export const mounting =
  (kind, mount) =>
  (root = document) => {
    /** @type {NodeListOf<HTMLElement>} */
    const figures = root.querySelectorAll(`figure[data-gan-lab-${kind}]:not([data-mounted])`);
    for (const figure of figures) {
      figure.dataset.mounted = "";
      mount(figure, JSON.parse(figure.getAttribute(`data-gan-lab-${kind}`)));
    }
  };

// anywidget's entry: the model holds the figure's HTML and, under its kind, what is asked.
export const rendering =
  (kind, mount) =>
  ({ model, el }) => {
    const figure = element("figure", {});
    figure.innerHTML = model.get("html");
    el.append(figure);
    const loseKeys = keepKeys(el);
    const mounted = mount(figure, model.get(kind));
    return () => {
      loseKeys();
      mounted.unmount();
    };
  };
