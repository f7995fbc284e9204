// What is asked of an e-mail that its provider cannot do is refused by name, and nothing else is.
import { expect, test } from "vitest";
import type { ChannelProvider } from "../../../server/channels/channel.ts";
import { checkExtras, readExtras, writeExtras } from "../../../server/engagements/order-extras.ts";

const provider = (honors?: readonly string[]) => ({ honors }) as unknown as ChannelProvider;

test.each([
  [["email_subject"], "email", { email_subject: "Hi", language: "fr" }, null],
  [["email_subject"], "email", { email_template_id: "7" }, "email_template_id"],
  [undefined, "email", { email_subject: "Hi" }, "email_subject"],
  [["email_subject"], "email", { email_template_id: undefined }, null],
  [["email_subject"], "sms", { email_template_id: "7" }, null],
] as const)("%j over %s: %j", (honors, channel, extras, refused) => {
  const check = () => checkExtras(provider(honors), channel, extras);
  if (refused === null) expect(check).not.toThrow();
  else expect(check).toThrow(`${refused}: cannot be used`);
});

test("what was asked for is kept as it came; nothing is nothing", () => {
  const asked = { email_subject: "Hi", email_template_params: { POLICY: null }, language: undefined };
  expect(readExtras(writeExtras(asked))).toEqual({
    email_subject: "Hi",
    email_template_params: { POLICY: null },
  });
  expect([writeExtras(undefined), writeExtras({ language: undefined })]).toEqual([null, null]);
  expect(readExtras(null)).toEqual({});
});
