// Texts over the pretend Twilio from end to end: sent as the agent, delivered or not, answered, noted on the person, taken
// over and ended; and what contacts write whom nobody wrote to.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTwilioWorld, type TwilioTestWorld } from "../helpers/connect-twilio.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import {
  admin,
  listed,
  readOutreach,
  untilOutreach,
  untilOver,
  untilQuiet,
} from "../helpers/talk-to-gateway.ts";
import {
  addContact,
  conversation,
  notesOf,
  people,
  received,
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

describe("a text", () => {
  test("goes out from the agent's own number, is answered, and all of it is noted on the person", async () => {
    const robin = addContact(world, 10);
    const id = await textTo(world, robin);
    const delivered = await untilDelivered(world, id);
    expect(delivered).toMatchObject({ status: "in_progress", outcome: null });
    expect(received(world, robin)).toMatchObject([{ other: world.account.annNumber }]);
    write(world, robin, "Yes, with a garden");
    const answered = await untilOutreach(world, id, "answered", ({ transcript }) => transcript.length > 1);
    expect(answered.transcript.map(({ direction, text }) => [direction, text])).toEqual([
      ["outbound", received(world, robin)[0]?.text],
      ["inbound", "Yes, with a garden"],
    ]);
    await untilNoted(world, robin, "Yes, with a garden");
    expect(
      notesOf(world, robin)
        .map(({ body }) => body)
        .join(),
    ).toContain("Are you still looking");
    expect(await conversation(world, id)).toMatchObject({
      ...{ answers: "agent", can_reply: true, pending: [], closed: null },
      needs_agent: "The contact wrote and waits for an answer.",
    });
  });

  test("stays open until nothing was said for the brokerage's hours, counted from the last word", async () => {
    const [silent, talks] = [addContact(world, 11), addContact(world, 12)];
    const [alone, answered] = [await textTo(world, silent), await textTo(world, talks)];
    await untilDelivered(world, alone);
    await untilDelivered(world, answered);
    clock.shift(20 * HOUR_MS);
    write(world, talks, "Call me on Friday");
    await untilOutreach(world, answered, "answered", ({ transcript }) => transcript.length > 1);
    clock.shift(5 * HOUR_MS);
    expect(await untilOver(world, alone)).toMatchObject({
      ...{ status: "completed", outcome: "delivered" },
      summary: "The message was delivered; no reply came.",
    });
    await untilQuiet(world);
    expect((await readOutreach(world, answered)).status).toBe("in_progress");
    clock.shift(20 * HOUR_MS);
    expect(await untilOver(world, answered)).toMatchObject({
      ...{ status: "completed", outcome: "connected" },
      summary: "Robin wrote 1 message: “Call me on Friday”",
    });
    expect(await conversation(world, answered)).toMatchObject({ answers: "nobody", can_reply: false });
  });

  test("that only informs is over once it is delivered; an answer that comes all the same counts", async () => {
    const robin = addContact(world, 13);
    const id = await textTo(world, robin, { type: "informational" });
    expect(await untilOver(world, id)).toMatchObject({ status: "completed", outcome: "delivered" });
    write(world, robin, "Good to know");
    expect(
      await untilOutreach(world, id, "answered", ({ outcome }) => outcome === "connected"),
    ).toMatchObject({ status: "completed", transcript: [{}, { text: "Good to know" }] });
    await untilNoted(world, robin, "Good to know");
    expect((await conversation(world, id)).needs_agent).toContain("waits for an answer");
  });

  test.each([
    ["a landline", { landline: true }, "completed", "invalid_phone", "landline"],
    ["a phone that is off", { sms: { undelivered: 30003 } }, "failed", "failed", "off or out of range"],
    [
      "a number Twilio does not take",
      { refusal: { code: 21211, times: 9 } },
      "completed",
      "invalid_phone",
      "not a valid",
    ],
    [
      "somebody taken for a litigator",
      { sms: { failed: 30640 } },
      "failed",
      "do_not_call",
      "not to be texted",
    ],
  ] as const)(
    "to %s ends as what it is, with a sentence",
    async (_whom, script, status, outcome, sentence) => {
      const robin = addContact(world, 20 + world.sandbox.twilio.people.size, script);
      const ended = await untilOver(world, await textTo(world, robin));
      expect(ended).toMatchObject({ status, outcome });
      expect(`${ended.summary} ${ended.history.map(({ detail }) => detail).join()}`).toContain(sentence);
    },
  );
});

describe("an answer", () => {
  test("belongs to the outreach of whose number it was written to", async () => {
    const robin = addContact(world, 14);
    const ben = { id: "u2", twilio_number: world.account.benNumber };
    await world.gateway.apply({ tenants: [{ domain_name: "fub-test", users: [ben] }] });
    const byAnn = await textTo(world, robin);
    const byBen = await textTo(world, robin, { external_user_id: "u2" });
    await untilDelivered(world, byAnn);
    await untilDelivered(world, byBen);
    write(world, robin, "Hello Ann", world.account.annNumber);
    write(world, robin, "Hello Ben", world.account.benNumber);
    const heard = async (id: string) =>
      (await untilOutreach(world, id, "answered", ({ transcript }) => transcript.length > 1)).transcript.at(
        -1,
      );
    expect(await heard(byAnn)).toMatchObject({ text: "Hello Ann" });
    expect(await heard(byBen)).toMatchObject({ text: "Hello Ben" });
  });
});

describe("a message nobody asked for", () => {
  const rowOf = (number: string) =>
    waitFor(
      "its row",
      async () => (await listed(world, `search=${encodeURIComponent(number)}`)).engagements[0],
    );

  test("has a row of its own, is noted where the person is known, and can be answered from where it was sent to", async () => {
    const robin = addContact(world, 15);
    write(world, robin, "Is the house on Elm Street still for sale?", world.account.number);
    const row = await rowOf(robin.number);
    expect(row).toMatchObject({
      source: "inbound",
      status: "completed",
      outcome: "connected",
      user_id: null,
    });
    await untilNoted(world, robin, "Elm Street");
    const { engagement_id: id } = row;
    const sent = await admin(world, "POST", `/engagements/${id}/messages`, {
      text: "It is.",
      click_id: "click-0001",
    });
    expect(sent.status).toBe(202);
    await untilOutreach(world, id, "answered", ({ transcript }) => transcript.length > 1);
    await waitFor("the answer", () => received(world, robin)[0]);
    expect(received(world, robin)).toMatchObject([{ text: "It is.", other: world.account.number }]);
    await untilNoted(world, robin, "It is.");
  });

  test("from somebody unknown introduces nobody, and is kept all the same", async () => {
    const stranger = addContact(world, 16, {}, false);
    const before = people(world).length;
    write(world, stranger, "You have won a prize", world.account.annNumber);
    const row = await rowOf(stranger.number);
    expect(row).toMatchObject({ source: "inbound", user_id: "u1" });
    await untilQuiet(world);
    expect((await readOutreach(world, row.engagement_id)).transcript).toMatchObject([
      { direction: "inbound", text: "You have won a prize" },
    ]);
    expect(people(world)).toHaveLength(before);
    expect(world.sandbox.fub.account("fub-test").events).toEqual([]);
  });
});
