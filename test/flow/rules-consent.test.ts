// What a person did not agree to, where the CRM says so: only Rollout's do.
import { expect, onTestFinished, test } from "vitest";
import { ask, BY_PERSON, decisionsOn, ledgerOf, refusalOf } from "../helpers/contact-rules.ts";
import type { StartAnswer } from "../helpers/embed-client.ts";
import { handledDelivery, lookedOnce, startRollout, testRollout } from "../helpers/start-rollout.ts";
import { untilOver } from "../helpers/talk-to-gateway.ts";

test("who did not agree, as Rollout tells it, is refused that way and reached the other; silence refuses nobody", async () => {
  const rollout = await startRollout();
  onTestFinished(() => rollout.close());
  const { noConsent, nivia } = rollout.demo.people;
  const accepted = ({ status, body }: StartAnswer): string => {
    expect(status, JSON.stringify(body)).toBe(202);
    return body.engagement_id ?? "";
  };
  const start = (person_id: string, channel: string) =>
    ask(rollout, { person_id, channel }, { path: BY_PERSON });
  for (const [channel, said] of [
    ["phone", "called"],
    ["wvoice", "called"],
    ["sms", "texted"],
    ["wmsg", "texted"],
    ["chat", "texted"],
  ] as const) {
    const refused = await start(noConsent, channel);
    expect(refused).toMatchObject({ status: 422, body: { error: { code: "no_consent" } } });
    expect(refused.body.error?.message).toBe(`The CRM says that this person did not agree to be ${said}.`);
    const { engagement_id = "", next_allowed_at } = refusalOf(refused);
    expect(next_allowed_at).toBeUndefined();
    expect(await decisionsOn(rollout, engagement_id)).toEqual(["queue refused no_consent"]);
  }
  expect(await untilOver(rollout, accepted(await start(noConsent, "email")))).toMatchObject({
    outcome: "delivered",
  });
  expect(await untilOver(rollout, accepted(await start(nivia, "sms")))).toMatchObject({
    outcome: "connected",
  });

  // By tag it is the same.
  expect(await testRollout(rollout, true)).toMatchObject({ webhook: { registered: true } });
  await lookedOnce(rollout);
  rollout.sandbox.rollout.addTag(rollout.demo.credentialId, noConsent, "Aventora Call");
  expect((await handledDelivery(rollout, "peopleTagsCreated")).result).toBe("1 refused (no_consent).");
  const [last] = await ledgerOf(rollout, { rule: "no_consent" });
  expect(last).toMatchObject({ stage: "queue", decision: "refused", person_id: noConsent, user_id: null });
});
