// WhatsApp over the pretend Twilio: an approved template for whoever has not written lately, free text within 24 hours of
// their last word and not a minute longer; what they write, and the button of a template that they press.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startTwilioWorld, type TwilioTestWorld } from "../helpers/connect-twilio.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import { admin, listed, readOutreach, untilOutreach, untilOver } from "../helpers/talk-to-gateway.ts";
import {
  addContact,
  type Contact,
  conversation,
  received,
  textTo,
  untilDelivered,
  untilNoted,
} from "../helpers/text-contacts.ts";

const HOUR_MS = 3_600_000;
const clock = createShiftingClock();
let world: TwilioTestWorld;
beforeAll(async () => {
  world = await startTwilioWorld({ clock, sandboxClock: clock, tenant: { conversation_hours: 72 } });
  world.sandbox.fub.options.limits.notes = null;
});
afterAll(async () => {
  expect(world.sandbox.twilio.violations).toEqual([]);
  await world.close();
});

const start = (contact: Contact, more = {}) => textTo(world, contact, { channel: "wmsg", ...more });
const reply = (id: string, text: string) =>
  admin(world, "POST", `/engagements/${id}/messages`, { text, click_id: crypto.randomUUID() });
const writeTo = ({ number }: Contact, body: string, more = {}) =>
  world.sandbox.twilio.text(`whatsapp:${number}`, `whatsapp:${world.account.whatsappNumber}`, body, more);
const texts = (contact: Contact) => received(world, contact).map(({ text }) => text);
const TEMPLATE = "Hello Robin, this is Ann One. May I write to you here about your home search?";

describe("somebody who has not written lately", () => {
  test("gets the template of the call type, and the transcript says what went out", async () => {
    const robin = addContact(world, 10);
    const id = await start(robin);
    const told = await untilDelivered(world, id);
    expect(texts(robin)).toEqual([TEMPLATE]);
    expect(told.transcript.map(({ text }) => text)).toEqual([
      "WhatsApp template “hello” with 1: Robin, 2: Ann One",
    ]);
    await untilNoted(world, robin, "WhatsApp template “hello”");
    // Until they answer, WhatsApp takes no text of one's own.
    await reply(id, "Are you there?");
    const failed = await waitFor("it to be failed", async () => (await conversation(world, id)).pending[0]);
    expect(failed).toMatchObject({
      ...{ state: "failed", text: "Are you there?" },
      error: expect.stringContaining("has not written on WhatsApp in the last 24 hours"),
    });
    expect((await conversation(world, id)).needs_agent).toBe(failed.error);
    expect(texts(robin)).toEqual([TEMPLATE]);
  });

  test("is not written to where no template is for the call type: said at once, with nothing stored", async () => {
    const robin = addContact(world, 11);
    const asked = start(robin, { type: "appointment_booking" });
    await expect(asked).rejects.toThrow(/channel_unavailable.*only an approved template may be sent/);
    expect((await listed(world, `search=${robin.number.slice(1)}`)).engagements).toEqual([]);
  });

  test("is not on WhatsApp at all: a wrong number", async () => {
    const robin = addContact(world, 12, { whatsapp: { failed: 63003 } });
    expect(await untilOver(world, await start(robin))).toMatchObject({
      ...{ status: "completed", outcome: "invalid_phone", summary: "This number is not on WhatsApp." },
    });
  });
});

test("within 24 hours of their last word all that is written is free text, afterwards a template again", async () => {
  const robin = addContact(world, 20);
  const id = await start(robin);
  await untilDelivered(world, id);
  writeTo(robin, "Yes please", { button: { text: "Yes please", payload: "yes" } });
  await untilOutreach(world, id, "answered", ({ transcript }) => transcript.length > 1);
  clock.shift(23.9 * HOUR_MS);
  await reply(id, "Ten on Friday?");
  await untilOutreach(world, id, "said", ({ transcript }) => transcript.length > 2);
  // No template is for this type, and none is needed.
  const booking = await start(robin, { type: "appointment_booking", instruction: "Shall we say Friday?" });
  await untilDelivered(world, booking);
  await world.sandbox.twilio.settle();
  expect(texts(robin)).toEqual([TEMPLATE, "Ten on Friday?", expect.stringContaining("Shall we say Friday?")]);
  clock.shift(0.2 * HOUR_MS);
  await reply(id, "Or Saturday?");
  await waitFor("it to be failed", async () => (await conversation(world, id)).pending[0]);
  const again = await start(robin);
  await untilDelivered(world, again);
  expect(texts(robin).at(-1)).toBe(TEMPLATE);
  expect(texts(robin)).toHaveLength(4);
});

test("whoever writes first has a row of their own and is answered in free text", async () => {
  const robin = addContact(world, 30);
  writeTo(robin, "Is Elm Street sold?", { profileName: "Robbie" });
  const row = await waitFor("its row", async () =>
    (await listed(world, `search=${robin.number.slice(1)}`)).engagements.find(
      ({ channel }) => channel === "wmsg",
    ),
  );
  expect(row).toMatchObject({ source: "inbound", channel: "wmsg" });
  await reply(row.engagement_id, "Not yet.");
  await untilOutreach(world, row.engagement_id, "answered", ({ transcript }) => transcript.length > 1);
  await world.sandbox.twilio.settle();
  expect(received(world, robin)).toMatchObject([{ text: "Not yet.", channel: "whatsapp" }]);
  expect((await readOutreach(world, row.engagement_id)).transcript.map(({ direction }) => direction)).toEqual(
    ["inbound", "outbound"],
  );
  await untilNoted(world, robin, "Not yet.");
});
