// The Smart Lists of the demo brokerage that are worth a campaign: one shared with every surprise a list can hold, and one
// of each agent's own. They come after the hand-made people, whose ids tests know.
import { buildEmail } from "../build-account.ts";
import { growList } from "../grow-list.ts";
import type { SandboxAccount } from "../sandbox-types.ts";
import { DEMO_USERS } from "./demo-people.ts";

const { ann, ben } = DEMO_USERS;

/** Adds lists 26 (60 people, both agents see all), 27 (Ann's, 14) and 28 (Ben's, 18) to fub-test. */
export function growDemoLists(account: SandboxAccount): void {
  const { people } = growList(account, {
    count: 60,
    listName: "Spring open house invitations",
    assignedTo: [ann, ben],
    sharedWith: [ann, ben],
    list: { description: "Sixty people, with all the surprises of a real list" },
    noPhone: 3 / 60,
    relationshipOnly: 2 / 60,
    landline: 3 / 60,
    invalidPhone: 2 / 60,
    duplicate: 3 / 60,
    telling: 12 / 60,
    noEmail: 5 / 60,
  });
  const withEmail = people.filter(({ emails }) => emails.length > 0);
  const [first, second, third, fourth] = withEmail;
  // One address twice, one that is none, one that bounces.
  if (first && second) second.emails = structuredClone(first.emails);
  if (third) third.emails = [buildEmail("ask at the front desk")];
  if (fourth) fourth.emails = [buildEmail("bounce@people.example")];
  growOwn(account, "Ann's sellers", ann, 14);
  growOwn(account, "Ben's past clients", ben, 18);
}

/** Nobody but the agent (and the owner) sees the people, nobody but the agent the list. */
function growOwn(account: SandboxAccount, listName: string, userId: number, count: number): void {
  growList(account, {
    count,
    listName,
    assignedTo: [userId],
    list: { shared: false, createdById: userId },
    noPhone: 1 / count,
    landline: 1 / count,
    telling: 3 / count,
  });
}
