// The stage's own style: everything under .gan-lab, no font or picture from elsewhere.

import { addSheet } from "./elements.js";

const ID = "gan-lab-style";

const STYLE = `
.gan-lab {
  --gl-ink: #1c2024; --gl-muted: #5f6873; --gl-line: #b9c0c8; --gl-face: #f4f6f8;
  --gl-hover: #e6eaef; --gl-act: #1f5fd0; --gl-on: #ffffff; --gl-warn: #9a3412;
  display: block; max-width: 60rem; min-width: 0; margin: 1rem auto; padding: 0; color: var(--gl-ink);
  font: 14px/1.45 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  text-align: left;
}
.gan-lab[data-dark="true"] {
  --gl-ink: #e8eaed; --gl-muted: #a3acb8; --gl-line: #545d69; --gl-face: #2a3038;
  --gl-hover: #39414b; --gl-act: #7fb0ff; --gl-on: #10151c; --gl-warn: #fdba74;
  color-scheme: dark;
}
.gan-lab *, .gan-lab *::before { box-sizing: border-box; }
.gan-lab-picture { border-radius: 6px; }
.gan-lab-picture canvas { display: block; width: 100%; }
.gan-lab-chart { cursor: ew-resize; touch-action: pan-y; }
.gan-lab :focus-visible { outline: 2px solid var(--gl-act); outline-offset: 2px; }
.gan-lab-picture:focus-visible { outline-offset: -2px; }
.gan-lab-says {
  margin: 0.3rem 0 0.5rem; padding: 0; min-height: 1.5em; font-size: 13.5px; text-align: center; text-wrap: balance;
  color: inherit; font-variant-numeric: tabular-nums;
}
.gan-lab-stage { container-type: inline-size; position: relative; }
.gan-lab-says span { display: inline-block; white-space: nowrap; }
@container (max-width: 720px) { .gan-lab-says { min-height: 3em; } }
@container (max-width: 420px) { .gan-lab-says { min-height: 4.5em; } }
.gan-lab-says span:first-child { font-weight: 600; }
.gan-lab-scrub { padding: 0 23px 0 31px; }
.gan-lab-scrub input { display: block; width: 100%; height: 24px; margin: 0; cursor: pointer;
  -webkit-appearance: none; appearance: none; background: none; }
.gan-lab-scrub input::-webkit-slider-runnable-track { height: 4px; border-radius: 2px;
  background: linear-gradient(to right, var(--gl-act) var(--gl-done, 0%), var(--gl-line) 0); }
.gan-lab-scrub input::-moz-range-track { height: 4px; border-radius: 2px; background: var(--gl-line); }
.gan-lab-scrub input::-moz-range-progress { height: 4px; border-radius: 2px; background: var(--gl-act); }
.gan-lab-scrub input::-webkit-slider-thumb { -webkit-appearance: none; width: 18px; height: 18px;
  margin-top: -7px; border: 0; border-radius: 50%; background: var(--gl-act); }
.gan-lab-scrub input::-moz-range-thumb { width: 18px; height: 18px; border: 0; border-radius: 50%;
  background: var(--gl-act); }
.gan-lab-transport { display: flex; flex-wrap: wrap; align-items: center; justify-content: center;
  gap: 8px 18px; margin: 6px 0; }
.gan-lab-group { display: flex; align-items: center; gap: 6px; }
.gan-lab button, .gan-lab select {
  height: 36px; min-width: 36px; margin: 0; padding: 0 8px; border: 1px solid var(--gl-line);
  border-radius: 8px; background: var(--gl-face); color: var(--gl-ink); font: inherit; cursor: pointer;
}
.gan-lab button { display: inline-flex; align-items: center; justify-content: center; }
.gan-lab button:hover, .gan-lab select:hover { background: var(--gl-hover); }
.gan-lab button svg { display: block; width: 16px; height: 16px; fill: currentColor; }
.gan-lab .gan-lab-play { width: 52px; border-color: var(--gl-act); background: var(--gl-act);
  color: var(--gl-on); }
.gan-lab .gan-lab-play:hover { background: var(--gl-act); filter: brightness(1.12); }
.gan-lab button[aria-pressed="true"] { border-color: var(--gl-act); box-shadow: inset 0 0 0 1px var(--gl-act); }
.gan-lab-live .gan-lab-transport select { display: none; }
.gan-lab-grid { position: relative; }
.gan-lab .gan-lab-cell { position: absolute; min-width: 0; padding: 0; border: 0; border-radius: 2px; background: none; }
.gan-lab .gan-lab-cell:is(:hover, :focus) { background: none; outline: 2px solid var(--gl-act); outline-offset: 0; }
.gan-lab-opinion { min-height: 1.45em; margin: 0 0 10px; font-size: 13px; text-align: center; color: var(--gl-muted); font-variant-numeric: tabular-nums; }
.gan-lab-note, .gan-lab-broken { margin: 0.4rem 0; padding: 0.4rem 0.7rem; border-left: 3px solid var(--gl-warn); }
.gan-lab figcaption { margin: 0.5rem 0 0; color: var(--gl-muted); text-align: left; }
.gan-lab details { margin: 0.4rem 0 0; color: var(--gl-muted); font-size: 13px; }
.gan-lab details summary { cursor: pointer; width: fit-content; padding: 3px 0; }
.gan-lab details code { display: block; margin: 0.3rem 0; padding: 0.4rem 0.6rem; border-radius: 6px;
  background: var(--gl-face); color: var(--gl-ink); white-space: pre-wrap; overflow-wrap: anywhere;
  font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; }
.gan-lab-heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
/* The book's theme puts what cells show on a light sheet in the dark; this figure is dark itself. */
html[data-theme] .bd-content div.cell_output .text_html.text_html:has(.gan-lab) { background: none;
  padding: 0; color: inherit; }
@media print { .gan-lab-scrub, .gan-lab-transport, .gan-lab-sharing, .gan-lab-tray, .gan-lab-acts { display: none !important; } }
.gan-lab-tray { margin: 0 0 10px; padding: 8px 11px; border: 1px solid var(--gl-line); border-radius: 8px; background: var(--gl-face); }
.gan-lab-tray textarea { width: 100%; margin: 0 0 6px; border: 1px solid var(--gl-line); border-radius: 6px; background: none;
  color: var(--gl-ink); font: 12px/1.5 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.gan-lab-tray p { margin: 6px 0; }
.gan-lab-ways { flex-wrap: wrap; }
.gan-lab-sharing { display: flex; justify-content: end; margin: 4px 0; }
.gan-lab .gan-lab-sharing .gan-lab-share { height: 28px; font-size: 13px; color: var(--gl-muted); background: none; }
`;

export const addStyle = () => addSheet(ID, STYLE);
