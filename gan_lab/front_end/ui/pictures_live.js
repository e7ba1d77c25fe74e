// A game of pictures as the kernel plays it: the stage of a recording, to which moments come.

import { recordingOf } from "../recording/recording.js";
import { element } from "./elements.js";
import { keepKeys } from "./notebook_keys.js";
import { picturesFace } from "./pictures_face.js";
import { mountStage } from "./stage.js";

const bytesIn = ({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength);

// A recording that goes on with the moments of another.
function joined(first, then) {
  const history = { length: first.length + then.length };
  for (const name of ["t", "turn", "loss_D", "loss_G"]) history[name] = [...first.history[name], ...then.history[name]];
  const frame = (i) => (i < first.length ? first.frame(i) : then.frame(i - first.length));
  return { ...then, length: history.length, history, frame };
}

// A source, as source/recording_source.js says, of what the model's `recording` has and, while it plays, of each `newest`
// moment. A step on from the last moment is one of the game, for which the kernel is asked; so it is when a sample is chosen.
export function livePictures(model) {
  const listeners = new Set();
  const read = (name) => recordingOf(bytesIn(model.get(name)));
  const whole = () => read("recording");
  const withNewest = (known) => (model.get("newest").byteLength ? joined(known, read("newest")) : known);
  let store = withNewest(whole());
  let now = store.length - 1;
  const last = () => store.length - 1;
  const moment = () => ({
    frame: store.frame(now),
    now,
    length: store.length,
    history: store.history,
    rules: store.rules,
    playing: model.get("playing"),
    speed: 1,
    panels: {},
    note: store.note,
  });
  const tell = () => {
    for (const hear of [...listeners]) hear(moment());
  };
  const seek = (i) => {
    now = Math.min(last(), Math.max(0, Math.round(i)));
    tell();
  };
  const play = (playing) => {
    model.set("playing", playing);
    model.save_changes();
    seek(playing ? last() : now);
  };
  const take = (next) => {
    const looksBack = !model.get("playing") && now < last();
    store = next;
    seek(looksBack ? now : last());
  };
  const replaced = () => take(whole());
  const grown = () => take(withNewest(store));
  model.on("change:recording", replaced);
  model.on("change:newest", grown);
  model.on("change:playing", tell);
  return {
    listen(hear) {
      listeners.add(hear);
      hear(moment());
      return () => listeners.delete(hear);
    },
    play: () => play(true),
    pause: () => model.get("playing") && play(false),
    step(by = 1) {
      if (model.get("playing")) play(false);
      if (by > 0 && now === last()) model.send({ press: "on" });
      else seek(now + by);
    },
    rewind() {
      if (model.get("playing")) play(false);
      seek(0);
    },
    seek,
    speed() {},
    choose({ of, i }) {
      if (of === "fake") model.send({ choose: i + 1 });
    },
    stop() {
      model.off("change:recording", replaced);
      model.off("change:newest", grown);
      model.off("change:playing", tell);
    },
  };
}

// anywidget's entry; what is returned cleans up.
export function renderPictures({ model, el }) {
  const figure = element("figure", { class: "gan-lab-live" });
  el.append(figure);
  const loseKeys = keepKeys(el);
  const source = livePictures(model);
  const stage = mountStage(figure, source, { face: picturesFace() });
  return () => {
    loseKeys();
    source.stop();
    stage.unmount();
  };
}
