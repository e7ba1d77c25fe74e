// The labs of a page: each figure that asks for one, shortly before it is in sight.

import { dimOf } from "./kinds_of_data.js";
import { mountLab } from "./lab.js";
import { stateOfLink } from "./link.js";
import { PRESETS, presetRecipe } from "./presets.js";
import { recipeOf } from "./recipe.js";

const SELECTOR = 'figure[data-gan-lab="lab"]:not([data-mounted])';

// What a figure says: data-preset, or data-recipe (JSON) and data-t.
function asked({ dataset }) {
  if (dataset.preset) return { recipe: presetRecipe(dataset.preset), t: PRESETS[dataset.preset].t };
  return { recipe: recipeOf(JSON.parse(dataset.recipe ?? "{}")), t: Number(dataset.t ?? 0) };
}

function mountFigure(figure, asks, linked) {
  figure.style.minHeight = "";
  const state = linked ?? { ...asks, changes: [], beside: null, view: {}, wrong: null };
  return mountLab(figure, { start: state, address: true });
}

// Every lab of the page that is not mounted yet. One that the address speaks of comes at once, in sight.
export function mountLabs(root = document) {
  const figures = [...root.querySelectorAll(SELECTOR)];
  if (!figures.length) return;
  let link = stateOfLink(location.hash);
  const labs = new Map();
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries)
        if (isIntersecting) {
          near.unobserve(target);
          mountFigure(target, labs.get(target));
        }
    },
    { rootMargin: "400px" },
  );
  for (const figure of figures) {
    figure.dataset.mounted = "";
    const asks = asked(figure);
    if (link && dimOf(link.recipe.data) === dimOf(asks.recipe.data)) {
      mountFigure(figure, asks, link);
      figure.scrollIntoView({ block: "start", behavior: "instant" });
      link = null;
    } else {
      labs.set(figure, asks);
      figure.style.minHeight = "700px";
      near.observe(figure);
    }
  }
}
