/* Runs before the first paint: a page must not flash white in a dark command room. */
(() => {
  "use strict";
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const wanted = () => root.dataset.bsTheme === "auto" ? (dark.matches ? "dark" : "light") : root.dataset.bsTheme;
  root.dataset.themeChoice = root.dataset.bsTheme;
  root.dataset.bsTheme = wanted();
  dark.addEventListener("change", () => {
    if (root.dataset.themeChoice === "auto") root.dataset.bsTheme = dark.matches ? "dark" : "light";
  });
})();
