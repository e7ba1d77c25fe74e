// How large a figure is that has the window for itself: type, and within what is left the pictures.
//
// The figure is laid out in a window that is smaller by so much as it is then magnified. How high its pictures are is
// told to all figures by a property of the body's style, whose changes they hear as those of a theme.

import { TALL } from "../figure_parts.js";

const LARGER = 1.6; // type, in a window of this size
const [WIDTH, HEIGHT] = [1280, 800];
const MOST = 1.6; // times a picture's usual height
const leastOf = (figure) => (figure.matches("[data-gan-lab-explore]") ? 0.8 : 0.6);

const within = (low, value, high) => Math.min(high, Math.max(low, value));
const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

function lay(figure, larger, tall) {
  const { style } = figure;
  style.width = `${innerWidth / larger}px`;
  style.height = `${innerHeight / larger}px`;
  style.transform = `scale(${larger})`;
  document.body.style.setProperty(TALL, String(tall));
}

// Of all that stands in the figure, with its padding, and a line more that a sentence may take while it plays.
const AROUND = 36;
const heightOf = (figure) =>
  [...figure.querySelectorAll(":scope > :not(h1)")].reduce((sum, { offsetHeight = 0 }) => sum + offsetHeight, AROUND);

let latest = 0;
let settled = 0; // the height at rest, in which a line more or less changes nothing; 0 while it is measured
const LINES = 30; // pixels
const TRIES = 5;

// Measured at two heights of its pictures, and set to that at which it fills the window; where the lowest is too high
// the type is smaller, by which the figure gets wider and is laid out anew.
export async function fit(figure) {
  const turn = ++latest;
  settled = 0;
  let larger = Math.max(1, LARGER * Math.min(innerWidth / WIDTH, innerHeight / HEIGHT));
  const room = innerHeight / larger;
  const least = leastOf(figure);
  const heights = [];
  for (const tall of [1, least]) {
    lay(figure, larger, tall);
    await painted();
    if (turn !== latest) return;
    heights.push(heightOf(figure));
  }
  const [usual, low] = heights;
  const each = (usual - low) / (1 - least); // pixels for one usual height more
  const tall = each > 1 ? within(least, 1 + (room - usual) / each, MOST) : 1;
  for (let tries = 0; tries < TRIES; tries++) {
    lay(figure, larger, tall);
    await painted();
    if (turn !== latest) return;
    const over = (larger * heightOf(figure)) / innerHeight;
    if (over <= 1.005 || larger === 1) break;
    larger = Math.max(1, larger / over);
  }
  settled = heightOf(figure);
}

// Whether a figure has changed by more than a line since it was set to a size.
export const outgrown = (figure) => settled > 0 && Math.abs(heightOf(figure) - settled) > LINES;

export function unfit(figure) {
  latest += 1;
  for (const name of ["width", "height", "transform"]) figure.style.removeProperty(name);
  document.body.style.removeProperty(TALL);
}
