// What the practice CRM's pages do in the browser: show the app once it reports a height, keep the timeline fresh.

/** Shows and sizes the app's frame when the vendor script inside it says how high it is. */
export const FRAME_SCRIPT = `
(() => {
  const frame = document.querySelector("iframe");
  const waiting = document.getElementById("app-waiting");
  if (!frame) return;
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow || event.data?.type !== "fub-embedded-app-height") return;
    const height = Number(event.data.height);
    if (!Number.isFinite(height)) return;
    frame.style.display = "block";
    frame.style.height = Math.max(1, Math.ceil(height)) + "px";
    if (waiting) waiting.hidden = true;
  });
  setTimeout(() => {
    if (waiting && !waiting.hidden) waiting.textContent =
      "The app has not reported its height. Is the gateway running, and does its page include Follow Up Boss's script?";
  }, 6000);
})();`;

/** Polls once a second; only entries that are new or changed are touched, so a screen reader reads just those. */
export const TIMELINE_SCRIPT = `
(() => {
  const list = document.getElementById("timeline");
  const tags = document.getElementById("tags");
  const empty = document.getElementById("timeline-empty");
  const source = list.dataset.source;
  const relative = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  const showTimes = () => {
    for (const time of list.querySelectorAll("time")) {
      const seconds = Math.round((Date.parse(time.dateTime) - Date.now()) / 1000);
      const [value, unit] = seconds > -60 ? [seconds, "second"] : seconds > -3600 ? [Math.round(seconds / 60), "minute"]
        : seconds > -86400 ? [Math.round(seconds / 3600), "hour"] : [Math.round(seconds / 86400), "day"];
      const text = seconds > -5 ? "just now" : relative.format(value, unit);
      if (time.textContent !== text) time.textContent = text;
      time.title = new Date(time.dateTime).toLocaleString();
    }
  };
  const place = (item, before) => {
    const known = list.querySelector('[data-key="' + item.key + '"]');
    if (known?.dataset.version === item.version) return known;
    const entry = known ?? document.createElement("li");
    entry.dataset.key = item.key;
    entry.dataset.version = item.version;
    entry.innerHTML = item.html;
    entry.className = "new";
    if (!known) list.insertBefore(entry, before);
    return entry;
  };
  const show = (state) => {
    let before = list.firstElementChild;
    for (const item of state.items) before = place(item, before)?.nextElementSibling ?? null;
    const keys = new Set(state.items.map(({ key }) => key));
    for (const entry of [...list.children]) if (!keys.has(entry.dataset.key)) entry.remove();
    empty.hidden = state.items.length > 0;
    const shown = [...tags.children].map((tag) => tag.textContent);
    if (shown.join("\\n") !== state.tags.join("\\n")) tags.replaceChildren(...state.tags.map((tag) => {
      const chip = document.createElement("li");
      chip.textContent = tag;
      return chip;
    }));
    showTimes();
  };
  const refresh = async () => {
    try { const answer = await fetch(source); if (answer.ok) show(await answer.json()); } catch {}
  };
  const poll = async () => { await refresh(); setTimeout(poll, 1000); };
  document.getElementById("tag-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
    form.reset();
    await refresh();
  });
  showTimes();
  poll();
})();`;
