// What the explorables add to the stage's style: rows of sliders, choices.

import { THEMES } from "../../draw/theme.js";
import { addSheet } from "../elements.js";

const ID = "gan-lab-explore-style";
const ROLES = ["p_data", "p_g", "D"];

// A slider has the colour of what it moves.
const tint = (dark, before) =>
  ROLES.map((role) => `${before} [data-role="${role}"] { --gl-act: ${THEMES[dark][role]}; }`).join("\n");

const STYLE = `
.gan-lab-knobs { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17.5rem), 1fr));
  gap: 2px 28px; margin: 4px 0; padding: 0 32px 0 40px; }
.gan-lab-knob { display: grid; grid-template-columns: 5.4rem minmax(0, 1fr) 3.4rem; align-items: center;
  gap: 10px; padding: 0; }
.gan-lab-knob[hidden] { display: none; }
.gan-lab-knob.gan-lab-wide { grid-column: 1 / -1; }
.gan-lab-scrub.gan-lab-knob { padding: 0; }
.gan-lab-knob input[type="range"] { height: 32px; touch-action: pan-y; }
.gan-lab-knob output { text-align: right; font-variant-numeric: tabular-nums; }
.gan-lab-formula { font-family: "STIX Two Text", "Latin Modern Roman", Cambria, Georgia, "Times New Roman", serif;
  font-size: 15.5px; white-space: nowrap; }
.gan-lab-formula sub { font-size: 11px; line-height: 0; }
.gan-lab-formula .gan-lab-plain { font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
.gan-lab-choices { display: flex; flex-wrap: wrap; gap: 6px 28px; margin: 2px 0 6px; padding: 0 32px 0 40px; }
.gan-lab-choice { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 14px; min-width: 0; margin: 0;
  padding: 0; border: 0; }
.gan-lab-choice[hidden] { display: none; }
.gan-lab-choice legend { float: left; padding: 0; margin: 0; width: auto; color: var(--gl-muted); font: inherit; }
.gan-lab-choice label { display: inline-flex; align-items: center; gap: 6px; min-height: 32px; cursor: pointer; }
.gan-lab-choice input { width: 16px; height: 16px; margin: 0; accent-color: var(--gl-act); cursor: pointer; }
.gan-lab-board { border-radius: 6px; position: relative; }
.gan-lab-board .gan-lab-handle { position: absolute; left: 0; top: 0; width: 28px; height: 28px; margin: 0; opacity: 0;
  pointer-events: none; }
.gan-lab-board .gan-lab-handle:focus-visible { opacity: 1; appearance: none; background: none; border-radius: 50%; }
.gan-lab-board .gan-lab-handle::-webkit-slider-thumb { visibility: hidden; }
.gan-lab-board .gan-lab-handle::-moz-range-thumb { visibility: hidden; }
.gan-lab-acts { display: flex; flex-wrap: wrap; justify-content: center; gap: 8px; margin: 2px 0 6px; }
.gan-lab .gan-lab-acts button { padding: 0 14px; }
.gan-lab .gan-lab-acts button:first-child { border-color: var(--gl-act); box-shadow: inset 0 0 0 1px var(--gl-act); }
.gan-lab-best { margin: 0; min-height: 1.5em; text-align: center; color: var(--gl-muted); font-size: 13.5px; }
.gan-lab-board canvas { display: block; width: 100%; touch-action: pan-y; }
.gan-lab-board.gan-lab-can-grab canvas { cursor: grab; }
.gan-lab-board.gan-lab-grabbing canvas { cursor: grabbing; }
.gan-lab-explore .gan-lab-says { min-height: 3em; align-content: center; }
@media (max-width: 480px) {
  .gan-lab-knobs, .gan-lab-choices { padding: 0; }
  .gan-lab-knob input[type="range"] { height: 36px; }
  .gan-lab-explore .gan-lab-says { min-height: 4.5em; }
}
${tint("light", ".gan-lab")}
${tint("dark", '.gan-lab[data-dark="true"]')}
`;

export const addExploreStyle = () => addSheet(ID, STYLE);
