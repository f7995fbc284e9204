// Who is in a Smart List, and what has become of each: the way from a campaign to one person's timeline.
import { memberTest } from "../fub/find-people.ts";
import { personName } from "../fub/shape-person.ts";
import { mayView } from "../fub/visible-people.ts";
import type { SandboxAccount, SandboxPerson, SandboxSmartList, SandboxUser } from "../sandbox-types.ts";
import { type Html, html } from "./escape-html.ts";

/** A page is to be read, not to hold 10,000 rows. */
const MOST_ROWS = 200;

/** People of the list whom the user may see, newest first, as on Follow Up Boss's own page. */
export function listMembers(
  account: SandboxAccount,
  user: SandboxUser,
  list: SandboxSmartList,
): SandboxPerson[] {
  const isMember = memberTest(list);
  return account.people
    .filter((person) => !person.trashed && mayView(user, person) && isMember(person))
    .toReversed();
}

/** A card with a row for each member, linked to the person's page. */
export function renderMembers(account: SandboxAccount, user: SandboxUser, list: SandboxSmartList): Html {
  const members = listMembers(account, user, list);
  const latest = latestActivity(account);
  const rest = members.length - MOST_ROWS;
  const rows = members
    .slice(0, MOST_ROWS)
    .map((person) => renderRow(account, user, person, latest.get(person.id)));
  return html`<section class="card" id="people"><h2>${list.name}</h2>
<p class="soft">Open a person for the whole timeline. Reload this page for the newest activity.</p>
<div class="scroll"><table><thead><tr><th>Name</th><th>Phone</th><th>E-mail</th><th>Latest activity</th></tr></thead>
<tbody>${rows}</tbody></table></div>${rest > 0 && html`<p class="soft">And ${rest} more.</p>`}</section>`;
}

function renderRow(
  account: SandboxAccount,
  user: SandboxUser,
  person: SandboxPerson,
  activity: string | undefined,
): Html {
  return html`<tr><td><a href="/crm/${account.domain}/people/${person.id}?as=${user.id}"><bdi>${personName(person)}</bdi></a></td>
<td class="tight">${person.phones[0]?.value ?? "–"}</td><td>${person.emails[0]?.value ?? "–"}</td>
<td>${activity ?? html`<span class="soft">None</span>`}</td></tr>`;
}

/** By person: what the last call came to, or what the last note is about. */
function latestActivity({ calls, notes }: SandboxAccount): Map<number, string> {
  const entries = [
    ...calls.map((call) => ({ ...call, text: `Call: ${call.outcome ?? "no outcome"}` })),
    ...notes.map((note) => ({ ...note, text: note.subject || "Note" })),
  ];
  const inTime = entries.toSorted((a, b) => a.created.localeCompare(b.created));
  return new Map(inTime.map(({ personId, text }) => [personId, text]));
}
