// Text to take away: copied where the page may, and shown, so that it can be copied in any case.

import { element } from "./elements.js";

// { el, say(words), offer(words, text), close() }. above: what comes before the text; heard(whether it is open), whenever
// that changes.
export function buildTray({ above = [], heard = (_open) => {} } = {}) {
  const text = element("textarea", { readonly: "", rows: 8, spellcheck: "false", "aria-label": "To copy" });
  const said = element("p", { role: "status" });
  const shut = element("button", { type: "button", onclick: close }, "Close");
  const el = element("div", { class: "gan-lab-tray", hidden: "" }, ...above, said, text, shut);
  let opener = null; // gets the focus back
  function open() {
    if (!el.hidden) return;
    opener = document.activeElement;
    el.hidden = false;
    heard(true);
  }
  function close() {
    el.hidden = true;
    heard(false);
    opener?.focus();
  }
  function say(words, content = "") {
    open();
    said.textContent = words;
    text.hidden = !content;
    text.value = content;
    text.rows = Math.min(10, content.split("\n").length + 1);
  }
  return {
    el,
    say,
    close,
    async offer(words, content) {
      say(words, content);
      try {
        await navigator.clipboard.writeText(content);
        said.textContent = `${words}: copied.`;
      } catch {
        said.textContent = `${words}: to be copied from here.`;
        text.select();
      }
    },
  };
}
