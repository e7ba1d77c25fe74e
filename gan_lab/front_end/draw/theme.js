// One palette, the paper's: data black dotted, generator green solid, discriminator blue dashed.
// Every role has its own dash as well, so that no line is told by its colour alone. `heat` is what D
// says of a place, red, green and blue: orange for generated, blue for data, and neither at 1/2; it
// is so pale (dark on a dark page) that every mark can be seen on it. `marks` are the same three for points that are
// coloured by D. `paper` lies under marks.

export const DASH = { p_data: [0, 5], p_g: [], D: [8, 5], D_star: [] };

export const THEMES = {
  light: {
    dark: false,
    ink: "#1c2024",
    muted: "#5f6873",
    line: "#b9c0c8",
    faint: "#e4e7eb",
    p_data: "#111111",
    p_g: "#1b7f4b",
    D: "#1f5fd0",
    D_star: "#7286a5",
    gap: "rgba(31, 95, 208, 0.13)",
    excess: "rgba(27, 127, 75, 0.13)",
    under: "rgba(27, 127, 75, 0.09)",
    arrow: "rgba(27, 127, 75, 0.55)",
    paper: "#ffffff",
    heat: { generated: [251, 199, 138], middle: [255, 255, 255], data: [176, 204, 251] },
    marks: { generated: [172, 78, 0], middle: [120, 124, 130], data: [22, 82, 200] },
  },
  dark: {
    dark: true,
    ink: "#e8eaed",
    muted: "#a3acb8",
    line: "#545d69",
    faint: "#343b44",
    p_data: "#dcdfe4",
    p_g: "#4ec98b",
    D: "#7fb0ff",
    D_star: "#93a3ba",
    gap: "rgba(127, 176, 255, 0.17)",
    excess: "rgba(78, 201, 139, 0.16)",
    under: "rgba(78, 201, 139, 0.11)",
    arrow: "rgba(78, 201, 139, 0.6)",
    paper: "#14181d",
    heat: { generated: [120, 66, 14], middle: [24, 28, 33], data: [31, 66, 138] },
    marks: { generated: [255, 170, 84], middle: [178, 182, 190], data: [138, 184, 255] },
  },
};

export const SANS = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
export const SERIF = '"STIX Two Text", "Latin Modern Roman", Cambria, Georgia, "Times New Roman", serif';

// How bright the first ancestor is that has a background of its own; null where none has.
function brightnessBehind(el) {
  for (let node = el; node; node = node.parentElement) {
    const parts = getComputedStyle(node)
      .backgroundColor.match(/[\d.]+/g)
      ?.map(Number);
    if (parts && parts.length >= 3 && (parts.length < 4 || parts[3] > 0.5))
      return (0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2]) / 255;
  }
  return null;
}

// What the page says (the book's theme, JupyterLab, Colab), else what lies behind, else the system.
function isDark(el) {
  const { documentElement: html, body } = document;
  const said = html.dataset.theme ?? html.getAttribute("theme");
  if (said === "dark" || said === "light") return said === "dark";
  if (body.dataset.jpThemeLight) return body.dataset.jpThemeLight === "false";
  const brightness = brightnessBehind(el);
  if (brightness !== null) return brightness < 0.5;
  const follows = getComputedStyle(html).colorScheme.includes("dark"); // else the page is white
  return follows && matchMedia("(prefers-color-scheme: dark)").matches;
}

export const themeOf = (el) => (isDark(el) ? THEMES.dark : THEMES.light);

// Call `changed` whenever the page may have changed its theme; returns what ends that.
export function watchTheme(changed) {
  const observer = new MutationObserver(changed);
  const attributeFilter = ["data-theme", "data-jp-theme-light", "theme", "class", "style"];
  observer.observe(document.documentElement, { attributes: true, attributeFilter });
  observer.observe(document.body, { attributes: true, attributeFilter });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    system.removeEventListener("change", changed);
  };
}
