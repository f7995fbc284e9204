// Reads the people of a campaign as its turn comes to them: those next in line together, a page of the CRM's, remembered for
// a few minutes. A campaign of thousands is so many pages, not so many requests. Called by read-knowledge.
import type { Clock } from "../base/clock.ts";
import type { Crm, CrmAccess } from "../crm/crm.ts";
import type { Db } from "../db/schema.ts";
import { knowledgeOf, type PersonKnowledge } from "./contact-facts.ts";
import type { EngagementRow } from "./engagement.store.ts";
import { matchPeople, type PersonOf } from "./match-people.ts";

/** What was read holds for so long; a tag of the meantime is told by webhooks. */
export const LASTS_MS = 5 * 60_000;
/** A page of the CRM's. */
const AT_ONCE = 100;

export interface PeopleAheadDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly crm: Pick<Crm, "peopleByIds">;
}

interface Remembered {
  /** null: the CRM does not show them. */
  readonly person: PersonKnowledge | null;
  readonly at: number;
}

type ReadAhead = (row: EngagementRow, access: CrmAccess) => Promise<PersonKnowledge | null | undefined>;

/**
 * What is known of the person of a campaign's outreach; null where the CRM does not show them, undefined where no outreach
 * has found out yet whom the number or address belongs to. @throws GatewayError crm_*.
 */
export function createPeopleAhead(deps: PeopleAheadDeps): ReadAhead {
  const remembered = new Map<string, Remembered>();
  /** One page at a time with a key: who comes meanwhile is probably on it. */
  const reading = new Map<string, Promise<void>>();
  const recall = (key: string): Remembered | undefined => {
    const known = remembered.get(key);
    return known && deps.clock.now() - known.at < LASTS_MS ? known : undefined;
  };

  const readPage = async (row: EngagementRow, access: CrmAccess, personId: string): Promise<void> => {
    const inLine = await peopleInLine(deps, row, access);
    const ids = [...new Set([personId, ...inLine])].filter((id) => !recall(keyOf(access, id)));
    const asked = ids.slice(0, AT_ONCE);
    const people = await deps.crm.peopleByIds(asked, { access, priority: "launch" });
    const at = deps.clock.now();
    for (const [key, known] of remembered) if (at - known.at >= LASTS_MS) remembered.delete(key);
    for (const id of asked) remembered.set(keyOf(access, id), { person: null, at });
    for (const person of people)
      remembered.set(keyOf(access, person.id), { person: knowledgeOf(person), at });
  };

  return async (row, access) => {
    const personId = row.person_id ?? (await matchPeople(deps.db, row, [row])).get(row.contact ?? "");
    if (personId === undefined) return undefined;
    const key = keyOf(access, personId);
    let page = reading.get(access.id);
    while (page) {
      await page;
      page = reading.get(access.id);
    }
    const known = recall(key);
    if (known) return known.person;
    const own = readPage(row, access, personId).finally(() => reading.delete(access.id));
    reading.set(access.id, own);
    await own;
    return remembered.get(key)?.person ?? null;
  };
}

const keyOf = (access: CrmAccess, personId: string): string => `${access.id}/${personId}`;

/** Who is on their way and who is next, in the list's order; not whoever waits for their hours. */
async function peopleInLine(
  { db, clock }: PeopleAheadDeps,
  row: EngagementRow,
  access: CrmAccess,
): Promise<readonly string[]> {
  // Through Rollout each person is a request of their own, so nobody is read before their turn.
  const states = access.rollout ? (["released"] as const) : (["released", "held"] as const);
  const soon = clock.now() + LASTS_MS;
  const next: PersonOf[] = await db
    .selectFrom("engagements")
    .select(["person_id", "contact"])
    .where("campaign_id", "=", row.campaign_id)
    .where("campaign_state", "in", states)
    .where("acts_with", "=", row.acts_with)
    .where("campaign_position", ">", row.campaign_position)
    .where("status", "in", ["accepted", "queued"])
    .where((where) => where.or([where("scheduled_at", "is", null), where("scheduled_at", "<=", soon)]))
    .orderBy("campaign_position")
    .limit(AT_ONCE - 1)
    .execute();
  const unnamed = next.filter(({ person_id }) => person_id === null);
  const matched = await matchPeople(db, row, unnamed);
  return next.flatMap(({ person_id, contact }) => person_id ?? matched.get(contact ?? "") ?? []);
}
