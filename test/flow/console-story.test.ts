// One person's story for support staff: from a phone number in two steps, from the opened app to the record in Follow Up
// Boss, in order, with what is behind each line.
import { afterEach, beforeEach, expect, it } from "vitest";
import type { Story } from "../../shared/console/story.schema.ts";
import { homeOf, peopleOf, storyOf } from "../helpers/ask-console.ts";
import { openSigned, startOn, waitFor } from "../helpers/embed-client.ts";
import { deliveryBody, postWebhook } from "../helpers/post-webhook.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin, startOutreach, untilCrm, untilOver, untilQuiet } from "../helpers/talk-to-gateway.ts";

let at: TestWorld;
beforeEach(async () => {
  at = await startTestWorld();
});
afterEach(() => at.close());

const account = () => at.sandbox.fub.account("fub-test");
const kinds = (story: Story) => story.lines.map(({ kind }) => kind);

async function annCalls(personId: number): Promise<string> {
  const opened = await openSigned(at.url, { account: account(), userId: 2, personId });
  const started = await startOn(at.url, opened.model.session, { channel: "phone" });
  const id = started.body.engagement_id ?? "";
  await untilCrm(at, id, "written");
  await untilQuiet(at);
  return id;
}

it("leads from a phone number to the whole story in two steps", async () => {
  const id = await annCalls(107);
  const [call] = account().calls;
  for (const spelling of ["(647) 555-0131", "+16475550131", "647.555.0131", "555 0131"]) {
    const [hit, ...others] = await peopleOf(at, spelling);
    expect([spelling, hit?.person_id, hit?.found_by, others]).toEqual([spelling, "107", "phone", []]);
  }
  const [hit] = await peopleOf(at, "6475550131");
  const story = await storyOf(at, hit?.story as Record<string, string>);
  expect(story.person).toMatchObject({ id: "107", name: "Nivia Guerra", contacts: ["+16475550131"] });
  expect(story.engagements).toMatchObject([{ engagement_id: id, by: "Ann One", outcome: "connected" }]);
  const said = story.lines.map(({ sentence }) => sentence);
  expect(said[0]).toBe("Ann One opened the app (matched by phone)");
  expect(said[1]).toBe("Ann One asked for it (the app in Follow Up Boss)");
  expect(said[2]).toBe("The contact rules allow it: Phone to (647) 555-0131 from (416) 555-0111");
  expect(said[3]).toBe("Handed to the built-in simulator");
  expect(said.at(-1)).toBe(`Call ${call?.id} was written in Follow Up Boss`);
  expect(said.some((sentence) => sentence.startsWith("Outcome: connected"))).toBe(true);
  expect(kinds(story)).toContain("message_out");
  expect(kinds(story)).toContain("message_in");
  const times = story.lines.map((line) => line.at);
  expect(times).toEqual(times.toSorted());
  expect(new Set(story.lines.map((line) => line.id)).size).toBe(story.lines.length);
  expect(story.lines.at(-1)?.exchange).toMatchObject({
    partner: "Follow Up Boss",
    request: "POST /calls",
    reference: String(call?.id),
  });
  expect(story.lines[0]?.exchange?.fields).toContainEqual({
    name: "signed with",
    value: "account fub_embedded_app_secret",
  });
  const one = await storyOf(at, { engagement_id: id });
  expect(one.lines.map(({ sentence }) => sentence)).toEqual(said);
});

it("finds people by name, id, address and outreach, and those nobody was sent out to", async () => {
  const id = await annCalls(107);
  await untilOver(
    at,
    await startOutreach(at, {
      channel: "email",
      email_address: "zoe@new.example",
      type: "informational",
      instruction: "Hello",
      client_name: "Zoë Ångström",
    }),
  );
  for (const [search, found_by, name] of [
    ["nivia", "name", "Nivia Guerra"],
    ["107", "person_id", "Nivia Guerra"],
    [id, "outreach", "Nivia Guerra"],
    ["ZOE@new.example", "email", "Zoë Ångström"],
  ] as const)
    expect(await peopleOf(at, search), search).toMatchObject([{ found_by, name }]);
  expect(await peopleOf(at, "nivia", { tenant: "fub-solo" })).toEqual([]);
  expect(await peopleOf(at, "%")).toEqual([]);
  await openSigned(at.url, { account: account(), userId: 3, personId: 103 });
  const opened = await waitFor("the opening to be told", async () => (await peopleOf(at, "103"))[0]);
  expect(opened).toMatchObject({ person_id: "103", outreaches: 0 });
  expect(kinds(await storyOf(at, opened.story as Record<string, string>))).toEqual(["opened"]);
  for (const [path, status] of [
    ["/people", 400],
    ["/people?search=", 400],
    ["/story", 400],
    ["/story?tenant=fub-test", 400],
    ["/story?engagement_id=eng_nobody", 404],
    ["/story?tenant=fub-test&person_id=999", 404],
  ] as const)
    expect([path, (await admin(at, "GET", path)).status]).toEqual([path, status]);
});

it("tells a refusal, a dead record and a tag's webhook", async () => {
  const refused = await fetch(`${at.url}/integration/start`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${at.setup.tenants?.[0]?.call_management_api_key}`,
      "content-type": "application/json",
    },
    body: JSON.stringify({ domain_name: "fub-test", phone_number: "555", client_name: "Short Number" }),
  });
  expect(refused.status).toBe(422);
  const [short] = await peopleOf(at, "Short Number");
  const story = await storyOf(at, short?.story as Record<string, string>);
  expect(story.lines).toMatchObject([
    { kind: "rule", severity: "warn", sentence: expect.stringContaining("not a complete number") },
  ]);

  at.sandbox.fub.faults.add({ method: "POST", path: "/calls", kind: "status", status: 401, times: 1 });
  const dead = await startOutreach(at, { phone_number: "4165550132" });
  await untilCrm(at, dead, "dead");
  const sad = await storyOf(at, { engagement_id: dead });
  expect(sad.lines.at(-1)).toMatchObject({
    kind: "problem",
    severity: "error",
    exchange: { request: "POST /calls", answer: "not stored" },
  });

  const person = account().people.find(({ id }) => id === 107);
  person?.tags.push("Aventora Call");
  await postWebhook(
    at.url,
    "fub-test",
    deliveryBody("peopleTagsCreated", [107], { data: { tags: ["Aventora Call"] } }),
  );
  const hit = await waitFor("the tag's outreach", async () => (await peopleOf(at, "107"))[0]);
  const tagged = await storyOf(at, hit.story as Record<string, string>);
  expect(tagged.lines[0]).toMatchObject({
    kind: "webhook",
    exchange: { request: "POST /integration/followupboss/webhook/fub-test" },
  });
  const home = await homeOf(at, { tenant: "fub-test" });
  expect(home.needs_you[0]).toMatchObject({
    sentence: expect.stringContaining("could not be written to Follow Up Boss"),
    action: { to: `/outreach/e/${dead}` },
  });
});

it("the start page counts the day by hour and result", async () => {
  for (const phone_number of ["6475550131", "4165550101", "4165550102"])
    await untilCrm(at, await startOutreach(at, { phone_number }), "written");
  await untilQuiet(at);
  const home = await homeOf(at);
  expect(home.today).toMatchObject({
    started: 3,
    groups: { reached: 1, missed: 2, refused: 0, failed: 0, open: 0 },
    outcomes: { connected: 1, no_answer: 1, busy: 1 },
    records: { written: 3, waiting: 0, dead: 0 },
  });
  expect(home.today.hours).toHaveLength(24);
  expect(home.today.hours.at(-1)?.groups).toMatchObject({ reached: 1, missed: 2 });
  expect(home.stories.map(({ sentence }) => sentence)).toEqual([
    expect.stringMatching(/^The brokerage called .*: busy/),
    expect.stringMatching(/: no answer/),
    expect.stringMatching(/: connected, /),
  ]);
  expect(home.needs_you.filter(({ severity }) => severity === "error")).toEqual([]);
  const since = new Date(Date.now() - 90 * 60_000).toISOString();
  expect((await homeOf(at, { since })).today.hours).toHaveLength(2);
  expect((await homeOf(at, { tenant: "fub-solo" })).today.started).toBe(0);
  expect((await admin(at, "GET", "/home?since=yesterday")).status).toBe(400);
});
