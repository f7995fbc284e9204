import { describe, expect, test } from "vitest";
import { parseVerification } from "../../../server/channels/twilio/caller-ids.ts";
import { createCallTurns } from "../../../server/channels/twilio/calls-per-second.ts";
import { createCallerIdCheck } from "../../../server/channels/twilio/check-caller-id.ts";
import { confirmsStopItself } from "../../../server/channels/twilio/confirms-stop-itself.ts";
import { parseInbound } from "../../../server/channels/twilio/inbound-messages.ts";
import type { TwilioAccount } from "../../../server/channels/twilio/twilio-account.ts";
import type { TwilioClient } from "../../../server/channels/twilio/twilio-client.ts";
import { createFakeClock, FAKE_START } from "../../helpers/fake-clock.ts";

describe("calls per second", () => {
  test("are given out evenly, per account, and what was not used is not saved up", async () => {
    const clock = createFakeClock();
    const turns = createCallTurns(() => clock.monotonic());
    const take = (sid = "A", callsPerSecond = 1) => turns.take({ sid, callsPerSecond });
    expect([take(), take(), take("B"), take("B")]).toEqual([0, 1_000, 0, 1_000]);
    await clock.advance(400);
    expect(take()).toBe(600);
    await clock.advance(600);
    expect([take(), take()]).toEqual([0, 1_000]);
    await clock.advance(3_600_000);
    expect([take(), take()]).toEqual([0, 1_000]);
    expect([take("C", 3), take("C", 3), take("C", 3), take("C", 3)]).toEqual([0, 0, 0, 334]);
    expect([take("D", 0.5), take("D", 0.5)]).toEqual([0, 2_000]);
    await clock.advance(2_000);
    expect(take("D", 0.5)).toBe(0);
  });
});

describe("whether a number may be shown", () => {
  test("is asked once in a while, a refusal sooner, and again when something was verified", async () => {
    const clock = createFakeClock();
    const asked: string[] = [];
    let verified: string[] = [];
    const client = {
      callerIds: async (number: string) => {
        asked.push(number);
        return verified.map((phoneNumber) => ({ sid: "PN1", phoneNumber, friendlyName: null }));
      },
      ownNumber: async () => [],
    } as unknown as TwilioClient;
    const check = createCallerIdCheck(() => clock.now());
    const ours = { sid: "AC1", number: "+14165550100" } as TwilioAccount;
    const ask = (number = "+14165550111") => check.mayShow(ours, client, number);
    expect(await ask("+14165550100")).toBe(true);
    expect(asked).toEqual([]);
    expect([await ask(), await ask()]).toEqual([false, false]);
    expect(asked).toHaveLength(1);
    verified = ["+14165550111"];
    check.forget(ours);
    expect([await ask(), await ask()]).toEqual([true, true]);
    expect(asked).toHaveLength(2);
    verified = [];
    await clock.advance(9 * 60_000);
    expect(await ask()).toBe(true);
    await clock.advance(61_000);
    expect(await ask()).toBe(false);
    await clock.advance(61_000);
    verified = ["+14165550111"];
    expect(await ask()).toBe(true);
  });

  test("is told by Twilio when the agent has keyed in the code, or not", () => {
    expect(parseVerification({ To: "+14165550111", VerificationStatus: "success" })).toEqual({
      number: "+14165550111",
      verified: true,
    });
    expect(parseVerification({ Called: "+14165550111", VerificationStatus: "failed" })).toEqual({
      number: "+14165550111",
      verified: false,
    });
    expect(parseVerification({ CallSid: "CA1" })).toBeUndefined();
  });
});

describe("what a contact wrote", () => {
  const SM = `SM${"5".repeat(32)}`;
  const params = {
    MessageSid: SM,
    From: "+14165550132",
    To: "+14165550100",
    Body: " Yes, please. ",
    NumMedia: "0",
  };

  test.each<[string, object, object | undefined]>([
    [
      "a text",
      {},
      {
        channel: "sms",
        contact: "+14165550132",
        sender: "+14165550100",
        text: "Yes, please.",
        media: [],
        optOutType: null,
      },
    ],
    [
      "on WhatsApp",
      { From: "whatsapp:+447700900123", To: "whatsapp:+14165550177", ProfileName: "Jo" },
      { channel: "wmsg", contact: "+447700900123", sender: "+14165550177", profileName: "Jo" },
    ],
    [
      "with pictures",
      {
        NumMedia: "2",
        MediaUrl0: "https://api.twilio.com/1",
        MediaContentType0: "image/png",
        MediaUrl1: "https://api.twilio.com/2",
      },
      {
        text: "Yes, please.\n[2 attachments]",
        media: [
          { url: "https://api.twilio.com/1", type: "image/png" },
          { url: "https://api.twilio.com/2", type: "unknown" },
        ],
      },
    ],
    [
      "a picture alone",
      { Body: "", NumMedia: "1", MediaUrl0: "https://api.twilio.com/1" },
      { text: "[1 attachment]" },
    ],
    [
      "a picture from elsewhere",
      { NumMedia: "1", MediaUrl0: "javascript:alert(1)" },
      { text: "Yes, please.", media: [] },
    ],
    ["a button", { Body: "", ButtonText: "Stop" }, { text: "Stop" }],
    [
      "a place",
      { Body: "", Latitude: "43.6", Longitude: "-79.4", Label: "Office", Address: "1 King St" },
      { text: "[Place: Office, 1 King St, 43.6, -79.4]" },
    ],
    ["a keyword Twilio answered", { Body: "Stop", OptOutType: "stop" }, { text: "Stop", optOutType: "STOP" }],
    ["nothing at all", { Body: "" }, undefined],
    ["without an id", { MessageSid: "x" }, undefined],
    ["from no number", { From: "client:jo" }, undefined],
    ["to a channel of another kind", { To: "messenger:123" }, undefined],
  ])("%s", (_name, more, expected) => {
    const read = parseInbound({ ...params, ...more }, FAKE_START);
    if (expected === undefined) return expect(read).toBeUndefined();
    expect(read).toMatchObject({ key: SM, at: FAKE_START, ...expected });
  });

  test.each<["sms" | "wmsg", string | null, string, boolean]>([
    ["sms", null, "STOP", true],
    ["sms", null, " stop ", true],
    ["sms", null, "Unsubscribe", true],
    ["sms", null, "Revoke", true],
    ["sms", null, "optout", true],
    ["sms", null, "START", true],
    ["sms", null, "Stop. Thank you", false],
    ["sms", null, "please stop texting me", false],
    ["sms", null, "HELP", false],
    ["sms", "HELP", "help", true],
    ["sms", "STOP", "no more, thanks", true],
    ["wmsg", null, "STOP", false],
    ["wmsg", "STOP", "STOP", true],
  ])("over %s, with opt-out type %s, %j was answered by Twilio: %s", (channel, type, text, answered) => {
    expect(confirmsStopItself(channel, type, text)).toBe(answered);
  });

  test.each([
    ["STOP", true],
    ["unstop", true],
    ["quit", false],
    ["UNSUBSCRIBE", false],
  ])("a toll-free number's network answers %j: %s", (text, answered) => {
    expect(confirmsStopItself("sms", null, text, "+18885550100")).toBe(answered);
    expect(confirmsStopItself("sms", null, text, "+14165550180")).toBe(true);
  });
});
