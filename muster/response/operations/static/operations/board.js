/* Puts the board together: reads the data of the page, draws, follows live changes, theme and size. */
(() => {
  "use strict";
  const board = (window.MusterBoard = window.MusterBoard || {});
  const read = (id) => JSON.parse(document.getElementById(id).textContent);

  const draw = () => {
    const data = read("board-data");
    if (board.isStale(data.at)) { board.askAgain(); return; }
    board.data = data;
    /* The operation's now moves on: a slider that stood at now stays at now. */
    const slider = board.element("op-slider");
    const atNow = !board.data.past;
    board.fixed.now_s = board.data.now_s;
    slider.max = board.data.now_s;
    if (atNow) slider.value = board.data.now_s;
    board.fixed.axis = board.data.axis;
    document.body.classList.toggle("op-past", board.data.past);
    board.drawCurve(board.data, board.fixed);
    board.drawMap(board.data, board.fixed);
    board.fit();
    document.documentElement.dataset.boardDrawn = board.data.at;
  };

  /* The wall has no scroll bar: what does not fit whole is left out; the count in the head of the panel tells how many there are. */
  board.fit = () => {
    if (!board.fixed.wall) return;
    document.querySelectorAll(".op-panel").forEach((panel) => {
      const rows = panel.querySelectorAll(".op-row, .op-short tbody tr, .op-phase-list li");
      rows.forEach((row) => { row.hidden = false; });
      const end = panel.getBoundingClientRect().bottom - parseFloat(getComputedStyle(panel).paddingBottom) / 2;
      rows.forEach((row) => { if (row.getBoundingClientRect().bottom > end) row.hidden = true; });
    });
  };

  const start = () => {
    if (!document.querySelector("[data-board]")) return;
    board.fixed = read("board-fixed");
    draw();
    board.startTime();
    document.querySelector("[data-units]").addEventListener("click", (event) => board.toggleUnits(event.currentTarget));
    document.addEventListener("muster:theme", draw);
    document.addEventListener("htmx:afterSettle", (event) => { if (event.target.id === "b-live") draw(); });
    document.addEventListener("htmx:responseError", () => document.querySelector("[data-board]").classList.add("op-lost"));
    document.addEventListener("htmx:sendError", () => document.querySelector("[data-board]").classList.add("op-lost"));
    document.addEventListener("htmx:afterOnLoad", (event) => { if (event.detail.successful) document.querySelector("[data-board]").classList.remove("op-lost"); });
    let resizing = 0;
    document.addEventListener("board:resized", () => {
      clearTimeout(resizing);
      resizing = setTimeout(() => { board.drawCurve(board.data, board.fixed); board.drawMap(board.data, board.fixed); board.fit(); }, 60);
    });
    document.fonts.ready.then(() => { board.drawCurve(board.data, board.fixed); board.drawMap(board.data, board.fixed); board.fit(); });
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
