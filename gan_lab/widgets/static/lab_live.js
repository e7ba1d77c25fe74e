// The lab in a notebook: the kernel trains, its controls are ipywidgets', and this is its view.
//
// What the controls say comes as the trait `recipe`, which is asked for here: so that all that moves the
// game is asked, one after another. What the view changes by itself (a preset, a rescue) goes back into it.

import { element } from "./elements.js";
import { kernelAsker } from "./kernel.js";
import { dimOf } from "./kinds_of_data.js";
import { mountLab } from "./lab.js";

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

export function renderLive({ model, el }) {
  const figure = element("figure", {});
  el.append(figure);
  let lab = null;
  let asker = null;
  let dim = 0;

  const heard = ({ recipe, live }) => {
    if (!live || same(recipe, model.get("recipe"))) return;
    model.set("recipe", recipe);
    model.save_changes();
  };
  function mount() {
    lab?.unmount();
    const recipe = model.get("recipe");
    dim = dimOf(recipe.data);
    asker = kernelAsker(model);
    lab = mountLab(figure, {
      asker,
      heard,
      start: { recipe, t: model.get("t") },
      where: `in the kernel, on ${model.get("device")}`,
      controls: false,
      check: (parts) => parts, // the kernel answers with a sentence where it cannot
      chapterUrl: () => null,
    });
    if (model.get("autoplay")) lab.ready().then(() => lab.clock().play());
  }
  const taken = () => {
    const recipe = model.get("recipe");
    if (dimOf(recipe.data) === dim) lab.take(recipe);
    else mount();
  };
  mount();
  model.on("change:recipe", taken);
  model.on("change:device", mount);
  return () => {
    model.off("change:recipe", taken);
    model.off("change:device", mount);
    lab.unmount();
  };
}
