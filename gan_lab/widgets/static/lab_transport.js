// What a hand can do with a running game: train, look back, move by hand, go on from there.

import { element, icon } from "./elements.js";
import { moment } from "./words.js";

// [value, words, speed]: iterations for each frame that is drawn, and how often one is
const PACES = [
  ["slow", "1, twice a second", 1, 1 / 30],
  ["1", "1 a frame", 1, 1],
  ["5", "5 a frame", 5, 1],
  ["20", "20 a frame", 20, 1],
  ["100", "100 a frame", 100, 1],
  ["fast", "as many as it can", "fast", 1],
];

const valueOf = ({ pace, speed }) => (speed < 1 ? "slow" : String(pace));

// What the large button says: a game that was played is paused when nothing of it is under way any more and
// all that is shown is of one moment.
function toggleWords({ playing, settled = true, measuring = false }, before) {
  if (playing) return "Pause";
  if (measuring) return "Measuring …";
  return settled || before === "Train" ? "Train" : "Pausing …";
}

// `source()` is the present one.
export function buildTransport(source) {
  const button = (label, name, what) =>
    element("button", { type: "button", "aria-label": label, title: label, onclick: what }, icon(name));
  const hand = (words, title, what) => element("button", { type: "button", class: "gan-lab-hand", title, onclick: what }, words);
  let last = null;
  let shown = "Train";
  const toggle = () => (last?.playing ? source().pause() : source().play());
  const play = element("button", { type: "button", class: "gan-lab-play gan-lab-train", onclick: toggle }, icon("play"), element("span", {}, "Train"));
  const pace = element("select", { "aria-label": "Iterations for each picture", onchange: () => setPace(pace.value) }, ...PACES.map(([value, words]) => element("option", { value }, words)));
  const slider = element("input", { type: "range", min: 0, step: 1, value: 0, "aria-label": "Moment of the training", oninput: () => source().seek(Number(slider.value)) });
  const goOn = element("button", { type: "button", class: "gan-lab-go-on", hidden: "", onclick: goOnFromHere }, "Go on from here");
  const scrub = element("div", { class: "gan-lab-scrub" }, slider);
  const group = (label, ...children) => element("div", { class: "gan-lab-group", role: "group", "aria-label": label }, ...children);
  const hands = [
    hand("D step", "One step of D", () => source().move("D")),
    hand("G step", "One step of G, which ends the iteration", () => source().move("G")),
    hand("Both", "What is left of this iteration, or a whole one", () => source().move("both")),
    hand("Undo", "Take the last move back", () => source().back()),
  ];
  const byHand = group("Moves by hand", ...hands);
  const row = element(
    "div",
    { class: "gan-lab-transport" },
    group(
      "Training",
      button("To the first picture", "start", () => source().rewind()),
      button("One picture back", "back", () => source().step(-1)),
      play,
      button("One picture on", "forward", () => source().step(1)),
    ),
    byHand,
    element("label", { class: "gan-lab-pace" }, "iterations ", pace),
    goOn,
  );

  // The button goes when it has been pressed: the focus is put where one goes on.
  function goOnFromHere() {
    source().goOn();
    play.focus();
  }

  function setPace(value) {
    const [, , iterations, speed] = PACES.find(([known]) => known === value) ?? ["", "", Number(value), 1];
    source().pace?.(iterations);
    source().speed(speed);
  }

  function show(news) {
    const words = toggleWords(news, shown);
    if (words !== shown) play.replaceChildren(icon(news.playing ? "pause" : "play"), element("span", {}, words));
    [last, shown] = [news, words];
    play.disabled = !news.frame || !!news.stopped || !!news.way;
    for (const hand of hands) hand.disabled = !news.frame || !!news.way;
    for (const hand of hands.slice(0, 3)) hand.disabled ||= !!news.stopped;
    hands.at(-1).disabled ||= news.frame?.turn === "start" && news.now === news.length - 1;
    byHand.hidden = !news.live;
    goOn.hidden = !(news.live && !news.playing && news.now < news.length - 1);
    slider.max = Math.max(0, news.length - 1);
    slider.value = news.now;
    slider.style.setProperty("--gl-done", `${(100 * news.now) / Math.max(1, news.length - 1)}%`);
    if (news.frame) slider.setAttribute("aria-valuetext", moment(news.frame));
    showPace(news);
  }

  function showPace(news) {
    const value = valueOf({ pace: news.pace ?? "fast", speed: news.speed });
    if (![...pace.options].some((option) => option.value === value)) pace.append(element("option", { value }, `${value} a frame`));
    if (pace.value !== value) pace.value = value;
  }

  return { scrub, row, show, toggle };
}
