// What a committed prediction adds to the stage's style.

import { addSheet } from "../elements.js";

const STYLE = `
.gan-lab-predict { padding: 0.8rem 1rem; border: 1px solid var(--gl-line); border-radius: 8px; font-size: 15px; }
.gan-lab-predict p { margin: 0 0 0.6rem; color: inherit; }
.gan-lab.gan-lab-predict pre { margin: 0 0 0.7rem !important; padding: 0.6rem 0.8rem; border: 0; border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere;
  background: var(--gl-face); color: var(--gl-ink); font: 13px/1.5 ui-monospace, Menlo, Consolas, monospace; }
.gan-lab-predict code, .gan-lab-predict details code { display: inline; margin: 0; padding: 0; border: 0;
  background: none; color: inherit; font: 0.92em/1.5 ui-monospace, Menlo, Consolas, monospace; }
.gan-lab-predict pre code { font: inherit !important; }
.gan-lab-predict fieldset { min-width: 0; margin: 0; padding: 0; border: 0; }
.gan-lab-predict legend { float: none; width: auto; margin: 0 0 0.3rem; padding: 0; color: inherit; font: inherit;
  font-weight: 600; }
.gan-lab-predict label { display: flex; align-items: baseline; gap: 9px; min-height: 30px; padding: 3px 0; cursor: pointer; }
.gan-lab-predict input[type="radio"] { flex: none; width: 16px; height: 16px; margin: 0; accent-color: var(--gl-act); }
.gan-lab-predict input[type="number"] { width: 9rem; height: 36px; padding: 0 8px; border: 1px solid var(--gl-line);
  border-radius: 8px; background: var(--gl-face); color: inherit; font: inherit; }
.gan-lab-predict .gan-lab-place { align-items: center; }
.gan-lab-place span { width: 5rem; }
.gan-lab-place input { flex: 1; min-width: 0; max-width: 22rem; height: 30px; accent-color: var(--gl-warn); touch-action: pan-y; }
.gan-lab-place output { width: 3rem; font-variant-numeric: tabular-nums; }
.gan-lab-predict :disabled label { cursor: default; }
.gan-lab-predict :disabled label:has(:checked) { font-weight: 600; }
.gan-lab-predict :disabled { opacity: 1; }
.gan-lab-asks { display: flex; flex-wrap: wrap; align-items: center; gap: 8px 14px; margin: 0.5rem 0; }
.gan-lab .gan-lab-asks button { padding: 0 14px; }
.gan-lab .gan-lab-commit { border-color: var(--gl-act); background: var(--gl-act); color: var(--gl-on); }
.gan-lab .gan-lab-commit:hover { background: var(--gl-act); filter: brightness(1.12); }
.gan-lab .gan-lab-asks .gan-lab-forget { border: 0; background: none; color: var(--gl-act); text-decoration: underline; }
.gan-lab .gan-lab-asks [hidden] { display: none; }
.gan-lab-verdict { min-height: 1.5em; font-weight: 600; }
.gan-lab-predict .gan-lab-verdict:empty { min-height: 0; margin: 0; }
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
.gan-lab-predict details { color: inherit; font-size: 15px; }
.gan-lab-predict .gan-lab-found { margin: 0; color: var(--gl-muted); font-size: 13.5px; }
@media print { .gan-lab-asks { display: none; } }
`;

export const addPredictStyle = () => addSheet("gan-lab-predict-style", STYLE);
