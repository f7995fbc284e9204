import { expect, test } from "vitest";
import { describeLimit } from "../../../server/admin/channels/test-channel.ts";
import { tenantSchema } from "../../../shared/settings.schema.ts";

test.each<[string, object, RegExp | null]>([
  ["a vendor's model without prices", {}, /cannot hold: the model's two prices are not set/],
  ["one with a price", { llm_price_out: 8 }, null],
  ["no limit of cost", { llm_max_cost: 0 }, null],
  ["a model of their own", { llm_url: "http://127.0.0.1:11434/v1" }, null],
])("the doctor warns of a limit of cost that cannot hold: %s", (_what, changes, warning) => {
  const tenant = tenantSchema.parse({ domain_name: "acme", llm_url: "https://llm.example/v1", ...changes });
  const [found, ...more] = describeLimit(tenant);
  expect(more).toEqual([]);
  if (warning === null) expect(found).toBeUndefined();
  else expect(found).toMatchObject({ state: "warn", sentence: expect.stringMatching(warning) });
});
