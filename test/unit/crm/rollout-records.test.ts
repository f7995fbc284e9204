import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isoTime } from "../../../server/base/clock.ts";
import { RETRY_NEVER } from "../../../server/base/errors.ts";
import { ROLLOUT_ERRORS } from "../../../server/crm/rollout/errors.ts";
import { orderOf } from "../../../server/crm/rollout/find-by-marker.ts";
import { ERROR_CODES, isErrorCode } from "../../../shared/error-codes.ts";
import { createFakeClock, FAKE_START } from "../../helpers/fake-clock.ts";
import type { HttpScriptLine } from "../../helpers/scripted-http.ts";
import { failureOf } from "../../helpers/start-fub-client.ts";
import { AS_SYNC, page, type RolloutSetup, startRolloutClient } from "./start-rollout-client.ts";

let setup: RolloutSetup;
beforeEach(async () => {
  setup = await startRolloutClient({ clock: createFakeClock() });
});
afterEach(() => setup.rollout.close());

const jsonOf = (index: number): unknown => setup.rollout.requests[index]?.json;
const CALL = {
  ...{ personId: "p7", phone: "+14165550100", fromNumber: "+14165550111", toNumber: "+14165550100" },
  ...{ isIncoming: false, outcome: "Interested", duration: 61.4, note: "Talked", userId: "u5" },
};

describe("records", () => {
  it("of a message are notes in plain text", async () => {
    setup.rollout.say({ status: 201, body: { id: "n1", personId: "p7" } });
    const note = { personId: "p7", subject: "SMS", body: "<b>Hello</b>\nline" };
    expect(await setup.crm.addNote(note, AS_SYNC)).toEqual({ id: "n1" });
    expect(setup.asked()).toEqual(["POST /notes"]);
    expect(jsonOf(0)).toEqual({ ...note, isHtml: false });
  });

  it("of a call carry what is known, and nothing that is null", async () => {
    setup.rollout.say({ status: 201, body: { id: "c1" } }, { status: 201, body: { id: "c2" } });
    expect(await setup.crm.addCall(CALL, AS_SYNC)).toEqual({ id: "c1" });
    expect(jsonOf(0)).toEqual({ ...CALL, duration: 61 });
    await setup.crm.addCall(
      { ...CALL, outcome: null, userId: null, fromNumber: null, toNumber: null },
      AS_SYNC,
    );
    const { personId, phone, isIncoming, note } = CALL;
    expect(jsonOf(1)).toEqual({ personId, phone, isIncoming, note, duration: 61 });
  });

  it("of a call are changed by their id", async () => {
    setup.rollout.say({ body: { id: "c1" } });
    await setup.crm.updateCall("c1", { outcome: null, duration: 3, note: "Later" }, AS_SYNC);
    expect([setup.asked(), jsonOf(0)]).toEqual([["PUT /calls/c1"], { duration: 3, note: "Later" }]);
  });

  it("are not written on somebody who cannot be one", async () => {
    const failure = await failureOf(setup.crm.addNote({ personId: "../x", subject: "", body: "" }, AS_SYNC));
    expect(failure).toMatchObject({ code: "crm_invalid", details: { fate: "not_stored" } });
    expect(setup.asked()).toEqual([]);
  });
});

const HOUR = 3_600_000;
/** Entries of somebody else, `hours` old each. */
const filler = (name: string, hours: readonly number[]) =>
  hours.map((old, index) => ({
    ...{ id: `${name}${index}`, personId: "other", subject: "", body: "m-1", note: "m-1" },
    created: isoTime(FAKE_START - old * HOUR),
  }));
const hours = (count: number, from: number, step: number): number[] =>
  Array.from({ length: count }, (_, index) => from + index * step);
const OURS = {
  id: "ours",
  personId: "p7",
  subject: "SMS",
  body: "text m-1",
  note: "text m-1",
  created: isoTime(FAKE_START),
};

describe("what was perhaps written is found", () => {
  it.each(["notes", "calls"] as const)("among the %s by marker and person", async (collection) => {
    const find = collection === "notes" ? setup.crm.findNote : setup.crm.findCall;
    setup.rollout.say(page(collection, [...filler("a", [0]), OURS]), page(collection, filler("a", [0])));
    expect(await find("p7", "m-1", AS_SYNC)).toEqual({ id: "ours" });
    expect(await find("p7", "m-1", AS_SYNC)).toBeNull();
    expect(setup.asked()).toEqual([`GET /${collection}?limit=100`, `GET /${collection}?limit=100`]);
  });

  it("newest first, until a day ago", async () => {
    setup.rollout.say(
      page("notes", filler("a", hours(100, 0, 0.1)), { next: "2" }),
      page("notes", filler("b", hours(100, 10, 0.2)), { next: "3" }),
    );
    expect(await setup.crm.findNote("p7", "m-1", AS_SYNC)).toBeNull();
    expect(setup.asked()).toEqual(["GET /notes?limit=100", "GET /notes?limit=100&next=2"]);
  });

  it("oldest first, from the end", async () => {
    setup.rollout.say(
      page("calls", filler("a", hours(100, 9_000, -1)), { next: "2", total: 5_250 }),
      page("calls", filler("b", hours(100, 12, -0.1))),
      page("calls", [OURS]),
    );
    expect(await setup.crm.findCall("p7", "m-1", AS_SYNC)).toEqual({ id: "ours" });
    expect(setup.asked()).toEqual([
      "GET /calls?limit=100",
      "GET /calls?offset=5150&limit=100",
      "GET /calls?offset=5051&limit=100",
    ]);
    setup.rollout.say(
      page("calls", filler("a", hours(100, 9_000, -1)), { next: "2", total: 150 }),
      page("calls", filler("b", hours(100, 50, -0.5))),
    );
    expect(await setup.crm.findCall("p7", "m-1", AS_SYNC)).toBeNull();
    expect(setup.asked()).toHaveLength(5);
  });

  it("in no order, within twenty pages and never in a circle", async () => {
    const mixed = (next: string): HttpScriptLine => page("notes", filler("a", [50, 1, 70]), { next });
    let served = 0;
    setup.rollout.otherwise(() => mixed(String(++served)));
    expect(await setup.crm.findNote("p7", "m-1", AS_SYNC)).toBeNull();
    expect(setup.asked()).toHaveLength(20);
    setup.rollout.otherwise(() => mixed("same"));
    expect(await setup.crm.findNote("p7", "m-1", AS_SYNC)).toBeNull();
    expect(setup.asked()).toHaveLength(22);
  });

  it.each([
    [[3, 2, 2, 1], "newest first"],
    [[1, 1, 2], "oldest first"],
    [[1, 3, 2], "unknown"],
    [[2, 2, 2], "unknown"],
    [[3, null, 1], "unknown"],
    [[1], "unknown"],
    [[], "unknown"],
  ])("the order of %j is %s", (times, order) =>
    expect(orderOf(times.map((created) => ({ created })))).toBe(order),
  );
});

describe("webhooks", () => {
  const hook = (id: string, status: string) => ({
    id,
    status,
    event: "peopleCreated",
    url: "https://a/b",
    filters: {},
  });

  it("are listed, added, moved and removed", async () => {
    setup.rollout.say(
      page("webhooks", [hook("w1", "Active")], { next: "n" }),
      page("webhooks", [hook("w2", "Disabled")]),
    );
    expect(await setup.crm.webhooks(AS_SYNC)).toEqual([
      { id: "w1", event: "peopleCreated", url: "https://a/b", status: "active" },
      { id: "w2", event: "peopleCreated", url: "https://a/b", status: "disabled" },
    ]);
    setup.rollout.say(
      { status: 201, body: { id: "w3" } },
      { body: hook("w3", "Active") },
      { body: [] },
      { status: 404 },
    );
    const webhook = { event: "peopleCreated", url: "https://a/b" };
    expect(await setup.crm.addWebhook(webhook, AS_SYNC)).toEqual({ id: "w3", ...webhook, status: "active" });
    await setup.crm.updateWebhook("w3", { url: "https://a/c" }, AS_SYNC);
    await setup.crm.removeWebhook("w3", AS_SYNC);
    await setup.crm.removeWebhook("w3", AS_SYNC);
    expect(setup.asked().slice(2)).toEqual([
      "POST /webhooks",
      "PUT /webhooks/w3",
      "DELETE /webhooks/w3",
      "DELETE /webhooks/w3",
    ]);
    expect([jsonOf(2), jsonOf(3)]).toEqual([webhook, { url: "https://a/c" }]);
  });

  it("that are off are woken by adding them anew; those that are on are left alone", async () => {
    setup.rollout.say(
      page("webhooks", [hook("w1", "Disabled")]),
      { body: [] },
      { status: 201, body: hook("w9", "Active") },
    );
    await setup.crm.updateWebhook("w1", { status: "active" }, AS_SYNC);
    expect(setup.asked()).toEqual(["GET /webhooks?limit=100", "DELETE /webhooks/w1", "POST /webhooks"]);
    expect(jsonOf(2)).toEqual({ event: "peopleCreated", url: "https://a/b" });
    setup.rollout.say(page("webhooks", [hook("w1", "Active")]), page("webhooks", []));
    await setup.crm.updateWebhook("w1", { status: "active" }, AS_SYNC);
    expect(await failureOf(setup.crm.updateWebhook("w1", { status: "active" }, AS_SYNC))).toMatchObject({
      code: "crm_not_found",
    });
    expect(setup.asked()).toHaveLength(5);
  });
});

it("what Rollout cannot do is said, and never tried again", async () => {
  const { crm } = setup;
  const refused = await Promise.all(
    [
      crm.smartLists(AS_SYNC),
      crm.smartListPage("1", null, AS_SYNC),
      crm.smartListSize("1", AS_SYNC),
      crm.webhookEvent("e1", AS_SYNC),
      crm.updateWebhook("w1", { status: "disabled" }, AS_SYNC),
    ].map(failureOf),
  );
  for (const failure of refused)
    expect(failure).toMatchObject({
      ...{ code: "crm_unsupported", retry: { kind: "never" }, details: { fate: "not_stored" } },
      sentence: expect.stringContaining("Rollout"),
    });
  expect(setup.asked()).toEqual([]);
});

it.each(Object.keys(ERROR_CODES).filter((code) => code.startsWith("crm_")))(
  "%s has a sentence about Rollout",
  (code) => {
    if (!isErrorCode(code)) throw new Error(code);
    const { sentence } = ROLLOUT_ERRORS.crmError(code, { fate: "not_stored", retry: RETRY_NEVER });
    expect(sentence).toContain("Rollout");
    expect(sentence).not.toContain("Follow Up Boss");
  },
);
