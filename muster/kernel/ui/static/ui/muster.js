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

  /* A form that was answered gets a new command id, so that the next submission is a new command. */
  const freshIds = (scope) => scope.querySelectorAll("input[data-command-id]").forEach((field) => {
    if (!field.value && window.crypto.randomUUID) field.value = crypto.randomUUID();
  });
  freshIds(document);
  document.addEventListener("htmx:load", (event) => freshIds(event.target));
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
