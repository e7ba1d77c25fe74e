// What a reader can take of a figure to another page: its address, the lines that embed it, and itself as one file.

import { element } from "../elements.js";
import { linkToPresent } from "../present/address.js";
import { presentFigure } from "../present/present.js";
import { buildTray } from "../tray.js";
import { oneFile } from "./one_file.js";

const FRAME = { sandbox: "allow-scripts", loading: "lazy", style: "width: 100%; height: 900px; border: 0" };

// Paste it beside the file: the frame may run its script, and nothing else.
const embedding = (src, title) => element("iframe", { src, title, ...FRAME }).outerHTML;

// A frame of another page that may only run its script saves nothing, and nobody is told.
const maySave = () => window.parent === window || window.origin !== "null";

function save(name, text) {
  const url = URL.createObjectURL(new Blob([text], { type: "text/html" }));
  element("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

// The heading that a figure stands under, without the mark that links to it.
function headingOf(figure) {
  const heading = figure.closest("section, main")?.querySelector("h1, h2, h3");
  return heading?.firstChild?.textContent?.trim() || "A figure that moves";
}

function fileNamed(title) {
  const words = title.toLowerCase().match(/[a-z0-9]+/g) ?? ["figure"];
  return `${words.join("-")}.html`;
}

// { button, tray }. take: { figure() -> an element that can be mounted again, mount, title(), link() -> text, words() }.
export function buildShare({ figure, mount, title, link, words = () => "A link to this figure" }) {
  const file = () => fileNamed(title());
  const act = (name, onclick) => element("button", { type: "button", onclick }, name);
  const acts = [
    act("Copy link", () => tray.offer(words(), link())),
    act("Copy embed code", () =>
      tray.offer(`The line that shows ${file()} in a page beside it`, embedding(file(), title())),
    ),
    act("Present", () => {
      const presented = /** @type {HTMLElement} */ (button.closest("figure"));
      tray.offer("A link that shows this figure alone, in big type", linkToPresent(link(), presented));
      presentFigure(presented);
    }),
    act("Save as one file", () => {
      const text = oneFile({ figure: figure(), mount, title: title() });
      if (!maySave()) return tray.say(`This frame can save no file: copy the text of ${file()} from here.`, text);
      save(file(), text);
      tray.say(`${file()} is a page of its own, which needs no network: open it, send it, or embed it.`);
    }),
  ];
  const tray = buildTray({
    above: [element("div", { class: "gan-lab-group gan-lab-ways" }, ...acts)],
    heard: (open) => button.setAttribute("aria-expanded", String(open)),
  });
  const toggle = () => (tray.el.hidden ? tray.say("Take this to another page, or along.") : tray.close());
  const button = element(
    "button",
    { type: "button", class: "gan-lab-share", "aria-expanded": "false", onclick: toggle },
    "Share",
  );
  return { button, tray: tray.el };
}

// The same below a figure of a page, whose address is that of its section.
export function addShare(el, figure, mount) {
  const link = () => {
    const section = el.closest("section[id]");
    return location.href.replace(/#.*$/, "") + (section ? `#${section.id}` : "");
  };
  const { button, tray } = buildShare({ figure, mount, title: () => headingOf(el), link });
  el.append(element("div", { class: "gan-lab-sharing" }, button), tray);
}
