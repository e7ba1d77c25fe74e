// A figure that has the window for itself: what stands around it is gone, and what is not the picture or moves it.

import { addSheet } from "../elements.js";
import { BESIDE } from "../figure_parts.js";

const ID = "gan-lab-present-style";

const STYLE = `
html[data-gan-lab-presents] { overflow: hidden; }
[data-gan-lab-behind] { display: none !important; }
.gan-lab.gan-lab-presented { position: fixed; left: 0; top: 0; z-index: 2000; display: flex; flex-direction: column;
  justify-content: safe center; max-width: none; min-height: 0 !important; margin: 0; padding: 6px 12px; overflow: auto;
  box-sizing: border-box; transform-origin: 0 0; --gl-top: 0px; }
.gan-lab-presented > :not(h1) { flex: none; width: 100%; margin: 0; }
.gan-lab-presented > :is(figcaption, details), .gan-lab-presented :is(.gan-lab-still, .gan-lab-sharing, .gan-lab-tray,
  .gan-lab-head, .gan-lab-beside, .gan-lab-controls, .gan-lab-slow:not([open]), .gan-lab-key:not([open]), .gan-lab-foot, .gan-lab-boxes,
  .gan-lab-pace) { display: none !important; }
.gan-lab-presented .gan-lab-two { display: block; }
.gan-lab-presented .gan-lab-view { position: static; }
.gan-lab-presented .gan-lab-transport { margin: 2px 0; }
.gan-lab-presented .gan-lab-keys { padding: 4px 0 0; color: var(--gl-muted); font-size: 10px; text-align: center; }
@media ${BESIDE} {
  .gan-lab-presented .gan-lab-view, .gan-lab-presented .gan-lab-plane { display: grid; gap: 0 18px;
    grid-template-columns: minmax(0, 1.15fr) minmax(0, 1fr); align-items: center; }
  .gan-lab-presented .gan-lab-plane > .gan-lab-board { grid-row: 1 / span 4; }
  .gan-lab-presented .gan-lab-plane > .gan-lab-charts { order: -1; }
  .gan-lab-presented .gan-lab-plane > .gan-lab-board { order: -2; }
  .gan-lab-presented .gan-lab-charts { grid-template-columns: minmax(0, 1fr); }
}
`;

export const addPresentStyle = () => addSheet(ID, STYLE);
