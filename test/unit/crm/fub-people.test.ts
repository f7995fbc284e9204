import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AS_SYNC, type FubSetup, failureOf, startFubClient } from "../../helpers/start-fub-client.ts";

let setup: FubSetup;
beforeEach(async () => {
  setup = await startFubClient();
});
afterEach(() => setup.fub.close());

const BY_PHONE = { phone: "+14165550100", email: null };
const people = (...list: unknown[]) => ({ body: { _metadata: { collection: "people" }, people: list } });
const asked = (): string[] => setup.fub.requests.map(({ method, url }) => `${method} ${url}`);

describe("a person", () => {
  it("is read whole, whatever shape the odd fields come in", async () => {
    const { fub, crm } = setup;
    fub.say({
      body: {
        id: 19046,
        firstName: "Pat",
        lastName: "Lead",
        stage: "Lead",
        contacted: 0,
        price: null,
        assignedUserId: 25,
        tags: ["Buyer", { id: 3, name: "Aventora Call" }, null],
        emails: [{ value: "pat@example.com", type: "home", status: "Valid", isPrimary: true }],
        phones: [
          {
            value: "416.555.0100",
            type: "mobile",
            isPrimary: 1,
            normalized: "4165550100",
            isLandline: false,
          },
          { value: "555-1234", type: "home", status: "Invalid" },
        ],
        lastCommunication: { id: 1 },
      },
    });
    expect(await crm.person("19046", AS_SYNC)).toEqual({
      id: "19046",
      name: "Pat Lead",
      firstName: "Pat",
      lastName: "Lead",
      phones: [
        {
          value: "416.555.0100",
          e164: "+14165550100",
          type: "mobile",
          status: null,
          isPrimary: true,
          isLandline: false,
          relationshipId: null,
        },
        {
          value: "555-1234",
          e164: null,
          type: "home",
          status: "Invalid",
          isPrimary: false,
          isLandline: null,
          relationshipId: null,
        },
      ],
      emails: [
        { value: "pat@example.com", type: "home", status: "Valid", isPrimary: true, relationshipId: null },
      ],
      tags: ["Buyer", "Aventora Call"],
      stage: "Lead",
      assignedUserId: "25",
    });
  });

  it("just created has nothing yet, and that is fine", async () => {
    setup.fub.say({ body: { id: 18665, name: "Test Lead" } });
    expect(await setup.crm.person("18665", AS_SYNC)).toMatchObject({
      id: "18665",
      name: "Test Lead",
      phones: [],
      emails: [],
      tags: [],
      stage: null,
      assignedUserId: null,
    });
  });

  it("that is not shown to the key is nobody", async () => {
    setup.fub.say({ status: 404, body: { errorMessage: "Requested resource was not found." } });
    expect(await setup.crm.person("7", AS_SYNC)).toBeNull();
    expect(await setup.crm.person("../users/1", AS_SYNC)).toBeNull();
    expect(asked()).toEqual(["GET /v1/people/7"]);
  });
});

describe("finding a person", () => {
  it("asks for the ten digits first, then for E.164, then for the address", async () => {
    const { fub, crm } = setup;
    fub.say(people(), people(), people({ id: 9, emails: [{ value: "Pat+FUB@example.com" }] }));
    const found = await crm.findPerson({ ...BY_PHONE, email: "pat+fub@example.com" }, AS_SYNC);
    expect(found?.id).toBe("9");
    expect(asked()).toEqual([
      "GET /v1/people?phone=4165550100&limit=100",
      "GET /v1/people?phone=%2B14165550100&limit=100",
      "GET /v1/people?email=pat%2Bfub%40example.com&limit=100",
    ]);
  });

  it("believes the number, not the filter", async () => {
    const { fub, crm } = setup;
    const stranger = { id: 1, phones: [{ value: "4165550199" }] };
    fub.say(people(stranger), people(stranger));
    expect(await crm.findPerson(BY_PHONE, AS_SYNC)).toBeNull();
  });

  it("prefers the person whose own number it is over a relationship's", async () => {
    const { fub, crm } = setup;
    const spouse = { id: 1, phones: [{ value: "(416) 555-0100", relationshipId: 4 }] };
    const owner = { id: 2, phones: [{ value: "416 555 0101" }, { value: "1-416-555-0100" }] };
    fub.say(people(spouse, owner), people(spouse));
    expect((await crm.findPerson(BY_PHONE, AS_SYNC))?.id).toBe("2");
    expect((await crm.findPerson(BY_PHONE, AS_SYNC))?.id).toBe("1");
  });

  it("asks nothing when there is nothing to ask for", async () => {
    expect(await setup.crm.findPerson({ phone: "12", email: " " }, AS_SYNC)).toBeNull();
    expect(asked()).toEqual([]);
  });
});

describe("introducing a person", () => {
  const NEW = {
    name: "Ana Maria Silva",
    phone: "+14165550100",
    email: "ana@example.com",
    message: "Call from us",
  };

  it.each([
    [201, true],
    [200, false],
  ])("by an event answered with %i tells whether it is a new one: %s", async (status, created) => {
    setup.fub.say({ status, body: { id: 31, name: "Ana" } });
    expect(await setup.crm.introducePerson(NEW, AS_SYNC)).toEqual({ id: "31", created });
    expect(setup.fub.requests[0]?.json).toEqual({
      source: "Aventora",
      system: "Aventora",
      // Neither an action plan nor an automation starts for this one.
      type: "Incoming Call",
      message: "Call from us",
      person: {
        firstName: "Ana",
        lastName: "Maria Silva",
        phones: [{ value: "+14165550100" }],
        emails: [{ value: "ana@example.com" }],
      },
    });
  });

  it("whose lead flow is archived looks the person up", async () => {
    setup.fub.say({ status: 204 }, people({ id: 8, phones: [{ value: "4165550100" }] }));
    expect(await setup.crm.introducePerson(NEW, AS_SYNC)).toEqual({ id: "8", created: false });
  });

  it("whose lead flow is archived and whom nobody knows is created without a double", async () => {
    setup.fub.say({ status: 204 }, people(), people(), { status: 201, body: { id: 32 } });
    const unnamed = { ...NEW, name: null, email: null };
    expect(await setup.crm.introducePerson(unnamed, AS_SYNC)).toEqual({ id: "32", created: true });
    expect(asked().at(-1)).toBe("POST /v1/people?deduplicate=true");
    expect(setup.fub.requests.at(-1)?.json).toEqual({
      phones: [{ value: "+14165550100" }],
      source: "Aventora",
    });
  });
});

describe("users and identity", () => {
  it("are read with a missing phone as none", async () => {
    setup.fub.say(
      { body: { id: 86, name: "Jane Doe", email: "jane@example.com", phone: "", role: "Captain" } },
      { body: { account: { id: "77", domain: "fub-test" }, user: { id: 5, role: "Broker", isOwner: true } } },
    );
    expect(await setup.crm.user("86", AS_SYNC)).toEqual({
      id: "86",
      name: "Jane Doe",
      email: "jane@example.com",
      phone: null,
      role: "Captain",
    });
    expect(await setup.crm.identity(AS_SYNC)).toEqual({
      accountId: "77",
      accountDomain: "fub-test",
      accountName: null,
      userId: "5",
      userName: null,
      userEmail: null,
      role: "Broker",
      isOwner: true,
      isAdmin: null,
    });
    expect(setup.crm.lanes()).toMatchObject([{ account: "77", context: "global", used: 2 }]);
  });

  it("without an account in the answer is no identity", async () => {
    setup.fub.say({ body: { user: { id: 5 } } });
    expect(await failureOf(setup.crm.identity(AS_SYNC))).toMatchObject({ code: "crm_bad_answer" });
  });
});
