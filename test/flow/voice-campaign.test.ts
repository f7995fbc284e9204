// Campaigns of calls over Twilio, through the whole gateway: an agent's list is called one person after the other, with the
// agent on the line; announcements go out side by side. Each person is called once, has one record, and is counted.
import { afterEach, expect, it } from "vitest";
import { toE164 } from "../../server/base/phone-numbers.ts";
import { growList } from "../../server/sandbox/grow-list.ts";
import { isOver as isCallOver } from "../../server/sandbox/twilio/voice/call-types.ts";
import { expectAddsUp, expectOneCallEach, isOver } from "../helpers/campaign-checks.ts";
import { campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { startTwilioWorld, type TwilioTestWorld } from "../helpers/connect-twilio.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { untilQuiet } from "../helpers/talk-to-gateway.ts";
import { ANN, expectClean, placedCalls, recordRequests } from "../helpers/watch-voice.ts";

let world: TwilioTestWorld;
afterEach(() => world.close());

const account = () => world.sandbox.fub.account("fub-test");
const ann = () => campaignClient(world.url, campaignQuery({ account: account(), userId: 2 }));

/** The most calls that went on at once, seen whenever anything happened at Twilio. */
function watchMost(): { most: number } {
  const seen = { most: 0 };
  void world.sandbox.twilio.until(() => {
    seen.most = Math.max(seen.most, placedCalls(world).filter((call) => !isCallOver(call)).length);
    return false;
  });
  return seen;
}

it("an agent's list is called one after the other, and every outcome is counted", async () => {
  world = await startTwilioWorld({ tenant: { voicemail_text: "Please call Ann back." } });
  const seen = watchMost();
  const client = await ann();
  const { body } = await client.start({ smart_list_id: "23", call_type: "conversational" });
  const over = await client.until(body.batch_id, isOver, 40_000);
  await untilQuiet(world);
  expectAddsUp(over);
  expect(over.outcomes).toEqual({ connected: 3, no_answer: 1, busy: 1, voicemail: 1, invalid_phone: 1 });
  expect(seen.most).toBe(1);
  expect(placedCalls(world).map(({ to }) => to)).toEqual(Array.from({ length: 7 }, () => ANN));
  const written = account().calls.map(({ personId, outcome }) => [personId, outcome]);
  expect(new Map(written as [number, string][])).toEqual(
    new Map([
      [101, "No Answer"],
      [102, "Busy"],
      [103, "Left Message"],
      [104, "Bad Number"],
      [105, "Interested"],
      [106, "Interested"],
      [107, "Interested"],
    ]),
  );
  expect(written).toHaveLength(7);
  await expectClean(world);
});

it("announcements go out side by side; of one that is canceled nobody else is called", async () => {
  world = await startTwilioWorld({ tenant: { voice_mode: "announcement" } });
  const seen = watchMost();
  const { list, people } = growList(account(), { count: 24, listName: "News", assignedTo: [2], telling: 0 });
  const client = await ann();
  const { body } = await client.start({
    smart_list_id: String(list.id),
    instruction: "The open house is on Sunday.",
  });
  const over = await client.until(body.batch_id, isOver, 40_000);
  await untilQuiet(world);
  expectAddsUp(over);
  expect(over.outcomes).toEqual({ delivered: 24 });
  expect(seen.most).toBeGreaterThan(1);
  expectOneCallEach(account(), people);

  // Phones that ring: who is being called is called to the end, and who waits never is.
  const more = growList(account(), { count: 40, listName: "More", assignedTo: [2], telling: 0 });
  const phones = more.people.map(({ phones: [phone] }) => toE164(phone?.value) ?? "");
  for (const phone of phones) world.sandbox.twilio.setPersona(phone, { rings: "live" });
  const placed = placedCalls(world).length;
  const { body: second } = await client.start({
    smart_list_id: String(more.list.id),
    pace: { at_once: 3 },
  });
  await waitFor("three calls", () =>
    placedCalls(world)
      .slice(placed)
      .filter(({ status }) => status === "ringing").length === 3
      ? true
      : undefined,
  );
  await client.control(second.batch_id, "cancel");
  for (const { to } of placedCalls(world).slice(placed)) world.sandbox.twilio.act(to, { act: "decline" });
  const canceled = await client.until(
    second.batch_id,
    // What its last calls came to is counted a moment after they ended.
    (campaign) => isOver(campaign) && campaign.active === 0 && campaign.done >= campaign.queued_calls,
  );
  await untilQuiet(world);
  expectAddsUp(canceled);
  expect(canceled.outcomes).toEqual({ canceled: 37, busy: 3 });
  expect(placedCalls(world)).toHaveLength(placed + 3);
  expect(recordRequests(world, "POST")).toHaveLength(27);
  await expectClean(world);
});
