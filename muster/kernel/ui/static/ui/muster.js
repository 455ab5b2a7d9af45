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

  /* Work that takes longer than a second says how far it is, and can be stopped: see kernel/ui/waiting.py. */
  const SOON = 1000;
  const AGAIN = 500;
  const number = () => "10000000-1000-4000-8000-100000000000".replace(/[018]/g, (c) =>
    (+c ^ (crypto.getRandomValues(new Uint8Array(1))[0] & (15 >> (+c / 4)))).toString(16));
  const filled = (text, figures) => text.replace(/\{(\w+)\}/g, (_, name) => figures[name]);
  const figure = (value) => Math.round(value).toLocaleString(root.lang);
  const tellProgress = (dialog, share, seconds) => {
    const told = dialog.querySelector("[data-progress-told]");
    const texts = told.dataset;
    if (dialog.dataset.stopping) { told.textContent = texts.toldStopping; return; }
    if (!share) { told.textContent = filled(texts.toldBegun, { seconds: figure(seconds) }); return; }
    dialog.querySelector("progress").value = share;
    const rows = Number(dialog.dataset.rows);
    const done = rows ? filled(texts.toldRows, { done: figure(share * rows), rows: figure(rows) })
      : filled(texts.toldShare, { percent: share.toLocaleString(root.lang, { style: "percent" }) });
    told.textContent = `${done} · ${filled(texts.toldLeft, { seconds: figure((seconds * (1 - share)) / share) })}`;
  };
  const watchProgress = (form, dialog) => {
    const field = form.elements.progress || form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "progress" }));
    field.value = number();
    const address = `/progress/${field.value}/`;
    const begun = Date.now();
    const ask = async () => {
      if (!dialog.open) dialog.showModal();
      const answer = await fetch(address).then((told) => told.json()).catch(() => ({}));
      tellProgress(dialog, answer.share, (Date.now() - begun) / 1000);
      timer = setTimeout(ask, AGAIN);
    };
    let timer = setTimeout(ask, SOON);
    dialog.addEventListener("cancel", (event) => event.preventDefault());
    dialog.querySelector("[data-progress-stop]").addEventListener("click", () => {
      dialog.dataset.stopping = "yes";
      const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
      fetch(address, { method: "POST", headers: { "X-CSRFToken": token } });
    });
    window.addEventListener("pageshow", () => { clearTimeout(timer); dialog.close(); });
  };
  document.addEventListener("submit", (event) => {
    const dialog = event.target.querySelector("dialog[data-progress]");
    if (dialog && !event.defaultPrevented) watchProgress(event.target, dialog);
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
