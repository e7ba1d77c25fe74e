// The lab in a notebook: the kernel trains, its controls are ipywidgets', and this is its view.
//
// What the controls say comes as the trait `recipe`, which is asked for here: so that all that moves the
// game is asked, one after another. What the view changes by itself (a preset, a rescue) goes back into it.
// Data of another dimension want another lab: one that begins the game which the trait says, or that shows
// the one which the kernel has, where that is what made the trait so.

import { dimOf } from "../../data/kinds.js";
import { kernelClient } from "../../source/kernel.js";
import { same } from "../../training/recipe/recipe.js";
import { element } from "../elements.js";
import { keepKeys } from "../notebook_keys.js";
import { mountLab } from "./lab.js";

// What a view says of itself is not for the other views of the same game.
let saying = false;
function say(model, name, value) {
  if (model.get(name) === value) return;
  saying = true;
  model.set(name, value);
  saying = false;
  model.save_changes();
}

const BUSY = "The kernel is busy, perhaps with a cell: the game goes on when it answers.";

export function renderLive({ model, el }) {
  const figure = element("figure", {});
  el.append(figure);
  const loseKeys = keepKeys(el);
  let lab = null;
  let dim = 0;
  let playing = false;
  let said = null; // the recipe that the kernel said last
  let wrong = null; // why another game was not begun

  // A lab with the game that the kernel has, or with a new one of the recipe that is wished.
  async function mount({ begun = false, play = false } = {}) {
    lab?.unmount();
    const recipe = model.get("recipe");
    dim = dimOf(recipe.data);
    let joined = begun;
    const heard = ({ recipe: now, live, playing: moves }) => {
      if (moves !== playing) say(model, "playing", moves);
      playing = moves;
      if (!live || !joined) return;
      said = now;
      if (same(now, model.get("recipe"))) return;
      model.set("recipe", now);
      model.save_changes();
    };
    const mine = (lab = mountLab(figure, {
      client: kernelClient(model, { begun, news: () => mine.look(), busy: (yes) => mine.waits(yes ? BUSY : null) }),
      heard,
      start: { recipe, t: begun ? 0 : model.get("t"), wrong },
      where: `in the kernel, on ${model.get("device")}`,
      controls: false,
      check: (parts) => parts, // the kernel answers with a sentence where it cannot
      chapterUrl: () => null,
      chapterTitle: (place) => model.get("chapters")[place.split("#")[0]],
    }));
    wrong = null;
    await mine.ready();
    if (mine !== lab) return;
    joined = true;
    if (begun && said && !mine.moment.frame) return refused(mine.moment.error);
    if (!begun) await mine.take(model.get("recipe")); // set while nobody saw it
    if (mine === lab && play) mine.clock().play();
    if (mine === lab) say(model, "playing", playing); // a game that is over does not
  }
  // The kernel goes on with the game that it has, and the trait follows: another lab comes.
  function refused(error) {
    wrong = error;
    model.set("recipe", said);
    model.save_changes();
  }
  const taken = () => {
    const recipe = model.get("recipe");
    if (dimOf(recipe.data) === dim) lab.take(recipe);
    else mount({ begun: !same(recipe, said), play: playing });
  };
  const moved = () => mount();
  const told = () => {
    if (saying || model.get("playing") === playing) return;
    if (model.get("playing")) lab.clock().play();
    else lab.clock().pause();
    say(model, "playing", playing);
  };
  mount({ play: model.get("autoplay") || model.get("playing") });
  model.on("change:recipe", taken);
  model.on("change:playing", told);
  model.on("change:device", moved);
  return () => {
    model.off("change:recipe", taken);
    model.off("change:playing", told);
    model.off("change:device", moved);
    loseKeys();
    lab.unmount();
  };
}
