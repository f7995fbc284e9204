// What an agent may start from the page: channels, call types, outcomes, repeats, and who and what is turned away.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEmbedSessions } from "../../server/embed/embed-sessions.ts";
import { openSettings } from "../../server/settings/open-settings.ts";
import { CALL_TYPES, type CallType, type Channel } from "../../shared/values.ts";
import { listEngagements } from "../helpers/admin-client.ts";
import { openSigned, startOn, untilEnded, waitFor } from "../helpers/embed-client.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import { startTestWorld, type TestWorld, testEnvironment } from "../helpers/start-gateway.ts";

const START = "/integration/followupboss/embed/start";
const clock = createShiftingClock();
let world: TestWorld;
beforeAll(async () => {
  world = await startTestWorld({ clock });
});
afterAll(() => world.close());

const account = () => world.sandbox.fub.account("fub-test");
/** Ann's page of a person. */
const pageOf = async (personId: number) => {
  const { model } = await openSigned(world.url, { account: account(), userId: 2, personId });
  expect(model.state).toBe("ready");
  return model;
};
const start = (session: string, body: Readonly<Record<string, unknown>>) => startOn(world.url, session, body);
async function run(personId: number, body: Readonly<Record<string, unknown>>) {
  const { session } = await pageOf(personId);
  const started = await start(session, body);
  expect(started).toMatchObject({ status: 202, body: { status: "accepted" } });
  return untilEnded(world.url, session, started.body.engagement_id ?? "");
}
const callsOf = (personId: number) => account().calls.filter((call) => call.personId === personId);
const notesOf = (personId: number) => account().notes.filter((note) => note.personId === personId);
const rowsOf = async (personId: number) =>
  (await listEngagements(world)).filter((row) => row.person_id === String(personId));

describe("every channel", () => {
  test.each([
    ["phone", "call"],
    ["wvoice", "call"],
    ["sms", "SMS"],
    ["wmsg", "WhatsApp message"],
    ["chat", "Chat"],
    ["email", "Email"],
  ] as const)("%s carries the instruction and ends in Follow Up Boss", async (channel, label) => {
    const instruction = `Ask about the ${channel} viewing`;
    const [calls, notes] = [callsOf(107).length, notesOf(107).length];
    const ended = await run(107, { channel, instruction });
    expect(ended).toMatchObject({ status: "completed", channel, person_id: "107", user_id: "u1" });
    expect(ended.outcome).toBe(channel === "email" ? "delivered" : "connected");
    expect(ended.contact).toBe(channel === "email" ? "nivia@people.example" : "+16475550131");
    expect(ended.transcript[0]).toMatchObject({
      direction: "outbound",
      text: expect.stringContaining(instruction),
    });
    if (label === "call") {
      await waitFor("the call record", () => (callsOf(107).length > calls ? true : undefined));
      expect(callsOf(107).at(-1)).toMatchObject({ outcome: "Interested", duration: 42, createdById: 2 });
      expect(callsOf(107).at(-1)?.note).toContain(ended.summary);
    } else {
      await waitFor("the note", () => (notesOf(107).length > notes ? true : undefined));
      const note = notesOf(107).at(-1);
      expect(note?.subject).toBe(
        channel === "email" ? `${label} (outbound)` : `${label} (outbound and inbound)`,
      );
      expect(note?.body).toContain(instruction);
      if (channel !== "email") expect(note?.body).toContain("Inbound:");
    }
  });
});

test("the four call types are four dialogues", async () => {
  const talks = await Promise.all(CALL_TYPES.map((call_type) => run(108, { call_type, channel: "phone" })));
  expect(talks.map(({ type }) => type)).toEqual(CALL_TYPES);
  for (const line of [0, 1])
    expect(new Set(talks.map(({ transcript }) => transcript[line]?.text)).size).toBe(4);
  expect(new Set(talks.map(({ summary }) => summary)).size).toBe(4);
});

describe("what the number leads to", () => {
  test.each([
    [101, "no_answer", "No Answer"],
    [102, "busy", "Busy"],
    [103, "voicemail", "Left Message"],
    [104, "invalid_phone", "Bad Number"],
    [105, "not_interested", "Not Interested"],
    [106, "connected", "Interested"],
  ])("person %i: %s, in Follow Up Boss “%s”", async (personId, outcome, label) => {
    const ended = await run(personId, { channel: "phone" });
    expect(ended).toMatchObject({ status: "completed", outcome });
    await waitFor("the call record", () => callsOf(personId)[0]);
    expect(callsOf(personId)).toMatchObject([{ outcome: label, fromNumber: "+14165550111" }]);
  });

  test("an address that bounces fails, and the note says so", async () => {
    const ended = await run(114, { channel: "email" });
    expect(ended).toMatchObject({ status: "failed", outcome: "failed", contact: "bounce@people.example" });
    expect(ended.summary).toContain("refused");
  });
});

describe("the same click", () => {
  test("twice, and ten times at once, is one outreach and one record", async () => {
    const { session } = await pageOf(113);
    const click = { click_id: "click-0001", channel: "phone" };
    const first = await start(session, click);
    const more = await Promise.all(Array.from({ length: 10 }, () => start(session, click)));
    // The page was reloaded in between: another session, the same click.
    more.push(await start((await pageOf(113)).session, click));
    expect(new Set([first, ...more].map(({ status, body }) => `${status} ${body.engagement_id}`)).size).toBe(
      1,
    );
    await untilEnded(world.url, session, first.body.engagement_id ?? "");
    await waitFor("the call record", () => callsOf(113)[0]);
    expect(await rowsOf(113)).toHaveLength(1);

    const fresh = await Promise.all(
      Array.from({ length: 10 }, () => start(session, { ...click, click_id: "click-0002" })),
    );
    expect(new Set(fresh.map(({ status, body }) => `${status} ${body.engagement_id}`)).size).toBe(1);
    expect(await rowsOf(113)).toHaveLength(2);
    await waitFor("the second call record", () => callsOf(113)[1]);
    expect(callsOf(113)).toHaveLength(2);
  });

  test("with another body is refused and starts nothing", async () => {
    const { session } = await pageOf(115);
    const click = { click_id: "3 / é", channel: "sms" };
    const first = await start(session, click);
    expect(first.status).toBe(202);
    // What is null was left out.
    expect((await start(session, { ...click, instruction: null, contact: null })).body).toEqual(first.body);
    for (const other of [{ channel: "wmsg" }, { call_type: "conversational" }, { instruction: "x" }]) {
      const again = await start(session, { ...click, ...other });
      expect(again).toMatchObject({ status: 409, body: { error: { code: "idempotency_key_reused" } } });
      expect(again.body.error?.message).toMatch(/^This click /);
    }
    expect(await rowsOf(115)).toHaveLength(1);
  });
});

describe("a body that is not right", () => {
  const bad: [string, Record<string, unknown>, string][] = [
    ["an unknown channel", { channel: "fax" }, "channel"],
    ["an unknown call type", { call_type: "chatty" }, "call_type"],
    ["an extra field", { from_number: "+1" }, "from_number"],
    ["a number as instruction", { instruction: 5 }, "instruction"],
    ["an endless instruction", { instruction: "x".repeat(4001) }, "instruction"],
    ["an empty click id", { click_id: "" }, "click_id"],
    ...CALL_TYPES.filter((type) => type !== "informational").map(
      (call_type: CallType): [string, Record<string, unknown>, string] => [
        `e-mail as ${call_type}`,
        { channel: "email" satisfies Channel, call_type },
        "call_type",
      ],
    ),
  ];
  test.each(bad)("%s is named", async (_what, body, field) => {
    const { session } = await pageOf(107);
    const before = (await rowsOf(107)).length;
    const answer = await start(session, body);
    expect(answer).toMatchObject({ status: 400, body: { error: { code: "invalid_request" } } });
    expect(answer.body.error?.message).toContain(field);
    expect(answer.body.error?.details).toEqual([{ path: field, message: expect.any(String) }]);
    expect(await rowsOf(107)).toHaveLength(before);
  });

  const send = async (body: string | undefined, type: string | undefined, session?: string) => {
    const headers = new Headers({ authorization: `Bearer ${session ?? (await pageOf(107)).session}` });
    if (type !== undefined) headers.set("content-type", type);
    const sent = body === undefined ? {} : { body: new TextEncoder().encode(body) };
    const response = await fetch(`${world.url}${START}`, { method: "POST", headers, ...sent });
    const answer = (await response.json()) as { error: { code: string; message: string } };
    return [response.status, answer.error.code];
  };
  const json = "application/json";

  test("malformed, empty, of another type, too large", async () => {
    expect(await send("{", json)).toEqual([400, "malformed_json"]);
    expect(await send("", json)).toEqual([400, "invalid_request"]);
    expect(await send(undefined, undefined)).toEqual([400, "invalid_request"]);
    for (const text of ["null", "[]", '"x"', "7"])
      expect(await send(text, json)).toEqual([400, "invalid_request"]);
    expect(await send("{}", "text/plain")).toEqual([415, "unsupported_media_type"]);
    expect(await send("a=b", "application/x-www-form-urlencoded")).toEqual([415, "unsupported_media_type"]);
    expect(await send("{}", undefined)).toEqual([415, "unsupported_media_type"]);
    expect(await send(`"${"x".repeat(1_000_000)}"`, json)).toEqual([413, "payload_too_large"]);
  });

  test("no session, garbage, another app's, one that is too old", async () => {
    const expired = [401, "session_expired"];
    const body = JSON.stringify({ call_type: "informational", channel: "phone", click_id: "click-0009" });
    const { session } = await pageOf(107);
    for (const token of ["", "garbage", session.slice(0, -2), `${session}x`, "a.b.c.d.e"])
      expect(await send(body, json, token)).toEqual(expired);
    expect(await send(body, json, await campaignSession())).toEqual(expired);
    clock.shift(29 * 60_000);
    expect((await start(session, { channel: "email" })).status).toBe(202);
    clock.shift(2 * 60_000);
    expect(await send(body, json, session)).toEqual(expired);
    const { body: answer } = await start(session, {});
    expect(answer.error?.message).toContain("Reload");
  });
});

/** A campaign page's session, made with the gateway's own key. */
async function campaignSession(): Promise<string> {
  const { dataDir, sandboxUrl } = world;
  const base = { environment: testEnvironment(sandboxUrl), flags: {}, log: () => undefined };
  const settings = await openSettings({ ...base, dataDir, clock, readOnly: true });
  const sessions = createEmbedSessions(settings.secret("internal/embed_session_key") ?? "", clock);
  const issue = (app: "embed" | "campaign") =>
    sessions.issue({
      ...{ app, tenant: "fub-test", accountId: "7001", crmUserId: "2", crmUserName: "Ann One", userId: "u1" },
      actsWith: "user:u1",
      person: { id: "107", name: "Nivia", phones: [], emails: [] },
    });
  // Made rightly: the same session for this app is let in, and refused only by the contact rules.
  expect((await start(await issue("embed"), { channel: "phone" })).body.error?.code).toBe("no_phone");
  return issue("campaign");
}

test("GET on start is told which method it answers to", async () => {
  const response = await fetch(`${world.url}${START}`);
  expect(response.status).toBe(405);
  expect(response.headers.get("allow")).toBe("POST");
});

describe("the contact rules", () => {
  test.each([
    [109, "phone", "no_phone"],
    [110, "phone", "relationship_phone"],
    [111, "sms", "landline"],
  ])("person %i by %s: %s, one row each that says so", async (personId, channel, rule) => {
    const { session } = await pageOf(personId);
    const answer = await start(session, { channel });
    expect(answer).toMatchObject({ status: 422, body: { error: { code: rule, details: { rule } } } });
    expect(await rowsOf(personId)).toMatchObject([
      { status: "failed", outcome: rule, rule, crm_state: "none" },
    ]);
    expect(callsOf(personId)).toEqual([]);
  });

  test("the agent may choose among several numbers, and only among the person's", async () => {
    expect((await run(112, { channel: "phone" })).contact).toBe("+14165550143");
    expect((await run(112, { channel: "phone", contact: "(647) 555-0144" })).contact).toBe("+16475550144");
    const { session } = await pageOf(112);
    const foreign = await start(session, { channel: "phone", contact: "+14165559999" });
    expect(foreign).toMatchObject({ status: 422, body: { error: { code: "invalid_phone" } } });
  });
});
