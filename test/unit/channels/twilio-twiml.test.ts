import fc from "fast-check";
import twilio from "twilio";
import { describe, expect, test } from "vitest";
import {
  readTwilioRoute,
  TWILIO_PATH,
  type TwilioRoute,
  twilioPath,
  twilioUrl,
  VOICE_STEPS,
  type VoiceStep,
} from "../../../server/channels/twilio/twilio-routes.ts";
import { element, response, say } from "../../../server/channels/twilio/twiml.ts";
import {
  announce,
  askAgent,
  dialContact,
  holdAgent,
  leaveVoicemail,
  MOST_INLINE_TWIML,
  type StepUrl,
  sayNotice,
  voiceTurn,
} from "../../../server/channels/twilio/voice-twiml.ts";
import { ORDER, PLAN } from "./twilio-call-world.ts";

const url: StepUrl = (step: VoiceStep) => `https://gw.example.com/${step}?k=1&x="2"`;
const at = (step: VoiceStep): string => `https://gw.example.com/${step}?k=1&amp;x=&quot;2&quot;`;
const none: StepUrl = () => undefined;
const inside = (twiml: string): string =>
  twiml.replace('<?xml version="1.0" encoding="UTF-8"?><Response>', "").replace("</Response>", "");

describe("TwiML", () => {
  test("what comes from outside is text, whatever it holds; the SDK writes the same", () => {
    const sdk = (text: string): string => {
      const voice = new twilio.twiml.VoiceResponse();
      voice.say(text);
      return voice.toString();
    };
    const unquoted = (xml: string): string => xml.replaceAll("&quot;", '"').replaceAll("&apos;", "'");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), (text) => {
        const clean = text.replace(/\s+/g, " ").trim();
        fc.pre(clean !== "");
        expect(unquoted(response(say(clean)))).toBe(unquoted(sdk(clean)).replaceAll("&#xD;", "\r"));
      }),
    );
    expect(say('</Say><Hangup/> & "x"')).toBe("<Say>&lt;/Say&gt;&lt;Hangup/&gt; &amp; &quot;x&quot;</Say>");
    expect(say("Bell\u0007 and half \ud83d a smile")).toBe("<Say>Bell and half \ufffd a smile</Say>");
    expect(element("Dial", { callerId: 'a"b<', timeout: 5, action: undefined })).toBe(
      '<Dial callerId="a&quot;b&lt;" timeout="5"/>',
    );
  });

  test("more than can be said is cut at a word", () => {
    const long = say("word ".repeat(1_000));
    expect(long.length).toBeLessThan(3_020);
    expect(long.endsWith("word</Say>")).toBe(true);
  });
});

describe("what a call is told", () => {
  test("the agent hears who is called and presses 1; else nobody is called", () => {
    const twiml = inside(askAgent(ORDER, PLAN, url));
    expect(twiml).toBe(
      `<Gather numDigits="1" timeout="8" action="${at("pressed")}" method="POST"><Say>Follow Up Boss call to Jane Doe. Press 1 to connect.</Say></Gather><Say>Nobody was called. Goodbye.</Say><Hangup/>`,
    );
    const nameless = { ...ORDER, personName: null };
    expect(askAgent(nameless, PLAN, url)).toContain("call to 4 1 6 5 5 5 0 1 3 2.");
    expect(askAgent(ORDER, { ...PLAN, notice: "Recorded." }, url)).toContain("The call is recorded. Press 1");
    expect(holdAgent(ORDER)).not.toContain("Gather");
  });

  test("the contact is dialled as whom the plan says, with every step reported and the notice before a recording", () => {
    expect(inside(dialContact(PLAN, url))).toBe(
      `<Dial callerId="+14165550111" timeout="25" timeLimit="14400" action="${at("dialled")}"><Number statusCallback="${at("leg")}" statusCallbackEvent="initiated ringing answered completed" machineDetection="Enable" amdStatusCallback="${at("amd")}">+14165550132</Number></Dial>`,
    );
    const plan = { ...PLAN, notice: "This call may be recorded.", voicemail: "Call me." };
    const recorded = dialContact(plan, url);
    expect(recorded).toContain('record="record-from-answer-dual"');
    expect(recorded).toContain(`recordingStatusCallback="${at("recording")}"`);
    expect(recorded).toContain(`<Number url="${at("notice")}"`);
    expect(recorded).toContain('machineDetection="DetectMessageEnd"');
    expect(inside(sayNotice(plan))).toBe("<Say>This call may be recorded.</Say>");
  });

  test("without a public address nothing names one", () => {
    for (const twiml of [
      holdAgent(ORDER),
      dialContact(PLAN, none),
      leaveVoicemail({ ...PLAN, voicemail: "Hi" }, none),
    ]) {
      expect(twiml).not.toMatch(/http|undefined/);
      expect(twiml.length).toBeLessThan(MOST_INLINE_TWIML);
    }
    const spoken = announce({ ...PLAN, announcement: "At ten." }, ORDER, none);
    expect(spoken).toContain("tell us at 4 1 6 5 5 5 0 1 1 1");
    expect(spoken).not.toContain("press 9");
  });

  test("over WhatsApp the sender and the noun are WhatsApp's", () => {
    const plan = { ...PLAN, whatsapp: true, callerId: "+447700900123" };
    expect(inside(dialContact(plan, url))).toBe(
      `<Dial callerId="whatsapp:+447700900123" timeout="25" timeLimit="14400" action="${at("dialled")}"><WhatsApp statusCallback="${at("leg")}" statusCallbackEvent="initiated ringing answered completed">+14165550132</WhatsApp></Dial>`,
    );
  });

  test("an announcement can be stopped with 9, and tells when it was played", () => {
    const twiml = inside(announce({ ...PLAN, announcement: "At ten." }, ORDER, url));
    expect(twiml).toBe(
      `<Gather numDigits="1" timeout="4" action="${at("digit")}" method="POST"><Say>At ten. To stop these calls, press 9.</Say></Gather><Redirect method="POST">${at("played")}</Redirect><Hangup/>`,
    );
  });

  test("a turn of a conversation listens for words and keys; the last one hangs up", () => {
    expect(inside(voiceTurn("Hello.", { action: "https://x/1" }))).toBe(
      '<Gather input="speech dtmf" numDigits="1" speechTimeout="auto" timeout="5" actionOnEmptyResult="true" action="https://x/1" method="POST"><Say>Hello.</Say></Gather>',
    );
    expect(inside(voiceTurn("Bye.", { last: true }))).toBe("<Say>Bye.</Say><Hangup/>");
  });
});

describe("the addresses Twilio calls", () => {
  const KEY = "a key of this installation";
  const names = fc.stringMatching(/^[\w.@ %/?#-]{1,30}$/);
  const routes: fc.Arbitrary<TwilioRoute> = fc.oneof(
    fc.record({
      kind: fc.constant("voice" as const),
      engagementId: names,
      attempt: fc.integer({ min: 1, max: 99 }),
      step: fc.constantFrom(...VOICE_STEPS.filter((step) => step !== "speech")),
    }),
    fc.record({
      kind: fc.constant("voice" as const),
      engagementId: names,
      attempt: fc.constant(1),
      step: fc.constant("speech" as const),
      turn: fc.nat(500),
    }),
    fc.record({ kind: fc.constant("message-status" as const), engagementId: names, ref: names }),
    fc.record({ kind: fc.constantFrom("inbound" as const, "caller-id" as const), tenant: names }),
  );

  test("each is read back as what it was made for, behind any path a tunnel adds", () => {
    fc.assert(
      fc.property(routes, (route) => {
        const path = twilioPath(KEY, route);
        expect(readTwilioRoute(KEY, path)).toEqual(route);
        expect(readTwilioRoute(KEY, `/gateway${path}`)).toEqual(route);
        expect(twilioUrl("https://gw.example.com", KEY, route)).toBe(`https://gw.example.com${path}`);
      }),
    );
  });

  test("none can be made without the key, or turned into another", () => {
    const route = { kind: "voice", engagementId: "eng_1", attempt: 1, step: "placed" } as const;
    const path = twilioPath(KEY, route);
    expect(readTwilioRoute("another key", path)).toBeUndefined();
    for (const other of [
      path.replace("eng_1", "eng_2"),
      path.replace("/1/", "/2/"),
      path.replace("placed", "pressed"),
      path.replace("?k=", "?k=0"),
      path.replace(/\?.*/, ""),
      path.replace("voice/", "voice/x/"),
      path.replace("placed", "placed/1"),
      path.replace("voice", "message-status").replace("/placed", ""),
      `${TWILIO_PATH}/`,
      "/elsewhere",
    ])
      expect(readTwilioRoute(KEY, other)).toBeUndefined();
  });
});
