// Opt-outs the gateway learns of by other ways than a text to it: the carrier refuses somebody, however that is told; a tag
// somebody put onto a person in Follow Up Boss; and whoever writes STOP while a machine is about to answer.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { LLM_MODEL } from "../../server/sandbox/llm/create-llm-world.ts";
import { startTwilioWorld, type TwilioTestWorld } from "../helpers/connect-twilio.ts";
import { startOn, waitFor } from "../helpers/embed-client.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import { admin, untilOutreach, untilOver, untilQuiet } from "../helpers/talk-to-gateway.ts";
import {
  addContact,
  type Contact,
  conversation,
  openAs,
  quietScript,
  received,
  suppressions,
  tagsOf,
  textTo,
  untilDelivered,
  untilTagged,
  write,
} from "../helpers/text-contacts.ts";

const BLOCKING = "No calls please";
const clock = createShiftingClock();
let world: TwilioTestWorld;
beforeAll(async () => {
  world = await startTwilioWorld({ clock, tenant: { blocking_tags: [BLOCKING] } });
  world.sandbox.fub.options.limits.notes = null;
  world.sandbox.fub.options.webhooks.retryMs = [50, 100];
  await admin(world, "POST", "/webhook-slots/reconcile", { tenant: "fub-test" });
});
afterAll(async () => {
  expect(world.sandbox.twilio.violations).toEqual([]);
  await world.close();
});

const twilio = () => world.sandbox.twilio;
/** Twilio has heard their STOP, perhaps long before there was a gateway. */
const blockAtTwilio = ({ number }: Contact): void => {
  const { accountSid, messagingServiceSid } = world.account;
  twilio().optOuts.push({ accountSid, scope: messagingServiceSid, contact: number });
};
const untilSuppressed = (contact: Contact) =>
  waitFor("the opt-out", async () => (await suppressions(world, contact.number))[0]);
const expectBlocked = async (contact: Contact): Promise<void> => {
  expect(await untilSuppressed(contact)).toMatchObject({
    ...{ source: "carrier", scope: "all", kind: "opt_out" },
    said: "This person wrote STOP to this sender, so Twilio does not deliver to them.",
  });
  await untilTagged(world, contact);
  await expect(textTo(world, contact)).rejects.toThrow("opted_out");
};

describe("what the carrier says of an opt-out is one", () => {
  test("when it refuses the outreach", async () => {
    const robin = addContact(world, 10);
    blockAtTwilio(robin);
    const ended = await untilOver(world, await textTo(world, robin));
    expect(ended).toMatchObject({ status: "failed", outcome: "opted_out" });
    await expectBlocked(robin);
    expect(received(world, robin)).toEqual([]);
  });

  test.each([
    ["by a callback", 11, false],
    ["to whoever asks, since its calls are lost", 12, true],
  ])("when it tells so %s", async (_how, nth, silent) => {
    const robin = addContact(world, nth, { sms: { failed: 21610 } });
    if (silent) twilio().callbackFaults.add({ kind: "lost", times: 20 });
    const id = await textTo(world, robin);
    await untilOutreach(world, id, "handed over", ({ status }) => status !== "accepted");
    await twilio().settle();
    twilio().callbackFaults.clear();
    if (silent) clock.shift(61_000);
    expect(await untilOver(world, id)).toMatchObject({ status: "failed", outcome: "opted_out" });
    await expectBlocked(robin);
    expect(await conversation(world, id)).toMatchObject({ answers: "nobody", needs_agent: null });
  });

  test.each([
    ["refuses", 13],
    ["fails to deliver", 14],
  ])("when it %s a reply; the outreach is over then", async (what, nth) => {
    const robin = addContact(world, nth);
    const id = await textTo(world, robin);
    await untilDelivered(world, id);
    if (what === "refuses") blockAtTwilio(robin);
    else twilio().setPersona(robin.number, { ...quietScript(), sms: { failed: 21610 } });
    await admin(world, "POST", `/engagements/${id}/messages`, { text: "And?", click_id: "click-0001" });
    expect(await untilOver(world, id)).toMatchObject({ status: "completed", outcome: "not_interested" });
    await expectBlocked(robin);
    const { pending, needs_agent } = await conversation(world, id);
    expect([pending.length, needs_agent]).toEqual([1, null]);
  });

  test("and START is the last word, whatever the carrier repeats of it afterwards", async () => {
    const robin = addContact(world, 15, { sms: { failed: 21610 } });
    const id = await textTo(world, robin);
    await untilOver(world, id);
    await expectBlocked(robin);
    await twilio().settle();
    write(world, robin, "START");
    await untilTagged(world, robin, false);
    const last = twilio().callbacks.findLast(({ params }) => params.ErrorCode === "21610");
    if (!last) throw new Error("Twilio did not tell of it");
    const { url, body, headers } = last;
    expect((await fetch(url, { method: "POST", body, headers })).status).toBe(204);
    expect(await suppressions(world, robin.number)).toEqual([]);
    twilio().setPersona(robin.number, quietScript());
    await untilDelivered(world, await textTo(world, robin));
  });
});

describe("a tag set by hand in Follow Up Boss", () => {
  const startFor = async (contact: Contact): Promise<string> => {
    const { session } = await openAs(world, contact);
    const { status, body } = await startOn(world.url, session, { channel: "sms" });
    return `${status} ${body.error?.code ?? body.status}`;
  };
  const tag = ({ id }: Contact): void => world.sandbox.fub.addTag("fub-test", [id], BLOCKING);

  test("blocks the person once its webhook has told of it, and no more when a sweep finds it gone", async () => {
    const robin = addContact(world, 20);
    tag(robin);
    const kept = await waitFor("the opt-out", async () => (await suppressions(world, String(robin.id)))[0]);
    expect(kept).toMatchObject({ source: "crm_tag", contact: null, said: expect.stringContaining(BLOCKING) });
    expect(await startFor(robin)).toBe("422 opted_out");
    world.sandbox.fub.removeTag("fub-test", [robin.id], BLOCKING);
    await admin(world, "POST", "/catch-up", {});
    await waitFor("the end of it", async () =>
      (await suppressions(world, String(robin.id))).length === 0 ? true : undefined,
    );
    expect(await startFor(robin)).toBe("202 accepted");
  });

  test("is found by looking where no webhook told of it, and right before a text goes out in any case", async () => {
    const [robin, other, another] = [addContact(world, 21), addContact(world, 22), addContact(world, 23)];
    const scheduled = await textTo(world, other, {
      ...{ type: "informational", scheduled_time: new Date(clock.now() + 600_000).toISOString() },
    });
    world.sandbox.fub.dispatcher.hold();
    tag(robin);
    // The tag opt-outs are mirrored as, set by hand.
    const usual = addContact(world, 24);
    world.sandbox.fub.addTag("fub-test", [usual.id], "Do Not Contact");
    await admin(world, "POST", "/catch-up", {});
    for (const { id } of [robin, usual])
      await waitFor("the opt-out", async () => (await suppressions(world, String(id)))[0]);
    expect(await startFor(robin)).toBe("422 opted_out");
    tag(other);
    clock.shift(600_000);
    expect(await untilOver(world, scheduled)).toMatchObject({ status: "failed", outcome: "opted_out" });
    tag(another);
    const byNumber = await textTo(world, another);
    expect(await untilOver(world, byNumber)).toMatchObject({ status: "failed", outcome: "opted_out" });
    expect([...received(world, other), ...received(world, another)]).toEqual([]);
    world.sandbox.fub.dispatcher.release();
  });
});

test("STOP on WhatsApp, where Twilio watches nobody, is confirmed by the gateway and holds for texts as well", async () => {
  const robin = addContact(world, 30);
  const id = await textTo(world, robin, { channel: "wmsg" });
  await untilDelivered(world, id);
  twilio().text(`whatsapp:${robin.number}`, `whatsapp:${world.account.whatsappNumber}`, "STOP");
  await untilTagged(world, robin);
  await waitFor("the confirmation", () => received(world, robin)[1]);
  await twilio().settle();
  expect(received(world, robin).map(({ channel }) => channel)).toEqual(["whatsapp", "whatsapp"]);
  await expect(textTo(world, robin)).rejects.toThrow("opted_out");
});

describe("where a machine answers", () => {
  beforeAll(async () => {
    const model = { llm_url: `${world.sandboxUrl}/llm/v1`, llm_model: LLM_MODEL };
    await world.gateway.apply({
      tenants: [{ domain_name: "fub-test", automated_channels: ["sms"], ...model }],
    });
  });

  test.each([
    ["before the machine was asked", 40, undefined],
    ["while the machine was thinking", 41, 1_500],
  ])("STOP %s is the last that is answered", async (_when, nth, slow) => {
    const robin = addContact(world, nth);
    const id = await textTo(world, robin);
    await untilDelivered(world, id);
    const asked = world.sandbox.llm.requests.length;
    if (slow !== undefined) world.sandbox.llm.behaviour = { slow };
    write(world, robin, "Is the house open?");
    await untilOutreach(world, id, "heard", ({ transcript }) => transcript.length > 1);
    if (slow !== undefined) {
      clock.shift(1_500);
      await waitFor("the machine to be asked", () => world.sandbox.llm.requests[asked]);
    }
    write(world, robin, "No, forget it. Unsubscribe me");
    await untilTagged(world, robin);
    clock.shift(1_500);
    await waitFor("the confirmation", () => received(world, robin)[1]);
    await waitFor("the machine to be done", () =>
      world.sandbox.llm.requests.every(({ status }) => status !== null) ? true : undefined,
    );
    await untilQuiet(world);
    await twilio().settle();
    expect(received(world, robin).map(({ text }) => text.slice(0, 30))).toEqual([
      expect.stringContaining("Hello Robin"),
      "You will not be contacted by M",
    ]);
    expect(tagsOf(world, robin)).toContain("Do Not Contact");
    world.sandbox.llm.behaviour = {};
  });
});
