// The look of the practice CRM, light and dark. Put into every page by render-page.

export const CRM_STYLE = `
:root { color-scheme: light dark;
  --back: light-dark(#f3f5f8, #14181f); --card: light-dark(#fff, #1d232d); --line: light-dark(#dde3ea, #323b49);
  --text: light-dark(#1c2733, #e6ebf2); --soft: light-dark(#566475, #a3b0c2); --accent: light-dark(#1557b0, #8ab8ff);
  --chip: light-dark(#e7eef8, #2a3749); --note: light-dark(#7a5200, #ffcf7a); --noteback: light-dark(#fff4d9, #3a2f16); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--text); font: 15px/1.45 system-ui, "Segoe UI", Roboto, sans-serif; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
.practice { background: var(--noteback); color: var(--note); text-align: center; padding: 4px 12px; font-size: 13px; }
.top { display: flex; flex-wrap: wrap; gap: 6px 22px; align-items: center; padding: 10px 20px; background: var(--card);
  border-bottom: 1px solid var(--line); }
.top strong { font-size: 16px; }
.top nav { display: flex; flex-wrap: wrap; gap: 4px 14px; }
.top nav a[aria-current] { color: inherit; font-weight: 600; text-decoration: none; border-bottom: 2px solid var(--accent); }
main { max-width: 1320px; margin: 0 auto; padding: 20px; }
h1 { font-size: 22px; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 15px; margin: 0 0 10px; }
.soft { color: var(--soft); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 16px; min-width: 0; }
.columns { display: grid; grid-template-columns: minmax(210px, 270px) minmax(0, 1fr) 350px; gap: 16px; align-items: start; }
.columns.wide { grid-template-columns: minmax(0, 1fr) 350px; }
.columns.wide > .side { position: sticky; top: 16px; max-height: calc(100vh - 32px); overflow-y: auto; }
td a[aria-current] { color: inherit; font-weight: 600; text-decoration: none; border-inline-start: 3px solid var(--accent); padding-inline-start: 8px; }
.columns > div { display: grid; gap: 16px; min-width: 0; }
.side.card { padding: 0; overflow: hidden; width: 350px; max-width: 100%; }
.side h2 { padding: 12px 14px; margin: 0; border-bottom: 1px solid var(--line); }
.side iframe { width: 100%; border: 0; }
.side p { padding: 0 14px; }
dl { margin: 0; display: grid; gap: 10px; }
dt { font-size: 12px; color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
.flag { font-size: 12px; padding: 0 6px; border-radius: 8px; background: var(--noteback); color: var(--note); white-space: nowrap; }
.tags { display: flex; flex-wrap: wrap; gap: 6px; list-style: none; padding: 0; margin: 0 0 10px; }
.tags li, .chip { background: var(--chip); border-radius: 12px; padding: 2px 10px; font-size: 13px; overflow-wrap: anywhere; }
.row { display: flex; gap: 6px; }
input { flex: 1; min-width: 0; } input, textarea, button { font: inherit; padding: 6px 10px; border: 1px solid var(--line); border-radius: 6px;
  background: var(--back); color: inherit; }
button { background: var(--accent); color: var(--card); border-color: transparent; cursor: pointer; }
.timeline { list-style: none; margin: 0; padding: 0; }
.timeline li { display: grid; grid-template-columns: 30px minmax(0, 1fr); gap: 10px; padding: 12px 0; border-top: 1px solid var(--line); }
.timeline li:first-child { border-top: 0; }
.icon { width: 30px; height: 30px; border-radius: 50%; background: var(--chip); display: grid; place-items: center; }
.timeline p { margin: 4px 0 0; white-space: pre-line; overflow-wrap: anywhere; }
.new { animation: appear 1.2s ease-out; } @keyframes appear { from { background: var(--chip); } }
@media (prefers-reduced-motion: reduce) { .new { animation: none; } }
table { width: 100%; border-collapse: collapse; } th { text-align: start; font-size: 12px; color: var(--soft); }
th, td { padding: 8px 10px 8px 0; border-top: 1px solid var(--line); overflow-wrap: anywhere; vertical-align: top; }
thead th { border-top: 0; white-space: nowrap; }
.tight { white-space: nowrap; }
.accounts { display: flex; flex-wrap: wrap; gap: 6px 40px; } .accounts p { margin: 0; }
.stack { display: grid; gap: 16px; }
.narrow { max-width: 760px; margin: 0 auto; } .narrow > * { min-width: 0; } .narrow h2 { overflow-wrap: anywhere; }
.tight-stack { gap: 8px; } textarea { width: 100%; resize: vertical; } input[type="checkbox"] { flex: none; }
.facts { gap: 4px; } .wrap { flex-wrap: wrap; align-items: center; gap: 6px 14px; margin: 12px 0; }
.said { white-space: pre-line; overflow-wrap: anywhere; } .answer { border-inline-start: 3px solid var(--line); padding-inline-start: 10px; }
details dl { margin-top: 10px; } p.flag { white-space: normal; padding: 4px 8px; }
.scroll { overflow-x: auto; }
@media (max-width: 1000px) { .columns, .columns.wide { grid-template-columns: minmax(0, 1fr); }
  .columns.wide > .side { position: static; max-height: none; } }
`;
