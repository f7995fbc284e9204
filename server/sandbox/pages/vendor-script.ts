// Local stand-in of Follow Up Boss's page script: it reports the page's height and offers nothing else.

/** Served as /embeddedApps-v1.0.1.js; an embedded page without it is never shown. */
export const VENDOR_SCRIPT = `(() => {
  if (window.parent === window) return;
  let last = -1;
  const report = () => {
    const height = Math.ceil(document.documentElement.getBoundingClientRect().height);
    if (height === last) return;
    last = height;
    window.parent.postMessage({ type: "fub-embedded-app-height", height }, "*");
  };
  const start = () => {
    // A frame that is not displayed has no layout: this first report is what gets it displayed.
    report();
    const observer = new ResizeObserver(report);
    observer.observe(document.documentElement);
    observer.observe(document.body);
    // A frame below the fold is not rendered, so nothing would observe its first layout.
    for (const ms of [50, 250, 1000]) setTimeout(report, ms);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
`;
