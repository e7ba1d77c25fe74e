// One figure of a page alone, in big type, driven by keys: for a room that looks at a wall.

import { element } from "../elements.js";
import { figureAskedFor, figuresOfPage } from "./address.js";
import { fit, outgrown, unfit } from "./fit.js";
import { addPresentStyle } from "./styles.js";

const OWN_KEYS = [
  ['[data-gan-lab="recording"]', "Space plays, ← → step"],
  ['[data-gan-lab="lab"]', "Space trains, ← → look back and on, d g b one step"],
  ["[data-gan-lab-explore]", "Tab goes on, ← → move"],
];
const TYPED = "textarea, select, input:not([type=range], [type=radio], [type=checkbox])";

let shown = null; // { figure, keys, leave() }, while one is
let asked = false; // whether the page's address was looked at

// All that stands beside a figure and beside what holds it; what is closed around it is opened. Returns what undoes that.
function clearAround(figure) {
  const [behind, closed] = [[], []];
  for (let node = figure; node !== document.body; node = node.parentElement) {
    for (const other of node.parentElement.children) if (other !== node) behind.push(other);
    if (node.matches("details:not([open])")) closed.push(node);
  }
  for (const other of behind) other.dataset.ganLabBehind = "";
  for (const fold of closed) fold.open = true;
  document.documentElement.dataset.ganLabPresents = "";
  return () => {
    for (const other of behind) delete other.dataset.ganLabBehind;
    for (const fold of closed) fold.open = false;
    delete document.documentElement.dataset.ganLabPresents;
  };
}

// What takes the keys: a moving figure, or of an explorable the first slider that is there.
const pictureOf = (figure) =>
  figure.querySelector('.gan-lab-picture[tabindex="0"]') ??
  [...figure.querySelectorAll("input[type=range]:enabled")].find((input) => input.checkVisibility()) ??
  figure.querySelector("input");

function keysLine(figure) {
  const figures = figuresOfPage();
  const own = OWN_KEYS.find(([selector]) => figure.matches(selector))[1];
  const others =
    figures.length > 1 ? [`n p next and previous figure (${figures.indexOf(figure) + 1} of ${figures.length})`] : [];
  return element("p", { class: "gan-lab-keys" }, [own, ...others, "Esc leaves", "h hides this line"].join(" · "));
}

// A page opened from a disk, or in a frame, may not have its address changed.
function writeAddress(link) {
  try {
    history.replaceState(history.state, "", link);
  } catch {}
}

// Show a figure of the page alone; another one that is shown so gives way.
export function presentFigure(figure) {
  shown?.leave();
  addPresentStyle();
  const undo = clearAround(figure);
  const keys = keysLine(figure);
  const heading = element("h1", { class: "gan-lab-heard" }, document.title); // the page's own is gone
  figure.classList.add("gan-lab-presented");
  figure.prepend(heading);
  figure.append(keys);
  const focused = () => figure.contains(document.activeElement) || pictureOf(figure)?.focus({ preventScroll: true });
  const sized = () => fit(figure).then(focused);
  const grown = new ResizeObserver(() => outgrown(figure) && sized());
  const mounted = new MutationObserver((changes) => {
    if (!changes.some(({ target }) => target === figure || target.nodeName === "CANVAS")) return;
    for (const part of figure.children) grown.observe(part); // it may become a figure only now that it is in sight
    focused();
    sized();
  });
  mounted.observe(figure, { childList: true, subtree: true, attributeFilter: ["hidden"] });
  window.addEventListener("resize", sized);
  const leave = () => {
    mounted.disconnect();
    grown.disconnect();
    window.removeEventListener("resize", sized);
    figure.querySelector('.gan-lab-play[aria-label="Pause"]')?.click();
    heading.remove();
    keys.remove();
    figure.classList.remove("gan-lab-presented");
    unfit(figure);
    undo();
    shown = null;
  };
  shown = { figure, keys, leave, sized };
  for (const part of figure.children) grown.observe(part);
  focused(); // once more when it has its size: a page that opens at an anchor takes the focus away
  sized();
}

function leave() {
  const { figure } = shown;
  shown.leave();
  writeAddress(location.href.replace(/\?[^#]*/, ""));
  figure.scrollIntoView({ block: "center", behavior: "instant" });
  pictureOf(figure)?.focus({ preventScroll: true });
}

function go(by) {
  const figures = figuresOfPage();
  const next = figures[figures.indexOf(shown.figure) + by];
  if (next) presentFigure(next);
}

const ACTS = {
  n: () => go(1),
  PageDown: () => go(1),
  p: () => go(-1),
  PageUp: () => go(-1),
  Escape: leave,
  h: () => {
    shown.keys.hidden = !shown.keys.hidden;
    shown.sized();
  },
};

// Keys of a presentation are heard before the figure's own; those that reach nobody are the picture's.
function press(event) {
  if (!shown || event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.(TYPED)) return;
  if (Object.hasOwn(ACTS, event.key)) {
    ACTS[event.key]();
    event.preventDefault();
    event.stopImmediatePropagation();
  } else if (document.activeElement === document.body && event.isTrusted) {
    const picture = pictureOf(shown.figure);
    picture?.focus({ preventScroll: true });
    picture?.dispatchEvent(new KeyboardEvent("keydown", { key: event.key, bubbles: true }));
    event.preventDefault();
  }
}

// Once a page, when all its figures are there: the one that its address asks for.
export function presentIfAsked() {
  if (asked) return;
  asked = true;
  document.addEventListener("keydown", press, true);
  const begin = () => {
    const figure = figureAskedFor(location);
    if (figure) presentFigure(figure);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else queueMicrotask(begin);
}
