import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CrmCallRecord } from "../../../server/crm/crm.ts";
import { AS_SYNC, type FubSetup, failureOf, startFubClient } from "../../helpers/start-fub-client.ts";

let setup: FubSetup;
beforeEach(async () => {
  setup = await startFubClient();
});
afterEach(() => setup.fub.close());

const asked = (): string[] => setup.fub.requests.map(({ method, url }) => `${method} ${url}`);
const page = (collection: string, items: unknown[], next?: string | null, name = collection) => ({
  body: { _metadata: { collection, ...(next !== undefined && { next }) }, [name]: items },
});

describe("notes", () => {
  it("are written with documented fields only, as plain text", async () => {
    setup.fub.say({ status: 201, body: { id: 900, personId: 7 } });
    const id = await setup.crm.addNote({ personId: "7", subject: "SMS sent", body: "<b>Hi</b>" }, AS_SYNC);
    expect(id).toEqual({ id: "900" });
    expect(asked()).toEqual(["POST /v1/notes"]);
    expect(setup.fub.requests[0]?.json).toEqual({
      personId: 7,
      subject: "SMS sent",
      body: "<b>Hi</b>",
      isHtml: false,
    });
  });

  it("are found again by a marker in body or subject", async () => {
    setup.fub.say(
      page("notes", [
        { id: 3, body: null, subject: "x" },
        { id: 2, body: "… eng_1 …" },
      ]),
      page("notes", [{ id: 5, body: "", subject: "eng_1" }]),
    );
    expect(await setup.crm.findNote("7", "eng_1", AS_SYNC)).toEqual({ id: "2" });
    expect(await setup.crm.findNote("7", "eng_1", AS_SYNC)).toEqual({ id: "5" });
    expect(asked()[0]).toBe("GET /v1/notes?personId=7&limit=100");
  });

  it("are looked for on the three newest pages only", async () => {
    let pages = 0;
    setup.fub.otherwise(() => page("notes", [{ id: ++pages, body: "other" }], `token ${pages}`));
    expect(await setup.crm.findNote("7", "eng_1", AS_SYNC)).toBeNull();
    expect(pages).toBe(3);
  });

  it("of a person the key does not see are none", async () => {
    expect(await setup.crm.findNote("7", "eng_1", AS_SYNC)).toBeNull();
  });

  it("for somebody who cannot be in Follow Up Boss are refused before they are sent", async () => {
    const note = { personId: "per_1", subject: "", body: "" };
    expect(await failureOf(setup.crm.addNote(note, AS_SYNC))).toMatchObject({
      code: "crm_invalid",
      details: { fate: "not_stored" },
    });
    expect(asked()).toEqual([]);
  });
});

describe("calls", () => {
  const CALL: CrmCallRecord = {
    personId: "12254",
    phone: "+14165550100",
    fromNumber: "+14165550111",
    toNumber: "+14165550100",
    isIncoming: false,
    outcome: "No Answer",
    duration: 63.4,
    note: "Nobody there. eng_1",
    userId: "86",
  };

  it("are written with whole seconds and documented fields only", async () => {
    setup.fub.say({ status: 201, body: { id: 1 } });
    await setup.crm.addCall(CALL, AS_SYNC);
    expect(setup.fub.requests[0]?.json).toEqual({
      personId: 12254,
      phone: "+14165550100",
      fromNumber: "+14165550111",
      toNumber: "+14165550100",
      isIncoming: false,
      outcome: "No Answer",
      duration: 63,
      note: "Nobody there. eng_1",
      userId: 86,
    });
  });

  it("leave out what is not known", async () => {
    setup.fub.say({ status: 200, body: { id: "1" } });
    await setup.crm.addCall(
      { ...CALL, outcome: null, fromNumber: null, toNumber: null, userId: null },
      AS_SYNC,
    );
    expect(Object.keys(setup.fub.requests[0]?.json as object).toSorted()).toEqual([
      "duration",
      "isIncoming",
      "note",
      "personId",
      "phone",
    ]);
  });

  it("with an outcome Follow Up Boss does not know are refused before they are sent", async () => {
    expect(await failureOf(setup.crm.addCall({ ...CALL, outcome: "Great" }, AS_SYNC))).toMatchObject({
      code: "crm_invalid",
    });
    expect(asked()).toEqual([]);
  });

  it("are changed in place, whatever the answer's body", async () => {
    setup.fub.say({ status: 204 });
    await setup.crm.updateCall("55", { outcome: "Interested", duration: 120, note: "Longer" }, AS_SYNC);
    expect(asked()).toEqual(["PUT /v1/calls/55"]);
    expect(setup.fub.requests[0]?.json).toEqual({ outcome: "Interested", duration: 120, note: "Longer" });
  });

  it("are found again by a marker in the note", async () => {
    setup.fub.say(page("calls", [{ id: 4, note: null }], "t2"), page("calls", [{ id: 2, note: "x eng_1" }]));
    expect(await setup.crm.findCall("12254", "eng_1", AS_SYNC)).toEqual({ id: "2" });
    expect(asked()).toEqual([
      "GET /v1/calls?personId=12254&limit=100",
      "GET /v1/calls?personId=12254&limit=100&next=t2",
    ]);
  });
});

describe("a list", () => {
  const users = (from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, i) => ({ id: from + i, name: `User ${from + i}` }));

  it("is read to its end by token, every id once", async () => {
    setup.fub.say(page("users", users(1, 100), "a+/="), page("users", users(99, 150), null));
    const all = await setup.crm.users(AS_SYNC);
    expect(all.map(({ id }) => id)).toEqual(users(1, 150).map(({ id }) => `${id}`));
    expect(asked()).toEqual(["GET /v1/users?limit=100", "GET /v1/users?limit=100&next=a%2B%2F%3D"]);
  });

  it("is found under its key however that is spelled", async () => {
    setup.fub.say(page("Users", users(1, 2), undefined, "uSERS"));
    expect(await setup.crm.users(AS_SYNC)).toHaveLength(2);
  });

  it("never leads to another host: of a link only the token is taken", async () => {
    const nextLink = "https://api.reclients.com/v1/users?limit=25&&next=tok";
    setup.fub.say(
      { body: { _metadata: { collection: "users", nextLink }, users: users(1, 1) } },
      page("users", users(2, 2)),
    );
    expect(await setup.crm.users(AS_SYNC)).toHaveLength(2);
    expect(asked().at(-1)).toBe("GET /v1/users?limit=100&next=tok");
  });

  it("that comes back to a token it had is endless, and said to be", async () => {
    const tokens = ["a", "b", "a", "b"];
    setup.fub.otherwise(() => page("users", users(1, 1), tokens.shift() ?? "a"));
    const error = await failureOf(setup.crm.users(AS_SYNC));
    expect(error).toMatchObject({ code: "crm_bad_answer", retry: { kind: "never" } });
    expect(String(error)).toContain("endless");
    expect(setup.fub.requests).toHaveLength(3);
  });

  it("that is missing from the answer is a bad answer, not an empty list", async () => {
    setup.fub.say({ body: { _metadata: { collection: "users" } } });
    expect(await failureOf(setup.crm.users(AS_SYNC))).toMatchObject({ code: "crm_bad_answer" });
  });
});
