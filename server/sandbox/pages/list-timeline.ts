// Calls and notes of one person, newest first, as the page shows them. Rendered at first, polled afterwards.
import type { SandboxAccount, SandboxCall, SandboxNote, SandboxPerson } from "../sandbox-types.ts";
import { type Html, html } from "./escape-html.ts";

export interface TimelineItem {
  /** Stable name of the entry, e.g. `call-7`. */
  key: string;
  /** Changes whenever the entry does. */
  version: string;
  html: string;
}

/** `html` of each item is the inside of its list element. */
export function listTimeline(account: SandboxAccount, person: SandboxPerson): TimelineItem[] {
  const calls = account.calls
    .filter(({ personId }) => personId === person.id)
    .map((call) => ({
      at: call.created,
      key: `call-${call.id}`,
      entry: call,
      body: renderCall(account, call),
    }));
  const notes = account.notes
    .filter(({ personId }) => personId === person.id)
    .map((note) => ({
      at: note.created,
      key: `note-${note.id}`,
      entry: note,
      body: renderNote(account, note),
    }));
  return [...notes, ...calls]
    .toSorted((a, b) => b.at.localeCompare(a.at) || b.entry.id - a.entry.id)
    .map(({ key, entry, body }) => ({ key, version: JSON.stringify(entry), html: body.html }));
}

function renderCall(account: SandboxAccount, call: SandboxCall): Html {
  const [from, to] = call.isIncoming
    ? [call.phone, call.toNumber]
    : [call.fromNumber, call.toNumber ?? call.phone];
  const facts = [
    call.outcome ?? "No outcome",
    call.duration !== null && durationText(call.duration),
    `${from || "unknown"} → ${to || "unknown"}`,
  ].filter(Boolean);
  return html`<span class="icon" aria-hidden="true">${call.isIncoming ? "↙" : "↗"}</span><div>
<strong>${call.isIncoming ? "Incoming call" : "Call"}</strong> ${renderByline(account, call.userId, call)}
<p>${facts.join(" · ")}</p>${call.note && html`<p>${call.note}</p>`}</div>`;
}

function renderNote(account: SandboxAccount, note: SandboxNote): Html {
  return html`<span class="icon" aria-hidden="true">✎</span><div>
<strong>${note.subject || "Note"}</strong> ${renderByline(account, note.createdById, note)}
<p>${note.isHtml ? note.body.replace(/<[^>]*>/g, " ").trim() : note.body}</p></div>`;
}

function renderByline(account: SandboxAccount, userId: number, entry: SandboxCall | SandboxNote): Html {
  const who = account.users.find(({ id }) => id === userId)?.name ?? "Somebody";
  const via = entry.systemName ? ` via ${entry.systemName}` : "";
  return html`<span class="soft">by ${who}${via}, <time datetime="${entry.created}" title="${entry.created}">${entry.created}</time></span>`;
}

/** 63 → "1 min 3 s". */
function durationText(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes > 0 ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}
