// What a machine says in a call over Twilio through the whole gateway, and WhatsApp calls: heard to the end or not, left on a
// voicemail, stopped by a key.
import { afterEach, expect, it } from "vitest";
import { startTwilioWorld, type TwilioTestWorld } from "../helpers/connect-twilio.ts";
import { waitFor } from "../helpers/embed-client.ts";
import {
  ANN,
  callsTo,
  callToEnd,
  expectClean,
  heardAt,
  NIVIA,
  placedCalls,
  recordsOf,
  SAM,
  startCall,
  suppressionsOf,
} from "../helpers/watch-voice.ts";

let world: TwilioTestWorld;
afterEach(() => world.close());

const VOICEMAIL = "Hello, this is Ann of Maple Street. Please call me back when you can.";
const NEWS = "The house is back on the market.";
const informational = { type: "informational", instruction: NEWS } as const;
const tagsOf = (person: number): readonly string[] =>
  world.sandbox.fub.account("fub-test").people.find(({ id }) => id === person)?.tags ?? [];

it("an announcement is spoken to whoever picks up; how far it was heard is the outcome", async () => {
  world = await startTwilioWorld({ tenant: { voice_mode: "announcement", voicemail_text: VOICEMAIL } });
  const { twilio } = world.sandbox;
  twilio.setPersona("+14165550105", { turns: [{}], afterwards: {} });
  twilio.setPersona(NIVIA, { staysMs: 2_500 });
  twilio.setPersona("+14165550106", { answeredBy: "machine", staysMs: 9_500 });
  const table = [
    ["+14165550105", "delivered", "Interested", "to the end"],
    [NIVIA, "no_answer", "No Answer", "hung up after a second"],
    ["+14165550103", "voicemail", "Left Message", "on the voicemail"],
    ["+14165550106", "no_answer", "No Answer", "a voicemail that is cut off"],
    ["+14165550101", "no_answer", "No Answer", "nobody"],
    ["+14165550102", "busy", "Busy", "busy"],
    ["+14165550104", "invalid_phone", "Bad Number", "no such number"],
  ] as const;
  for (const [phone, outcome, label, how] of table) {
    const ended = await callToEnd(world, phone, informational);
    const duration = callsTo(world, phone)[0]?.duration ?? null;
    expect(ended, how).toMatchObject({ status: "completed", outcome, duration });
    expect(recordsOf(world, phone), how).toMatchObject([{ outcome: label, duration: duration ?? 0 }]);
  }
  // No agent took part, and contacts saw Ann's verified number.
  expect(placedCalls(world).map(({ to, from }) => [to, from])).toEqual(table.map(([phone]) => [phone, ANN]));
  const [heard] = heardAt(world, "+14165550105");
  expect(heard).toMatch(/this is Ann One with Maple Street Realty\. The house is back .* press 9\.$/);
  expect(heardAt(world, "+14165550103")).toEqual([VOICEMAIL]);
  // Anything but an informational call is an agent's.
  await callToEnd(world, SAM);
  expect(placedCalls(world).at(-1)).toMatchObject({ to: ANN });
  await expectClean(world);
});

it("key 9 in an announcement is an opt-out: stored with its source, tagged on the person, kept on every channel", async () => {
  world = await startTwilioWorld({ tenant: { voice_mode: "announcement" } });
  world.sandbox.twilio.setPersona(SAM, { turns: [{ digits: "9" }] });
  world.sandbox.twilio.setPersona(NIVIA, { turns: [{ digits: "1" }] });
  const ended = await callToEnd(world, SAM, informational);
  expect(ended).toMatchObject({ status: "completed", outcome: "not_interested" });
  expect(heardAt(world, SAM).at(-1)).toBe("You will not be called again. Goodbye.");
  expect(await suppressionsOf(world)).toMatchObject([{ source: "voice", scope: "all", contact: SAM }]);
  await waitFor("the tag", () => tagsOf(108).includes("Do Not Contact") || undefined);
  expect(recordsOf(world, SAM)).toMatchObject([{ outcome: "Not Interested" }]);
  for (const channel of ["phone", "sms", "wmsg"])
    await expect(startCall(world, SAM, { channel })).rejects.toThrow("opted_out");
  expect(await callToEnd(world, NIVIA, informational)).toMatchObject({ outcome: "delivered" });
  expect(await suppressionsOf(world)).toHaveLength(1);
  expect(world.sandbox.twilio.messages).toEqual([]);
  await expectClean(world);
});

it("WhatsApp calls go out only from a sender whose country lets businesses call, to people who let them", async () => {
  world = await startTwilioWorld();
  await expect(startCall(world, SAM, { channel: "wvoice" })).rejects.toThrow(
    /businesses with a number of Canada/,
  );
  await world.gateway.apply({
    tenants: [{ domain_name: "fub-test", twilio_whatsapp_number: "+447700900190" }],
  });
  world.sandbox.twilio.setPersona(NIVIA, { whatsappCalls: false });
  const talked = await callToEnd(world, SAM, { channel: "wvoice" });
  expect(talked).toMatchObject({ channel: "wvoice", outcome: "connected", duration: 42 });
  expect(await callToEnd(world, "+14165550101", { channel: "wvoice" })).toMatchObject({
    outcome: "no_answer",
  });
  // They did not allow it, which says nothing about their number.
  expect(await callToEnd(world, NIVIA, { channel: "wvoice" })).toMatchObject({
    status: "failed",
    outcome: "failed",
  });
  expect(callsTo(world, SAM)).toMatchObject([{ from: "whatsapp:+447700900190", to: `whatsapp:${SAM}` }]);
  expect(placedCalls(world).map(({ to }) => to)).toEqual([ANN, ANN, ANN]);
  expect(recordsOf(world, SAM)).toMatchObject([{ outcome: "Interested", duration: 42 }]);
  expect(recordsOf(world, SAM)[0]?.note).toContain("WhatsApp voice");
  expect(recordsOf(world, NIVIA)).toEqual([]);
  await expectClean(world);
});
