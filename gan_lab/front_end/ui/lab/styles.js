// The lab's own style, beside that of every stage.

import { addSheet } from "../elements.js";

const ID = "gan-lab-lab-style";

const STYLE = `
.gan-lab-lab { max-width: 76rem; scroll-margin-top: 4.5rem; }
.gan-lab-whole { container: lab / inline-size; }
:is(.gan-lab-lab, .gan-lab-plane) [hidden] { display: none !important; }
.gan-lab-head, .gan-lab-beside { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 8px; margin: 0 0 8px; }
.gan-lab-push { flex: 1; }
.gan-lab-preset select { max-width: 15rem; }
.gan-lab-lab p { margin: 0 0 0.3rem; }
.gan-lab-two { display: grid; grid-template-columns: minmax(0, 1fr) 15.5rem; gap: 4px 22px; align-items: start; }
.gan-lab-two:has(.gan-lab-slow[open]) { grid-template-columns: minmax(0, 1fr) 20.5rem; }
.gan-lab-view, .gan-lab-side { min-width: 0; position: sticky; top: var(--gl-top); }
.gan-lab-lab { --gl-g: #1b7f4b; }
.gan-lab-lab[data-dark="true"] { --gl-g: #4ec98b; }
.gan-lab-lab { --gl-top: 3.6rem; }
.gan-lab-sight > .gan-lab-transport { position: sticky; top: var(--gl-top); z-index: 3; margin: 0; padding: 6px 0; background: var(--gl-page); }
.bd-content div.cell_output .output.text_html:has(.gan-lab-lab) { overflow: visible; } /* or nothing would stay in sight */
.gan-lab-lab button { padding: 0 11px; white-space: nowrap; }
.gan-lab-lab button:has(> svg:only-child) { padding: 0 8px; }
.gan-lab-lab button:disabled { opacity: 0.45; cursor: default; }
.gan-lab-lab .gan-lab-train { width: 124px; gap: 8px; white-space: nowrap; }
/* What comes and goes beside Train moves nothing of that row. */
.gan-lab-sight > .gan-lab-transport { display: grid; grid-template-columns: minmax(0, 1fr) auto minmax(0, 1fr); }
.gan-lab-sight > .gan-lab-transport > .gan-lab-group { grid-area: 1 / 2; }
.gan-lab-lab .gan-lab-go-on { grid-area: 1 / 1; justify-self: start; line-height: 1.15; white-space: normal; }
.gan-lab-lab .gan-lab-noted { grid-area: 1 / 3; justify-self: end; gap: 6px; padding: 0 9px; border-color: var(--gl-warn); font-size: 13px; }
body:has(.gan-lab-lab) #pst-back-to-top { display: none !important; } /* it would cover what is to be pressed */
.gan-lab-boards { display: grid; gap: 18px; }
.gan-lab-game { min-width: 0; }
.gan-lab-lab .gan-lab-transport { margin: 8px 0 2px; }
.gan-lab-which { font-weight: 600; text-align: center; }
.gan-lab-waits { min-height: 300px; display: grid; place-items: center; color: var(--gl-muted); }
.gan-lab-lab .gan-lab-picture, .gan-lab-plane .gan-lab-picture { position: relative; }
.gan-lab-ring { position: absolute; width: 16px; height: 16px; margin: -8px 0 0 -8px; border: 2px solid var(--gl-act); border-radius: 50%; pointer-events: none; }
.gan-lab-tip { position: absolute; max-width: min(100%, 21rem); padding: 3px 8px; border: 1px solid var(--gl-line); border-radius: 6px;
  background: var(--gl-face); color: var(--gl-ink); font-size: 13px; font-variant-numeric: tabular-nums; pointer-events: none; z-index: 3; }
.gan-lab-board { container-type: inline-size; position: relative; }
.gan-lab-board .gan-lab-says { min-height: 5.6em; }
.gan-lab-lab[data-dim="1"] .gan-lab-says { min-height: 3em; }
.gan-lab-board .gan-lab-says span { white-space: normal; }
.gan-lab-charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); gap: 6px; }
.gan-lab-charts canvas { display: block; width: 100%; }
.gan-lab-boxes { display: flex; flex-wrap: wrap; align-items: center; justify-content: center; gap: 4px 16px; margin: 4px 0;
  font-size: 13px; color: var(--gl-muted); }
.gan-lab-box { display: inline-flex; align-items: center; gap: 6px; min-height: 32px; cursor: pointer; color: var(--gl-ink); }
:is(.gan-lab-lab, .gan-lab-plane) input[type="checkbox"] { width: 18px; height: 18px; margin: 0; accent-color: var(--gl-act); }
:is(.gan-lab-lab, .gan-lab-plane) .gan-lab-scrub { padding: 4px 23px 0 31px; }
.gan-lab-pace { display: inline-flex; align-items: center; gap: 6px; color: var(--gl-muted); }
.gan-lab-health { list-style: none; margin: 6px 0; padding: 0; }
.gan-lab-health li { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; margin: 0 0 4px; padding: 7px 11px;
  border: 1px solid var(--gl-line); border-left: 4px solid var(--gl-warn); border-radius: 6px; background: var(--gl-face); }
.gan-lab-health li > span:nth-child(2) { flex: 1 1 min(26rem, calc(100% - 30px)); }
.gan-lab-health a { color: var(--gl-act); }
.gan-lab-health li:is([data-health="note"], [data-health="still"]) { border-left-color: var(--gl-act); }
.gan-lab-sign { font-weight: 700; color: var(--gl-warn); }
.gan-lab-lab .gan-lab-rescue { white-space: normal; height: auto; min-height: 36px; padding: 5px 11px; border-color: var(--gl-act); }
.gan-lab-foot { margin: 8px 0 0; color: var(--gl-muted); font-size: 13px; text-align: center; }
.gan-lab-controls { font-size: 13px; }
.gan-lab .gan-lab-fields { margin: 0 0 6px; border: 1px solid var(--gl-line); border-radius: 8px; padding: 0 11px 8px; color: inherit; }
.gan-lab details.gan-lab-fields:not([open]) { padding-bottom: 0; }
.gan-lab .gan-lab-fields summary { width: auto; padding: 8px 0; font-weight: 600; color: var(--gl-ink); }
.gan-lab-fields[data-group="first"] { padding-top: 7px; }
.gan-lab-field { display: grid; grid-template-columns: minmax(0, 1fr) auto; align-items: center; gap: 2px 8px; margin: 0 0 5px; }
.gan-lab-label { display: flex; align-items: center; gap: 4px; min-width: 0; }
.gan-lab-label > label { font-size: 13px; margin: 0; }
.gan-lab-number .gan-lab-label { gap: 1px; }
.gan-lab-field.gan-lab-check .gan-lab-label > label { padding: 4px 0; }
.gan-lab-field.gan-lab-choice, .gan-lab-field.gan-lab-rate { grid-template-columns: minmax(0, 1fr); }
.gan-lab-field.gan-lab-choice select { width: 100%; }
.gan-lab-lab .gan-lab-ask { flex: none; width: 24px; min-width: 24px; height: 24px; padding: 0; border-color: transparent; border-radius: 50%;
  background: none; color: var(--gl-muted); font-size: 12px; font-weight: 600; }
.gan-lab-lab .gan-lab-ask > span:first-child { width: 17px; line-height: 15px; border: 1px solid currentColor; border-radius: 50%; }
.gan-lab-lab .gan-lab-ask:hover, .gan-lab-lab .gan-lab-ask[aria-expanded="true"] { background: none; color: var(--gl-act); }
.gan-lab-lab .gan-lab-hint, .gan-lab-lab .gan-lab-refusal { grid-column: 1 / -1; margin: 0 0 4px; padding: 4px 9px; border-left: 3px solid var(--gl-act);
  border-radius: 4px; background: var(--gl-face); font-size: 12.5px; line-height: 1.4; }
.gan-lab-lab .gan-lab-refusal { border-color: var(--gl-warn); overflow-wrap: anywhere; }
.gan-lab-controls [aria-invalid="true"] { border-color: var(--gl-warn) !important; box-shadow: inset 0 0 0 1px var(--gl-warn); }
.gan-lab-lab select { min-width: 0; max-width: 100%; }
.gan-lab-controls select, .gan-lab-typed {
  height: 32px; margin: 0; padding: 0 6px; border: 1px solid var(--gl-line); border-radius: 6px; background: var(--gl-face);
  color: var(--gl-ink); font: inherit; }
.gan-lab-lab .gan-lab-typed { width: 4.5rem; }
.gan-lab-rate > .gan-lab-rate { display: flex; align-items: center; gap: 8px; }
.gan-lab-beside .gan-lab-rate { display: inline-flex; align-items: center; gap: 8px; }
.gan-lab-lab .gan-lab-rate input[type="range"] { flex: 1; min-width: 0; width: 100%; height: 28px; margin: 0; accent-color: var(--gl-act); }
.gan-lab-draw { width: 100%; margin: 0 0 6px !important; }
.gan-lab-question { position: sticky; top: calc(var(--gl-top) + 4px); z-index: 4; box-shadow: 0 3px 12px rgba(0, 0, 0, 0.22); margin: 0 0 10px; padding: 9px 12px; border: 1px solid var(--gl-warn); border-left-width: 4px; border-radius: 8px; background: var(--gl-face); }
.gan-lab-question .gan-lab-group { flex-wrap: wrap; margin: 6px 0 0; }
.gan-lab .gan-lab-key { margin: 0 0 8px; color: inherit; font-size: 14px; }
.gan-lab .gan-lab-key summary { width: auto; padding: 4px 0; color: var(--gl-act); }
.gan-lab-key svg { display: block; width: 100%; min-width: 254px; max-width: 340px; margin: 2px auto; overflow: visible; }
.gan-lab-key text { fill: var(--gl-ink); font: italic 14px "STIX Two Text", "Latin Modern Roman", Cambria, Georgia, "Times New Roman", serif; text-anchor: middle; }
.gan-lab-key text.gan-lab-small { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif; }
.gan-lab-key rect { fill: transparent; stroke: var(--gl-line); stroke-dasharray: 3 3; }
.gan-lab-key path { fill: none; stroke: currentColor; stroke-width: 1.3; }
.gan-lab-key :is(.gan-lab-flow, .gan-lab-back) { color: var(--gl-muted); }
.gan-lab-key path.gan-lab-tip-of-arrow { fill: currentColor; stroke: none; }
.gan-lab-key .gan-lab-weights { stroke: var(--gl-line); stroke-width: 0.4; }
.gan-lab-key circle { fill: var(--gl-muted); }
.gan-lab-key circle.gan-lab-marks { fill: none; stroke: var(--gl-ink); stroke-width: 1.2; }
.gan-lab-key :is([data-part="G"], [data-part="fake"], [data-part="z"]) { --gl-part: var(--gl-g); }
.gan-lab-key :is([data-part="D"], [data-part="out"]) { --gl-part: var(--gl-act); }
.gan-lab-key :is([data-part="data"], [data-part="gradients"]) { --gl-part: var(--gl-ink); }
.gan-lab-key [data-part="fake"] .gan-lab-marks { stroke: var(--gl-g); }
.gan-lab-key .gan-lab-back > path:first-child { stroke-dasharray: 4 3; }
.gan-lab-key g[role="button"] { cursor: pointer; outline-offset: 1px; }
.gan-lab-key g[role="button"]:hover rect { fill: var(--gl-hover); }
.gan-lab-key :is([aria-pressed="true"], [data-part="G"]) > rect { stroke: var(--gl-part); stroke-dasharray: none; stroke-width: 1.4; }
.gan-lab-key g.gan-lab-glows > rect { fill: var(--gl-hover); stroke: var(--gl-part); stroke-width: 2.6; }
.gan-lab-key .gan-lab-flow.gan-lab-glows { color: var(--gl-ink); }
.gan-lab-key [data-part="back-D"] { color: var(--gl-act) !important; }
.gan-lab-key [data-part="back-G"] { color: var(--gl-g) !important; }
.gan-lab-key :is(.gan-lab-flow, .gan-lab-back).gan-lab-glows > path:first-child { stroke-width: 2.8; }
.gan-lab .gan-lab-slow { margin: 0 0 8px; color: inherit; font-size: 14px; }
.gan-lab .gan-lab-slow summary { width: auto; padding: 4px 0; color: var(--gl-act); }
.gan-lab-slow-parts { display: grid; gap: 6px; margin: 4px 0; }
.gan-lab-lab .gan-lab-slow button { padding: 0 8px; font-size: 13px; }
.gan-lab-formulas { list-style: none; margin: 0; padding: 0; font: 14px/1.4 "STIX Two Text", "Latin Modern Roman", Cambria, Georgia, "Times New Roman", serif; }
.gan-lab-formulas li { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 10px; margin: 0; padding: 1px 6px 1px 8px;
  border-left: 4px solid transparent; color: var(--gl-ink); }
.gan-lab-formulas sub { font-size: 12px; line-height: 1; }
.gan-lab-formulas [data-term="D samples"], .gan-lab-formulas [data-term^="G"] { color: var(--gl-g); }
.gan-lab-formulas [data-term="D step"] { color: var(--gl-act); }
.gan-lab-formulas [data-term="D step"] { margin-bottom: 4px; }
.gan-lab-formulas li.gan-lab-lit { border-left-color: currentColor; background: var(--gl-face); font-weight: 700; }
.gan-lab-term-is { margin-left: auto; white-space: nowrap; font: 13px/1.6 system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif;
  font-weight: inherit; font-variant-numeric: tabular-nums; }
.gan-lab-lines { list-style: none; margin: 0; padding: 0; border: 1px solid var(--gl-line); border-radius: 8px; overflow: hidden;
  font-size: 13px; line-height: 1.35; }
.gan-lab-lines li { margin: 0; padding: 2px 8px 2px calc(8px + 16px * var(--depth, 0)); border-left: 4px solid transparent; }
.gan-lab-lines li.gan-lab-here { border-left-color: var(--gl-act); background: var(--gl-hover); font-weight: 600; }
.gan-lab-lab .gan-lab-line-says { min-height: 6.2em; margin: 0; font-size: 13px; font-variant-numeric: tabular-nums; }
.gan-lab-slow .gan-lab-group { flex-wrap: wrap; }
.gan-lab-dialog { width: min(36rem, calc(100vw - 20px)); padding: 14px; border: 1px solid var(--gl-line); border-radius: 10px;
  background: var(--gl-paper, #fff); color: var(--gl-ink); }
.gan-lab[data-dark="true"] .gan-lab-dialog { --gl-paper: #1b2027; }
.gan-lab-dialog::backdrop { background: rgba(0, 0, 0, 0.45); }
.gan-lab-pad { display: block; width: 100%; touch-action: none; cursor: crosshair; border-radius: 6px; background: var(--gl-face); }
.gan-lab-lab .gan-lab-dialog .gan-lab-play { width: auto; }
@container lab (min-width: 760px) { .gan-lab-abreast { grid-template-columns: repeat(2, minmax(0, 1fr)); } }
@container lab (max-width: 700px) {
  .gan-lab-preset { display: flex; align-items: center; gap: 8px; flex: 1 1 100%; white-space: nowrap; }
  .gan-lab-preset select { flex: 1; max-width: none; }
  .gan-lab-two { display: flex; flex-direction: column; align-items: stretch; }
  .gan-lab-view, .gan-lab-side { display: contents; }
  .gan-lab-sight { order: 1; }
  .gan-lab-slow { order: 2; }
  .gan-lab-key, .gan-lab-controls { order: 4; }
  .gan-lab-below { order: 5; min-width: 0; }
  .gan-lab-push { display: none; }
}
@container lab (max-width: 500px) {
  .gan-lab-noted > span:last-child { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .gan-lab-lab .gan-lab-noted { width: 36px; padding: 0; }
  .gan-lab-lab .gan-lab-go-on { grid-area: 2 / 1 / auto / span 3; justify-self: center; }
  .gan-lab-lab.gan-lab-lab .gan-lab-says { min-height: 4.5em; }
  .gan-lab-lab.gan-lab-lab[data-dim="2"] .gan-lab-says { min-height: 10.2em; }
}
/* On a phone Train stays in sight below the controls, and the picture of a single game above them. */
@media (min-height: 640px) {
  @container lab (max-width: 700px) {
    .gan-lab-sight, .gan-lab-single :is(.gan-lab-boards, .gan-lab-game, .gan-lab-board) { display: contents; container-type: normal; }
    .gan-lab-sight > .gan-lab-boards { order: 1; }
    .gan-lab-single .gan-lab-picture { position: sticky; top: var(--gl-top); order: 1; z-index: 2; background: var(--gl-page); }
    .gan-lab-single .gan-lab-says, .gan-lab-single .gan-lab-which { order: 3; }
    .gan-lab-single .gan-lab-picture { scroll-margin-top: var(--gl-top); }
    .gan-lab-single ~ * :is(input, select, button, summary), .gan-lab-view ~ .gan-lab-side :is(input, select, button, summary) {
      scroll-margin: 21rem 0 4.5rem; } /* what Tab comes to is not under the picture */
    .gan-lab-sight > .gan-lab-transport { top: auto; bottom: 0; order: 6; z-index: 3; margin: 0; padding: 6px 0;
      border-top: 1px solid var(--gl-line); background: var(--gl-page); }
    .gan-lab-sight > .gan-lab-transport > :is(.gan-lab-group, .gan-lab-noted) { grid-row: 2; }
    .gan-lab-sight > .gan-lab-transport > .gan-lab-go-on { grid-row: 1; } /* above: the bar stands at the bottom */
  }
}
@media (pointer: coarse) {
  .gan-lab-controls select, .gan-lab-typed { height: 40px; }
  .gan-lab-hand { min-width: 48px; }
}
@media print { .gan-lab-head, .gan-lab-controls, .gan-lab-slow, .gan-lab-key { display: none; } }
`;

export const addLabStyle = () => addSheet(ID, STYLE);
