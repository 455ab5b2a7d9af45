/* How far the run is, asked for every two seconds; the whole page is read anew once it is over. */
(() => {
  "use strict";
  const AGAIN = 2000;
  const ask = async () => {
    const here = document.getElementById("ss-progress");
    if (!here) return;
    const address = here.dataset.stressAgain;
    if (!address) { location.reload(); return; }
    const told = await fetch(address).then((answer) => (answer.ok ? answer.text() : "")).catch(() => "");
    const fresh = told && new DOMParser().parseFromString(told, "text/html").getElementById("ss-progress");
    if (fresh && fresh.dataset.stressState !== here.dataset.stressState && !fresh.dataset.stressAgain) { location.reload(); return; }
    if (fresh && !here.contains(document.activeElement)) here.replaceWith(fresh);
    else if (fresh) here.querySelector("p").replaceWith(fresh.querySelector("p"));
    setTimeout(ask, AGAIN);
  };
  setTimeout(ask, AGAIN);
})();
