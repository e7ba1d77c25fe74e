// From bytes in a page or a notebook to a stage.

import { bytesOf, recordingOf } from "./recording/recording.js";
import { recordingSource } from "./source/recording_source.js";
import { dropStill, element } from "./ui/elements.js";
import { mountExplorables } from "./ui/explore/explorables.js";
import { mountLabs } from "./ui/lab/mount.js";
import { keepKeys } from "./ui/notebook_keys.js";
import { picturesFace } from "./ui/pictures_face.js";
import { planeFace } from "./ui/plane_face.js";
import { mountPredictions } from "./ui/predict/prediction.js";
import { lineFace, mountStage, sizesFor } from "./ui/stage.js";
import { addStyle } from "./ui/styles.js";

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
  mountPredictions(root);
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
  /** @type {NodeListOf<HTMLElement>} */
  const figures = root.querySelectorAll('figure[data-gan-lab="recording"]:not([data-mounted])');
  for (const figure of figures) {
    figure.dataset.mounted = "";
    keepRoom(figure);
    near.observe(figure);
  }
}

// The frame that is shown and whether it plays, to and fro between a stage and the widget's model.
function keepInStep(model, source) {
  let news = null;
  let heeds = true; // a wish of the model, and not what it was told here
  const tell = (name, value) => model.get(name) !== value && model.set(name, value);
  const stop = source.listen((moment) => {
    const first = news === null;
    news = moment;
    if (first || !heeds) return;
    heeds = false;
    tell("frame", moment.now);
    tell("playing", moment.playing);
    heeds = true;
    model.save_changes();
  });
  const wished = () => {
    if (!heeds) return;
    if (model.get("frame") !== news.now) source.seek(model.get("frame"));
    if (model.get("playing") !== news.playing) (model.get("playing") ? source.play : source.pause)();
  };
  wished();
  model.on("change:frame", wished);
  model.on("change:playing", wished);
  return () => {
    stop();
    model.off("change:frame", wished);
    model.off("change:playing", wished);
  };
}

// anywidget's entry: the model holds the bytes; what is returned cleans up.
export function render({ model, el }) {
  const figure = element("figure", {});
  el.append(figure);
  const loseKeys = keepKeys(el);
  let stage = null;
  let loseStep = null;
  const end = () => {
    loseStep?.();
    stage?.unmount();
  };
  const show = () => {
    end();
    const view = model.get("recording");
    const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
    const options = { caption: model.get("caption"), autoplay: model.get("autoplay") };
    stage = mountRecording(figure, bytes, options);
    loseStep = stage.source ? keepInStep(model, stage.source) : null;
  };
  show();
  model.on("change:recording", show);
  return () => {
    model.off("change:recording", show);
    loseKeys();
    end();
  };
}
