// What the stage of a recording and the board of a live game have in common: a sentence under the picture,
// what is read aloud, and a chart that a pointer moves through the history.

import { element, sheet } from "./elements.js";

const HEARD_AFTER = 400; // milliseconds of rest before a screen reader is told

// A sentence, broken only between its parts.
export function tellSentence(says, words) {
  const parts = words.split(/(?<=[:;]) /);
  says.replaceChildren(...parts.flatMap((part) => [element("span", {}, part), " "]));
}

// What may be read aloud: words(), when the picture has come to rest, or when asked for.
export function announcer(heard, words) {
  let timer = null;
  const say = () => heard.replaceChildren(element("span", {}, words()));
  const rest = (moving) => {
    clearTimeout(timer);
    if (!moving) timer = setTimeout(say, HEARD_AFTER);
  };
  return { say, rest, stop: () => clearTimeout(timer) };
}

// How high pictures are, of their usual height: what fills a window says so (ui/present/fit.js).
export const TALL = "--gl-tall";
export const tallness = () => Number(document.body.style.getPropertyValue(TALL)) || 1;

// Where charts stand beside their picture in a presentation, and need not be low for its sake.
export const BESIDE = "(min-aspect-ratio: 6/5)";

// Where a pointer is on a canvas, in its own pixels, also where the canvas is magnified.
export function pointOn(canvas, { clientX, clientY }) {
  const box = canvas.getBoundingClientRect();
  const smaller = canvas.offsetWidth / box.width || 1;
  return [(clientX - box.left) * smaller, (clientY - box.top) * smaller];
}

// seek([x, y]) with the points of a pointer that is pressed on a canvas; begin() when it is.
export function scrubbing(canvas, seek, begin = () => {}) {
  const look = (event) => seek(pointOn(canvas, event));
  canvas.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    begin();
    look(event);
  });
  canvas.addEventListener("pointermove", (event) => canvas.hasPointerCapture(event.pointerId) && look(event));
}

// A context on a canvas of this size in CSS pixels.
export function contextOn(canvas, size) {
  if (canvas.style.height !== `${size.height}px`) canvas.style.height = `${size.height}px`;
  return sheet(canvas, size);
}

export const within = (low, value, high) => Math.round(Math.min(high, Math.max(low, value)));
