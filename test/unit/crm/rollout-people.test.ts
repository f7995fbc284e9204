import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { splitName } from "../../../server/crm/rollout/introduce-person.ts";
import { failureOf } from "../../helpers/start-fub-client.ts";
import { AS_SYNC, CREDENTIAL, page, type RolloutSetup, startRolloutClient } from "./start-rollout-client.ts";

let setup: RolloutSetup;
beforeEach(async () => {
  setup = await startRolloutClient();
});
afterEach(() => setup.rollout.close());

const BY_PHONE = { phone: "+14165550100", email: null };
const people = (...list: unknown[]) => page("people", list);

describe("a person", () => {
  it("is read whole, whatever is null or new", async () => {
    setup.rollout.say({
      body: {
        id: "0197-a",
        name: "",
        firstName: "Pat",
        lastName: "Lead",
        stage: "Lead",
        assignedUserId: null,
        tags: null,
        emails: [{ value: "pat@example.com", type: "home", status: "Valid", isPrimary: null }],
        phones: [
          { value: "(416) 555-0100", type: "mobile", status: "Valid", isPrimary: true },
          { value: "4165550101", type: "Landline", status: "", isPrimary: null },
        ],
        communicationsConsent: { call: true, text: false, massEmail: true },
        updated: null,
        somethingNew: { a: 1 },
      },
    });
    expect(await setup.crm.person("0197-a", AS_SYNC)).toEqual({
      id: "0197-a",
      name: "Pat Lead",
      firstName: "Pat",
      lastName: "Lead",
      phones: [
        {
          ...{ value: "(416) 555-0100", e164: "+14165550100", type: "mobile", status: "Valid" },
          ...{ isPrimary: true, isLandline: null, relationshipId: null },
        },
        {
          ...{ value: "4165550101", e164: "+14165550101", type: "Landline", status: null },
          ...{ isPrimary: false, isLandline: true, relationshipId: null },
        },
      ],
      emails: [
        {
          ...{ value: "pat@example.com", type: "home", status: "Valid" },
          ...{ isPrimary: false, relationshipId: null },
        },
      ],
      tags: [],
      stage: "Lead",
      assignedUserId: null,
      consent: { phone: true, text: false },
    });
    expect(setup.asked()).toEqual(["GET /people/0197-a"]);
  });

  it("whose consent is not known has none", async () => {
    setup.rollout.say({ body: { id: "a", communicationsConsent: {} } }, { body: { id: "a" } });
    for (let i = 0; i < 2; i++) expect(await setup.crm.person("a", AS_SYNC)).not.toHaveProperty("consent");
  });

  it("that is not there is nobody, and no id leads elsewhere", async () => {
    setup.rollout.say({ status: 404, body: "not found" });
    expect(await setup.crm.person("7", AS_SYNC)).toBeNull();
    for (const id of ["../users/1", "..", "", "a?b=1", "a/b", "a b"])
      expect(await setup.crm.person(id, AS_SYNC)).toBeNull();
    expect(setup.asked()).toEqual(["GET /people/7"]);
  });
});

describe("finding a person", () => {
  it("asks for ten digits, for E.164 without plus, for the address as it is, then in small letters", async () => {
    setup.rollout.say(
      people(),
      people(),
      people(),
      people({ id: "9", emails: [{ value: "Pat+A@example.com" }] }),
    );
    const found = await setup.crm.findPerson({ ...BY_PHONE, email: "Pat+a@Example.com" }, AS_SYNC);
    expect(found?.id).toBe("9");
    expect(setup.asked()).toEqual([
      "GET /people?phone=4165550100&limit=100",
      "GET /people?phone=14165550100&limit=100",
      "GET /people?email=Pat%2Ba%40Example.com&limit=100",
      "GET /people?email=pat%2Ba%40example.com&limit=100",
    ]);
  });

  it("believes the number and the address, not the filter", async () => {
    const stranger = { id: "1", phones: [{ value: "4165550199" }], emails: [{ value: "x@example.com" }] };
    setup.rollout.otherwise(() => people(stranger));
    expect(await setup.crm.findPerson({ ...BY_PHONE, email: "y@example.com" }, AS_SYNC)).toBeNull();
    expect(setup.asked()).toHaveLength(3);
  });

  it("asks nothing when there is nothing to ask for", async () => {
    expect(await setup.crm.findPerson({ phone: "12", email: " " }, AS_SYNC)).toBeNull();
    expect(setup.asked()).toEqual([]);
  });
});

describe("people by their ids", () => {
  it("are asked for one by one, at most eight at a time, and the unknown are left out", async () => {
    let under = 0;
    let most = 0;
    setup.rollout.otherwise(({ path }) => {
      under += 1;
      most = Math.max(most, under);
      setTimeout(() => {
        under -= 1;
      }, 15);
      const id = path.split("/").at(-1) ?? "";
      return { delayMs: 20, ...(id === "p3" ? { status: 404 } : { body: { id } }) };
    });
    const ids = Array.from({ length: 30 }, (_, index) => `p${index}`);
    const found = await setup.crm.peopleByIds([...ids, "p1", "../users"], AS_SYNC);
    expect(found.map(({ id }) => id)).toEqual(ids.filter((id) => id !== "p3"));
    expect(setup.rollout.requests).toHaveLength(30);
    expect(most).toBeLessThanOrEqual(8);
    expect(most).toBeGreaterThan(1);
  });

  it("of whom one cannot be read fail together, and no further is begun", async () => {
    setup.rollout.otherwise(() => ({ status: 500 }));
    const ids = Array.from({ length: 40 }, (_, index) => `p${index}`);
    expect(await failureOf(setup.crm.peopleByIds(ids, AS_SYNC))).toMatchObject({ code: "crm_unavailable" });
    expect(setup.rollout.requests.length).toBeLessThanOrEqual(8);
  });
});

describe("people with a tag", () => {
  const tagged = (id: string, more: object = {}) => ({ id, tags: ["Aventora Call"], ...more });
  const SINCE = Date.parse("2026-03-02T15:00:00Z");

  it("are asked for as the tag is spelled, page by page, and checked for it", async () => {
    const stranger = { id: "2", tags: ["Aventora"] };
    setup.rollout.say(
      page("people", [tagged("1"), stranger, tagged("3", { tags: ["aventora  call"] })], {
        next: "n2",
        total: 7,
      }),
    );
    const first = await setup.crm.peopleWithTag(" Aventora Call ", null, null, AS_SYNC);
    expect(first).toMatchObject({ next: "n2", total: 7 });
    expect(first.people.map(({ id }) => id)).toEqual(["1", "3"]);
    setup.rollout.say(people());
    expect(await setup.crm.peopleWithTag("Aventora Call", null, "n2", AS_SYNC)).toEqual({
      people: [],
      next: null,
      total: 0,
    });
    expect(setup.asked()).toEqual([
      "GET /people?tags=Aventora+Call&limit=100",
      "GET /people?tags=Aventora+Call&limit=100&next=n2",
    ]);
  });

  it("not changed since are left out, those of unknown time are not", async () => {
    setup.rollout.say(
      people(
        tagged("old", { updated: "2026-03-02T14:00:00Z" }),
        tagged("synced", { updated: "2026-03-02T14:00:00Z", rolloutUpdated: "2026-03-02T15:00:01Z" }),
        tagged("new", { updated: "2026-03-02T15:00:00Z", rolloutUpdated: null }),
        tagged("unknown", { updated: null }),
        tagged("odd", { updated: "yesterday" }),
      ),
    );
    const { people: found } = await setup.crm.peopleWithTag("Aventora Call", SINCE, null, AS_SYNC);
    expect(found.map(({ id }) => id)).toEqual(["synced", "new", "unknown", "odd"]);
  });
});

describe("introducing a person", () => {
  it("creates one with both names", async () => {
    setup.rollout.say({ status: 201, body: { id: "p31" } }, { status: 201, body: { id: "p32" } });
    const message = "Call from us";
    const known = { name: "Ana Maria Silva", phone: "+14165550100", email: "ana@example.com", message };
    expect(await setup.crm.introducePerson(known, AS_SYNC)).toEqual({ id: "p31", created: true });
    expect(setup.rollout.requests[0]?.json).toEqual({
      firstName: "Ana",
      lastName: "Maria Silva",
      phones: [{ value: "+14165550100", type: "mobile", isPrimary: true }],
      emails: [{ value: "ana@example.com", type: "home", isPrimary: true }],
      source: "Aventora Gateway",
    });
    await setup.crm.introducePerson({ ...known, name: null, email: null }, AS_SYNC);
    expect(setup.rollout.requests[1]?.json).toMatchObject({ firstName: "Unknown", lastName: "Unknown" });
    expect(setup.asked()).toEqual(["POST /people", "POST /people"]);
  });

  it.each([
    ["Ana", { firstName: "Ana", lastName: "Unknown" }],
    ["  Ana   Silva ", { firstName: "Ana", lastName: "Silva" }],
    [" ", { firstName: "Unknown", lastName: "Unknown" }],
  ])("splits %j", (name, parts) => expect(splitName(name)).toEqual(parts));
});

describe("users and identity", () => {
  const JANE = {
    id: "u1",
    firstName: "Jane",
    lastName: "Doe",
    email: "jane@example.com",
    phone: "",
    role: "Agent",
  };

  it("read one, or all pages", async () => {
    setup.rollout.say({ body: JANE }, page("users", [JANE], { next: "2" }), page("users", [{ id: "u2" }]));
    const jane = { id: "u1", name: "Jane Doe", email: "jane@example.com", phone: null, role: "Agent" };
    expect(await setup.crm.user("u1", AS_SYNC)).toEqual(jane);
    expect(await setup.crm.users(AS_SYNC)).toEqual([
      jane,
      { id: "u2", name: "User u2", email: null, phone: null, role: null },
    ]);
    expect(setup.asked()).toEqual(["GET /users/u1", "GET /users?limit=100", "GET /users?limit=100&next=2"]);
  });

  it("know no more of an account than its credential", async () => {
    setup.rollout.say(page("users", []));
    expect(await setup.crm.identity(AS_SYNC)).toEqual({
      ...{ accountId: CREDENTIAL, accountDomain: null, accountName: null, userId: "", userName: null },
      ...{ userEmail: null, role: null, isOwner: null, isAdmin: null },
    });
    expect(setup.asked()).toEqual(["GET /users?limit=1"]);
    setup.rollout.say({ body: { hello: "world" } });
    expect(await failureOf(setup.crm.identity(AS_SYNC))).toMatchObject({ code: "crm_bad_answer" });
  });
});
