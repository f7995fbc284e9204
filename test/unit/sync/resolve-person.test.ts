import { expect, test } from "vitest";
import type { Crm, CrmIdentity, CrmPerson, NewPerson } from "../../../server/crm/crm.ts";
import { findEngagement } from "../../../server/engagements/engagement.store.ts";
import { resolvePerson } from "../../../server/sync/resolve-person.ts";
import type { SyncDeps } from "../../../server/sync/sync-deps.ts";
import { type EngagementWorld, openEngagements } from "../engagements/open-engagements.ts";

const PERSON = { id: "107", name: "Dana Scott" } as CrmPerson;

interface PretendCrm {
  /** Known by id. */
  readonly people: Map<string, CrmPerson>;
  readonly added: NewPerson[];
}

function syncOver(world: EngagementWorld): { deps: SyncDeps; crm: PretendCrm } {
  const crm: PretendCrm = { people: new Map(), added: [] };
  const calls: Pick<Crm, "person" | "findPerson" | "introducePerson"> = {
    person: async (id) => crm.people.get(id) ?? null,
    findPerson: async () => null,
    introducePerson: async (person) => {
      crm.added.push(person);
      return { id: "200", created: true };
    },
  };
  const deps: SyncDeps = {
    ...world,
    crm: calls as Crm,
    identities: {
      recall: async () => undefined,
      learn: async () => ({ accountId: "1" }) as CrmIdentity,
    },
    settings: {
      ...world.settings,
      secret: () => "fka_key",
      vault: () => null,
    } as unknown as SyncDeps["settings"],
    mayHaveBeenStored: () => false,
  };
  return { deps, crm };
}

const claimed = { person: { id: "107", claimed: true, name: "Dana Scott" } } as const;

async function resolve(deps: SyncDeps, id: string): Promise<string | null> {
  const row = await findEngagement(deps.db, id);
  if (!row) throw new Error(`no engagement ${id}`);
  return resolvePerson(deps, row, "sync");
}

test("an id of another program is looked for once; whoever was just added is waited for, then introduced", async () => {
  const world = await openEngagements();
  const { deps, crm } = syncOver(world);
  const id = await world.start(claimed);
  await expect(resolve(deps, id)).rejects.toMatchObject({
    code: "crm_not_found",
    retry: { kind: "after", afterMs: 10_000 },
  });
  await world.clock.advance(10_000);
  expect(await resolve(deps, id)).toBe("200");
  expect(await resolve(deps, id)).toBe("200");
  expect(crm.added).toMatchObject([{ phone: "+14165550111", name: "Dana Scott" }]);
});

test("somebody who was there in an earlier outreach and is gone is not added again, however long it is tried", async () => {
  const world = await openEngagements();
  const { deps, crm } = syncOver(world);
  crm.people.set("107", PERSON);
  expect(await resolve(deps, await world.start(claimed))).toBe("107");
  crm.people.delete("107");
  const id = await world.start(claimed);
  await world.clock.advance(3_600_000);
  await expect(resolve(deps, id)).rejects.toMatchObject({
    retry: { kind: "never" },
    sentence: expect.stringContaining("107 was deleted in Follow Up Boss"),
  });
  expect(crm.added).toEqual([]);
});

test("an id the gateway has from the CRM itself is never exchanged for another", async () => {
  const world = await openEngagements();
  const { deps, crm } = syncOver(world);
  expect(await resolve(deps, await world.start())).toBe("107");
  expect(crm.added).toEqual([]);
});
