import { expect, test } from "vitest";
import { demoSetup } from "../../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../../server/sandbox/demo/demo-world.ts";
import { isMember } from "../../../server/sandbox/fub/find-people.ts";
import { setupSchema } from "../../../shared/setup.schema.ts";
import { basic, openSandbox, send } from "./open-sandbox.ts";

const accounts = () => demoWorld().accounts;

test("the demo's setup.json is one that apply accepts", () => {
  const result = setupSchema.safeParse(demoSetup(demoWorld()));
  expect(result.error?.issues ?? []).toEqual([]);
});

test("every key of the demo's setup.json opens the account it is meant for", async () => {
  const { url } = await openSandbox();
  const [brokerage, solo] = demoSetup(demoWorld()).tenants ?? [];
  const who = async (key: string | undefined) =>
    (await send(`${url}/v1/identity`, "GET", undefined, { authorization: basic(key ?? "") })).body;
  expect(await who(brokerage?.fub_api_key)).toMatchObject({
    account: { domain: "fub-test" },
    user: { isOwner: true },
  });
  for (const user of brokerage?.users ?? []) {
    expect(await who(user.fub_api_key)).toMatchObject({ user: { name: user.name, isOwner: false } });
  }
  const domains = await Promise.all((solo?.users ?? []).map(({ fub_api_key }) => who(fub_api_key)));
  expect(domains.map((identity) => identity.account.domain)).toEqual(["solo-cara", "solo-dev"]);
});

test("all keys and app secrets differ, and each secret is 32 hex characters", () => {
  const secrets = accounts().flatMap(({ apps }) => apps.map(({ secret }) => secret));
  const keys = accounts().flatMap(({ users }) => users.map(({ apiKey }) => apiKey));
  expect(new Set(secrets).size).toBe(6);
  expect(new Set(keys).size).toBe(5);
  for (const secret of secrets) expect(secret).toMatch(/^[0-9a-f]{32}$/);
  for (const key of keys) expect(key).toMatch(/^fka_[0-9a-zA-Z]+$/);
});

test("every outcome of the simulator has its person, whom both agents may see", () => {
  const people = accounts()[0]?.people ?? [];
  for (const ending of ["01", "02", "03", "04", "05", "06"]) {
    const person = people.find(({ phones }) => phones[0]?.normalized.endsWith(ending));
    expect(person?.collaborators, `a number ending in ${ending}`).toEqual([2, 3]);
  }
  expect(people.length).toBeGreaterThanOrEqual(14);
});

test("the odd cases of real accounts are among the people", () => {
  const people = accounts()[0]?.people ?? [];
  const some = (test: (person: (typeof people)[number]) => boolean) => people.some(test);
  expect(some(({ phones }) => phones.length === 0)).toBe(true);
  expect(some(({ phones }) => phones.length > 0 && phones.every((phone) => phone.relationshipId !== 0))).toBe(
    true,
  );
  expect(some(({ phones }) => phones.some((phone) => phone.isLandline === true))).toBe(true);
  expect(some(({ phones }) => phones.filter((phone) => phone.relationshipId === 0).length === 2)).toBe(true);
  expect(some(({ phones }) => phones[0]?.status === "Invalid")).toBe(true);
  expect(some(({ emails }) => emails[0]?.value.startsWith("bounce@") ?? false)).toBe(true);
  expect(some(({ lastName }) => lastName.length > 60)).toBe(true);
  expect(some(({ firstName }) => /\p{Script=Hebrew}/u.test(firstName))).toBe(true);
});

test("both kinds of Smart Lists are there, one full, one empty", () => {
  const account = accounts()[0];
  const sizes = (account?.smartLists ?? []).map((list) => ({
    isFub2: list.isFub2,
    size: account?.people.filter((person) => isMember(list, person)).length,
  }));
  expect(new Set(sizes.map(({ isFub2 }) => isFub2)).size).toBe(2);
  expect(sizes.map(({ size }) => size)).toEqual(expect.arrayContaining([0, account?.people.length]));
});

test("the two agents' own accounts use the same person ids for different people", () => {
  const [, cara, dev] = accounts();
  expect(cara?.people.map(({ id }) => id)).toEqual(dev?.people.map(({ id }) => id));
  expect(cara?.people.map(({ lastName }) => lastName)).not.toEqual(
    dev?.people.map(({ lastName }) => lastName),
  );
  const phones = [cara, dev].flatMap((account) =>
    account?.people.map((person) => person.phones[0]?.normalized),
  );
  for (const phone of phones) expect(phone).toMatch(/^\d{10}$/);
});
