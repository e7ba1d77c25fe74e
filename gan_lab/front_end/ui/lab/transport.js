// What a hand can do with a running game: train, look back, move by hand, go on from there.

import { timeInWords } from "../../numeric/format.js";
import { element, icon } from "../elements.js";

// [value, words, speed]: iterations for each frame that is drawn, and how often one is
const PACES = [
  ["slow", "1, twice a second", 1, 1 / 30],
  ["1", "1 a frame", 1, 1],
  ["5", "5 a frame", 5, 1],
  ["20", "20 a frame", 20, 1],
  ["100", "100 a frame", 100, 1],
  ["fast", "as many as it can", "fast", 1],
];

const UNDO =
  "Takes back the last act: a step, an iteration, a setting, a new game, a second game that came or went, or all that was trained since Train was pressed";

const ICONS = { Pause: "pause", Stop: "stop" };

const chosenSpeed = ({ pace, speed }) => (speed < 1 ? "slow" : String(pace));

// What the large button says: a game that was played is paused when nothing of it is under way any more and
// all that is shown is of one moment. What may take long can be stopped.
function toggleWords({ playing, way, heavy, settled = true, measuring = false }, before) {
  if (playing) return "Pause";
  if (way || (heavy && !settled)) return "Stop";
  if (measuring) return "Measuring …";
  return settled || before === "Train" ? "Train" : "Pausing …";
}

// `source()` is the present one; undo() takes the last act back; read() goes to the notes under the picture.
export function buildTransport(source, { undo, read }) {
  const button = (label, name, what) =>
    element("button", { type: "button", "aria-label": label, title: label, onclick: what }, icon(name));
  const hand = (words, title, what) =>
    element("button", { type: "button", class: "gan-lab-hand", title, onclick: what }, words);
  let shown = "Train";
  const toggle = () => source()[{ Pause: "pause", Stop: "stop" }[shown] ?? "play"]();
  const play = element(
    "button",
    { type: "button", class: "gan-lab-play gan-lab-train", onclick: toggle },
    icon("play"),
    element("span", {}, "Train"),
  );
  const pace = element(
    "select",
    { "aria-label": "Iterations for each picture", onchange: () => setPace(pace.value) },
    ...PACES.map(([value, words]) => element("option", { value }, words)),
  );
  const slider = element("input", {
    type: "range",
    min: 0,
    step: 1,
    value: 0,
    "aria-label": "Moment of the training",
    oninput: lookBack,
  });
  const goOn = element(
    "button",
    { type: "button", class: "gan-lab-go-on", hidden: "", onclick: goOnFromHere },
    "Go on from here",
  );
  const noted = element(
    "button",
    { type: "button", class: "gan-lab-noted", hidden: "", title: "To what is said under the picture", onclick: read },
    element("span", { class: "gan-lab-sign", "aria-hidden": "true" }, "!"),
    element("span", {}),
  );
  const scrub = element("div", { class: "gan-lab-scrub" }, slider);
  const group = (label, ...children) =>
    element("div", { class: "gan-lab-group", role: "group", "aria-label": label }, ...children);
  const hands = [
    hand("D step", "One step of D", () => source().move("D")),
    hand("G step", "One step of G, which ends the iteration", () => source().move("G")),
    hand("Both", "What is left of this iteration, or a whole one", () => source().move("both")),
    hand("Undo", UNDO, undo),
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
    goOn,
    noted,
  );
  const byHandAndPace = element(
    "div",
    { class: "gan-lab-transport" },
    byHand,
    element("label", { class: "gan-lab-pace" }, "iterations ", pace),
  );

  // Who looks back has stopped, as with the buttons: no game trains on behind a picture that stands.
  function lookBack() {
    const wanted = Number(slider.value); // which the pause puts to the end
    source().pause();
    source().seek(wanted);
  }

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
    if (words !== shown) play.replaceChildren(icon(ICONS[words] ?? "play"), element("span", {}, words));
    shown = words;
    play.disabled = !news.frame || (!!news.stopped && words !== "Stop");
    for (const hand of hands) hand.disabled = !news.frame || !!news.way;
    for (const hand of hands.slice(0, 3)) hand.disabled ||= !!news.stopped || words === "Stop";
    hands.at(-1).disabled ||= !(news.acts > 0);
    byHand.hidden = !news.live;
    goOn.hidden = !(news.live && !news.playing && news.now < news.length - 1);
    slider.max = Math.max(0, news.length - 1);
    slider.value = news.now;
    slider.style.setProperty("--gl-done", `${(100 * news.now) / Math.max(1, news.length - 1)}%`);
    if (news.frame) slider.setAttribute("aria-valuetext", timeInWords(news.frame));
    showPace(news);
  }

  function showPace(news) {
    const value = chosenSpeed({ pace: news.pace ?? "fast", speed: news.speed });
    if (![...pace.options].some((option) => option.value === value))
      pace.append(element("option", { value }, `${value} a frame`));
    if (pace.value !== value) pace.value = value;
  }

  // It stands beside the others and moves none of them.
  function notes(count) {
    noted.hidden = !count;
    noted.lastChild.textContent = count === 1 ? "1 note" : `${count} notes`;
  }

  return { scrub, row, hands: byHandAndPace, show, notes, toggle };
}
