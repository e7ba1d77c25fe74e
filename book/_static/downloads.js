// Notebooks of the download menu, on a page that is read from a disk: a browser shows the file that
// a link leads to there, instead of saving it, and lets no page read it. A script it loads.
(() => {
  const LINKS = 'a.btn-download-notebook-button[href$=".ipynb"]';

  function save(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/x-ipynb+json" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  }

  function loaded(address) {
    return new Promise((resolve, reject) => {
      const script = Object.assign(document.createElement("script"), { src: address });
      script.onload = resolve;
      script.onerror = reject;
      document.head.append(script);
    });
  }

  async function fromDisk(link) {
    const [, folder, name] = link.href.match(/^(.*\/notebooks\/)(.*)$/);
    if (!window.GanNotebooks) await loaded(`${folder}from_disk.js`);
    const { twins, selfContained, empty, carrying } = window.GanNotebooks;
    const plain = name.replace(`${selfContained}.ipynb`, ".ipynb");
    save(name, name === plain ? twins[plain] : twins[plain].replace(empty, () => carrying));
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest(LINKS);
    if (!link || location.protocol !== "file:") return;
    event.preventDefault();
    fromDisk(link).catch(() => window.open(link.href));
  });
})();
