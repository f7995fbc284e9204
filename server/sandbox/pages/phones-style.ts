// The look of the practice phones, besides what all pages share. Put into the page by render-phones.

export const PHONES_STYLE = `
[hidden] { display: none !important; }
main { padding: 12px; display: grid; gap: 12px; }
.phones { display: grid; gap: 12px; grid-template-columns: repeat(auto-fill, minmax(min(100%, 310px), 1fr)); align-items: start; }
.phone { display: grid; gap: 8px; } .phone h2, .phone p { margin: 0; overflow-wrap: anywhere; }
.phone.rings { border-color: var(--accent); box-shadow: 0 0 0 2px var(--accent); }
.news { margin: 0; font-weight: 600; } .news:empty { display: none; }
.row { flex-wrap: wrap; align-items: center; } .row label { display: flex; gap: 6px; align-items: center; flex: 1; min-width: 0; }
#open label { flex: none; }
input[type="checkbox"] { flex: none; inline-size: 20px; block-size: 20px; vertical-align: middle; }
.call { display: grid; gap: 8px; } .words { font-weight: 600; }
.buttons { display: flex; flex-wrap: wrap; gap: 6px; } .buttons button { flex: 1 1 45%; }
.phone button { min-block-size: 36px; }
.keypad { display: grid; grid-template-columns: repeat(3, 1fr); gap: 4px; margin-block: 6px; }
.keypad button { background: var(--chip); color: var(--text); font-size: 17px; }
.end { margin-block-start: 6px; inline-size: 100%; }
.lines { display: grid; gap: 6px; max-block-size: 300px; overflow-y: auto; }
.lines p { background: var(--chip); border-radius: 10px; padding: 5px 10px; max-inline-size: 90%; overflow-wrap: anywhere; white-space: pre-line; }
.lines p.mine { justify-self: end; background: var(--noteback); }
.lines small { display: block; color: var(--soft); }
details form { display: grid; gap: 6px; margin-block-start: 6px; } details label { display: grid; gap: 2px; }
select, textarea { font: inherit; padding: 6px; border: 1px solid var(--line); border-radius: 6px; background: var(--back);
  color: inherit; inline-size: 100%; }
`;
