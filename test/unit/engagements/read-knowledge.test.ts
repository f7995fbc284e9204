// What is asked of the CRM before people are reached: of a campaign a page at a time, remembered for minutes, and nothing
// that refuses to be told is taken for a yes.
import { expect, test } from "vitest";
import { GatewayError, RETRY_NEVER } from "../../../server/base/errors.ts";
import type { CrmPerson } from "../../../server/crm/crm.ts";
import type { Db } from "../../../server/db/schema.ts";
import type { EngagementRow } from "../../../server/engagements/engagement.store.ts";
import { LASTS_MS } from "../../../server/engagements/people-ahead.ts";
import { createKnowledgeReader } from "../../../server/engagements/read-knowledge.ts";
import type { ErrorCode } from "../../../shared/error-codes.ts";
import { type TenantSettings, tenantSchema } from "../../../shared/settings.schema.ts";
import { openEngagements } from "./open-engagements.ts";

const person = (id: string): CrmPerson => ({
  ...{ id, name: `Person ${id}`, firstName: null, lastName: null, phones: [], emails: [] },
  ...{ tags: [`tag of ${id}`], stage: null, assignedUserId: null, consent: { text: id !== "1" } },
});

/** A CRM that knows everybody but "gone"; `asked`: the ids of each request. */
async function openReader(changes: Partial<TenantSettings> = {}, key: string | undefined = "key-1") {
  const world = await openEngagements();
  const tenant = tenantSchema.parse({ domain_name: "acme", ...changes });
  const asked: string[][] = [];
  const refusal: { error?: Error } = {};
  const look = async (ids: readonly string[]): Promise<CrmPerson[]> => {
    asked.push([...ids]);
    if (refusal.error) throw refusal.error;
    return ids.filter((id) => id !== "gone").map(person);
  };
  const read = createKnowledgeReader({
    ...world,
    crm: {
      peopleByIds: look,
      person: async (id) => (await look([id]))[0] ?? null,
      findPerson: async ({ phone, email }) => (await look([phone ?? email ?? ""]))[0] ?? null,
    },
    settings: { tenant: () => tenant, secret: () => key, vault: () => ({ ok: true }) as never },
  });
  return { world, read, asked, refusal };
}

/** Outreach to these people in the line of one campaign. */
async function line(
  { db, start }: { db: Db; start: (more?: object) => Promise<string> },
  people: readonly { id: string | null; phone: string }[],
): Promise<EngagementRow[]> {
  const id = await start();
  const {
    id: _,
    start_key,
    ...like
  } = await db.selectFrom("engagements").selectAll().where("id", "=", id).executeTakeFirstOrThrow();
  const rows = people.map((one, position) => ({
    ...{ ...like, id: `row-${position}`, start_key: `${start_key}/${position}`, status: "queued" },
    ...{ person_id: one.id, contact: one.phone, campaign_id: "list", campaign_position: position },
    ...{ campaign_state: position < 3 ? ("released" as const) : ("held" as const) },
  }));
  for (let from = 0; from < rows.length; from += 100)
    await db
      .insertInto("engagements")
      .values(rows.slice(from, from + 100))
      .execute();
  return rows;
}

const named = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: String(index), phone: `+1416555${1000 + index}` }));

test("250 people of a campaign are three requests, however many are asked about at once, and as many minutes later", async () => {
  const { world, read, asked } = await openReader();
  const rows = await line(world, named(250));
  const first = await Promise.all(rows.slice(0, 3).map(read));
  expect(first[1]).toEqual({ tags: ["tag of 1"], consent: { text: false } });
  for (const row of rows) expect((await read(row))?.tags).toEqual([`tag of ${row.person_id}`]);
  expect(asked.map((ids) => ids.length)).toEqual([100, 100, 50]);
  await world.clock.advance(LASTS_MS);
  await read(rows[0] as EngagementRow);
  expect(asked).toHaveLength(4);
  expect(asked[3]).toHaveLength(100);
});

test("rows without a person are read as whom earlier outreach found behind the number, else as whoever has it in the CRM", async () => {
  const { world, read, asked } = await openReader();
  await world.start({ person: { id: "77", name: "Pat" }, phones: [phone("+14165550177")] });
  const rows = await line(world, [
    { id: null, phone: "+14165550177" },
    { id: null, phone: "+14165550178" },
    { id: "gone", phone: "+14165550179" },
    { id: null, phone: "gone" },
  ]);
  const known = [];
  for (const row of rows) known.push(await read(row));
  expect(known).toEqual([
    { tags: ["tag of 77"], consent: { text: true } },
    { tags: ["tag of +14165550178"], consent: { text: true } },
    undefined,
    undefined,
  ]);
  expect(asked).toEqual([["77", "gone"], ["+14165550178"], ["gone"]]);
});

const phone = (value: string) => ({ value, isPrimary: true, isLandline: null, relationshipId: null });

test.each<[string, Partial<TenantSettings>, string | undefined, number]>([
  ["its outreach is not written to the CRM", { fub_sync_contacts: false }, "key-1", 1],
  ["it has no CRM", { crm_sync_provider: "none" }, "key-1", 0],
  ["neither it nor any of its agents has a key", {}, undefined, 0],
])("where %s, tags are read as far as they can be", async (_where, changes, key, requests) => {
  const { world, read, asked } = await openReader(changes, key ?? "");
  const [row] = await line(world, named(1));
  if (!row) throw new Error("nobody is in line");
  expect(await read(row)).toEqual(
    requests === 0 ? undefined : expect.objectContaining({ tags: ["tag of 0"] }),
  );
  expect(asked).toHaveLength(requests);
});

test.each<[ErrorCode, boolean]>([
  ["crm_unauthorized", false],
  ["crm_forbidden", false],
  ["crm_invalid", false],
  ["crm_not_found", true],
  ["crm_unsupported", true],
])("%s is taken for nobody there: %s", async (code, allowed) => {
  const { world, read, refusal } = await openReader();
  const [row] = await line(world, named(1));
  if (!row) throw new Error("nobody is in line");
  refusal.error = new GatewayError(code, { retry: RETRY_NEVER });
  for (const one of [row, { ...row, campaign_id: null }]) {
    if (allowed) expect(await read(one)).toBeUndefined();
    else await expect(read(one)).rejects.toMatchObject({ code });
  }
});
