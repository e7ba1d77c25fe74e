// From bytes in a page or a notebook to a stage.

import { element } from "./elements.js";
import { mountExplorables } from "./explore.js";
import { mountLabs } from "./lab_mount.js";
import { bytesOf, recordingOf } from "./recording.js";
import { recordingSource } from "./sources.js";
import { mountStage, sizesFor } from "./stage.js";
import { addStyle } from "./styles.js";

// One sentence in place of a picture that cannot be shown.
function mountApology(el, error) {
  addStyle();
  el.classList.add("gan-lab");
  const sorry = element("p", { class: "gan-lab-broken", role: "alert" });
  sorry.textContent = `This recording cannot be shown. ${error.message}`;
  el.prepend(sorry);
  return { unmount: () => sorry.remove() };
}

// Where the pictures come from: the recipe that remakes the run, and what ran it.
function provenance({ recipe, engine }) {
  const words = Object.entries(engine)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");
  const made = words ? `Recorded with ${words}.` : "";
  return element(
    "details",
    {},
    element("summary", {}, "The run behind this picture"),
    element("code", {}, recipe || "(not said)"),
    made,
  );
}

// bytes (of a recording) -> a stage in `el`; damaged bytes give a sentence. Returns { unmount }.
export function mountRecording(el, bytes, { caption = "", autoplay = false } = {}) {
  let recording;
  try {
    recording = recordingOf(bytes);
  } catch (error) {
    return mountApology(el, error);
  }
  const stage = mountStage(el, recordingSource(recording), { autoplay });
  const said = el.querySelector("figcaption");
  const words = said ?? element("figcaption", {}, caption);
  if (!said) el.append(words);
  const run = provenance(recording);
  words.append(run);
  return {
    unmount() {
      stage.unmount();
      (said ? run : words).remove();
    },
  };
}

function mountFigure(figure) {
  const autoplay = "autoplay" in figure.dataset;
  const text = figure.querySelector('script[type="application/octet-stream"]')?.textContent ?? "";
  try {
    mountRecording(figure, bytesOf(text), { autoplay });
  } catch (error) {
    mountApology(figure, error);
  }
  figure.style.minHeight = "";
}

// The height that a stage will have, kept free, so that a page does not jump when it comes.
function keepRoom(figure) {
  const { picture, chart } = sizesFor(figure.clientWidth);
  figure.style.minHeight = `${picture.height + chart.height + 150}px`;
}

// Every figure of the page that is not mounted yet; recordings, each shortly before it is in sight.
export function mountAll(root = document) {
  addStyle();
  mountExplorables(root);
  mountLabs(root);
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries)
        if (isIntersecting) {
          near.unobserve(target);
          mountFigure(target);
        }
    },
    { rootMargin: "600px" },
  );
  for (const figure of root.querySelectorAll('figure[data-gan-lab="recording"]:not([data-mounted])')) {
    figure.dataset.mounted = "";
    keepRoom(figure);
    near.observe(figure);
  }
}

// anywidget's entry: the model holds the bytes; what is returned cleans up.
export function render({ model, el }) {
  const figure = element("figure", {});
  el.append(figure);
  let stage = null;
  const show = () => {
    stage?.unmount();
    const view = model.get("recording");
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const options = { caption: model.get("caption"), autoplay: model.get("autoplay") };
    stage = mountRecording(figure, bytes, options);
  };
  show();
  model.on("change:recording", show);
  return () => {
    model.off("change:recording", show);
    stage.unmount();
  };
}
