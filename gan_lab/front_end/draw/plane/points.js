// The points of the picture of the plane that can be asked about, as draw/line/points.js has those of the line.

import { sharesAt } from "./layers.js";
import { withMinibatch } from "./minibatch.js";
import { planeLayout } from "./view.js";

export function pointsInPlane(frame, size, layers) {
  const named = withMinibatch(frame, layers);
  const [panel] = planeLayout(frame, size, layers);
  const [left, top, width, height] = panel.area;
  const { minibatch } = frame;
  const of = (who, points, mine) => {
    const shares = sharesAt(named.frame, points, minibatch ? null : `D_${mine}`);
    const z = who === "sample" ? (minibatch?.z ?? frame.z ?? []) : [];
    const dim = (2 * z.length) / points.length;
    return Array.from({ length: points.length / 2 }, (_, k) => ({
      who,
      x: [points[2 * k], points[2 * k + 1]],
      z: dim >= 1 ? Array.from(z.slice(k * dim, (k + 1) * dim)) : undefined,
      share: shares[k],
      out: minibatch?.out[mine]?.[k] ?? NaN,
      paid: minibatch?.pays[mine]?.[k] ?? NaN,
      spots: [[panel.x(points[2 * k]), panel.y(points[2 * k + 1])]],
    }));
  };
  const all = [
    ...(named.layers.real ? of("data", named.frame.real, "real") : []),
    ...(named.layers.fake ? of("sample", named.frame.fake, "fake") : []),
  ];
  /** @type {(at: number[]) => boolean} */
  const inside = ([x, y]) => x >= left && x <= left + width && y >= top && y <= top + height;
  return all.filter(({ spots: [at] }) => inside(at));
}
