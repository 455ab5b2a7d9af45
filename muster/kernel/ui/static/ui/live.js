/* Live pages. An element with data-live="TOPIC" data-live-url="URL" is filled anew from URL whenever something is announced
   on TOPIC. Without the stream it is filled every 5 seconds, and the page says since when it has not been live. */
(() => {
  "use strict";
  const POLL = 5000; // ms between fillings while the stream is down
  const SILENCE = 40000; // ms without a heartbeat (one comes every 15 s) after which the stream counts as down
  const GATHER = 250; // ms in which several announcements become one filling
  const RETRY = 10000; // ms until a stream that the server has closed for good is asked for again

  let stream = null;
  let opened = false;
  let heardAt = 0;
  let updatedAt = new Date();
  let failed = false;
  const state = new WeakMap(); // element -> {timer, busy, again}

  const places = () => [...document.querySelectorAll("[data-live][data-live-url]")];
  const topics = () => [...new Set(places().flatMap((place) => place.dataset.live.split(/\s+/).filter(Boolean)))];
  const of = (place) => state.get(place) || state.set(place, {}).get(place);

  const fill = async (place) => {
    const own = of(place);
    if (own.busy) { own.again = true; return; }
    if (!place.isConnected || !place.dataset.liveUrl) return;
    own.busy = true;
    own.again = false;
    try {
      const swap = place.dataset.liveSwap || "innerHTML";
      await htmx.ajax("GET", place.dataset.liveUrl, { source: place, target: place, swap });
    } catch {
      failed = true;
    } finally {
      own.busy = false;
      if (own.again) soon(place);
    }
  };
  const soon = (place) => {
    const own = of(place);
    clearTimeout(own.timer);
    own.timer = setTimeout(() => fill(place), GATHER);
  };
  const fillAll = () => places().forEach(soon);

  const clock = (moment) => [moment.getHours(), moment.getMinutes()].map((part) => String(part).padStart(2, "0")).join(":");
  const show = () => document.querySelectorAll("[data-live-status]").forEach((sign) => {
    const name = opened ? "live" : failed ? "lost" : "polling";
    const text = (sign.getAttribute(`data-when-${name}`) || "").replace("{time}", clock(updatedAt));
    sign.hidden = !places().length;
    if (sign.dataset.state === name && sign.textContent === text) return; // said already: no second announcement
    sign.dataset.state = name;
    sign.textContent = text;
  });

  const close = () => {
    if (stream) stream.close();
    stream = null;
    opened = false;
    show();
  };
  const open = () => {
    const address = document.body.dataset.eventsUrl;
    if (!address || !topics().length || stream) return;
    const url = new URL(address, location.href);
    topics().forEach((topic) => url.searchParams.append("topic", topic));
    stream = new EventSource(url, { withCredentials: true });
    stream.onopen = () => {
      heardAt = Date.now();
      opened = true;
      failed = false;
      fillAll(); // what happened before or between streams is read, not guessed
      show();
    };
    stream.onerror = () => {
      opened = false;
      if (stream && stream.readyState === EventSource.CLOSED) {
        close();
        setTimeout(open, RETRY);
      }
      show();
    };
    stream.addEventListener("alive", () => { heardAt = Date.now(); updatedAt = new Date(); });
    stream.addEventListener("reset", fillAll);
    stream.addEventListener("notice", (event) => {
      heardAt = Date.now();
      const { topic } = JSON.parse(event.data);
      places().filter((place) => place.dataset.live.split(/\s+/).includes(topic)).forEach(soon);
    });
  };

  const watch = () => {
    if (opened && Date.now() - heardAt > SILENCE) { close(); open(); }
    if (!opened) places().forEach(fill);
    show();
  };
  const isOurs = (event) => event.target instanceof Element && event.target.closest("[data-live-url]");

  document.addEventListener("DOMContentLoaded", () => {
    if (!places().length) return;
    document.addEventListener("htmx:afterOnLoad", (event) => {
      if (!isOurs(event) || !event.detail.successful) return;
      updatedAt = new Date();
      failed = false;
      show();
    });
    ["htmx:sendError", "htmx:responseError", "htmx:timeout"].forEach((name) => document.addEventListener(name, (event) => {
      if (!isOurs(event)) return;
      failed = true;
      show();
    }));
    window.addEventListener("pagehide", close);
    window.addEventListener("pageshow", (event) => { if (event.persisted) open(); });
    open();
    show();
    setInterval(watch, POLL);
  });
})();
