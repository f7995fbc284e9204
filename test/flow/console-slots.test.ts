// The grid of places as the console shows it: who holds what, and when each event last came from which account.
import { afterEach, beforeEach, expect, it } from "vitest";
import { webhookSlotsSchema } from "../../shared/console/webhook-slots.schema.ts";
import { deliveryBody, postWebhook } from "../helpers/post-webhook.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin } from "../helpers/talk-to-gateway.ts";

let at: TestWorld;
beforeEach(async () => {
  at = await startTestWorld();
  await at.gateway.apply({ platform: { SERVER_URL: "https://gateway.example" } });
});
afterEach(() => at.close());

const slots = async (tenant: string) => {
  const { body } = await admin<unknown>(at, "GET", "/webhook-slots");
  return webhookSlotsSchema.parse(body).slots.filter(({ domain_name }) => domain_name === tenant);
};

it("tells of each event what it means and when it last came, account by account", async () => {
  for (const tenant of ["fub-test", "fub-solo"])
    await admin(at, "POST", "/webhook-slots/reconcile", { tenant });
  expect(
    (await slots("fub-test")).map(({ event, meaning, last_received_at }) => [
      event,
      meaning,
      last_received_at,
    ]),
  ).toEqual([
    ["peopleDeleted", "People were deleted", null],
    ["peopleTagsCreated", "Tags were added to people", null],
    ["peopleUpdated", "People were changed", null],
  ]);
  await postWebhook(at.url, "fub-test", deliveryBody("peopleUpdated", [1]));
  const heard = (await slots("fub-test")).filter(({ last_received_at }) => last_received_at !== null);
  expect(heard.map(({ event }) => event)).toEqual(["peopleUpdated"]);
  const [one, other] = [...new Set((await slots("fub-solo")).map(({ account }) => account))];
  await postWebhook(at.url, "fub-solo", deliveryBody("peopleUpdated", [1]), { query: `?fub_account=${one}` });
  const accounts = (await slots("fub-solo")).filter(({ last_received_at }) => last_received_at !== null);
  expect(other).toBeDefined();
  expect(accounts.map(({ account, event }) => [account, event])).toEqual([[one, "peopleUpdated"]]);
});
