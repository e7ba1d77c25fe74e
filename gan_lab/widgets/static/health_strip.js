// What is wrong with a game, said where the reader looks: the criterion, the number, and where to read on.

import { element } from "./elements.js";

const SIGNS = { diverged: "✕", vanished: "∅", collapsed: "⋂", circling: "↻" };

// The way out of a game that has diverged: its last good state, and slower rates where it had these there.
function wayOut(good, recipe, rescue) {
  if (!good) return [];
  const { frame } = good;
  const slower = ["lr_D", "lr_G"].filter((name) => good.recipe[name] !== recipe[name]);
  const words = slower.length
    ? `Back to iteration ${frame.t}, the last good state, with ${slower.map((name) => `${name} ${good.recipe[name]}`).join(" and ")}`
    : `Back to iteration ${frame.t}, the last good state, with both rates a tenth`;
  return [element("button", { type: "button", class: "gan-lab-rescue", onclick: () => rescue(slower.length > 0) }, words)];
}

function item(kind, words, link, more = []) {
  const sign = element("span", { class: "gan-lab-sign", "aria-hidden": "true" }, SIGNS[kind] ?? "!");
  return element("li", { "data-health": kind }, sign, element("span", {}, words, " ", ...link), ...more);
}

// chapterUrl(chapter) -> where it can be read, or null where there is no book around.
export function buildStrip({ chapterUrl, rescue, label = "What is wrong" }) {
  const el = element("ul", { class: "gan-lab-health", role: "status", "aria-label": label, hidden: "" });
  let shown = "";

  function linkTo(chapter) {
    const url = chapter && chapterUrl(chapter);
    return url ? [element("a", { href: url }, "Read on")] : [];
  }

  function items({ stopped, health = [], error, recipe }, good, notes) {
    const found = health.map(({ kind, words, chapter }) => ({ kind, words, chapter }));
    if (stopped && !found.some(({ kind }) => kind === "diverged")) found.unshift({ kind: "diverged", words: stopped, chapter: null });
    if (error) found.unshift({ kind: "error", words: error, chapter: null });
    for (const words of notes) found.unshift({ kind: "note", words, chapter: null });
    return found.map(({ kind, words, chapter }) => {
      const more = kind === "diverged" ? wayOut(good, recipe, rescue) : [];
      return { key: `${kind} ${words} ${more[0]?.textContent ?? ""}`, make: () => item(kind, words, linkTo(chapter), more) };
    });
  }

  // `good` is the last good entry of the game; `notes` are sentences of the lab itself.
  return {
    el,
    show(moment, good, notes = []) {
      const list = items(moment, good, notes);
      const key = list.map((each) => each.key).join("|");
      if (key === shown) return; // a screen reader hears what is new, once
      shown = key;
      el.replaceChildren(...list.map((each) => each.make()));
      el.hidden = list.length === 0;
    },
  };
}
