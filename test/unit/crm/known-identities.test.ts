// Whose account a key belongs to: asked once, kept across restarts, and a refused key is not asked about at every page.
import { expect, test } from "vitest";
import { GatewayError, RETRY_LATER } from "../../../server/base/errors.ts";
import type { Crm, CrmIdentity } from "../../../server/crm/crm.ts";
import { createKnownIdentities } from "../../../server/crm/known-identities.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";

const ANN: CrmIdentity = {
  accountId: "7001",
  accountDomain: "maple",
  accountName: null,
  userId: "2",
  userName: "Ann",
  userEmail: null,
  role: null,
  isOwner: false,
  isAdmin: null,
};
const access = { id: "fingerprint", key: "fka_ann" };
const options = { priority: "interactive" } as const;

async function openIdentities(answers: (CrmIdentity | GatewayError)[]) {
  const db = await openTestDatabase();
  const clock = createFakeClock();
  let asked = 0;
  const identity = async (): Promise<CrmIdentity> => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    if (!answer || answer instanceof GatewayError) throw answer;
    return answer;
  };
  const create = () => createKnownIdentities({ db, clock, crm: { identity } as unknown as Crm });
  return { identities: create(), create, clock, asked: () => asked };
}

test("a key is asked about once, by however many at once, and never again after a restart", async () => {
  const { identities, create, asked } = await openIdentities([ANN]);
  const all = await Promise.all([1, 2, 3].map(() => identities.learn(access, options)));
  expect(all).toEqual([ANN, ANN, ANN]);
  expect(await create().learn(access, options)).toEqual(ANN);
  expect(asked()).toBe(1);
});

test("a refused key is asked about again only after a minute, or when somebody tests it", async () => {
  const no = new GatewayError("crm_unauthorized");
  const { identities, clock, asked } = await openIdentities([no, no, ANN]);
  for (let open = 0; open < 5; open++) await expect(identities.learn(access, options)).rejects.toThrow(no);
  expect(asked()).toBe(1);
  await clock.advance(60_000);
  await expect(identities.learn(access, options)).rejects.toThrow(no);
  expect(await identities.check(access, options)).toEqual(ANN);
  expect(await identities.learn(access, options)).toEqual(ANN);
  expect(asked()).toBe(3);
});

test.each([new GatewayError("crm_unavailable", { retry: RETRY_LATER }), new GatewayError("not_ready")])(
  "what is no word about the key (%s) is asked again at once",
  async (error) => {
    const { identities, asked } = await openIdentities([error, ANN]);
    await expect(identities.learn(access, options)).rejects.toThrow(error);
    expect(await identities.learn(access, options)).toEqual(ANN);
    expect(asked()).toBe(2);
  },
);
