// Every picture of many games, drawn on canvases that keep where each word stands: which words lie on each
// other, and which leave their canvas. Joined with the front end's modules, whose exports are in $draw$line$figure1 ...

const WIDTHS = [340, 390, 470, 560, 640, 760, 900];
const SLACK = 1.5; // pixels that two boxes may share

// A canvas of this size whose context remembers the box of each run of words.
function sheetWithWords({ width, height }) {
  const canvas = Object.assign(document.createElement("canvas"), { width, height });
  const context = canvas.getContext("2d");
  const runs = [];
  const write = context.fillText.bind(context);
  context.fillText = (text, x, y) => {
    if (text.trim()) {
      const { width: wide, actualBoundingBoxAscent: up, actualBoundingBoxDescent: down } = context.measureText(text);
      runs.push({ text, left: x, right: x + wide, top: y - up, bottom: y + down, base: y });
    }
    write(text, x, y);
  };
  return { context, runs };
}

// Runs that follow each other without a gap are one label.
function labelsOf(runs) {
  const found = [];
  for (const run of runs) {
    const last = found.at(-1);
    const follows = last && run.left - last.right >= -0.5 && run.left - last.right < 5 && Math.abs(run.base - last.base) <= 5;
    if (!follows) found.push({ ...run });
    else Object.assign(last, { text: last.text + run.text, right: run.right, top: Math.min(last.top, run.top), bottom: Math.max(last.bottom, run.bottom), base: run.base });
  }
  return found;
}

const meet = (a, b) =>
  Math.min(a.right, b.right) - Math.max(a.left, b.left) > SLACK && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > SLACK;

function faultsOf(size, draw) {
  const { context, runs } = sheetWithWords(size);
  draw(context, size);
  const labels = labelsOf(runs);
  const faults = labels
    .filter(({ left, right, top, bottom }) => left < -0.5 || top < -0.5 || right > size.width + 0.5 || bottom > size.height + 0.5)
    .map(({ text }) => `"${text}" leaves the canvas`);
  labels.forEach((a, i) => labels.slice(i + 1).forEach((b) => meet(a, b) && faults.push(`"${a.text}" lies on "${b.text}"`)));
  return { faults, count: labels.length };
}

// Moments of a game: the frame after each of some iterations, and after lines of Algorithm 1.
function momentsOf(parts, times, lines) {
  const { answer } = $source$session.session();
  const kept = new $source$frame_history.FrameHistory();
  const said = answer({ do: "start", recipe: $training$recipe$recipe.recipeOf(parts) });
  if (said.error) throw new Error(said.error);
  const { recipe } = said;
  const moments = [];
  const hear = ({ frame, error }, note) => {
    if (error) throw new Error(error);
    kept.add({ frame, recipe });
    moments.push({ frame, now: kept.length - 1, note });
  };
  hear(said, "start");
  for (const t of times) {
    for (let at = moments.at(-1).frame.t; at < t; at += Math.ceil((t - at) / 4))
      kept.add({ frame: answer({ do: "train", budget: 1e9, most: Math.ceil((t - at) / 4) }).frame, recipe });
    hear(answer({ do: "see" }), `t ${t}`);
  }
  for (let i = 0; i < lines; i++) {
    const reply = answer({ do: "move", what: "line" });
    hear(reply, reply.line?.name);
  }
  return { recipe, history: kept.history, moments };
}

const LAYERS = [
  { D: "D", real: true, fake: true },
  { D: "both", real: true, fake: true, pull: true, warp: true },
  { D: "D*", fake: true },
  { D: "both", real: true, fake: true, judged: true, warp: true },
  { D: "off", real: true, fake: true, warp: true },
];

const ON = ["real", "fake", "pull", "warp"];
const EVERY = ["D", "D*", "both", "off"].flatMap((D) =>
  Array.from({ length: 2 ** ON.length }, (_, bits) => ({ D, ...Object.fromEntries(ON.map((name, k) => [name, Boolean(bits & (1 << k))])) })));

function* picturesOf({ recipe, history, moments }, width, every) {
  const theme = $draw$theme.THEMES.light;
  for (const { frame, now, note } of moments) {
    if (frame.dim === 1) {
      const height = Math.min(430, Math.max(290, Math.round(0.56 * width)));
      yield [`picture, ${note}`, { width, height }, (context, size) => $draw$line$figure1.drawFigure1(context, frame, size, theme)];
      const taller = { width, height: height + $draw$line$pays_strip.STRIP };
      const every = { judged: true, pull: true, hide: ["D"] };
      yield [`picture with all layers, ${note}`, { width, height }, (context, size) => $draw$line$figure1.drawFigure1(context, frame, size, theme, every)];
      if (frame.minibatch)
        yield [`picture with prices, ${note}`, taller, (context, size) => $draw$line$figure1.drawFigure1(context, frame, size, theme, { strip: true })];
    } else
      for (const layers of every ? EVERY : LAYERS)
        yield [`${layers.D} of the plane, ${note}`, $draw$plane$view.planeSize(width, layers), (context, size) => $draw$plane$view.drawPlane(context, frame, size, theme, layers)];
    const size = { width, height: Math.min(200, Math.max(165, Math.round(0.25 * width))) };
    for (const [name, { draw }] of Object.entries($ui$lab$figure$charts.CHARTS))
      yield [`${name}, ${note}`, size, (context, of) => draw(context, history, now, of, theme, {}, { recipe, frame })];
  }
}

// A recording as the player shows it, at some of its frames.
function* picturesOfRecording(base64, width) {
  const theme = $draw$theme.THEMES.light;
  const { length, frame, history, panels } = $recording$recording.recordingOf($recording$recording.bytesOf(base64));
  const { picture, chart } = $ui$stage.sizesFor(width);
  const marks = [...Object.values(panels), 0, 1, length >> 2, length >> 1, (3 * length) >> 2, length - 1];
  for (const now of marks) {
    yield [`player, frame ${now}`, picture, (context, size) => $draw$line$figure1.drawFigure1(context, frame(now), size, theme)];
    yield [`player's chart, frame ${now}`, chart, (context, size) => $draw$charts$bound.drawBound(context, history, now, size, theme, panels)];
  }
}

function faultsIn(pictures, width) {
  const all = [];
  let count = 0;
  for (const [what, size, draw] of pictures) {
    const found = faultsOf(size, draw);
    count += found.count;
    all.push(...found.faults.map((fault) => `${what}, ${width} px: ${fault}`));
  }
  return { faults: all, count };
}

function together(parts) {
  return { faults: parts.flatMap(({ faults }) => faults), count: parts.reduce((sum, { count }) => sum + count, 0) };
}

window.wordsOfGame = ({ parts, times, lines = 0, layers = false }) => {
  const game = momentsOf(parts, times, lines);
  return together(WIDTHS.map((width) => faultsIn(picturesOf(game, width, layers), width)));
};
window.wordsOfRecording = (base64) => together(WIDTHS.map((width) => faultsIn(picturesOfRecording(base64, width), width)));
