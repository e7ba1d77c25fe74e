// The row under the picture: what a hand can do with a source. Native controls, all named.

import { timeInWords } from "../numeric/format.js";
import { element, icon } from "./elements.js";

const SPEEDS = [
  [0.25, "¼×"],
  [0.5, "½×"],
  [1, "1×"],
  [2, "2×"],
  [4, "4×"],
];

// What each panel of the paper's figure shows, and by what criterion gan_lab.recording.panels found it.
export const PANELS = {
  a:
    "near convergence, D partly right, before its turn: JSD from 0.02 to 0.12 nats, p_G " +
    "displaced by a quarter of the data’s sd or more, and of all such frames the one where D’s turn gains most",
  b: "D trained, G as in (a): D’s turn at least halves V(G,D*) − V(G,D)",
  c: "G has moved to where D takes samples for data: JSD at most 0.6 of that in (a)",
  d: "p_G = p_data and D = ½: JSD at most 0.003 nats, D within 0.1 of ½ over 99 % of the data",
};

export function buildRecordingTransport(source) {
  const button = (name, label, act, attributes = {}) =>
    element("button", { type: "button", "aria-label": label, title: label, onclick: act, ...attributes }, icon(name));
  let last = null;
  const toggle = () => (last.playing ? source.pause() : source.play());
  const play = button("play", "Play", toggle, { class: "gan-lab-play" });
  const speed = element(
    "select",
    { "aria-label": "Speed", onchange: () => source.speed(Number(speed.value)) },
    ...SPEEDS.map(([factor, label]) => element("option", { value: factor }, label)),
  );
  const slider = element("input", {
    type: "range",
    min: 0,
    step: 1,
    value: 0,
    "aria-label": "Moment of the training",
    oninput: () => source.seek(Number(slider.value)),
  });
  const marks = element("div", { class: "gan-lab-group", role: "group", "aria-label": "Panels of Figure 1" });
  const scrub = element("div", { class: "gan-lab-scrub" }, slider);
  const row = element(
    "div",
    { class: "gan-lab-transport" },
    element(
      "div",
      { class: "gan-lab-group", role: "group", "aria-label": "Playback" },
      button("start", "To the start", () => source.rewind()),
      button("back", "One frame back", () => source.step(-1)),
      play,
      button("forward", "One frame on", () => source.step(1)),
      speed,
    ),
    marks,
  );

  function showMarks(panels, now) {
    if (marks.dataset.panels !== JSON.stringify(panels)) {
      marks.dataset.panels = JSON.stringify(panels);
      const make = ([name, frame]) =>
        element(
          "button",
          {
            type: "button",
            title: `(${name}) ${PANELS[name] ?? ""}`,
            "aria-label": `Panel (${name}): ${PANELS[name] ?? ""}`,
            "data-frame": frame,
            onclick: () => toPanel(source, panels, name),
          },
          `(${name})`,
        );
      marks.replaceChildren(...Object.entries(panels).map(make));
      marks.hidden = marks.children.length === 0;
    }
    for (const mark of marks.children) mark.setAttribute("aria-pressed", String(Number(mark.dataset.frame) === now));
  }

  function showPlaying(playing) {
    if (playing === last?.playing) return;
    const label = playing ? "Pause" : "Play";
    play.setAttribute("aria-label", label);
    play.title = label;
    play.replaceChildren(icon(playing ? "pause" : "play"));
  }

  function show(news) {
    showPlaying(news.playing);
    last = news;
    slider.max = news.length - 1;
    slider.value = news.now;
    slider.style.setProperty("--gl-done", `${(100 * news.now) / Math.max(1, news.length - 1)}%`);
    slider.setAttribute("aria-valuetext", timeInWords(news.frame));
    if (Number(speed.value) !== news.speed) speed.value = news.speed;
    showMarks(news.panels, news.now);
  }

  return { scrub, row, show, toggle };
}

// A panel is looked at, not run through.
export function toPanel(source, panels, name) {
  if (!(name in panels)) return false;
  source.pause();
  source.seek(panels[name]);
  return true;
}
