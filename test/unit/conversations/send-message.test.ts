// Whether a further message goes out: asked right before, whatever state it is found in, with all that is known of the person.
import { expect, test } from "vitest";
import { addSuppression } from "../../../server/contact/suppression.store.ts";
import { replyToContact } from "../../../server/conversations/reply-to-contact.ts";
import { sendMessage } from "../../../server/conversations/send-message.ts";
import { updateEngagement } from "../../../server/engagements/engagement.store.ts";
import type { ReadKnowledge } from "../../../server/engagements/read-knowledge.ts";
import { CALIFORNIAN, openTalk, type TalkWorld } from "./open-talk.ts";

const HOUR = 3_600_000;
const optOut = ({ db, clock }: TalkWorld) =>
  addSuppression(db, {
    ...{ tenant: "acme", contact: CALIFORNIAN, personId: null, crmAccountId: null },
    ...{ kind: "opt_out", scope: "all", source: "keyword", at: clock.now() },
  });
/** 6:30 pm in California, 9:30 pm in New York. */
const untilEvening = ({ clock }: TalkWorld) => clock.advance(6.5 * HOUR);
const stopWhileSending = ({ db, clock }: TalkWorld, id: string) =>
  db
    .updateTable("outgoing_messages")
    .set({ state: "sending", sending_at: clock.now(), attempts: 1 })
    .where("id", "=", id)
    .execute();

test("one that was being sent when the gateway stopped, and was not, goes to nobody who wrote STOP meanwhile", async () => {
  const world = await openTalk();
  const [left, told] = [
    await world.talk(),
    await world.talk({ phones: [], chosen: null, channel: "email", type: "informational" }),
  ];
  const [first, second] = [await world.queue(left), await world.queue(told)];
  for (const id of [left, told]) await world.wrote(id, HOUR);
  for (const id of [first, second]) await stopWhileSending(world, id);
  await optOut(world);
  expect(await sendMessage(world, first)).toBeNull();
  expect(await world.stateOf(first)).toBe("refused");
  expect(await world.ledgerOf(left)).toContain("message refused opted_out");
  expect(world.sent).toEqual([]);
  expect(await sendMessage(world, second)).toBeNull();
  expect(await world.stateOf(second)).toBe("sent");
  expect(world.sent).toEqual(["reply"]);
});

test("one to somebody who wrote yesterday waits for the hours where they live, and says so in the ledger", async () => {
  const world = await openTalk();
  const id = await world.talk();
  await updateEngagement(world.db, id, { person_regions: "US-NY" }, world.clock.now());
  await untilEvening(world);
  await world.wrote(id, 13 * HOUR);
  const message = await world.queue(id);
  expect(await sendMessage(world, message)).toBe(Date.parse("2026-03-03T16:00:00Z"));
  expect(await world.stateOf(message)).toBe("waiting");
  expect(await world.ledgerOf(id)).toEqual(["queue allowed", "message held outside_hours"]);
  await world.wrote(id, HOUR);
  expect(await sendMessage(world, message)).toBeNull();
  expect(world.sent).toEqual(["reply"]);
});

test("one to somebody who wrote yesterday looks at their tags and consent; who just wrote is answered", async () => {
  const world = await openTalk();
  const tagged: ReadKnowledge = async () => ({ tags: ["Do Not Contact"] });
  const declined: ReadKnowledge = async () => ({ tags: [], consent: { text: false } });
  for (const [readKnowledge, rule] of [
    [tagged, "opted_out"],
    [declined, "no_consent"],
  ] as const) {
    const id = await world.talk();
    await world.wrote(id, 13 * HOUR);
    const message = await world.queue(id);
    await sendMessage({ ...world, readKnowledge }, message);
    expect(await world.stateOf(message)).toBe("refused");
    expect(await world.ledgerOf(id)).toContain(`message refused ${rule}`);
  }
  const id = await world.talk();
  await world.wrote(id, HOUR);
  await sendMessage({ ...world, readKnowledge: tagged }, await world.queue(id));
  expect(world.sent).toEqual(["reply"]);
});

test("after STOP nothing goes out but its confirmation: no answer to HELP, no welcome", async () => {
  const world = await openTalk();
  const id = await world.talk();
  const ids = [];
  for (const purpose of ["help", "opt_in_confirmation", "opt_out_confirmation"] as const)
    ids.push(await world.queue(id, purpose));
  await optOut(world);
  for (const message of ids) await sendMessage(world, message);
  expect(await Promise.all(ids.map(world.stateOf))).toEqual(["refused", "refused", "sent"]);
  expect(world.sent).toEqual(["opt_out_confirmation"]);
});

test("a reply that is refused stands in the ledger", async () => {
  const world = await openTalk();
  const id = await world.talk();
  await optOut(world);
  const reply = { engagementId: id, text: "Are you sure?", author: "agent", clickId: "click-1" };
  await expect(replyToContact(world, reply)).rejects.toMatchObject({ code: "opted_out" });
  expect(await world.ledgerOf(id)).toEqual(["queue allowed", "message refused opted_out"]);
});
