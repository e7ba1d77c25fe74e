// Whose a key is that is pressed in a figure of a notebook: the figure's, but for those that run and save.
//
// JupyterLab and Notebook 7 take keys before the page has them: "d d" with a picture in focus would delete the
// cell of a game that plays. They leave alone a key whose very target says so at that moment; no element around
// it can say it.

const SAYS = "data-lm-suppress-shortcuts";

// Keys with Control, Alt or Command, Escape, and Shift with Enter, which runs the cell.
const isTheNotebooks = ({ key, ctrlKey, altKey, metaKey, shiftKey }) =>
  ctrlKey || altKey || metaKey || key === "Escape" || (key === "Enter" && shiftKey);

// Until the function is called that this returns.
export function keepKeys(el) {
  const decide = (event) => {
    if (!el.contains(event.target)) return;
    if (isTheNotebooks(event)) event.target.removeAttribute(SAYS);
    else event.target.setAttribute(SAYS, "true");
  };
  window.addEventListener("keydown", decide, true); // the first who hears of it
  return () => window.removeEventListener("keydown", decide, true);
}
