// Sliders that lie on the picture, at what they move: a hand takes that from the canvas, keys and screen readers from
// these. They are seen only while they have the focus.

import { element } from "../elements.js";

// knob: as buildKnob has it, with `place(state, size)`, where it lies, and `text(numbers, state)`.
export function buildHandle(knob, change) {
  const input = element("input", {
    type: "range",
    class: "gan-lab-handle",
    min: knob.min,
    max: knob.max,
    step: knob.step,
    "aria-label": knob.said,
    oninput: () => change({ [knob.key]: Number(input.value) }),
  });
  const show = (state) => {
    input.value = state[knob.key];
    input.disabled = knob.locked !== undefined && knob.locked(state);
    input.setAttribute("aria-valuetext", state[knob.key].toFixed(2).replace("-", "−"));
  };
  const put = (state, size) => {
    const [x, y] = knob.place(state, size);
    input.style.transform = `translate(${x}px, ${y}px) translate(-50%, -50%)`;
  };
  return { row: input, show, put };
}
