// HTML, style sheets and canvases, made in one call each.

// element("button", { class: "play", onclick: act }, "Play", icon)
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes))
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const ICONS = {
  start: "M3 2h2v12H3zM13 2v12L6 8z",
  back: "M11 2v12L3 8zM12 2h2v12h-2z",
  play: "M4 2l10 6-10 6z",
  pause: "M4 2h3v12H4zM9 2h3v12H9z",
  stop: "M3 3h10v10H3z",
  forward: "M5 2v12l8-6zM2 2h2v12H2z",
};

export function icon(name) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

// A style sheet of the page, put there once.
export function addSheet(id, text) {
  if (document.getElementById(id)) return;
  const style = element("style", { id });
  style.textContent = text;
  document.head.append(style);
}

// A clean context in CSS pixels, as fine as the screen; null while the canvas has no width.
export function sheet(canvas, { width, height }) {
  if (!(width > 0)) return null;
  const seen = canvas.getBoundingClientRect().width / canvas.offsetWidth || 1; // where it is magnified
  const fine = (window.devicePixelRatio || 1) * (Math.round(100 * seen) / 100);
  const [w, h] = [Math.round(width * fine), Math.round(height * fine)];
  if (canvas.width !== w || canvas.height !== h) {
    canvas.width = w;
    canvas.height = h;
  }
  const context = canvas.getContext("2d");
  context.setTransform(w / width, 0, 0, h / height, 0, 0);
  context.clearRect(0, 0, width, height);
  return context;
}

// The still that a page shows until a figure is there that moves (stills.py).
export const dropStill = (figure) => figure.querySelector(".gan-lab-still")?.remove();

// The color of the page behind an element, null where nothing between it and the paper has one.
export function colorBehind(el) {
  for (let node = el; node; node = node.parentElement) {
    const { backgroundColor } = getComputedStyle(node);
    if (!/^(?:transparent|.*, 0\))$/.test(backgroundColor)) return backgroundColor;
  }
  return null;
}
