// What a point of the picture is, said beside it: the one that a pointer is near, that a finger touches, or to which the
// keys n and p lead, from left to right.

import { pointsOnLine } from "../../../draw/line/points.js";
import { pointsInPlane } from "../../../draw/plane/points.js";
import { pointWords } from "../../../draw/point_words.js";
import { element } from "../../elements.js";
import { pointOn } from "../../figure_parts.js";

const NEAR = 10; // pixels
const ASIDE = 12;

const distance = ([a, b], [x, y]) => Math.hypot(a - x, b - y);

// The point with a spot nearest to a place, and that spot; null where none is near.
export function pointAt(points, place, near = NEAR) {
  let [best, found] = [near, null];
  for (const point of points)
    for (const spot of point.spots) {
      const far = distance(spot, place);
      if (far <= best) [best, found] = [far, { point, spot }];
    }
  return found;
}

// Points in the order in which the keys go through them.
export const inOrder = (points) => [...points].sort((a, b) => a.x[0] - b.x[0] || a.x.at(-1) - b.x.at(-1));

export class Tooltip {
  // moment() -> { frame, size, layers } of the picture in `box`.
  constructor(box, moment) {
    this.box = box;
    this.moment = moment;
    this.at = -1; // in the order of the keys
    this.ring = element("span", { class: "gan-lab-ring", hidden: "" });
    this.tip = element("span", { class: "gan-lab-tip", role: "status" });
    this.tip.hidden = true;
    box.append(this.ring, this.tip);
    for (const kind of ["pointermove", "pointerdown"]) box.addEventListener(kind, (event) => this.point(event));
    box.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && this.hide());
    box.addEventListener("blur", () => this.hide());
  }

  points() {
    const { frame, size, layers } = this.moment();
    if (!frame) return [];
    return (frame.dim === 2 ? pointsInPlane : pointsOnLine)(frame, size, layers);
  }

  point(event) {
    const near = event.pointerType === "mouse" ? NEAR : 2 * NEAR;
    const found = pointAt(this.points(), /** @type {any} */ (pointOn(this.box, event)), near);
    this.at = -1;
    if (found) this.tell(found);
    else this.hide();
  }

  // The next point by keys, or with -1 the one before.
  step(by) {
    const all = inOrder(this.points());
    if (!all.length) return;
    this.at = (this.at < 0 ? (by > 0 ? 0 : all.length - 1) : this.at + by + all.length) % all.length;
    const point = all[this.at];
    this.tell({ point, spot: point.spots[0] });
  }

  tell({ point, spot: [x, y] }) {
    const { tip, ring, box } = this;
    tip.textContent = pointWords(this.moment().frame, point);
    ring.hidden = tip.hidden = false;
    Object.assign(ring.style, { left: `${x}px`, top: `${y}px` });
    const low = y > box.clientHeight / 2;
    const left = Math.min(Math.max(0, x - tip.offsetWidth / 2), Math.max(0, box.clientWidth - tip.offsetWidth));
    Object.assign(tip.style, { left: `${left}px`, top: `${low ? y - ASIDE - tip.offsetHeight : y + ASIDE}px` });
  }

  hide() {
    this.ring.hidden = this.tip.hidden = true;
    this.at = -1;
  }
}
