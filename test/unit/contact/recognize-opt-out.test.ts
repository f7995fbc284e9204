// The wordings are in test/fixtures/opt-out, one a line; \n in them is a new line.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { recognizeWish } from "../../../server/contact/recognize-opt-out.ts";

const wordings = (name: string): string[] =>
  readFileSync(new URL(`../../fixtures/opt-out/${name}.txt`, import.meta.url), "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => line.replaceAll("\\n", "\n"));

const [KEYWORDS, PHRASES, STARTS, HELPS, INNOCENT] = [
  wordings("stop-keywords"),
  wordings("stop-phrases"),
  wordings("start"),
  wordings("help"),
  wordings("innocent"),
];

const others = (texts: readonly string[], wish: string | null): string[] =>
  texts.filter((text) => recognizeWish(text).wish !== wish);

describe("what people write", () => {
  test("there are enough wordings to say something", () => {
    expect(KEYWORDS.length + PHRASES.length).toBeGreaterThan(500);
    expect(INNOCENT.length).toBeGreaterThan(400);
  });

  test("keywords stop, however they are written", () => {
    expect(others(KEYWORDS, "stop")).toEqual([]);
    expect(KEYWORDS.filter((text) => recognizeWish(text).how !== "keyword")).toEqual([]);
  });

  test("whoever says in their own words that they want no more is heard", () => {
    expect(others(PHRASES, "stop")).toEqual([]);
  });

  test("whoever only uses the same words is not", () => {
    expect(INNOCENT.filter((text) => /stop|start/.test(recognizeWish(text).wish ?? ""))).toEqual([]);
  });

  test("START and what means it", () => {
    expect(others(STARTS, "start")).toEqual([]);
  });

  test("HELP stands alone", () => {
    expect(others(HELPS, "help")).toEqual([]);
  });

  test.each([
    ["STOP", "keyword", "STOP"],
    ["st0p!!", "keyword", "STOP"],
    ["unsuscribe", "keyword", "UNSUBSCRIBE"],
    ["Arrêt", "keyword", "ARRET"],
    ["Please cancel.", "keyword", "CANCEL"],
    ["pls dont txt me anymore", "free_text", "do not text me"],
    ["Sorry, wrong number", "free_text", "sorry wrong number"],
  ])("%s is found as %s %s", (text, how, keyword) =>
    expect(recognizeWish(text)).toEqual({ wish: "stop", how, keyword }),
  );

  test.each(["", "   ", "\n\n", "🏠", "1", "?!", "\u200b"])("nothing is read into %j", (text) =>
    expect(recognizeWish(text)).toEqual({ wish: null, how: null }),
  );
});

describe("what is not the writer's own", () => {
  const MAIL = `On Tue, Mar 3, 2026 at 9:14 AM Jane Agent <jane@example.com> wrote:
> New homes this week. Reply STOP to opt out.
> Please stop by the open house`;

  test.each([
    `Sounds good, see you then!\n\n${MAIL}`,
    "Yes please\n\n-----Original Message-----\nFrom: Jane\nSubject: STOP\n\nStop",
    "Thanks!\n\nFrom: Jane Agent\nSent: Tuesday\nTo: Ann\nSubject: Homes\n\nReply STOP to unsubscribe",
    "Oui merci\n\nLe mar. 3 mars 2026 à 09:14, Jane <jane@example.com> a écrit :\n> Répondez STOP",
    "Sí\n\nEl mar, 3 mar 2026 a las 9:14, Jane (<jane@example.com>) escribió:\n> STOP",
    "Great. (You wrote: Reply STOP to opt out of these messages)",
    "When is it? > Reply STOP to end",
    "Love it\n-- \nStop & Shop Realty\nSTOP",
    "Loved “New listing at 12 Elm. Reply STOP to opt out”",
    'Laughed at "Stop by on Sunday? Reply STOP to unsubscribe"',
  ])("a quoted message is not read: %#", (text) => expect(recognizeWish(text).wish).toBeNull());

  test.each([
    `STOP\n\n${MAIL}`,
    `Please take me off your list.\n\nThanks,\nAnn\n\n${MAIL}`,
    "unsubscribe\n--\nAnn Example\nExample Co\n555-010-0199",
    "Cancel\nAnn Example\n(555) 010-0199\nann@example.com",
    "stop\n\nSent from my iPhone",
    "Text STOP to end",
    "Reply STOP to opt out",
  ])("what stands above it is: %#", (text) => expect(recognizeWish(text).wish).toBe("stop"));
});

describe("whatever stands around it", () => {
  const marks = fc.stringMatching(/^[ .!?,*"'~()\t-]{0,4}$/);
  const ornaments = fc.constantFrom(
    "",
    "😡",
    "🙏",
    " 👍 ",
    "✋🏽",
    "❤️",
    "\u200b",
    "\u2060",
    "\n",
    "…",
    "«",
    "”",
  );
  const around = fc.tuple(marks, ornaments, marks).map((parts) => parts.join(""));
  const KEYWORDS_OF = {
    stop: ["stop", "unsubscribe", "end", "quit", "stopall", "revoke", "optout", "cancel", "arret", "alto"],
    start: ["start", "unstop"],
    help: ["help", "info", "aide", "ayuda"],
  } as const;
  const keywords = fc.constantFrom(
    ...Object.entries(KEYWORDS_OF).flatMap(([wish, words]) => words.map((word) => ({ wish, word }))),
  );

  test("case, punctuation, blanks and emoji never change what a keyword means", () => {
    fc.assert(
      fc.property(
        keywords,
        fc.array(fc.boolean(), { minLength: 11, maxLength: 11 }),
        around,
        around,
        (key, upper, before, after) => {
          const cased = [...key.word]
            .map((letter, index) => (upper[index] ? letter.toUpperCase() : letter))
            .join("");
          expect(recognizeWish(`${before}${cased}${after}`)).toMatchObject({
            wish: key.wish,
            how: "keyword",
          });
        },
      ),
      { numRuns: 500 },
    );
  });

  test("another innocent sentence before or after an innocent one never makes it a stop", () => {
    const innocent = fc.constantFrom(...INNOCENT.filter((text) => /^[^\n“"]{10,}$/.test(text)));
    fc.assert(
      fc.property(innocent, fc.constantFrom(". ", "\n", "! "), innocent, (first, joint, second) => {
        expect(recognizeWish(`${first}${joint}${second}`).wish).not.toBe("stop");
      }),
      { numRuns: 250 },
    );
  });

  test("whoever wants no more is heard in whatever else they say", () => {
    const innocent = fc.constantFrom(...INNOCENT.filter((text) => /^[^\n“">]{10,}$/.test(text)));
    const plain = fc.constantFrom(
      ...PHRASES.filter((text) => /^(?:please |stop |remove me|take me|do not|don't)[^\n]{8,}$/i.test(text)),
    );
    fc.assert(
      fc.property(innocent, plain, fc.boolean(), (sentence, wish, last) => {
        const text = last ? `${sentence}. ${wish}` : `${wish}. ${sentence}`;
        expect(recognizeWish(text).wish).toBe("stop");
      }),
      { numRuns: 200 },
    );
  });

  test("no text takes longer than it may, or throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        expect([null, "stop", "start", "help"]).toContain(recognizeWish(text).wish);
      }),
      { numRuns: 150 },
    );
    for (const part of [
      "do not ever call ",
      "please, ",
      "+1 (2) ",
      "((",
      "s t o p q ",
      "my number and my number ",
      "x",
      "> ",
    ])
      expect(recognizeWish(part.repeat(200))).toHaveProperty("wish");
  });
});
