// What is wrong with a game, said where the reader looks: the criterion, the number, and where to read on.

import { element } from "./elements.js";

const SIGNS = { diverged: "✕", vanished: "∅", collapsed: "⋂", circling: "↻" };

// The way out of a game that has diverged: its last good state, with the rates of then. Where these are
// those of now, with what `calm` has.
export function ratesAfter(good, recipe, calm) {
  const rates = ({ lr_D, lr_G }) => ({ lr_D, lr_G });
  const then = rates(good.recipe);
  const slower = then.lr_D !== recipe.lr_D || then.lr_G !== recipe.lr_G;
  return slower ? then : rates(calm);
}

function wayOut(good, recipe, { rescue, calm }) {
  if (!good) return [];
  const rates = ratesAfter(good, recipe, calm(recipe));
  const words = `Back to iteration ${good.frame.t}, the last good state, with rates ${rates.lr_D} and ${rates.lr_G}`;
  return [element("button", { type: "button", class: "gan-lab-rescue", onclick: () => rescue(rates) }, words)];
}

function item(kind, words, link, more = []) {
  const sign = element("span", { class: "gan-lab-sign", "aria-hidden": "true" }, SIGNS[kind] ?? "!");
  return element("li", { "data-health": kind }, sign, element("span", {}, words, " ", ...link), ...more);
}

// chapterUrl(chapter) -> where it can be read, or null where there is no book around; rescue(rates) goes back;
// calm(recipe) -> a recipe like it with rates that are known to be good.
export function buildStrip({ chapterUrl, rescue, calm }) {
  const el = element("ul", { class: "gan-lab-health", role: "status", "aria-label": "What is wrong", hidden: "" });
  let shown = "";

  function linkTo(chapter) {
    const url = chapter && chapterUrl(chapter);
    return url ? [element("a", { href: url }, "Read on")] : [];
  }

  function items({ stopped, health = [], error, recipe }, good, notes) {
    const found = [...health];
    if (stopped && !found.some(({ kind }) => kind === "diverged")) found.unshift({ kind: "diverged", words: stopped, chapter: null });
    if (error) found.unshift({ kind: "error", words: error, chapter: null });
    for (const words of notes) found.unshift({ kind: "note", words, chapter: null });
    return found.map(({ kind, words, chapter }) => {
      const more = kind === "diverged" ? wayOut(good, recipe, { rescue, calm }) : [];
      return { kind, key: `${kind} ${words} ${more[0]?.textContent ?? ""}`, make: () => item(kind, words, linkTo(chapter), more) };
    });
  }

  // `good` is the last good entry of the game; `notes` are sentences of the lab itself.
  return {
    el,
    show(moment, good, notes = []) {
      const list = items(moment, good, notes);
      // Said anew when it is something else; numbers that creep, when the game rests.
      const key = list.map((each) => (moment.playing ? each.kind : each.key)).join("|");
      if (key === shown) return;
      shown = key;
      el.replaceChildren(...list.map((each) => each.make()));
      el.hidden = list.length === 0;
    },
  };
}
