/* The text of a plan: numbers of its lines, and the way from a mistake to its line. */
(() => {
  "use strict";
  const source = document.querySelector("[data-source]");
  const numbers = document.querySelector("[data-lines-of]");

  const number = () => {
    const count = source.value.split("\n").length;
    if (Number(numbers.dataset.count) === count) return;
    numbers.dataset.count = count;
    numbers.textContent = Array.from({ length: count }, (_nothing, place) => place + 1).join("\n");
  };
  const show = (line) => {
    const lines = source.value.split("\n");
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
    source.focus();
    source.setSelectionRange(start, start + (lines[line - 1] || "").length);
    source.scrollTop = (source.scrollHeight / lines.length) * Math.max(0, line - 6);
    source.scrollLeft = 0;
  };
  if (source && numbers) {
    number();
    source.addEventListener("input", number);
    source.addEventListener("scroll", () => { numbers.scrollTop = source.scrollTop; });
    const asked = location.hash.match(/^#line-(\d+)$/);
    if (asked) show(Number(asked[1]));
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-line]");
      if (!link) return;
      event.preventDefault();
      show(Number(link.dataset.line));
    });
  }
})();
