// What predictions and exercises add to the stage's style.

import { addSheet } from "../elements.js";

const STYLE = `
.gan-lab-asked { padding: 0.8rem 1rem; border: 1px solid var(--gl-line); border-radius: 8px; font-size: 15px; }
.gan-lab-asked p { margin: 0 0 0.6rem; color: inherit; }
.gan-lab.gan-lab-asked pre { margin: 0 0 0.7rem !important; padding: 0.6rem 0.8rem; border: 0; border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere;
  background: var(--gl-face); color: var(--gl-ink); font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; }
.gan-lab-asked code, .gan-lab-asked details code { display: inline; margin: 0; padding: 0; border: 0;
  background: none; color: inherit; font: 0.92em/1.5 ui-monospace, Menlo, Consolas, monospace; }
.gan-lab-asked pre code { font: inherit !important; }
.gan-lab-asked .gan-lab-title { margin: 0 0 0.3rem; color: var(--gl-muted); font-size: 13.5px; }
.gan-lab-asked fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
.gan-lab-asked legend { float: none; width: auto; margin: 0 0 0.3rem; padding: 0; color: inherit; font: inherit;
  font-weight: 600; }
.gan-lab-asked label { display: flex; align-items: baseline; gap: 9px; min-height: 30px; padding: 3px 0; cursor: pointer; }
.gan-lab-asked input[type="radio"] { flex: none; width: 16px; height: 16px; margin: 0; accent-color: var(--gl-act); }
.gan-lab-asked input[type="text"] { flex: 1; min-width: 0; max-width: 30rem; height: 36px; padding: 0 8px; border: 1px solid var(--gl-line);
  border-radius: 8px; background: var(--gl-face); color: inherit; font: 15px ui-monospace, Menlo, Consolas, monospace; }
.gan-lab-asked :is(label.gan-lab-slide, .gan-lab-formula-row) { align-items: center; }
.gan-lab-slide input { flex: 1; min-width: 0; max-width: 26rem; height: 30px; accent-color: var(--gl-warn); }
.gan-lab-slide output { width: 4rem; font-variant-numeric: tabular-nums; font-weight: 600; }
.gan-lab-ends.gan-lab-slide-ends { max-width: 26rem; }
.gan-lab-asked .gan-lab-upright-name { margin: 0; font-size: 13.5px; }
.gan-lab-sketch { display: grid; grid-template-columns: auto 1fr; gap: 2px 8px; max-width: 36rem; margin: 0 0 0.4rem; font-size: 12.5px; color: var(--gl-muted); }
.gan-lab-upright { display: flex; flex-direction: column; justify-content: space-between; text-align: right; }
.gan-lab-plot { position: relative; height: 200px; border-left: 1px solid var(--gl-line); border-bottom: 1px solid var(--gl-line);
  background: var(--gl-face); cursor: crosshair; }
.gan-lab-asked :disabled .gan-lab-plot { cursor: default; }
.gan-lab-plot svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.gan-lab-plot > div { position: absolute; inset: 0; pointer-events: none; }
.gan-lab-plot .gan-lab-dot { top: auto; margin: -6px 0 0 -6px; }
.gan-lab-plot input { position: absolute; width: 26px; height: 26px; margin: -13px 0 0 -13px; pointer-events: none; }
.gan-lab-asked .gan-lab-plot input:not(:focus-visible) { opacity: 0; }
.gan-lab-plot input:focus-visible { opacity: 1; appearance: none; border-radius: 50%; outline: 3px solid var(--gl-act); background: none; }
.gan-lab-plot input::-webkit-slider-thumb { opacity: 0; }
.gan-lab-plot input::-moz-range-thumb { opacity: 0; }
.gan-lab-line { fill: none; stroke-width: 2; vector-effect: non-scaling-stroke; stroke: var(--gl-ink); }
.gan-lab-line.gan-lab-you { stroke: var(--gl-warn); stroke-dasharray: 5 4; }
.gan-lab-line.gan-lab-mended { stroke: var(--gl-act); stroke-dasharray: 2 3; }
.gan-lab-gap { fill: var(--gl-warn); opacity: 0.16; }
.gan-lab-places { grid-column: 2; position: relative; height: 1.4em; }
.gan-lab-places span { position: absolute; transform: translateX(-50%); white-space: nowrap; }
.gan-lab-told { font-size: 14px; font-variant-numeric: tabular-nums; }
.gan-lab-why label { display: block; }
.gan-lab-why label span { display: block; font-weight: 600; }
.gan-lab-why textarea { display: block; width: 100%; max-width: 36rem; margin: 4px 0 6px; padding: 6px 8px; border: 1px solid var(--gl-line);
  border-radius: 8px; background: var(--gl-face); color: inherit; font: inherit; font-size: 15px; }
.gan-lab .gan-lab-why button { margin: 0 0 0.7rem; padding: 0 14px; }
.gan-lab-verdict[data-right="true"]::before { content: "✓ "; color: var(--gl-act); }
.gan-lab-letters { margin: 0 0 0.5rem; padding-left: 1.2rem; }
.gan-lab-asked :disabled label { cursor: default; }
.gan-lab-asked :disabled label:has(:checked) { font-weight: 600; }
.gan-lab-asked :disabled { opacity: 1; }
.gan-lab-asks { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 14px; margin: 0.5rem 0; }
.gan-lab .gan-lab-asks button { padding: 0 14px; }
.gan-lab .gan-lab-commit { border-color: var(--gl-act); background: var(--gl-act); color: var(--gl-on); }
.gan-lab .gan-lab-commit:hover { background: var(--gl-act); filter: brightness(1.12); }
.gan-lab .gan-lab-asks .gan-lab-forget { border: 0; background: none; color: var(--gl-act); text-decoration: underline; }
.gan-lab .gan-lab-asks [hidden] { display: none; }
.gan-lab-verdict { min-height: 1.5em; font-weight: 600; }
.gan-lab-asked .gan-lab-verdict:empty { min-height: 0; margin: 0; }
.gan-lab-results { width: 100%; margin: 0 0 0.6rem; border-collapse: collapse; table-layout: fixed; color: inherit;
  font-size: 14px; font-variant-numeric: tabular-nums; }
.gan-lab-results caption { caption-side: bottom; padding: 2px 0 0; color: var(--gl-muted); font-size: 13px; text-align: left; }
.gan-lab-results :is(tr, th, td) { background: none !important; border: 0; }
.gan-lab-results th { width: 5.6rem; padding: 5px 0; font-weight: 400; text-align: left; }
.gan-lab-results td { padding: 5px 14px; }
.gan-lab-results td:last-child { width: 26%; padding: 5px 0; text-align: right; overflow-wrap: break-word; }
.gan-lab-track { position: relative; height: 14px; }
.gan-lab-track::before { content: ""; position: absolute; left: 0; right: 0; top: 6px; height: 2px; background: var(--gl-line); }
.gan-lab-ends { display: flex; justify-content: space-between; color: var(--gl-muted); font-size: 12px; }
.gan-lab-results tr:last-child td { padding-top: 0; }
.gan-lab-dot { position: absolute; top: 1px; width: 12px; height: 12px; margin-left: -6px; border: 2px solid var(--gl-ink);
  border-radius: 50%; background: var(--gl-ink); opacity: 0.75; }
.gan-lab-dot.gan-lab-mended { background: none; border-color: var(--gl-act); opacity: 1; }
.gan-lab-dot.gan-lab-you { border-radius: 2px; border-color: var(--gl-warn); background: var(--gl-warn); transform: rotate(45deg); }
.gan-lab-range { position: absolute; top: 1px; height: 12px; border-radius: 3px; background: var(--gl-warn); opacity: 0.55; }
.gan-lab-asked details { color: inherit; font-size: 15px; }
.gan-lab-asked .gan-lab-found { margin: 0; color: var(--gl-muted); font-size: 13.5px; }
@media print { .gan-lab-asks, .gan-lab-why button { display: none; } }
`;

export const addAskStyle = () => addSheet("gan-lab-ask-style", STYLE);
