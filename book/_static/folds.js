// What is folded opens for who follows a link into it, and on paper, but for answers: solutions of exercises, which are
// no folds but hidden, what there is to see in an experiment, and what a figure keeps.
(() => {
  const openAround = (el) => {
    for (let fold = el?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  };

  function follow() {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target?.closest("details:not([open])")) return;
    openAround(target);
    target.scrollIntoView();
  }

  addEventListener("hashchange", follow);
  addEventListener("DOMContentLoaded", follow);
  addEventListener("beforeprint", () =>
    document
      .querySelectorAll(".bd-article details:not(.gan-answer, .solution details, figure details)")
      .forEach((fold) => (fold.open = true)),
  );
})();
