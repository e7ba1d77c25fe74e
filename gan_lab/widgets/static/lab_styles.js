// The lab's own style, beside that of every stage.

import { addSheet } from "./elements.js";

const ID = "gan-lab-lab-style";

const STYLE = `
.gan-lab-lab { max-width: 76rem; scroll-margin-top: 4.5rem; }
.gan-lab-whole { container-type: inline-size; }
.gan-lab-lab [hidden] { display: none !important; }
.gan-lab-head, .gan-lab-beside { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 8px; margin: 0 0 8px; }
.gan-lab-push { flex: 1; }
.gan-lab-preset select { max-width: 15rem; }
.gan-lab-lab p { margin: 0 0 0.3rem; }
.gan-lab-two { display: grid; grid-template-columns: minmax(0, 1fr) 15.5rem; gap: 4px 22px; align-items: start; }
.gan-lab-view { min-width: 0; }
.gan-lab-lab button { padding: 0 11px; white-space: nowrap; }
.gan-lab-lab button:has(> svg:only-child) { padding: 0 8px; }
.gan-lab-lab button:disabled { opacity: 0.45; cursor: default; }
.gan-lab-lab .gan-lab-train { width: 124px; gap: 8px; white-space: nowrap; }
.gan-lab-boards { display: grid; gap: 18px; }
.gan-lab-game { min-width: 0; }
.gan-lab-lab .gan-lab-transport { margin: 8px 0 2px; }
.gan-lab-which { font-weight: 600; text-align: center; }
.gan-lab-waits { min-height: 300px; display: grid; place-items: center; color: var(--gl-muted); }
.gan-lab-board { container-type: inline-size; position: relative; }
.gan-lab-board .gan-lab-says { min-height: 5.6em; }
.gan-lab-lab[data-dim="1"] .gan-lab-says { min-height: 1.6em; }
.gan-lab-board .gan-lab-says span { white-space: normal; }
.gan-lab-charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); gap: 6px; }
.gan-lab-charts canvas { display: block; width: 100%; }
.gan-lab-boxes { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 4px 16px; margin: 4px 0;
  font-size: 13px; color: var(--gl-muted); }
.gan-lab-box { display: inline-flex; align-items: center; gap: 6px; min-height: 32px; cursor: pointer; color: var(--gl-ink); }
.gan-lab-lab input[type="checkbox"] { width: 18px; height: 18px; margin: 0; accent-color: var(--gl-act); }
.gan-lab-lab .gan-lab-scrub { padding: 4px 23px 0 31px; }
.gan-lab-pace { display: inline-flex; align-items: center; gap: 6px; color: var(--gl-muted); }
.gan-lab-health { list-style: none; margin: 6px 0; padding: 0; }
.gan-lab-health li { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; margin: 0 0 4px; padding: 7px 11px;
  border: 1px solid var(--gl-line); border-left: 4px solid var(--gl-warn); border-radius: 6px; background: var(--gl-face); }
.gan-lab-health li > span:nth-child(2) { flex: 1 1 26rem; }
.gan-lab-health a { color: var(--gl-act); }
.gan-lab-health li[data-health="note"] { border-left-color: var(--gl-act); }
.gan-lab-sign { font-weight: 700; color: var(--gl-warn); }
.gan-lab-lab .gan-lab-rescue { white-space: normal; height: auto; min-height: 36px; padding: 5px 11px; border-color: var(--gl-act); }
.gan-lab-foot { margin: 8px 0 0; color: var(--gl-muted); font-size: 13px; text-align: center; }
.gan-lab-controls { font-size: 13px; }
.gan-lab .gan-lab-fields { margin: 0 0 6px; border: 1px solid var(--gl-line); border-radius: 8px; padding: 0 11px 8px; color: inherit; }
.gan-lab .gan-lab-fields:not([open]) { padding-bottom: 0; }
.gan-lab .gan-lab-fields summary { width: auto; padding: 8px 0; font-weight: 600; color: var(--gl-ink); }
.gan-lab-field { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: center; gap: 2px 8px; margin: 0 0 5px; }
.gan-lab-field > label { font-size: 13px; margin: 0; }
.gan-lab-field.gan-lab-check > label { padding: 4px 0; }
.gan-lab-field.gan-lab-choice, .gan-lab-field.gan-lab-rate { grid-template-columns: minmax(0, 1fr); }
.gan-lab-field.gan-lab-choice select { width: 100%; }
.gan-lab-lab select { min-width: 0; max-width: 100%; }
.gan-lab-controls select, .gan-lab-controls input[type="number"], .gan-lab-beside input[type="number"] {
  height: 32px; margin: 0; padding: 0 6px; border: 1px solid var(--gl-line); border-radius: 6px; background: var(--gl-face);
  color: var(--gl-ink); font: inherit; }
.gan-lab-lab input[type="number"] { width: 5.4rem; -moz-appearance: textfield; appearance: textfield; }
.gan-lab-lab input[type="number"]::-webkit-inner-spin-button { -webkit-appearance: none; margin: 0; }
.gan-lab-rate > .gan-lab-rate { display: flex; align-items: center; gap: 8px; }
.gan-lab-beside .gan-lab-rate { display: inline-flex; align-items: center; gap: 8px; }
.gan-lab-lab .gan-lab-rate input[type="range"] { flex: 1; min-width: 0; width: 100%; height: 28px; margin: 0; accent-color: var(--gl-act); }
.gan-lab-hint { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.gan-lab-draw { width: 100%; margin: 0 0 6px !important; }
.gan-lab-tray { margin: 0 0 10px; padding: 8px 11px; border: 1px solid var(--gl-line); border-radius: 8px; background: var(--gl-face); }
.gan-lab-tray textarea { width: 100%; margin: 0 0 6px; border: 1px solid var(--gl-line); border-radius: 6px; background: none;
  color: var(--gl-ink); font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.gan-lab .gan-lab-slow { margin: 8px 0 0; color: inherit; font-size: 14px; }
.gan-lab .gan-lab-slow summary { padding: 4px 0; color: var(--gl-act); margin: 0 auto; }
.gan-lab-lines { list-style: none; margin: 8px 0; padding: 0; border: 1px solid var(--gl-line); border-radius: 8px; overflow: hidden; }
.gan-lab-lines li { margin: 0; padding: 3px 12px 3px calc(12px + 22px * var(--depth)); border-left: 4px solid transparent; }
.gan-lab-lines li.gan-lab-here { border-left-color: var(--gl-act); background: var(--gl-hover); font-weight: 600; }
.gan-lab-line-says { min-height: 3em; font-variant-numeric: tabular-nums; }
.gan-lab-dialog { width: min(36rem, calc(100vw - 20px)); padding: 14px; border: 1px solid var(--gl-line); border-radius: 10px;
  background: var(--gl-paper, #fff); color: var(--gl-ink); }
.gan-lab[data-dark="true"] .gan-lab-dialog { --gl-paper: #1b2027; }
.gan-lab-dialog::backdrop { background: rgba(0, 0, 0, 0.45); }
.gan-lab-pad { display: block; width: 100%; touch-action: none; cursor: crosshair; border-radius: 6px; background: var(--gl-face); }
.gan-lab-lab .gan-lab-dialog .gan-lab-play { width: auto; }
@container (min-width: 760px) { .gan-lab-abreast { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@container (max-width: 700px) {
  .gan-lab-two { grid-template-columns: minmax(0, 1fr); }
  .gan-lab-push { display: none; }
  .gan-lab-lab.gan-lab-lab .gan-lab-says { min-height: 4.5em; }
  .gan-lab-lab.gan-lab-lab[data-dim="2"] .gan-lab-says { min-height: 10.2em; }
}
@media (pointer: coarse) {
  .gan-lab-controls select, .gan-lab-controls input[type="number"] { height: 40px; }
  .gan-lab-hand { min-width: 48px; }
}
@media print { .gan-lab-head, .gan-lab-controls, .gan-lab-slow { display: none; } }
`;

export const addLabStyle = () => addSheet(ID, STYLE);
