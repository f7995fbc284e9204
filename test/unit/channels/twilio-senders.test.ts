import { describe, expect, test } from "vitest";
import {
  chooseSender,
  fillTemplate,
  templateText,
  windowIsOpen,
} from "../../../server/channels/twilio/choose-sender.ts";
import { findObjection } from "../../../server/channels/twilio/find-objection.ts";
import {
  readAgentSenders,
  readOwnSenders,
  readTwilioAccount,
} from "../../../server/channels/twilio/twilio-account.ts";
import { tenantSchema, userSchema } from "../../../shared/settings.schema.ts";
import { createFakeClock, FAKE_START } from "../../helpers/fake-clock.ts";
import { ORDER } from "./twilio-call-world.ts";

const SID = `AC${"1".repeat(32)}`;
const SERVICE = `MG${"2".repeat(32)}`;
const HX = `HX${"3".repeat(32)}`;
const settings = (more: object = {}) =>
  tenantSchema.parse({ domain_name: "acme", twilio_account_sid: SID, ...more });
const secrets =
  (more: Record<string, string> = {}) =>
  (name: string) =>
    ({ twilio_auth_token: "token", ...more })[name];
const account = (more: object = {}, kept = secrets()) => {
  const read = readTwilioAccount(settings(more), kept);
  if (!read) throw new Error("no account");
  return read;
};
const agent = (more: object = {}) => readAgentSenders(userSchema.parse({ id: "u1", ...more }));

describe("an account as the settings have it", () => {
  test("is none without its SID or its auth token, even with an API key", () => {
    expect(readTwilioAccount(settings({ twilio_account_sid: "" }), secrets())).toBeUndefined();
    expect(readTwilioAccount(settings(), () => undefined)).toBeUndefined();
    expect(account().apiKey).toBeNull();
    const key = { twilio_api_key_sid: `SK${"4".repeat(32)}` };
    expect(account(key, secrets({ twilio_api_key_secret: "x" })).apiKey).toEqual({
      sid: key.twilio_api_key_sid,
      secret: "x",
    });
    expect(account(key).apiKey).toBeNull();
  });

  test("has numbers in one form, and never records without a notice", () => {
    expect(account({ twilio_number: "(416) 555-0100" })).toMatchObject({
      number: "+14165550100",
      recordingNotice: null,
    });
    expect(account({ record_calls: true, recording_notice: "" }).recordingNotice).toBe(
      "This call may be recorded.",
    );
    expect(account({ record_calls: true, recording_notice: "Aufnahme" }).recordingNotice).toBe("Aufnahme");
  });

  test("knows every sender of the brokerage once", () => {
    const users = [
      { id: "a", twilio_number: "416 555 0111", twilio_whatsapp_number: "+447700900123" },
      { id: "b", twilio_number: "+14165550100", twilio_messaging_service_sid: SERVICE },
    ];
    const other = settings({
      twilio_number: "+14165550199",
      twilio_messaging_service_sid: `MG${"9".repeat(32)}`,
    });
    expect(readOwnSenders(settings({ twilio_number: "+14165550100", users }), [other])).toEqual({
      ...{
        numbers: ["+14165550100", "+14165550111"],
        whatsappNumbers: ["+447700900123"],
        services: [SERVICE],
      },
      others: { numbers: ["+14165550199"], services: [`MG${"9".repeat(32)}`] },
    });
  });
});

describe("who a message goes out from", () => {
  const brokerage = { twilio_number: "+14165550100", twilio_messaging_service_sid: SERVICE };
  test.each<[string, object, object, { from: string | null; service: string | null }]>([
    [
      "the agent's service",
      brokerage,
      { twilio_messaging_service_sid: `MG${"9".repeat(32)}`, twilio_number: "+14165550111" },
      { from: null, service: `MG${"9".repeat(32)}` },
    ],
    [
      "the agent's number",
      brokerage,
      { twilio_number: "+14165550111" },
      { from: "+14165550111", service: null },
    ],
    ["the brokerage's service", brokerage, {}, { from: null, service: SERVICE }],
    [
      "the brokerage's number",
      { twilio_number: "+14165550100" },
      {},
      { from: "+14165550100", service: null },
    ],
  ])("is %s", (_name, ours, theirs, sender) => {
    expect(chooseSender("sms", account(ours), agent(theirs))).toEqual(sender);
  });

  test("on WhatsApp is a WhatsApp sender, never a number for texts", () => {
    const ours = account({ ...brokerage, twilio_whatsapp_number: "+14165550177" });
    expect(chooseSender("wmsg", ours, agent())).toEqual({ from: "+14165550177", service: null });
    const own = agent({ twilio_whatsapp_number: "+447700900123" });
    expect(chooseSender("wmsg", ours, own).from).toBe("+447700900123");
    expect(() => chooseSender("wmsg", account(brokerage), agent())).toThrow(
      /WhatsApp sender at Twilio, and none is set/,
    );
    expect(() => chooseSender("sms", account(), agent())).toThrow(/a number or a messaging service/);
  });

  test("a template is filled so that WhatsApp takes it", () => {
    const template = {
      ...{ name: "intro", content_sid: HX, call_types: ["informational" as const] },
      variables: {
        "1": "{first_name}",
        "2": "{agent} of {brokerage}",
        "3": "{instruction}",
        "4": "{unknown}",
        "5": " ",
      },
    };
    const order = { ...ORDER, instruction: "The house\n is   sold." };
    const filled = { "1": "Jane", "2": "Sam of Acme", "3": "The house is sold.", "4": "{unknown}", "5": "-" };
    expect(fillTemplate(template, order)).toEqual(filled);
    expect(fillTemplate(template, { ...order, personName: null, agentName: null })).toMatchObject({
      "1": "there",
      "2": "Acme of Acme",
    });
    expect(templateText("intro", { "1": "Jane" })).toBe("WhatsApp template “intro” with 1: Jane");
    expect(windowIsOpen(FAKE_START - 86_399_999, FAKE_START)).toBe(true);
    expect(windowIsOpen(FAKE_START - 86_400_000, FAKE_START)).toBe(false);
    expect(windowIsOpen(null, FAKE_START)).toBe(false);
  });
});

describe("what Twilio cannot carry is said before anything is queued", () => {
  const asked = (
    channel: "phone" | "sms" | "wmsg" | "wvoice",
    ours: object,
    more: { fromNumber?: null | string; user?: object; wrote?: number | null; url?: string } = {},
  ) =>
    findObjection(
      {
        ...{
          db: {} as never,
          clock: createFakeClock(),
          linkKey: "k",
          baseUrl: () => "https://api.twilio.com",
        },
        account: () => readTwilioAccount(settings(ours), secrets()),
        sender: () => agent(more.user),
        ownSenders: () => readOwnSenders(settings(ours), []),
        publicUrl: () => more.url,
        lastInboundAt: async () => more.wrote ?? null,
        openingText: () => "",
        splitText: () => [],
      },
      {
        ...ORDER,
        channel,
        type: "informational",
        ...(more.fromNumber !== undefined && { fromNumber: more.fromNumber }),
      },
      {} as never,
    );
  const NUMBER = { twilio_number: "+14165550100" };
  const template = { name: "t", content_sid: HX, call_types: ["informational"] };

  test.each<[string, Parameters<typeof asked>, RegExp | null]>([
    ["nothing set up", ["phone", { twilio_account_sid: "" }], /account SID or auth token/],
    ["a call without a number at Twilio", ["phone", {}], /number at Twilio, and none is set/],
    [
      "a call without the agent's phone",
      ["phone", NUMBER, { fromNumber: null }],
      /ring the agent's phone first/,
    ],
    [
      "a call to the number at Twilio itself",
      ["phone", NUMBER, { fromNumber: "+14165550100" }],
      /cannot ring anybody/,
    ],
    ["a call", ["phone", NUMBER], null],
    [
      "an announcement without the agent's phone",
      ["phone", { ...NUMBER, voice_mode: "announcement" }, { fromNumber: null }],
      null,
    ],
    [
      "an announcement without any number",
      ["phone", { voice_mode: "announcement" }, { fromNumber: null }],
      /number at Twilio/,
    ],
    ["a text without a sender", ["sms", {}], /a number or a messaging service/],
    ["a text", ["sms", NUMBER], null],
    ["WhatsApp without a sender", ["wmsg", NUMBER], /WhatsApp sender/],
    [
      "WhatsApp, cold, without a template",
      ["wmsg", { twilio_whatsapp_number: "+14165550177" }],
      /only an approved template/,
    ],
    [
      "WhatsApp with a template for another type",
      [
        "wmsg",
        {
          twilio_whatsapp_number: "+14165550177",
          whatsapp_templates: [{ ...template, call_types: ["conversational"] }],
        },
      ],
      /only an approved template/,
    ],
    [
      "WhatsApp, cold, with a template",
      ["wmsg", { twilio_whatsapp_number: "+14165550177", whatsapp_templates: [template] }],
      null,
    ],
    [
      "WhatsApp to who wrote today",
      ["wmsg", { twilio_whatsapp_number: "+14165550177" }, { wrote: FAKE_START - 3_600_000 }],
      null,
    ],
    ["a WhatsApp call without a sender", ["wvoice", NUMBER], /WhatsApp sender/],
    [
      "a WhatsApp call from Canada",
      ["wvoice", { ...NUMBER, twilio_whatsapp_number: "+14165550177" }],
      /number of Canada/,
    ],
    [
      "a WhatsApp call from the US",
      ["wvoice", { ...NUMBER, twilio_whatsapp_number: "+12125550177" }],
      /number of the United States/,
    ],
    [
      "a WhatsApp call from Türkiye",
      ["wvoice", { ...NUMBER, twilio_whatsapp_number: "+905321234567" }],
      /number of Türkiye/,
    ],
    [
      "a WhatsApp call from Egypt",
      ["wvoice", { ...NUMBER, twilio_whatsapp_number: "+201001234567" }],
      /number of Egypt/,
    ],
    [
      "a WhatsApp call from Vietnam",
      ["wvoice", { ...NUMBER, twilio_whatsapp_number: "+84912345678" }],
      /number of Vietnam/,
    ],
    [
      "a WhatsApp call from Nigeria",
      ["wvoice", { ...NUMBER, twilio_whatsapp_number: "+2348021234567" }],
      /number of Nigeria/,
    ],
    [
      "a WhatsApp call from Britain",
      ["wvoice", { ...NUMBER, twilio_whatsapp_number: "+447700900123" }],
      null,
    ],
    [
      "an agent's WhatsApp call from Britain",
      [
        "wvoice",
        { ...NUMBER, twilio_whatsapp_number: "+14165550177" },
        { user: { twilio_whatsapp_number: "+447700900123" } },
      ],
      null,
    ],
  ])("%s", async (_name, question, sentence) => {
    const objection = await asked(...question);
    if (sentence === null) return expect(objection).toBeUndefined();
    expect(objection).toMatchObject({
      code: "channel_unavailable",
      sentence: expect.stringMatching(sentence),
    });
  });
});
