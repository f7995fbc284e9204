// What an outreach leaves on the Follow Up Boss timeline: calls with their outcome, dialogues as notes, nothing else.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { SandboxCall, SandboxNote } from "../../server/sandbox/sandbox-types.ts";
import type { TenantSetup } from "../../shared/setup.schema.ts";
import { connectHub, hubEngagement, sendNotice } from "../helpers/connect-hub.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { startTestWorld, type TestWorld, type TestWorldOptions } from "../helpers/start-gateway.ts";
import {
  admin,
  controlOutreach,
  readOutreach,
  startOutreach,
  untilCrm,
  untilOutreach,
  untilOver,
  untilQuiet,
} from "../helpers/talk-to-gateway.ts";

let world: TestWorld;
const open = async (tenant: Partial<TenantSetup> = {}, more: TestWorldOptions = {}): Promise<void> => {
  world = await startTestWorld({
    setup: (setup) => ({
      ...setup,
      tenants: (setup.tenants ?? []).map((one) =>
        one.domain_name === "fub-test" ? { ...one, ...tenant } : one,
      ),
    }),
    ...more,
  });
};
afterEach(() => world.close());

const account = () => world.sandbox.fub.account("fub-test");
const callsOn = (personId: number): SandboxCall[] => account().calls.filter((c) => c.personId === personId);
const notesOn = (personId: number): SandboxNote[] => account().notes.filter((n) => n.personId === personId);
const peopleWith = (digits: string) =>
  account().people.filter(({ phones }) => phones.some(({ normalized }) => normalized === digits));

describe("calls", () => {
  beforeEach(() => open());

  it.each([
    ["(416) 555-0101", 101, "No Answer", 0],
    ["416.555.0102", 102, "Busy", 0],
    ["+1 416 555 0103", 103, "Left Message", 12],
    ["4165550104", 104, "Bad Number", 0],
    ["(416) 555-0105", 105, "Not Interested", 42],
    ["+14165550106", 106, "Interested", 42],
    ["6475550131", 107, "Interested", 42],
  ])(
    "to %s stands once on the person as %s's outcome table says",
    async (phone, person, outcome, duration) => {
      const id = await startOutreach(world, { phone_number: phone, instruction: "About Maple Street." });
      const ended = await untilOver(world, id);
      await untilCrm(world, id, "written");
      await untilQuiet(world);
      const [call, ...more] = callsOn(person);
      expect(more).toEqual([]);
      expect(call).toMatchObject({
        outcome,
        duration,
        isIncoming: false,
        fromNumber: "+14165550100",
        toNumber: ended.contact,
        phone: ended.contact,
        systemName: "Aventora",
      });
      expect(call?.note).toContain(ended.summary);
      expect(call?.note).toMatch(/Phone, informational\. Ref act_[0-9a-z]{26}$/);
      expect(notesOn(person)).toEqual([]);
    },
  );

  it("over WhatsApp are call records too", async () => {
    const id = await startOutreach(world, { phone_number: "6475550131", channel: "wvoice" });
    await untilCrm(world, id, "written");
    expect(callsOn(107).map(({ note }) => note)).toEqual([expect.stringContaining("WhatsApp voice")]);
  });
});

it("the Hub's own words become Follow Up Boss's outcomes, its labels included; others are left out", async () => {
  await open();
  await connectHub(world);
  world.sandbox.hub.behaviour = { never: true };
  world.sandbox.hub.stepMs = 600_000;
  const words = [
    "delivered",
    "completed",
    "bad_number",
    "Left Message",
    "not interested",
    "Bad Number",
    "moved away",
  ];
  const phones = words.map((_, index) => `+1905555021${index}`);
  const ids = await Promise.all(phones.map((phone_number) => startOutreach(world, { phone_number })));
  for (const [index, phone] of phones.entries()) {
    const { snapshot } = await hubEngagement(world, phone);
    const started_at = "2026-03-02T15:00:00Z";
    const said = { status: "completed", outcome: words[index], summary: "Talked.", started_at };
    await sendNotice(world, { ...snapshot, ...said, completed_at: "2026-03-02T15:01:10Z" });
  }
  for (const id of ids) await untilCrm(world, id, "written");
  const written = phones.map((phone) => account().calls.filter((call) => call.phone === phone));
  expect(written.map((calls) => calls.map(({ outcome, duration }) => [outcome, duration]))).toEqual(
    ["Interested", "Interested", "Bad Number", "Left Message", "Not Interested", "Bad Number", null].map(
      (outcome) => [[outcome, 70]],
    ),
  );
});

it("the brokerage's own outcome table is used, and null leaves the outcome out", async () => {
  await open({ outcome_mapping: { connected: "Left Message", busy: null } });
  const ids = [
    await startOutreach(world, { phone_number: "6475550131" }),
    await startOutreach(world, { phone_number: "4165550102" }),
    await startOutreach(world, { phone_number: "4165550101" }),
  ];
  for (const id of ids) await untilCrm(world, id, "written");
  expect([107, 102, 101].map((person) => callsOn(person).map(({ outcome }) => outcome))).toEqual([
    ["Left Message"],
    [null],
    ["No Answer"],
  ]);
});

it.each([
  ["sms", "SMS (outbound and inbound)"],
  ["wmsg", "WhatsApp message (outbound and inbound)"],
  ["chat", "Chat (outbound and inbound)"],
])("a %s dialogue is one note with its channel and directions", async (channel, subject) => {
  await open({}, { environment: { SIMULATOR_SPEED: "0.05" } });
  const id = await startOutreach(world, { phone_number: "6475550131", channel, type: "conversational" });
  const { transcript } = await untilOver(world, id);
  await untilCrm(world, id, "written");
  await untilQuiet(world);
  const [note, ...more] = notesOn(107);
  expect(more).toEqual([]);
  expect(note?.subject).toBe(subject);
  expect(transcript.map(({ direction }) => direction)).toEqual(["outbound", "inbound", "outbound"]);
  const places = transcript.map(({ text }) => note?.body.indexOf(text) ?? -1);
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  expect(note?.body).toContain("Inbound:");
  expect(callsOn(107)).toEqual([]);
});

it("an e-mail is one outbound note; one that bounces leaves none", async () => {
  await open();
  const sent = await startOutreach(world, { email_address: "nivia@people.example", instruction: "News." });
  const bounced = await startOutreach(world, { email_address: "bounce@people.example" });
  await untilCrm(world, sent, "written");
  expect((await untilOver(world, bounced)).outcome).toBe("failed");
  await untilQuiet(world);
  expect(notesOn(107).map(({ subject }) => subject)).toEqual(["Email (outbound)"]);
  expect(account().notes).toHaveLength(1);
});

it("two outreaches of one person at once each leave their own record, in their order", async () => {
  await open();
  const ids = await Promise.all([
    startOutreach(world, { phone_number: "6475550131", channel: "sms", instruction: "First." }),
    startOutreach(world, { phone_number: "6475550131", channel: "phone", instruction: "Second." }),
    startOutreach(world, { phone_number: "6475550131", channel: "wmsg", instruction: "Third." }),
  ]);
  for (const id of ids) await untilCrm(world, id, "written");
  await untilQuiet(world);
  expect(callsOn(107)).toHaveLength(1);
  expect(
    notesOn(107)
      .map(({ subject }) => subject.split(" ")[0])
      .toSorted(),
  ).toEqual(["SMS", "WhatsApp"]);
});

it("paused and resumed again and again, an outreach still ends, once", async () => {
  await open({}, { environment: { SIMULATOR_SPEED: "0.02" } });
  const ids = await Promise.all(
    ["6475550131", "4165550132", "4165550101"].map((phone_number) => startOutreach(world, { phone_number })),
  );
  for (const id of ids) await untilOutreach(world, id, "running", ({ status }) => status === "in_progress");
  for (let round = 0; round < 12; round++)
    for (const control of ["pause", "resume"] as const)
      await Promise.all(ids.map((id) => controlOutreach(world, id, control)));
  for (const id of ids) {
    expect((await untilOver(world, id)).status).toBe("completed");
    await untilCrm(world, id, "written");
  }
  expect([107, 108, 101].map((person) => callsOn(person).length)).toEqual([1, 1, 1]);
});

describe("nothing is written", () => {
  it("for an outreach that is accepted, or canceled before anybody was reached", async () => {
    await open();
    const later = new Date(Date.now() + 3_600_000).toISOString();
    const waiting = await startOutreach(world, { phone_number: "6475550131", scheduled_time: later });
    const canceled = await startOutreach(world, { phone_number: "4165550132", scheduled_time: later });
    expect((await controlOutreach(world, canceled, "cancel")).body.status).toBe("canceled");
    expect((await readOutreach(world, waiting)).status).toBe("queued");
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect([...account().calls, ...account().notes, ...account().events]).toEqual([]);
    expect(await admin(world, "GET", `/engagements?search=${canceled}`)).toMatchObject({
      body: { engagements: [{ crm_state: "none", outcome: "canceled" }] },
    });
  });

  it("when syncing contacts is off", async () => {
    await open({ fub_sync_contacts: false });
    const before = world.sandbox.fub.requests.length;
    const id = await startOutreach(world, { phone_number: "6475550131" });
    const sms = await startOutreach(world, { phone_number: "4165559999", channel: "sms" });
    await Promise.all([untilOver(world, id), untilOver(world, sms)]);
    await untilQuiet(world);
    expect([...account().calls, ...account().notes, ...account().events]).toEqual([]);
    const touched = world.sandbox.fub.requests.slice(before);
    // Who carries a start tag is looked at whether or not anything is written.
    const others = touched.filter(({ path, query }) => !/^\/(identity|users)/.test(path) && !query.tags);
    expect(others.map(({ path }) => path)).toEqual([]);
  });
});

describe("the person", () => {
  beforeEach(() => open());

  it("is found by e-mail", async () => {
    const id = await startOutreach(world, { email_address: "SAM@people.example" });
    await untilCrm(world, id, "written");
    expect(notesOn(108)).toHaveLength(1);
    expect(account().events).toEqual([]);
  });

  it("is introduced by an event when nobody has the number", async () => {
    const id = await startOutreach(world, { phone_number: "9055550177", client_name: "Zoe van Dam" });
    await untilCrm(world, id, "written");
    const [person] = peopleWith("9055550177");
    expect(person).toMatchObject({ firstName: "Zoe", lastName: "van Dam", source: "Aventora" });
    expect(callsOn(person?.id ?? 0)).toHaveLength(1);
    expect(account().events).toHaveLength(1);
    expect((await readOutreach(world, id)).person_id).toBe(String(person?.id));
  });

  it("is made directly where the lead flow is archived", async () => {
    account().archivedSources.push("Aventora");
    const id = await startOutreach(world, { phone_number: "9055550178", channel: "sms" });
    await untilCrm(world, id, "written");
    expect(peopleWith("9055550178")).toHaveLength(1);
    expect(notesOn(peopleWith("9055550178")[0]?.id ?? 0)).toHaveLength(1);
    expect(account().events).toEqual([]);
  });

  it("gets its record although it is not reachable at first, in two outreaches at once too", async () => {
    world.sandbox.fub.options.newPersonDelayMs = 4_000;
    const ids = await Promise.all([
      startOutreach(world, { phone_number: "9055550179", client_name: "Nu" }),
      startOutreach(world, { phone_number: "+1 (905) 555-0179", channel: "sms" }),
    ]);
    for (const id of ids) await untilCrm(world, id, "written", 25_000);
    expect(peopleWith("9055550179")).toHaveLength(1);
    const personId = peopleWith("9055550179")[0]?.id ?? 0;
    expect([callsOn(personId).length, notesOn(personId).length]).toEqual([1, 1]);
  });

  it("that the agent's own key cannot see is not written to, and this is shown", async () => {
    const foreign = account().people.find(({ id }) => id === 107);
    if (foreign) Object.assign(foreign, { assignedUserId: 3, collaborators: [] });
    const body = { phone_number: "6475550131", external_user_id: "u1", source_system: "followupboss" };
    const id = await startOutreach(world, { ...body, source_record_id: "107" });
    await untilCrm(world, id, "dead");
    expect(callsOn(107)).toEqual([]);
    const told = await waitFor("the journal", async () => {
      const { body: page } = await admin<{ entries: { message: string }[] }>(
        world,
        "GET",
        `/journal?engagement_id=${id}&event=activity.dead`,
      );
      return page.entries[0];
    });
    expect(told.message).toContain("could not find");
  });
});
