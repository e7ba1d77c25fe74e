// What a page and a notebook begin with.

import { mountExercises } from "./ui/ask/exercise.js";
import { mountPredictions } from "./ui/ask/prediction.js";
import { element } from "./ui/elements.js";
import { mountExplorables } from "./ui/explore/explorables.js";
import { mountLabs } from "./ui/lab/mount.js";
import { keepKeys } from "./ui/notebook_keys.js";
import { mountRecording, mountRecordings } from "./ui/recordings.js";
import { addStyle } from "./ui/styles.js";

// Every figure of the page that is not mounted yet.
export function mountAll(root = document) {
  addStyle();
  mountExplorables(root);
  mountPredictions(root);
  mountExercises(root);
  mountLabs(root);
  mountRecordings(root);
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
