/* The time slider: any moment of the operation; the address follows, so a moment can be bookmarked and sent. */
(() => {
  "use strict";
  const board = (window.MusterBoard = window.MusterBoard || {});
  const DAY = 86400;
  let asking = null;
  let wanted = null;
  let playing = null;
  let target = null; // the past moment that the reader chose; null while he follows the operation's now
  let asked = null; // the moment that was asked for last

  const slider = () => board.element("op-slider");
  const pad = (figure) => String(figure).padStart(2, "0");

  /* Seconds since 1970 as day and time in the bureau's zone, without asking the browser for its own zone. */
  board.written = (seconds) => {
    const moment = new Date((seconds + board.fixed.offset_s) * 1000);
    return `${moment.getUTCFullYear()}-${pad(moment.getUTCMonth() + 1)}-${pad(moment.getUTCDate())} ${pad(moment.getUTCHours())}:${pad(moment.getUTCMinutes())}`;
  };

  const addressed = (path, seconds) => {
    const url = new URL(path, location.href);
    if (board.fixed.wall) url.searchParams.set("wall", "1");
    if (seconds < board.fixed.now_s) url.searchParams.set("as_of", board.written(seconds).replace(" ", "T"));
    return url.pathname + url.search;
  };

  const show = (seconds) => {
    const text = board.written(seconds);
    slider().value = seconds;
    slider().setAttribute("aria-valuetext", text);
    document.querySelector("[data-shown]").textContent = text;
  };

  /* One request at a time; of many moves only the last is asked for. */
  const ask = async () => {
    if (asking !== null || wanted === null) return;
    asking = asked = wanted;
    wanted = null;
    const frame = document.querySelector("[data-board]");
    const live = board.element("b-live");
    const url = addressed(frame.dataset.boardUrl, asking);
    live.dataset.liveUrl = url;
    history.replaceState(null, "", addressed(frame.dataset.pageUrl, asking));
    document.body.classList.toggle("op-past", asking < board.fixed.now_s);
    frame.setAttribute("aria-busy", "true");
    try {
      await htmx.ajax("GET", url, { target: live, swap: "innerHTML" });
    } finally {
      asking = null;
      frame.removeAttribute("aria-busy");
      ask();
    }
  };

  /* An answer to a question that was asked before the reader moved on must neither be shown nor move the slider. */
  board.isStale = (at) => target !== null && Math.abs(at - asked) >= 60;
  board.askAgain = () => { if (asking === null && wanted === null) { wanted = target; ask(); } };

  board.goTo = (seconds) => {
    const { start_s, now_s } = board.fixed;
    wanted = Math.min(Math.max(Math.round(seconds), start_s), now_s);
    target = wanted < now_s ? wanted : null;
    show(wanted);
    ask();
  };
  board.step = (seconds) => board.goTo(Number(slider().value) + seconds);

  const stop = () => {
    clearInterval(playing);
    playing = null;
    mark();
  };
  const mark = () => {
    const button = document.querySelector("[data-play]");
    button.textContent = playing ? "❚❚" : "▶";
    button.setAttribute("aria-pressed", String(Boolean(playing)));
  };
  board.play = () => {
    if (playing) return stop();
    if (Number(slider().value) >= board.fixed.now_s) board.goTo(board.fixed.start_s);
    playing = setInterval(() => {
      if (asking !== null) return;
      if (Number(slider().value) >= board.fixed.now_s) return stop();
      board.step(DAY);
    }, 700);
    return mark();
  };

  const KEYS = { ArrowLeft: -3600, ArrowDown: -3600, ArrowRight: 3600, ArrowUp: 3600, PageDown: -DAY, PageUp: DAY };
  const key = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key in KEYS) board.step(event.shiftKey ? Math.sign(KEYS[event.key]) * DAY : KEYS[event.key]);
    else if (event.key === "Home") board.goTo(board.fixed.start_s);
    else if (event.key === "End") board.goTo(board.fixed.now_s);
    else if (event.key === " ") board.play();
    else return;
    event.preventDefault();
  };

  board.startTime = () => {
    if (board.data.past) target = asked = board.data.at;
    slider().addEventListener("input", () => { stop(); board.goTo(Number(slider().value)); });
    slider().addEventListener("keydown", key);
    document.addEventListener("keydown", (event) => {
      if (!board.fixed.wall) return; // elsewhere these keys scroll the page
      const inControl = event.target.closest("input, select, textarea, button, a, summary, details");
      if (!inControl) key(event);
    });
    document.addEventListener("click", (event) => {
      const back = event.target.closest("[data-back-to-now]");
      const step = event.target.closest("[data-step]");
      if (back) { event.preventDefault(); stop(); board.goTo(board.fixed.now_s); }
      else if (step) { stop(); board.step(Number(step.dataset.step)); }
      else if (event.target.closest("[data-play]")) board.play();
    });
  };
})();
