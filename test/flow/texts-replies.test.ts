// What an agent writes back to a contact, from the app in Follow Up Boss and from the console: sent once, within the rules, and
// told honestly where it did not arrive; and who answers from then on.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTwilioWorld, type TwilioTestWorld } from "../helpers/connect-twilio.ts";
import { startOn, waitFor } from "../helpers/embed-client.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import { admin, readOutreach, untilOutreach, untilOver } from "../helpers/talk-to-gateway.ts";
import {
  addContact,
  type Contact,
  conversation,
  openAs,
  postOn,
  quietScript,
  received,
  suppressions,
  textTo,
  untilDelivered,
  untilNoted,
  write,
} from "../helpers/text-contacts.ts";

const HOUR_MS = 3_600_000;
const clock = createShiftingClock();
let world: TwilioTestWorld;
beforeAll(async () => {
  world = await startTwilioWorld({ clock });
  world.sandbox.fub.options.limits.notes = null;
});
afterAll(async () => {
  expect(world.sandbox.twilio.violations).toEqual([]);
  await world.close();
});

const say = (text: string) => ({ text, click_id: crypto.randomUUID() });
const reply = (id: string, text: string) => admin(world, "POST", `/engagements/${id}/messages`, say(text));
const texts = (contact: Contact) => received(world, contact).map(({ text }) => text);
const pending = async (id: string) =>
  (await conversation(world, id)).pending.map(({ state, error }) => ({ state, error }));
/** A text that was delivered and, unless `quiet`, answered. */
async function talkingWith(contact: Contact, quiet = false): Promise<string> {
  const id = await textTo(world, contact);
  await untilDelivered(world, id);
  if (quiet) return id;
  write(world, contact, "Yes?");
  await untilOutreach(world, id, "answered", ({ transcript }) => transcript.length > 1);
  return id;
}

describe("an agent's reply", () => {
  test("from the app in Follow Up Boss goes out once however often it is clicked, and is noted", async () => {
    const robin = addContact(world, 10);
    const { session } = await openAs(world, robin);
    const started = await startOn(world.url, session, { channel: "sms", call_type: "conversational" });
    const id = started.body.engagement_id ?? "";
    await untilDelivered(world, id);
    write(world, robin, "When can I see it?");
    await waitFor(
      "somebody to be wanted",
      async () => (await conversation(world, id)).needs_agent ?? undefined,
    );
    const click = say("At ten on Friday.");
    const answers = await Promise.all([1, 2, 3].map(() => postOn(world, session, `${id}/messages`, click)));
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(new Set(answers.map(({ body }) => body.message_id)).size).toBe(1);
    const told = await untilOutreach(world, id, "said", ({ transcript }) => transcript.length > 2);
    expect(told.transcript.at(-1)).toMatchObject({ direction: "outbound", text: click.text, by: "Ann One" });
    await world.sandbox.twilio.settle();
    expect(texts(robin).filter((text) => text === click.text)).toHaveLength(1);
    expect(received(world, robin).at(-1)?.other).toBe(world.account.annNumber);
    expect(await conversation(world, id)).toMatchObject({ answers: "agent", needs_agent: null, pending: [] });
    await untilNoted(world, robin, click.text);
  });

  test("is taken from the page of its own person alone, as JSON that is one", async () => {
    const [robin, other] = [addContact(world, 11), addContact(world, 12)];
    const { session } = await openAs(world, robin);
    const started = await startOn(world.url, session, { channel: "sms", call_type: "conversational" });
    const path = `${started.body.engagement_id}/messages`;
    await untilDelivered(world, started.body.engagement_id ?? "");
    const codeOf = async (as: string, body: unknown) => {
      const { status, body: answer } = await postOn(world, as, path, body);
      return `${status} ${answer.error?.code}`;
    };
    expect(await codeOf((await openAs(world, other)).session, say("Hello"))).toBe("404 engagement_not_found");
    expect(await codeOf("nobody", say("Hello"))).toBe("401 session_expired");
    for (const body of [say(" "), say("x".repeat(4_001)), { text: "Hello" }, { ...say("Hi"), to: "+1" }, []])
      expect(await codeOf(session, body)).toBe("400 invalid_request");
    const plain = await fetch(`${world.url}/integration/followupboss/embed/engagements/${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${session}`, "content-type": "text/plain" },
      body: "Hello",
    });
    expect(plain.status).toBe(415);
    expect(texts(robin)).toHaveLength(1);
  });

  test("longer than one message of Twilio's goes out in parts and stands in the transcript whole", async () => {
    const robin = addContact(world, 13);
    const id = await talkingWith(robin);
    const long = Array.from({ length: 400 }, (_, index) => `word${index}`).join(" ");
    await reply(id, long);
    const told = await untilOutreach(world, id, "said", ({ transcript }) => transcript.length > 2);
    expect(told.transcript.map(({ text }) => text).slice(2)).toEqual([long]);
    await waitFor("both parts", () => (texts(robin).length === 3 ? true : undefined));
    expect(texts(robin).slice(1).join(" ").replaceAll(/\s+/g, " ")).toBe(long);
    expect((await readOutreach(world, id)).transcript).toHaveLength(3);
  });

  test.each([
    ["told by Twilio", false],
    ["told by nobody, so asked for", true],
  ])("that did not arrive is shown as failed, and an agent has to go on: %s", async (_how, silent) => {
    const robin = addContact(world, silent ? 15 : 14);
    const id = await talkingWith(robin);
    world.sandbox.twilio.setPersona(robin.number, { ...quietScript(), sms: { undelivered: 30003 } });
    if (silent) world.sandbox.twilio.callbackFaults.add({ kind: "lost", times: 20 });
    await reply(id, "Are you there?");
    await untilOutreach(world, id, "said", ({ transcript }) => transcript.length > 2);
    if (silent) {
      await world.sandbox.twilio.settle();
      expect(await pending(id)).toEqual([]);
      world.sandbox.twilio.callbackFaults.clear();
      clock.shift(61_000);
    }
    const sentence = "The phone could not be reached: it may be off or out of range. Try again later.";
    await waitFor("it to be failed", async () => (await pending(id))[0]);
    expect(await pending(id)).toEqual([{ state: "failed", error: sentence }]);
    expect((await conversation(world, id)).needs_agent).toBe(sentence);
    const { status, history } = await readOutreach(world, id);
    expect(status).toBe("in_progress");
    expect(history.filter(({ event }) => event === "reply_undelivered")).toHaveLength(1);
  });

  test("that Twilio does not take is shown with Twilio's reason; where it was only busy it goes out later, once", async () => {
    const robin = addContact(world, 16);
    const id = await talkingWith(robin);
    world.sandbox.twilio.setPersona(robin.number, { ...quietScript(), refusal: { code: 21408, times: 1 } });
    await reply(id, "First");
    await waitFor("it to be failed", async () => (await pending(id))[0]);
    expect(await pending(id)).toMatchObject([
      { state: "failed", error: expect.stringContaining("Geo permissions") },
    ]);
    world.sandbox.twilio.faults.add({
      method: "POST",
      path: "/Messages.json",
      kind: "429",
      times: 1,
      retryAfter: 0,
    });
    world.sandbox.twilio.faults.add({ method: "POST", path: "/Messages.json", kind: "reset", times: 1 });
    await reply(id, "Second");
    await untilOutreach(world, id, "said", ({ transcript }) => transcript.length > 2, 30_000);
    await world.sandbox.twilio.settle();
    expect(texts(robin).filter((text) => text === "Second")).toHaveLength(1);
    expect(texts(robin)).not.toContain("First");
  }, 40_000);
});

describe("who answers", () => {
  const turn = (id: string, answers: string) =>
    admin<{ error?: { code: string; message: string } }>(world, "POST", `/engagements/${id}/conversation`, {
      answers,
    });

  test("an agent takes over and ends it; without a model there is no machine to hand back to", async () => {
    const robin = addContact(world, 17);
    const { session } = await openAs(world, robin);
    const started = await startOn(world.url, session, { channel: "sms", call_type: "conversational" });
    const id = started.body.engagement_id ?? "";
    await untilDelivered(world, id);
    write(world, robin, "Yes?");
    await untilOutreach(world, id, "answered", ({ transcript }) => transcript.length > 1);
    expect((await postOn(world, session, `${id}/conversation`, { answers: "agent" })).status).toBe(200);
    expect(await conversation(world, id)).toMatchObject({ answers: "agent", needs_agent: null });
    expect((await readOutreach(world, id)).history.at(-1)).toMatchObject({ event: "taken_over" });
    const machine = await turn(id, "automated");
    expect([machine.status, machine.body.error?.code]).toEqual([409, "wrong_state"]);
    expect((await turn(id, "nobody")).status).toBe(200);
    expect(await readOutreach(world, id)).toMatchObject({ status: "completed", outcome: "connected" });
    expect(await conversation(world, id)).toMatchObject({
      ...{ answers: "nobody", can_reply: false },
      closed: "Somebody at the console ended the conversation",
    });
    // They go on: the row is over, the conversation is not.
    write(world, robin, "One more thing");
    await waitFor(
      "somebody to be wanted",
      async () => (await conversation(world, id)).needs_agent ?? undefined,
    );
    expect(await conversation(world, id)).toMatchObject({ answers: "agent", can_reply: true, closed: null });
    await reply(id, "Go ahead.");
    await waitFor("the answer", () => (texts(robin).includes("Go ahead.") ? true : undefined));
  });

  test("nobody takes over where there is nothing to converse about", async () => {
    const robin = addContact(world, 18, { refusal: { code: 21211, times: 1 } });
    const id = await textTo(world, robin);
    await untilOver(world, id);
    await admin(world, "POST", "/suppressions", {
      tenant: "fub-test",
      kind: "do_not_call",
      contact: robin.number,
    });
    const refused = await textTo(world, robin).catch((error: unknown) => String(error));
    expect(refused).toContain("do_not_call");
    const row = /eng_\w+/.exec(String(refused))?.[0] ?? "";
    expect((await turn(row, "agent")).body.error?.code).toBe("wrong_state");
  });
});

describe("at night", () => {
  beforeAll(async () => {
    clock.shift(untilTorontoTime(10) - clock.now());
    await world.gateway.apply({ tenants: [{ domain_name: "fub-test", contact_hours: "always" }] });
  });

  test("who just wrote is answered; who did not is written to in the morning, unless they opt out before", async () => {
    const [awake, asleep, leaves] = [addContact(world, 30), addContact(world, 31), addContact(world, 32)];
    const ids = [
      await talkingWith(awake, true),
      await talkingWith(asleep, true),
      await talkingWith(leaves, true),
    ];
    const [first = "", second = "", third = ""] = ids;
    clock.shift(untilTorontoTime(23) - clock.now());
    await expect(textTo(world, addContact(world, 33))).rejects.toThrow("outside_hours");
    write(world, awake, "Are you still up?");
    await untilOutreach(world, first, "answered", ({ transcript }) => transcript.length > 1);
    for (const id of ids) expect((await reply(id, "Let us talk.")).status).toBe(202);
    await waitFor("the answer", () => (texts(awake).includes("Let us talk.") ? true : undefined));
    write(world, leaves, "please stop texting me");
    await waitFor("the confirmation", () => texts(leaves)[1]);
    expect(await pending(second)).toEqual([{ state: "waiting", error: null }]);
    expect(texts(asleep)).toHaveLength(1);
    clock.shift(11 * HOUR_MS);
    await waitFor("the morning", () => (texts(asleep).includes("Let us talk.") ? true : undefined));
    await waitFor("its refusal", async () =>
      (await pending(third))[0]?.state === "refused" ? true : undefined,
    );
    expect(texts(leaves)).toHaveLength(2);
    expect((await conversation(world, third)).needs_agent).toBeNull();
    expect(await suppressions(world, leaves.number)).toHaveLength(1);
  });

  /** The next time it is that hour in Toronto on a Tuesday or Wednesday, epoch ms. */
  function untilTorontoTime(hour: number): number {
    const format = new Intl.DateTimeFormat("en-US", {
      ...{ timeZone: "America/Toronto", weekday: "short", hour: "2-digit", hourCycle: "h23" },
    });
    for (let at = clock.now(); ; at += HOUR_MS / 4) {
      const words = format.format(at);
      if (/Tue|Wed/.test(words) && words.includes(String(hour).padStart(2, "0"))) return at;
    }
  }
});
