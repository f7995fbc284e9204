import { readFileSync } from "node:fs";
import fc from "fast-check";
import twilio from "twilio";
import { describe, expect, test } from "vitest";
import { checkTwiml } from "../../../server/sandbox/twilio/twiml/check-twiml.ts";
import { parseXml, textOf } from "../../../server/sandbox/twilio/twiml/parse-xml.ts";
import { VOICE_GRAMMAR, VOICE_NOUNS } from "../../../server/sandbox/twilio/twiml/twiml-grammar.ts";

describe("XML", () => {
  test.each([
    ["<a/>", { name: "a", attributes: {}, children: [] }],
    [
      "\uFEFF<?xml version='1.0'?>\n<!-- hi --><a b = 'x' c=\"&lt;&#65;&#x42;\"> t <b/>&amp;</a >\n",
      {
        name: "a",
        attributes: { b: "x", c: "<AB" },
        children: [" t ", { name: "b", attributes: {}, children: [] }, "&"],
      },
    ],
    ["<a><![CDATA[<b>&]]></a>", { name: "a", attributes: {}, children: ["<b>&"] }],
  ])("%s", (xml, element) => {
    expect(parseXml(xml)).toEqual(element);
  });

  test.each([
    ...[
      "",
      "text",
      "<a>",
      "<a></b>",
      "<a/><b/>",
      "<a/>x",
      "<a b></a>",
      "<a b=c/>",
      "<a b='1' b='2'/>",
      "<a b='1'c='2'/>",
    ],
    ...[
      "<a>&nbsp;</a>",
      "<a>& </a>",
      "<a b='<'/>",
      "<a>]]></a>",
      "<!DOCTYPE a><a/>",
      "<a><?php ?></a>",
      "<a><!-- -- --></a>",
    ],
    ...[
      "<1/>",
      "< a/>",
      "<a",
      "<a>&#0;</a>",
      "<a>&#x110000;</a>",
      "{}",
      `${"<a>".repeat(30)}${"</a>".repeat(30)}`,
    ],
  ])("%s is none", (xml) => {
    expect(() => parseXml(xml)).toThrow(/at character/);
  });

  test("what the SDK builds is read as it was meant, whatever the texts", () => {
    // Characters XML can carry at all.
    const text = fc.string({ unit: fc.constantFrom(..."aé漢<>&\"'] =/!-") });
    fc.assert(
      fc.property(text, text, (said, hints) => {
        const built = new twilio.twiml.VoiceResponse();
        built.gather({ hints, input: ["speech", "dtmf"] }).say(said);
        const root = parseXml(built.toString());
        expect(textOf(root)).toBe(said);
        const { verbs, problems } = checkTwiml(root, "voice");
        expect(verbs[0]?.attributes.hints).toBe(hints);
        expect(problems.filter((problem) => !problem.includes("empty"))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("TwiML", () => {
  const problems = (inside: string, kind: "voice" | "whisper" | "message" = "voice"): string[] =>
    checkTwiml(parseXml(`<Response>${inside}</Response>`), kind).problems;

  test.each([
    ["<say>Hi</say>", /<say> is unknown in <Response>/],
    ["<Say speed='2'>Hi</Say>", /<Say> has no attribute speed/],
    ["<Say/>", /<Say> is empty/],
    ["<Gather numDigits='one'/>", /is no number/],
    ["<Gather input='speech,dtmf'/>", /a word Twilio does not know: speech,dtmf/],
    ["<Gather><Dial>+1</Dial></Gather>", /<Dial> is unknown in <Gather>/],
    ["<Dial record='yes'>+14165550131</Dial>", /is none of do-not-record/],
    [
      "<Dial><Number statusCallbackEvent='initiated, ringing'>+1</Number></Dial>",
      /does not know: initiated,/,
    ],
    ["<Dial answerOnBridge='1'><Number>+1</Number></Dial>", /neither true nor false/],
    ["<Dial><Conference>room</Conference></Dial>", /the sandbox does not carry <Conference>/],
    ["<Enqueue>x</Enqueue>", /the sandbox does not carry <Enqueue>/],
    ["<constructor/>", /<constructor> is unknown/],
    ["<Pause length='1'>x</Pause>", /text stands in <Pause>/],
    ["hello", /text stands in <Response>: hello/],
    ["<Redirect method='PUT'>/x</Redirect>", /neither GET nor POST/],
  ])("%s", (inside, problem) => {
    expect(problems(inside)).toEqual([expect.stringMatching(problem)]);
  });

  test("what is allowed", () => {
    expect(
      problems("<Say>One <break strength='weak'/> two</Say><Play digits='12w'/><Dial>+14165550131</Dial>"),
    ).toEqual([]);
    expect(
      problems("<Message to='+1'><Body>x</Body><Media>https://a/b</Media></Message>", "message"),
    ).toEqual([]);
    expect(problems("<Dial>+1</Dial>", "whisper")).toEqual(["<Dial> is unknown in a whisper"]);
    expect(problems("<Say>x</Say>", "message")).toEqual(["<Say> is unknown in <Response>"]);
    expect(() => checkTwiml(parseXml("<html/>"), "voice")).toThrow(/not <Response>/);
  });

  test("verbs have the attributes the SDK's builder has", () => {
    const types = readFileSync(
      new URL("../../../node_modules/twilio/lib/twiml/VoiceResponse.d.ts", import.meta.url),
      "utf8",
    );
    for (const [name, { attributes }] of Object.entries({ ...VOICE_GRAMMAR, ...VOICE_NOUNS })) {
      const declared = new RegExp(`interface ${name}Attributes \\{([\\s\\S]*?)\\n    \\}`).exec(types)?.[1];
      const names = [...(declared ?? "").matchAll(/^\s+(\w+)\?:/gm)].map(([, attribute]) => attribute);
      expect([name, Object.keys(attributes).toSorted()]).toEqual([name, names.toSorted()]);
    }
  });
});
