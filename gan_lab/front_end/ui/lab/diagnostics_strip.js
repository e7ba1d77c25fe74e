// What is wrong with a game, said where the reader looks: the criterion, the number, and where to read on.

import { element } from "../elements.js";
import { inWords } from "./controls/fields.js";

const SIGNS = { diverged: "✕", vanished: "∅", collapsed: "⋂", circling: "↻", still: "■" };

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

// chapterUrl(chapter) -> where it can be read, or null where there is no book around; chapterTitle(chapter) -> what it is
// called, where that is known then; rescue(rates) goes back;
// calm(recipe) -> a recipe like it with rates that are known to be good; help(offer) as standstill.js has it.
export function buildStrip({ chapterUrl, chapterTitle = (_place) => null, rescue, calm, help }) {
  const el = element("ul", {
    class: "gan-lab-health",
    "aria-live": "polite",
    "aria-label": "What is wrong",
    hidden: "",
  });
  let shown = "";

  function readOn(chapter) {
    const url = chapter && chapterUrl(chapter);
    if (url) return [element("a", { href: url }, "Read on")];
    const title = chapter && chapterTitle(chapter);
    return title ? [`More in the book: ${title}`] : [];
  }

  const buttonFor = (offer) => element("button", { type: "button", onclick: () => help(offer) }, offer.words);

  function items({ stopped, health = [], error, recipe, still = null }, good, notes) {
    const found = [...health];
    if (stopped && !found.some(({ kind }) => kind === "diverged"))
      found.unshift({ kind: "diverged", words: inWords(stopped), chapter: "convergence#how-long-a-step-may-be" });
    if (error) found.unshift({ kind: "error", words: inWords(error), chapter: null });
    if (still && !stopped) found.unshift({ kind: "still", ...still });
    for (const words of notes) found.unshift({ kind: "note", words, chapter: null });
    return found.map(({ kind, words, chapter, offers = [] }) => {
      const more = kind === "diverged" ? wayOut(good, recipe, { rescue, calm }) : offers.map(buttonFor);
      return {
        kind,
        key: `${kind} ${words} ${more[0]?.textContent ?? ""}`,
        make: () => item(kind, words, readOn(chapter), more),
      };
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
