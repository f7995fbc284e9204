// Texts and WhatsApp over the pretend Twilio: who they go out from, how each ends with callbacks and without, what follows an
// opening.
import { describe, expect, it, vi } from "vitest";
import type { ChannelOrder } from "../../server/channels/channel.ts";
import { confirmsStopItself } from "../../server/channels/twilio/confirms-stop-itself.ts";
import { demoTwilio } from "../../server/sandbox/twilio/demo-twilio.ts";
import type { Delivery } from "../../server/sandbox/twilio/phones/phone-script.ts";
import {
  IMPATIENT,
  type OpenProvider,
  openTwilioProvider,
  type ProviderOptions,
} from "../helpers/open-twilio-provider.ts";
import { contacted } from "../unit/contact/contact-world.ts";

const CONTACT = "+14165550131";
const { brokerage } = demoTwilio();
const quiet = { replies: [] };

async function open(options: ProviderOptions = {}): Promise<OpenProvider> {
  const world = await openTwilioProvider(options);
  world.sandbox.world.setPersona(CONTACT, quiet);
  return world;
}
const text = (world: OpenProvider, more = {}) =>
  world.order({ channel: "sms", type: "informational", ...more });
const sent = (world: OpenProvider) =>
  world.sandbox.world.messages.filter(({ direction }) => direction === "outbound-api");
const clean = (world: OpenProvider): void => {
  expect(world.sandbox.world.violations).toEqual([]);
  expect(world.refused).toEqual([]);
};

/** How a message ends at Twilio, and what that is for the outreach. */
const ENDS: readonly (readonly [Delivery, string, string])[] = [
  ["delivered", "completed", "delivered"],
  ["sent", "completed", "delivered"],
  [{ undelivered: 30003 }, "failed", "failed"],
  [{ undelivered: 30005 }, "completed", "invalid_phone"],
  [{ undelivered: 30006 }, "completed", "invalid_phone"],
  [{ undelivered: 30007 }, "failed", "failed"],
  [{ failed: 30034 }, "failed", "failed"],
  [{ failed: 21610 }, "failed", "opted_out"],
];

describe("a text", () => {
  it.each([
    ["with callbacks", false],
    ["with polls alone", true],
  ])("ends %s as its delivery did", async (_how, noUrl) => {
    const world = await open({ noUrl });
    for (const [index, [sms, status, outcome]] of ENDS.entries()) {
      const contact = `+141655501${60 + index}`;
      world.sandbox.world.setPersona(contact, { ...quiet, sms });
      const order = text(world, { contact });
      await world.start(order);
      if (sms === "sent") await waitInVain(world, order);
      const end = await world.untilOver(order);
      expect(end, JSON.stringify(sms)).toMatchObject({ status, outcome, duration: null });
      expect(end.transcript).toMatchObject([
        { direction: "outbound", text: "Hello, this is Ann. About ten.", key: sent(world)[index]?.sid },
      ]);
      const wished = world.taken.filter(({ wish }) => wish === "opt_out").length;
      expect(wished).toBe(outcome === "opted_out" && !noUrl ? 1 : 0);
    }
    expect(sent(world)).toHaveLength(ENDS.length);
    clean(world);
  });

  it("waits at Twilio no longer than the contact's hours allow, an hour at most", async () => {
    const asked = vi.spyOn(globalThis, "fetch");
    for (const [openMs, seconds] of [
      [3_600_000, "3600"],
      [90_000, "90"],
      [0, "3600"],
    ] as const) {
      asked.mockClear();
      const rulesNow = { withheld: async () => undefined, openFor: async () => openMs };
      const world = await open({ more: { rulesNow } });
      await world.start(text(world));
      const bodies = asked.mock.calls.map(([, given]) => new URLSearchParams(String(given?.body ?? "")));
      expect(bodies.map((body) => body.get("ValidityPeriod")).filter(Boolean)).toEqual([seconds]);
    }
    asked.mockRestore();
  });

  it.each([30005, 30006])(
    "is not sent again to a number that receives none (%i), by this brokerage",
    async (code) => {
      const world = await open();
      const contact = "+14165550170";
      world.sandbox.world.setPersona(contact, { ...quiet, sms: { undelivered: code } });
      const first = text(world, { contact });
      await contacted(world.deps.db, { id: first.engagementId, channel: "sms", contact });
      await world.start(first);
      await world.untilOver(first);
      await expect(world.start(text(world, { contact }))).rejects.toMatchObject({
        code: "invalid_phone",
        sentence: expect.stringMatching(/Twilio said so of an earlier text. Call instead./),
      });
      await world.start(text(world, { contact, tenant: "other" }));
      expect(sent(world)).toHaveLength(2);
      clean(world);
    },
  );

  // No other word ever comes; after ten minutes none is waited for.
  const waitInVain = async (world: OpenProvider, order: ChannelOrder): Promise<void> => {
    await world.pass(540_000, 30_000);
    expect(world.kept(order).end).toBeNull();
    await world.pass(120_000, 10_000);
  };

  it("ends the same whatever happens to its callbacks", async () => {
    const world = await open();
    for (const kind of ["lost", "twice", "late", "last", "wrong_host"] as const) {
      world.sandbox.world.callbackFaults.clear();
      world.sandbox.world.callbackFaults.add({ kind, times: 99 });
      const order = text(world);
      await world.start(order);
      const end = await world.untilOver(order);
      expect(end, kind).toMatchObject({ status: "completed", outcome: "delivered" });
    }
    expect(world.refused.length).toBeGreaterThan(0);
  });

  it("expects an answer when it is one: delivered, the outreach goes on", async () => {
    const world = await open();
    const order = text(world, { type: "conversational" });
    await world.start(order);
    await world.sandbox.world.settle();
    await world.pass(300_000, 60_000);
    expect(world.kept(order)).toMatchObject({
      last: { status: "in_progress", outcome: "delivered" },
      ...{ end: null, nextPollAt: null },
    });
    const campaign = text(world, { type: "conversational", inCampaign: true });
    await world.start(campaign);
    expect(await world.untilOver(campaign)).toMatchObject({ status: "completed", outcome: "delivered" });
  });

  it("goes out from the agent's own sender, the brokerage's where there is none, and a service picks its number", async () => {
    const users = [
      { id: "u1", twilio_number: brokerage.annNumber },
      { id: "u2", twilio_messaging_service_sid: brokerage.messagingServiceSid },
      { id: "u3" },
    ];
    const world = await open({ users });
    for (const userId of ["u1", "u2", "u3"]) await world.start(text(world, { userId }));
    await world.sandbox.world.settle();
    const [ann, service, brokers] = sent(world);
    expect([ann?.from, brokers?.from]).toEqual([brokerage.annNumber, brokerage.number]);
    expect(service).toMatchObject({ messagingServiceSid: brokerage.messagingServiceSid });
    expect([brokerage.annNumber, brokerage.benNumber]).toContain(service?.from);
    clean(world);
  });

  it("whose answer got lost is found by its text; one that never arrived is not made up", async () => {
    const world = await open({ more: IMPATIENT });
    const messages = { method: "POST", path: "/Messages.json", times: 1 } as const;
    await world.start(text(world, { instruction: "Something else." }));
    world.sandbox.world.faults.add({ ...messages, kind: "timeout-after-storing" });
    const found = text(world);
    await world.start(found);
    const end = await world.untilOver(found);
    expect(end.transcript).toMatchObject([
      { text: "Hello, this is Ann. About ten.", key: sent(world)[1]?.sid },
    ]);
    expect(sent(world)).toHaveLength(2);
    world.sandbox.world.faults.add({ ...messages, kind: "timeout-before" });
    const lost = text(world);
    await expect(world.start(lost)).rejects.toMatchObject({ code: "provider_unavailable" });
    await world.start({ ...lost, attempt: 2 });
    expect(await world.untilOver({ ...lost, attempt: 2 })).toMatchObject({ outcome: "delivered" });
    expect(sent(world)).toHaveLength(3);
    expect(await world.provider.findStart?.(text(world), 0)).toBeNull();
    clean(world);
  });

  it("to somebody who wrote STOP is refused as opted out; START takes it back", async () => {
    const world = await open();
    world.sandbox.world.text(CONTACT, brokerage.number, "Stop");
    await expect(world.start(text(world))).rejects.toMatchObject({ code: "opted_out" });
    world.sandbox.world.text(CONTACT, brokerage.number, "START");
    const order = text(world);
    await world.start(order);
    expect(await world.untilOver(order)).toMatchObject({ outcome: "delivered" });
    expect(confirmsStopItself("sms", null, "Stop")).toBe(true);
    expect(world.sandbox.world.notices.length).toBeGreaterThan(0);
  });

  it("waits when Twilio asks for it, and is taken back while it waits there", async () => {
    const world = await open();
    world.sandbox.world.faults.add({ method: "POST", kind: "429", retryAfter: 9, times: 1 });
    await expect(world.start(text(world))).rejects.toMatchObject({
      ...{ code: "provider_unavailable", retry: { kind: "after", afterMs: 9_000 } },
    });
    const slow = await open({ noUrl: true });
    const order = text(slow, { type: "conversational" });
    const { reference } = await slow.start(order);
    const answer = await slow.provider.cancel(order, reference ?? "");
    expect(answer.snapshot).toMatchObject({ status: "canceled", outcome: "canceled" });
    await slow.pass(10_000);
    expect(sent(slow)[0]?.status).toMatch(/canceled|delivered/);
  });
});

describe("further messages", () => {
  it("go out once each, long ones in parts, and one whose answer got lost is found", async () => {
    const world = await open({ more: IMPATIENT });
    const order = text(world, { type: "conversational" });
    const { reference } = await world.start(order);
    await world.sandbox.world.settle();
    const send = world.provider.send;
    const { findSent } = world.provider;
    if (!send || !findSent) throw new Error("cannot send");
    const find = (...asked: Parameters<typeof findSent>) => world.run(findSent(...asked));
    const message = (id: string, body: string) => ({
      ...{ id, text: body, automatic: false, since: world.clock.now() },
    });
    const long = message("msg_1", `${"a".repeat(1_600)}${"b".repeat(100)}`);
    const first = await send(order, reference ?? "", long);
    expect(first.reference).toBe(sent(world)[1]?.sid);
    expect(sent(world).map(({ body }) => body.length)).toEqual([30, 1_600, 100]);
    expect(await send(order, reference ?? "", long)).toMatchObject({ reference: first.reference });
    expect(await find(order, reference ?? "", long)).toMatchObject({ reference: first.reference });
    expect(sent(world)).toHaveLength(3);

    const lost = message("msg_2", "At ten then?");
    expect(await find(order, reference ?? "", lost)).toBeNull();
    world.sandbox.world.faults.add({ method: "POST", kind: "timeout-after-storing", times: 1 });
    await expect(send(order, reference ?? "", lost)).rejects.toMatchObject({ code: "provider_fate_unknown" });
    const found = await find(order, reference ?? "", lost);
    expect(found?.reference).toBe(sent(world)[3]?.sid);
    expect(await send(order, reference ?? "", lost)).toMatchObject({ reference: found?.reference });
    await world.sandbox.world.settle();
    const { snapshot, nextPollAt } = await world.provider.poll(order, reference ?? "");
    expect(snapshot?.transcript.map(({ key }) => key)).toEqual([sent(world)[0]?.sid]);
    expect([snapshot?.undelivered, nextPollAt]).toEqual([undefined, null]);
    expect(sent(world)).toHaveLength(4);
    clean(world);
  });

  it("before anything was sent only who wrote first is answered, from the number they wrote to", async () => {
    const world = await open();
    const message = { id: "msg_1", text: "Hi", automatic: true, since: 0 };
    await expect(world.provider.send?.(text(world), "", message)).rejects.toMatchObject({
      code: "wrong_state",
    });
    const unasked = text(world, { fromNumber: brokerage.number, attempt: 0 });
    await world.provider.send?.(unasked, "", message);
    expect(await world.provider.findSent?.(unasked, "", message)).toMatchObject({
      reference: sent(world)[0]?.sid,
    });
    expect(sent(world)).toMatchObject([{ from: brokerage.number, to: CONTACT, body: "Hi" }]);
  });
});

describe("WhatsApp", () => {
  const settings = {
    twilio_whatsapp_number: brokerage.whatsappNumber,
    whatsapp_templates: [
      {
        ...{ name: "hello", content_sid: brokerage.contentSid, call_types: ["informational"] },
        variables: { "1": "{first_name}", "2": "{agent}" },
      },
    ],
  };
  const cold = (world: OpenProvider, more = {}) => text(world, { channel: "wmsg", ...more });

  it("opens with the template of the call type, and is over once it is read", async () => {
    const world = await open({ settings });
    const order = cold(world);
    expect(await world.provider.objection?.(order, world.deps.db)).toBeUndefined();
    await world.start(order);
    const end = await world.untilOver(order);
    expect(end).toMatchObject({ outcome: "delivered" });
    expect(end.transcript[0]?.text).toBe("WhatsApp template “hello” with 1: Jane, 2: Ann");
    expect(sent(world)[0]?.body).toContain("Hello Jane, this is Ann.");
    clean(world);
  });

  it("without a template for the call type there is an objection, and a start is refused", async () => {
    const world = await open({ settings });
    const order = cold(world, { type: "conversational" });
    expect(await world.provider.objection?.(order, world.deps.db)).toMatchObject({
      code: "channel_unavailable",
    });
    await expect(world.start(order)).rejects.toMatchObject({ code: "channel_unavailable" });
    expect(sent(world)).toEqual([]);
  });

  it("takes free text for 24 hours after the contact wrote, and not a minute longer", async () => {
    const wrote = { at: 0 };
    const world = await open({ settings, more: { lastInboundAt: async () => wrote.at } });
    world.sandbox.world.text(`whatsapp:${CONTACT}`, `whatsapp:${brokerage.whatsappNumber}`, "Hi");
    wrote.at = world.clock.now();
    const order = cold(world, { type: "conversational" });
    const { reference } = await world.start(order);
    await world.sandbox.world.settle();
    expect(sent(world)[0]).toMatchObject({ body: "Hello, this is Ann. About ten.", status: "read" });
    await world.clock.advance(24 * 3_600_000);
    const message = { id: "msg_1", text: "Still there?", automatic: false, since: world.clock.now() };
    await expect(world.provider.send?.(order, reference ?? "", message)).rejects.toMatchObject({
      ...{ code: "provider_refused", sentence: expect.stringContaining("24 hours") },
    });
    expect(sent(world)).toHaveLength(1);
  });
});
