/* Small things every page has: theme switch, closing menus, the id of a command, htmx and the CSRF token. */
(() => {
  "use strict";
  const root = document.documentElement;

  const themeSwitch = document.querySelector("[data-theme-switch]");
  if (themeSwitch) {
    themeSwitch.hidden = false;
    themeSwitch.addEventListener("click", () => {
      const theme = root.dataset.bsTheme === "dark" ? "light" : "dark";
      root.dataset.bsTheme = root.dataset.themeChoice = theme;
      document.cookie = `theme=${theme}; path=/; max-age=31536000; samesite=lax`;
      document.dispatchEvent(new CustomEvent("muster:theme", { detail: theme }));
    });
  }

  document.addEventListener("click", (event) => {
    document.querySelectorAll("details.m-menu[open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details.m-menu[open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  /* On a phone a row is a card, in which each cell is shown with the heading of its column. */
  const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TR: "row", TH: "columnheader", TD: "cell" };
  const intoCards = (scope) => scope.querySelectorAll("table.m-table").forEach((table) => {
    const headings = [...table.querySelectorAll("thead th")].map((heading) => heading.innerText.trim());
    if (headings.length < 3 || table.classList.contains("m-table-cards")) return;
    table.classList.add("m-table-cards");
    [table, ...table.querySelectorAll("thead, tbody, tr, thead th, td")].forEach((part) => part.setAttribute("role", roles[part.tagName]));
    table.querySelectorAll("tbody th").forEach((part) => part.setAttribute("role", "rowheader"));
    table.querySelectorAll("tbody tr").forEach((row) => [...row.cells].forEach((cell, place) => {
      const text = cell.innerText.trim();
      if ((place || /^\d+$/.test(text)) && row.cells.length === headings.length) cell.dataset.label = headings[place];
      if (place && ["", "–"].includes(text) && !cell.children.length) cell.dataset.bare = "";
    }));
  });
  intoCards(document);
  document.addEventListener("htmx:load", (event) => intoCards(event.target));

  /* What is wrong gets the focus: a reader of the screen hears it, a keyboard is where it must go on. */
  const wrong = document.querySelector("#problem, .m-field-wrong :is(input, select, textarea):not([type=hidden])");
  const door = matchMedia("(pointer: fine)").matches && document.querySelector(".m-door-card form.m-form input:not([type=hidden])");
  if (wrong || door) (wrong || door).focus();

  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/);
    if (token) event.detail.headers["X-CSRFToken"] = token[1];
  });

  /* A part of a page that turns out to be the login page: the session has ended, so the whole page goes there. */
  document.addEventListener("htmx:beforeSwap", (event) => {
    const address = event.detail.xhr.responseURL;
    if (!address || new URL(address).pathname !== "/login/" || location.pathname === "/login/") return;
    event.detail.shouldSwap = false;
    location.reload();
  });

  /* The device refused the passkey, or took too long. */
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.querySelectorAll("[data-passkey-problem]").forEach((problem) => { problem.hidden = false; });
  });

  /* A button that was pressed says so and cannot be pressed twice. */
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || event.target.hasAttribute("data-many") || event.defaultPrevented) return;
    setTimeout(() => { button.disabled = true; button.setAttribute("aria-busy", "true"); });
    setTimeout(() => { button.disabled = false; button.removeAttribute("aria-busy"); }, 8000);
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) document.querySelectorAll("[aria-busy]").forEach((b) => { b.disabled = false; b.removeAttribute("aria-busy"); });
  });
})();
