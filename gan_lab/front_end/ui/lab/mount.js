// The labs of a page, and the page's address: who opens a link, and who may write one.
//
// A figure becomes a lab shortly before it is in sight; one that the address speaks of at once.

import { dimOf } from "../../data/kinds.js";
import { presetRecipe } from "../../training/recipe/presets.js";
import { recipeOf } from "../../training/recipe/recipe.js";
import { PRESETS } from "../../training/recipe/schema.js";
import { dropStill, element } from "../elements.js";
import { presentIfAsked } from "../present/present.js";
import { inWords } from "./controls/fields.js";
import { mountLab } from "./lab.js";
import { stateOfLink } from "./share/link.js";

const SELECTOR = 'figure[data-gan-lab="lab"]:not([data-mounted])';
const places = []; // { figure, asks, lab }, in the order of the page
let listening = false;

// What a figure says: data-preset, data-link (of a whole state), or data-recipe (JSON) and data-t.
function asked({ dataset }) {
  if (dataset.link) return stateOfLink(dataset.link);
  if (dataset.preset) return { recipe: presetRecipe(dataset.preset), t: PRESETS[dataset.preset].t };
  return { recipe: recipeOf(JSON.parse(dataset.recipe ?? "{}")), t: Number(dataset.t ?? 0) };
}

// A frame of another page may have no address of its own.
function writeAddress(link) {
  try {
    history.replaceState(history.state, "", link);
  } catch {}
}

function mountPlace(place, start = place.asks) {
  place.figure.style.minHeight = "";
  place.lab = mountLab(place.figure, { start, writeAddress });
  dropStill(place.figure);
}

// The lab that an address speaks of opens it: the first one of that dimension. While the page is being set up,
// one that has done so does not do it again.
function openAddress(hash = location.hash, again = true) {
  const state = stateOfLink(hash);
  const place =
    state &&
    places.find(({ figure, asks }) => figure.isConnected && dimOf(asks.recipe.data) === dimOf(state.recipe.data));
  if (!place) return;
  if (!place.lab) mountPlace(place, state);
  else if (again) place.lab.open(state);
  place.lab.come();
}

// A link to the address that is there already sets everything up once more.
function openAgain(event) {
  const link = event.target.closest?.('a[href^="#lab="]');
  if (link && link.hash === location.hash) openAddress();
}

function listen() {
  if (listening) return;
  listening = true;
  // where the link led: a lab that comes to rest may have written its own address since
  window.addEventListener("hashchange", ({ newURL }) => openAddress(new URL(newURL).hash));
  document.addEventListener("click", openAgain);
}

// One sentence in place of a lab that cannot be begun.
function apologise(figure, error) {
  figure.append(
    element("p", { class: "gan-lab-broken", role: "alert" }, `This lab cannot be begun. ${inWords(error.message)}`),
  );
}

// Every lab of the page that is not mounted yet.
export function mountLabs(root = document) {
  const figures = [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(SELECTOR))];
  if (!figures.length) return;
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        const place = places.find(({ figure }) => figure === target);
        if (!place.lab) mountPlace(place);
      }
    },
    { rootMargin: "400px" },
  );
  for (const figure of figures) {
    figure.dataset.mounted = "";
    try {
      places.push({ figure, asks: asked(figure), lab: null });
    } catch (error) {
      apologise(figure, error);
      continue;
    }
    figure.style.minHeight = "700px";
    near.observe(figure);
  }
  listen();
  openAddress(location.hash, false);
  presentIfAsked();
}
