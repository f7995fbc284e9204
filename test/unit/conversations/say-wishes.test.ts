import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { brokerageName, sayHelp, sayOptedIn, sayOptedOut } from "../../../server/conversations/say-wishes.ts";
import { CHANNELS } from "../../../shared/values.ts";

const brokerage = (more: object = {}) => ({
  brokerage_name: "Maple Street Realty",
  domain_name: "fub-test",
  opt_out_scope: "all" as const,
  default_broker_phone: "+14165550100",
  ...more,
});

describe("what a contact is told about their own wish", () => {
  test.each([
    [
      "all",
      "sms",
      "You will not be contacted by Maple Street Realty any more. Reply START if you change your mind.",
    ],
    [
      "all",
      "email",
      "You will not be contacted by Maple Street Realty any more. Reply START if you change your mind.",
    ],
    [
      "channel",
      "wmsg",
      "You will not get any more messages by WhatsApp message from Maple Street Realty. Reply START if you change your mind.",
    ],
    // Its page is closed by the wish.
    ["all", "chat", "You will not be contacted by Maple Street Realty any more."],
    ["channel", "chat", "You will not get any more messages by Chat from Maple Street Realty."],
  ] as const)("STOP that means %s, by %s", (opt_out_scope, channel, sentence) => {
    expect(sayOptedOut(brokerage({ opt_out_scope }), channel)).toBe(sentence);
  });

  test("START and HELP say who speaks, and how to stop it", () => {
    expect(sayOptedIn(brokerage())).toBe(
      "Welcome back: Maple Street Realty may contact you again. Reply STOP at any time to stop it.",
    );
    expect(sayHelp(brokerage())).toBe(
      "This is Maple Street Realty. Call us at (416) 555-0100. Reply STOP to stop messages.",
    );
    for (const default_broker_phone of ["", "none"])
      expect(sayHelp(brokerage({ default_broker_phone }))).toBe(
        "This is Maple Street Realty. Reply STOP to stop messages.",
      );
  });

  test("a brokerage without a name is called by its short one", () => {
    expect(brokerageName(brokerage({ brokerage_name: "" }))).toBe("fub-test");
    expect(sayOptedIn(brokerage({ brokerage_name: "" }))).toContain("fub-test may contact you");
  });

  test("each fits into one text message, however the brokerage is called", () => {
    const name = fc.string({
      minLength: 1,
      maxLength: 40,
      unit: fc.constantFrom(..."Maple & Sons, Realty 12"),
    });
    const scope = fc.constantFrom("all" as const, "channel" as const);
    fc.assert(
      fc.property(name, scope, fc.constantFrom(...CHANNELS), (brokerage_name, opt_out_scope, channel) => {
        const tenant = brokerage({ brokerage_name, opt_out_scope });
        for (const text of [sayOptedOut(tenant, channel), sayOptedIn(tenant), sayHelp(tenant)]) {
          expect(text.length).toBeLessThanOrEqual(160);
          expect(text).toMatch(/^[\x20-\x7e]+$/);
          expect(text).toContain(brokerage_name);
        }
      }),
    );
  });
});
