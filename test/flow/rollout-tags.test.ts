// Start tags in a CRM behind Rollout: its webhooks do not say which tag was added, so only who was not seen with the start
// tag before is reached, once, for the brokerage.
import { afterEach, describe, expect, it } from "vitest";
import { waitFor } from "../helpers/embed-client.ts";
import {
  deliveriesOf,
  handledDelivery,
  lookedOnce,
  type RolloutTest,
  startRollout,
  testRollout,
} from "../helpers/start-rollout.ts";
import { admin, journalOf, untilQuiet } from "../helpers/talk-to-gateway.ts";

const TAG = "Aventora Call";

describe("a tag in a CRM behind Rollout", () => {
  let at: RolloutTest;
  afterEach(() => at.close());

  const open = async (differs: Parameters<typeof startRollout>[0] = {}): Promise<void> => {
    at = await startRollout(differs);
    expect(await testRollout(at, true)).toMatchObject({ success: true, webhook: { registered: true } });
    await lookedOnce(at);
  };
  const add = (personId: string, tag = TAG) => at.sandbox.rollout.addTag(at.demo.credentialId, personId, tag);
  const firstCall = () => waitFor("the call record", () => at.account.calls[0]);

  it("registers its webhooks once, at the brokerage's own address, and again where one was disabled", async () => {
    await open();
    const hooks = () => at.account.webhooks.map(({ event, url, status }) => [event, url, status]).sort();
    const wanted = ["peopleDeleted", "peopleTagsCreated", "peopleUpdated"].map((event) => [
      event,
      `${at.url}/integration/rollout/webhook/fub-test`,
      "Active",
    ]);
    expect(hooks()).toEqual(wanted);
    const [first] = at.account.webhooks;
    if (first) first.status = "Disabled";
    expect(await testRollout(at, true)).toMatchObject({ webhook: { registered: true } });
    expect(hooks()).toEqual(wanted);
  });

  it("reaches the person once and writes one call, attributed to nobody in particular", async () => {
    await open();
    add(at.demo.people.nivia);
    const handled = await handledDelivery(at, "peopleTagsCreated");
    expect(handled).toMatchObject({ source: "rollout", result: "1 started." });
    await firstCall();
    await untilQuiet(at);
    expect(at.account.calls).toMatchObject([
      {
        personId: at.demo.people.nivia,
        phone: "+16475550131",
        isIncoming: false,
        outcome: "Interested",
        fromNumber: "+14165550100",
        userId: null,
      },
    ]);
  });

  it("starts nothing for another tag on somebody who carried the start tag before", async () => {
    await open();
    add(at.demo.people.nivia);
    const first = await handledDelivery(at, "peopleTagsCreated");
    await firstCall();
    await untilQuiet(at);
    add(at.demo.people.nivia, "Hot lead");
    const second = await handledDelivery(at, "peopleTagsCreated", first.id);
    expect(second.result).toBe("1 had been started before.");
    await admin(at, "POST", "/catch-up", { tenant: "fub-test" });
    await waitFor("the next look", async () => {
      add(at.demo.people.nivia, `Other ${Math.random()}`);
      const seen = (await deliveriesOf(at)).map(({ result }) => result);
      return seen.includes("1 had carried the tag before.") ? true : undefined;
    });
    expect(at.account.calls).toHaveLength(1);
  });

  it("starts for a tag that is named, whoever carried it before", async () => {
    await open({ webhookTags: true });
    at.account.people.find(({ id }) => id === at.demo.people.sam)?.tags?.push(TAG);
    add(at.demo.people.nivia, "Hot lead");
    expect(await handledDelivery(at, "peopleTagsCreated")).toMatchObject({
      result: "None of the added tags starts an outreach.",
    });
    const { id } = await handledDelivery(at, "peopleTagsCreated");
    add(at.demo.people.sam, TAG.toUpperCase());
    expect(await handledDelivery(at, "peopleTagsCreated", id)).toMatchObject({ result: "1 started." });
    await firstCall();
  });

  it("says so where the tag is spelled in another way than Rollout can find it by", async () => {
    await open();
    add(at.demo.people.nivia, "aventora call");
    expect(await handledDelivery(at, "peopleTagsCreated")).toMatchObject({
      result: "1 carry the tag in another spelling than the settings.",
    });
    expect(at.account.calls).toHaveLength(0);
  });

  it("takes a delivery that comes twice as one, and one signed the older way", async () => {
    await open({ twice: true, signature: "raw" });
    add(at.demo.people.nivia);
    await handledDelivery(at, "peopleTagsCreated");
    await firstCall();
    await untilQuiet(at);
    expect((await deliveriesOf(at)).filter(({ event }) => event === "peopleTagsCreated")).toHaveLength(1);
    expect(at.account.calls).toHaveLength(1);
  });

  it("finds afterwards who was tagged while no webhook came through", async () => {
    await open();
    at.sandbox.rollout.dispatcher.hold();
    add(at.demo.people.sam);
    await admin(at, "POST", "/catch-up", { tenant: "fub-test" });
    await firstCall();
    expect(await deliveriesOf(at)).toMatchObject([{ recovered: true, result: "1 started." }]);
    at.sandbox.rollout.dispatcher.release();
    expect(
      await waitFor("the late delivery", async () =>
        (await deliveriesOf(at)).find(
          (one) => !one.recovered && one.state === "done" && one.event === "peopleTagsCreated",
        ),
      ),
    ).toMatchObject({ result: "1 had carried the tag before." });
    await untilQuiet(at);
    expect(at.account.calls).toHaveLength(1);
  });

  it("cancels what waits for a person who was deleted, and does not listen to its own writes", async () => {
    await open();
    add(at.demo.people.nivia);
    await handledDelivery(at, "peopleTagsCreated");
    await firstCall();
    await untilQuiet(at);
    at.sandbox.rollout.deletePeople(at.demo.credentialId, [at.demo.people.nivia]);
    expect(await handledDelivery(at, "peopleDeleted")).toMatchObject({
      result: "Nothing was waiting for these people.",
    });
    const started = await journalOf(at, "limit=200");
    expect(started.filter(({ event }) => event === "engagement.accepted")).toHaveLength(1);
  });
});
