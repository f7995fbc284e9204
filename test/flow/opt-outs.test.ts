// Forty ways to say STOP and ten ways to say something else, over the pretend Twilio: whoever means it is blocked on every
// channel, told so exactly once (by Twilio or by the gateway) and marked in Follow Up Boss; START takes it all back.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { confirmsStopItself } from "../../server/channels/twilio/confirms-stop-itself.ts";
import { startTwilioWorld, type TwilioTestWorld } from "../helpers/connect-twilio.ts";
import { startOn, waitFor } from "../helpers/embed-client.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import {
  admin,
  integratorKey,
  readOutreach,
  startOutreach,
  untilOutreach,
  untilOver,
  untilQuiet,
} from "../helpers/talk-to-gateway.ts";
import {
  addContact,
  type Contact,
  conversation,
  notesOf,
  openAs,
  postOn,
  received,
  suppressions,
  tagsOf,
  textTo,
  untilDelivered,
  untilTagged,
  write,
} from "../helpers/text-contacts.ts";

const CONFIRMED =
  "You will not be contacted by Maple Street Realty any more. Reply START if you change your mind.";
const clock = createShiftingClock();
let world: TwilioTestWorld;
beforeAll(async () => {
  world = await startTwilioWorld({ clock });
  const plenty = { registered: 10_000, unregistered: 10_000 };
  Object.assign(world.sandbox.fub.options.limits, { global: plenty, notes: null, "PUT.people": plenty });
});
afterAll(async () => {
  expect(world.sandbox.twilio.violations).toEqual([]);
  await world.close();
});

const wordings = (name: string): string[] =>
  readFileSync(new URL(`../fixtures/opt-out/${name}.txt`, import.meta.url), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => line.replaceAll("\\n", "\n"));
/** So many of them, from first to last. */
const some = (all: readonly string[], count: number): string[] =>
  Array.from({ length: count }, (_, index) => all[Math.floor((index * all.length) / count)] ?? "");

/** What arrived after the opening. */
const told = (contact: Contact) =>
  received(world, contact)
    .slice(1)
    .map(({ text, automatic }) => (automatic ? "Twilio" : text));

describe("whoever opted out", () => {
  const startAnyhow = async (contact: Contact, channel: string): Promise<string> => {
    const response = await fetch(`${world.url}/integration/followupboss/start-from-person`, {
      method: "POST",
      headers: { authorization: `Bearer ${integratorKey(world)}`, "content-type": "application/json" },
      body: JSON.stringify({
        ...{ domain_name: "fub-test", person_id: String(contact.id), channel, type: "informational" },
      }),
    });
    const { error } = (await response.json()) as { error?: { code: string } };
    return `${channel} ${response.status} ${error?.code}`;
  };

  test("is reached on no channel, by nobody, not even by what was under way", async () => {
    const robin = addContact(world, 200);
    const { session } = await openAs(world, robin);
    const started = await startOn(world.url, session, { channel: "sms", call_type: "conversational" });
    const id = started.body.engagement_id ?? "";
    await untilDelivered(world, id);
    const scheduled = await textTo(world, robin, {
      ...{ type: "informational", scheduled_time: new Date(clock.now() + 3_600_000).toISOString() },
    });
    await admin(world, "POST", "/outreach/pause", {});
    const waits = await postOn(world, session, `${id}/messages`, { text: "And?", click_id: "click-waiting" });
    expect(waits.status).toBe(202);
    write(world, robin, "Please do not contact me again.");
    await untilTagged(world, robin);
    await admin(world, "POST", "/outreach/resume", {});
    clock.shift(3_600_000);
    expect(await untilOver(world, scheduled)).toMatchObject({ status: "failed", outcome: "opted_out" });
    await waitFor("its refusal", async () =>
      (await conversation(world, id)).pending.find(({ state }) => state === "refused"),
    );
    expect(await readOutreach(world, id)).toMatchObject({ status: "completed", outcome: "not_interested" });
    expect(await conversation(world, id)).toMatchObject({
      answers: "nobody",
      can_reply: false,
      needs_agent: null,
    });

    for (const channel of ["sms", "wmsg", "phone", "chat", "email"])
      expect(await startAnyhow(robin, channel)).toBe(`${channel} 422 opted_out`);
    const page = await openAs(world, robin);
    for (const channel of ["sms", "wmsg", "wvoice", "phone", "chat", "email"]) {
      const click = await startOn(world.url, page.session, { channel, call_type: "informational" });
      expect(`${channel} ${click.status} ${click.body.error?.code}`).toBe(`${channel} 422 opted_out`);
    }
    const byAddress = { email_address: robin.email, channel: "email", type: "informational" };
    await expect(
      startOutreach(world, {
        ...byAddress,
        source_system: "followupboss",
        source_record_id: String(robin.id),
      }),
    ).rejects.toThrow("opted_out");
    const reply = { text: "Are you sure?", click_id: "click-after-stop" };
    expect(await postOn(world, page.session, `${id}/messages`, reply)).toMatchObject({
      ...{
        status: 422,
        body: { error: { code: "opted_out", message: expect.stringContaining("do not contact me") } },
      },
    });
    expect((await admin(world, "POST", `/engagements/${id}/messages`, reply)).status).toBe(422);
    await untilQuiet(world);
    expect(told(robin)).toEqual([CONFIRMED]);
    expect(
      notesOf(world, robin)
        .map(({ body }) => body)
        .join(),
    ).toContain("Please do not contact me again.");
  });

  test("hears nothing more, whatever they write, until they write START", async () => {
    const robin = addContact(world, 201);
    const id = await textTo(world, robin);
    await untilDelivered(world, id);
    const words = ["Enough. Stop texting me.", "stop", "HELP", "I mean it!!", "remove me from your list"];
    for (const [index, word] of words.entries()) {
      write(world, robin, word);
      await untilOutreach(world, id, word, ({ transcript }) => transcript.length >= index + 2);
      // Once Twilio knows of the wish it carries no confirmation of ours any more.
      if (index === 0) await waitFor("the confirmation", () => told(robin)[0]);
    }
    await untilTagged(world, robin);
    await untilQuiet(world);
    await world.sandbox.twilio.settle();
    // "stop" is Twilio's to answer, which knows of no other word.
    expect(told(robin)).toEqual([CONFIRMED, "Twilio"]);
    write(world, robin, "START");
    await untilTagged(world, robin, false);
    await untilQuiet(world);
    expect(await suppressions(world, robin.number)).toEqual([]);
    expect(
      (await suppressions(world, robin.number, "all")).every(({ ended_by }) =>
        ended_by?.startsWith("contact"),
      ),
    ).toBe(true);
    expect(told(robin)).toEqual([CONFIRMED, "Twilio", "Twilio"]);
    const again = await textTo(world, robin);
    await untilDelivered(world, again);
  });

  test("by words Twilio knows nothing of is welcomed back by the gateway, since Twilio says nothing", async () => {
    const robin = addContact(world, 202);
    await untilDelivered(world, await textTo(world, robin));
    write(world, robin, "leave me alone");
    await untilTagged(world, robin);
    write(world, robin, "start");
    await untilTagged(world, robin, false);
    await waitFor("the welcome", () => (told(robin).length === 2 ? true : undefined));
    expect(told(robin)).toEqual([
      CONFIRMED,
      "Welcome back: Maple Street Realty may contact you again. Reply STOP at any time to stop it.",
    ]);
  });
});

test("HELP is answered with whom they hear from, once", async () => {
  const robin = addContact(world, 203);
  const id = await textTo(world, robin);
  await untilDelivered(world, id);
  write(world, robin, "help");
  await waitFor("the answer", () => told(robin).find((text) => text.startsWith("This is")));
  await untilQuiet(world);
  expect(told(robin).filter((text) => text !== "Twilio")).toEqual([
    "This is Maple Street Realty. Call us at (416) 555-0100. Reply STOP to stop messages.",
  ]);
  expect((await conversation(world, id)).needs_agent).toBeNull();
  expect(await suppressions(world, robin.number)).toEqual([]);
});

test("a wrong number is left alone; the person it was thought to be of is not", async () => {
  const robin = addContact(world, 204);
  await untilDelivered(world, await textTo(world, robin));
  write(world, robin, "Sorry, wrong number");
  await waitFor("the confirmation", () => told(robin)[0]);
  await untilQuiet(world);
  expect(await suppressions(world, robin.number)).toMatchObject([{ person_id: null, scope: "all" }]);
  expect(tagsOf(world, robin)).toEqual([]);
  await expect(textTo(world, robin)).rejects.toThrow("opted_out");
  const { session } = await openAs(world, robin);
  const byMail = await startOn(world.url, session, { channel: "email" });
  expect(byMail.status).toBe(202);
});

// Last: a hundred notes are on their way after it.
test("forty wordings stop it, confirmed once each, and ten do not", async () => {
  const stops = [...some(wordings("stop-keywords"), 14), ...some(wordings("stop-phrases"), 26)];
  const innocent = some(wordings("innocent"), 10);
  const cases = [...stops, ...innocent].map((text, index) => ({
    text,
    contact: addContact(world, 100 + index),
  }));
  const ids = await Promise.all(
    cases.map(({ contact }) => textTo(world, contact, { type: "informational" })),
  );
  for (const id of ids) await untilOver(world, id, 60_000);
  for (const { contact, text } of cases) write(world, contact, text);
  for (const [index, id] of ids.entries()) {
    const meant = index < stops.length ? "not_interested" : "connected";
    await untilOutreach(world, id, `“${cases[index]?.text}”`, ({ outcome }) => outcome === meant, 30_000);
  }
  for (const { contact, text } of cases.slice(0, stops.length)) {
    await untilTagged(world, contact);
    await waitFor(`the confirmation of “${text}”`, () => told(contact)[0]);
  }
  await world.sandbox.twilio.settle();
  for (const [index, { text, contact }] of cases.entries()) {
    const meant = index < stops.length;
    const byTwilio = confirmsStopItself("sms", null, text);
    expect({ text, told: told(contact) }).toEqual({
      text,
      told: meant ? [byTwilio ? "Twilio" : CONFIRMED] : [],
    });
    const kept = await suppressions(world, contact.number);
    expect({ text, kept: kept.map(({ scope, said }) => ({ scope, said })) }).toEqual({
      text,
      kept: meant ? [{ scope: "all", said: text }] : [],
    });
    expect(tagsOf(world, contact).includes("Do Not Contact"), text).toBe(meant);
    const again = await textTo(world, contact, { type: "informational" }).catch((error: unknown) =>
      String(error),
    );
    expect(/422.*opted_out/.test(again), `${text}: ${again}`).toBe(meant);
  }
  expect(cases.filter(({ contact }) => told(contact)[0] === "Twilio").length).toBeGreaterThan(1);
}, 120_000);
