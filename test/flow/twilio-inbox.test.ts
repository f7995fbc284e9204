// What contacts write to a brokerage's numbers at the pretend Twilio, and whether its account works and fits the settings.
import { describe, expect, it } from "vitest";
import { listInbound } from "../../server/channels/twilio/list-inbound.ts";
import { testAccount } from "../../server/channels/twilio/test-account.ts";
import { buildTwilioNumber, demoTwilio } from "../../server/sandbox/twilio/demo-twilio.ts";
import { tenantSchema } from "../../shared/settings.schema.ts";
import {
  type OpenProvider,
  openTwilioProvider,
  type ProviderOptions,
} from "../helpers/open-twilio-provider.ts";
import { contacted } from "../unit/contact/contact-world.ts";

const CONTACT = "+14165550131";
const SOMEBODY = "+14165550132";
const { brokerage } = demoTwilio();
const quiet = { replies: [] };

async function open(options: ProviderOptions = {}): Promise<OpenProvider> {
  const world = await openTwilioProvider(options);
  world.sandbox.world.setPersona(CONTACT, quiet);
  return world;
}
const text = (world: OpenProvider, more = {}) =>
  world.order({ channel: "sms", type: "informational", ...more });
const clean = (world: OpenProvider): void => {
  expect(world.sandbox.world.violations).toEqual([]);
  expect(world.refused).toEqual([]);
};

describe("what contacts write", () => {
  it("is told by Twilio, signed; where it cannot call, the same is found in its list", async () => {
    const world = await open({ users: [{ id: "u1", twilio_number: brokerage.annNumber }] });
    const account = world.sandbox.world.account(brokerage.accountSid);
    for (const number of account.numbers) number.smsUrl = world.inboundUrl;
    const since = world.clock.now();
    await world.sandbox.world.text(CONTACT, brokerage.number, "Yes, at ten.");
    await world.clock.advance(2_000);
    world.sandbox.world.text(CONTACT, brokerage.annNumber, "See", {
      media: ["https://api.twilio.com/1.jpg"],
    });
    await world.sandbox.world.settle();
    expect(world.inbound).toMatchObject([
      { channel: "sms", contact: CONTACT, sender: brokerage.number, text: "Yes, at ten." },
      { channel: "sms", contact: CONTACT, sender: brokerage.annNumber, text: "See\n[1 attachment]" },
    ]);
    await world.start(text(world));
    await world.sandbox.world.settle();
    const listed = await listInbound(world.deps, "acme", since);
    expect(listed.messages.map(({ key }) => key)).toEqual(world.inbound.map(({ key }) => key));
    expect(listed.readTo).toBe(world.clock.now());
    expect((await listInbound(world.deps, "acme", since + 1_000)).messages).toHaveLength(1);
    clean(world);
  });

  it("to others of the same account is not taken, to a number of the messaging service is", async () => {
    const [service, office] = [brokerage.messagingServiceSid, "+14165550199"];
    const other = tenantSchema.parse({ domain_name: "other", twilio_number: brokerage.benNumber });
    const world = await open({ settings: { twilio_messaging_service_sid: service }, others: [other] });
    world.sandbox.world.account(brokerage.accountSid).numbers.push(buildTwilioNumber(office));
    const since = world.clock.now();
    const write = (to: string, text: string) => world.sandbox.world.text(CONTACT, to, text);
    const taken = async () => (await listInbound(world.deps, "acme", since)).messages.map(({ text }) => text);
    for (const [to, text] of [
      [brokerage.number, "to the brokerage"],
      [brokerage.annNumber, "to its service"],
      [brokerage.benNumber, "to the other brokerage"],
      [office, "to the office"],
      [`whatsapp:${brokerage.whatsappNumber}`, "to a WhatsApp sender of nobody"],
    ] as const) {
      await write(to, text);
      await world.clock.advance(1_000);
    }
    expect(await taken()).toEqual(["to the brokerage", "to its service"]);
    clean(world);
  });

  it("to a number the contact was texted from is taken, whichever service has it by now", async () => {
    const service = brokerage.messagingServiceSid;
    const world = await open({ noUrl: true, settings: { twilio_messaging_service_sid: service } });
    const order = text(world);
    await contacted(world.deps.db, { id: order.engagementId, channel: "sms", contact: CONTACT });
    await world.start(order);
    await world.untilOver(order);
    const sent = world.sandbox.world.messages.find(({ to }) => to === CONTACT);
    world.sandbox.world.account(brokerage.accountSid).services = [];
    const since = world.clock.now();
    await world.sandbox.world.text(CONTACT, sent?.from ?? "", "STOP");
    await world.sandbox.world.text(SOMEBODY, sent?.from ?? "", "Is this the pizza place?");
    const { messages } = await listInbound(world.deps, "acme", since);
    expect(messages.map(({ contact, text }) => [contact, text])).toEqual([[CONTACT, "STOP"]]);
    clean(world);
  });
});

describe("a test of the account", () => {
  const states = async (world: OpenProvider) =>
    (await testAccount(world.deps, "acme")).map(({ state, sentence }) => `${state}: ${sentence}`);

  it("names what is right and what is not", async () => {
    const good = await open();
    expect(await states(good)).toEqual([
      "ok: Twilio accepted the key. The account is Maple Street Realty.",
      "ok: (416) 555-0180 is a number of the account, for calls and texts.",
    ]);
    const account = good.sandbox.world.account(brokerage.accountSid);
    account.type = "Trial";
    const [number] = account.numbers;
    if (number) number.capabilities.sms = false;
    expect(await states(good)).toEqual([
      expect.stringMatching(/^warn: .* is a trial/),
      "warn: (416) 555-0180 can call but not text.",
    ]);
    account.numbers = [];
    expect((await states(good))[1]).toMatch(/^bad: .* is not a number of this Twilio account/);
    account.authToken = "changed";
    expect(await states(good)).toEqual([expect.stringMatching(/^bad: .*Copy them again/)]);
    const polled = await states(
      await open({ noUrl: true, settings: { twilio_whatsapp_number: "+14165550190" } }),
    );
    expect(polled.slice(2)).toEqual([
      expect.stringMatching(/^warn: Twilio cannot call this gateway/),
      expect.stringMatching(/^warn: No WhatsApp template/),
    ]);
  });
});
