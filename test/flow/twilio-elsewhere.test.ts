// After a backup was restored: what another copy of the gateway did over the same account at the pretend Twilio is found there,
// so that nobody is contacted twice; what this one did itself, or what was before the backup, is not taken for it.
import { describe, expect, it } from "vitest";
import type { ChannelOrder } from "../../server/channels/channel.ts";
import { createTwilio } from "../../server/channels/twilio/create-twilio.ts";
import { openTestDatabase } from "../helpers/open-test-database.ts";
import { type OpenProvider, openTwilioProvider } from "../helpers/open-twilio-provider.ts";

const DAY = 86_400_000;

/** A gateway that knows of nothing since the backup, over the same account. */
async function restored(world: OpenProvider) {
  const { findElsewhere } = createTwilio({ ...world.deps, db: await openTestDatabase() });
  return async (order: ChannelOrder, since: number) => findElsewhere?.(order, since);
}

describe.each<[string, Partial<ChannelOrder>, RegExp]>([
  ["a text", { channel: "sms", type: "informational" }, /sent this contact a message after the backup \(SM/],
  ["a call, agent first", { channel: "phone" }, /placed a call to this contact after the backup \(CA/],
])("%s of another copy", (_what, more, said) => {
  it("is found in Twilio's list, but not by whoever sent it", async () => {
    const world = await openTwilioProvider();
    const backup = world.clock.now();
    const order = world.order(more);
    const ask = await restored(world);
    expect(await ask(order, backup)).toBeNull();
    await world.start(order);
    await world.untilOver(order);
    expect(await ask(order, backup)).toMatch(said);
    expect(await world.provider.findElsewhere?.(order, backup)).toBeNull();
    expect(await ask({ ...order, contact: "+14165550139" }, backup)).toBeNull();
    // Long before the backup, it is in it.
    expect(await ask(order, world.clock.now() + DAY)).toBeNull();
    expect(world.sandbox.world.violations).toEqual([]);
  });
});

it("what the contact wrote is nothing that was sent to them", async () => {
  const world = await openTwilioProvider();
  const order = world.order({ channel: "sms" });
  const ask = await restored(world);
  const { brokerage } = world.sandbox.demo;
  await world.sandbox.world.text(order.contact, brokerage.number, "Hello?");
  expect(await ask({ ...order, contact: brokerage.number }, world.clock.now())).toBeNull();
});
