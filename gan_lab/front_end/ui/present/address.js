// Which figure of a page an address asks for alone: page.html?present, and with an anchor the first one from there on, or
// with a number the so-manieth.

const SELECTOR = 'figure:is([data-gan-lab="recording"], [data-gan-lab="lab"], [data-gan-lab-explore])';

/** @type {() => HTMLElement[]} */
export const figuresOfPage = () => [...document.querySelectorAll(SELECTOR)].map((el) => /** @type {any} */ (el));

const comesAfter = (anchor, figure) =>
  anchor.contains(figure) || (anchor.compareDocumentPosition(figure) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;

// The number of the first figure from an anchor on; a lab's own link leads to the lab that has followed it.
function firstFrom(figures, hash) {
  if (hash.startsWith("#lab=")) return figures.findIndex((figure) => figure.matches(".gan-lab-lab")) || 0;
  const anchor = hash && document.getElementById(decodeURIComponent(hash.slice(1)));
  return anchor ? figures.findIndex((figure) => comesAfter(anchor, figure)) : 0;
}

// The figure, or null. Other words of the query mean nothing here.
export function figureAskedFor({ search, hash }) {
  const number = new URLSearchParams(search).get("present");
  if (number === null) return null;
  const figures = figuresOfPage();
  const first = Math.max(0, firstFrom(figures, hash));
  return figures[first + Math.max(1, Number.parseInt(number, 10) || 1) - 1] ?? figures[first] ?? null;
}

// The link that leads to a figure, with `?present`.
export function linkToPresent(link, figure) {
  const url = new URL(link);
  const figures = figuresOfPage();
  const first = Math.max(0, firstFrom(figures, url.hash));
  const number = url.hash.startsWith("#lab=") ? 1 : figures.indexOf(figure) - first + 1;
  url.search = number > 1 ? `?present=${number}` : "?present";
  return url.href;
}
