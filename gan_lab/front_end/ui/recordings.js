// Recordings in a page: from bytes to a stage, mounted shortly before it is in sight.

import { unpacked } from "../recording/packed.js";
import { recordingOf } from "../recording/recording.js";
import { recordingSource } from "../source/recording_source.js";
import { dropStill, element } from "./elements.js";
import { picturesFace } from "./pictures_face.js";
import { planeFace } from "./plane_face.js";
import { presentIfAsked } from "./present/present.js";
import { addShare } from "./share/share.js";
import { lineFace, mountStage, sizesFor } from "./stage.js";
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

// The picture of a recording: of pictures, of the plane, or Figure 1.
function faceOf({ dim, picture, rules }) {
  if (picture) return picturesFace(rules);
  return dim === 2 ? planeFace(rules) : lineFace;
}

// bytes (of a recording) -> a stage in `el`; damaged bytes give a sentence. Returns { source, unmount }, and no source
// where there is nothing to play.
export function mountRecording(el, bytes, { caption = "", autoplay = false } = {}) {
  let recording;
  try {
    recording = recordingOf(bytes);
  } catch (error) {
    return mountApology(el, error);
  }
  const source = recordingSource(recording);
  const stage = mountStage(el, source, { face: faceOf(recording), autoplay });
  dropStill(el);
  const said = el.querySelector("figcaption");
  const words = said ?? element("figcaption", {}, caption);
  if (!said) el.append(words);
  const run = provenance(recording);
  words.append(run);
  return {
    source,
    unmount() {
      stage.unmount();
      (said ? run : words).remove();
    },
  };
}

// The figure of a recording as it was before it was mounted.
const alone = (text, caption) =>
  element(
    "figure",
    { class: "gan-lab", "data-gan-lab": "recording" },
    element("script", { type: "application/octet-stream" }, text),
    element("figcaption", {}, caption),
  );

async function mountFigure(figure) {
  const autoplay = "autoplay" in figure.dataset;
  const text = figure.querySelector('script[type="application/octet-stream"]')?.textContent ?? "";
  const caption = figure.querySelector("figcaption")?.textContent ?? "";
  try {
    const { source } = mountRecording(figure, await unpacked(text), { autoplay });
    if (source) addShare(figure, () => alone(text, caption), ["$ui$recordings", "mountRecordings"]);
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

// Every recording of the page that is not mounted yet.
export function mountRecordings(root = document) {
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
  /** @type {NodeListOf<HTMLElement>} */
  const figures = root.querySelectorAll('figure[data-gan-lab="recording"]:not([data-mounted])');
  for (const figure of figures) {
    figure.dataset.mounted = "";
    keepRoom(figure);
    near.observe(figure);
  }
  presentIfAsked();
}
