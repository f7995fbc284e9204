import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { redactSecrets, redactText } from "../../../server/base/redact-text.ts";

describe("credentials never survive", () => {
  const SECRET = "Zk93hWq0pL7xTt2v";
  test.each([
    ["a FUB key", "refused fka_0Ab3-9_xYz12", "0Ab3-9_xYz12"],
    ["a bearer header", `Authorization: Bearer ${SECRET}`, SECRET],
    ["a short bearer header", "Authorization: Bearer ab1d", "ab1d"],
    ["a lower-case basic header", `authorization: basic ${SECRET}==`, SECRET],
    ["a signed address", `GET /embed?context=${SECRET}&signature=${SECRET}abc HTTP/1.1`, SECRET],
    ["a token in an address", `opened http://127.0.0.1:8011/?token=${SECRET}`, SECRET],
    ["a key before the host", `https://${SECRET}:@api.example.com/v1/people`, SECRET],
    ["user and password before the host", `https://me:${SECRET}@api.example.com`, SECRET],
    ["a JSON member", `{"fub_api_key":"${SECRET}","x":1}`, SECRET],
    ["a JSON member with blanks in its value", '{"password": "correct horse"}', "horse"],
    ["an environment line", `FUB_SYSTEM_KEY=${SECRET}`, SECRET],
    ["a short assigned password", "password=abc", "abc"],
    ["a header of the system", `X-System-Key: ${SECRET}`, SECRET],
    ["a secret told in prose", `the webhook secret: ${SECRET} was wrong`, SECRET],
  ])("%s", (_what, text, hidden) => {
    for (const redacted of [redactText(text), redactSecrets(text)]) {
      expect(redacted).not.toContain(hidden);
      expect(redacted).toContain("…");
    }
  });

  test("sentences about keys stay sentences", () => {
    for (const sentence of [
      "Send the brokerage's call_management_api_key as “Authorization: Bearer …”.",
      "tenants[0].fub_api_key: must be one line without control characters",
      "fub_embedded_app_secret: Invalid input: expected string",
      "The signature does not fit any app secret of this brokerage.",
    ]) {
      expect(redactText(sentence)).toBe(sentence);
    }
  });
});

describe("phone numbers", () => {
  test.each([
    "+14165550111",
    "14165550111",
    "4165550111",
    "416-555-0111",
    "(416) 555-0111",
    "+1 (416) 555-0111",
    "+1  (416) 555 0111",
    "416.555.0111",
    "416 - 555 - 0111",
    "416–555–0111",
    "416 555 0111",
    "+44 20 7946 0111",
    "+41.44.668.18.11",
  ])("%s is masked down to its last two digits", (spelling) => {
    for (const text of [spelling, `Calling ${spelling}.`, `to=${spelling}, done`, `"${spelling}"`]) {
      const redacted = redactText(text);
      expect(redacted).toContain("…11");
      expect(redacted.replace(/\D/g, "").length).toBeLessThanOrEqual(3);
    }
  });

  test("an extension, an encoded plus and a trailing hyphen hide nothing from the rule", () => {
    expect(redactText("416-555-0111x22")).not.toContain("555");
    expect(redactText("/people?phone=%2B14165550111")).not.toContain("555");
    expect(redactText("416-555-0111- called")).not.toContain("555");
  });

  test("a number stays readable where only credentials are removed", () => {
    expect(redactSecrets("calls +14165550111")).toBe("calls +14165550111");
  });

  test("any number of ten to fifteen digits with any separators is masked", () => {
    const separator = fc.constantFrom("", "", "-", " ", ".", ") ", " (", " - ");
    const digits = fc.array(fc.tuple(fc.integer({ min: 0, max: 9 }), separator), {
      minLength: 10,
      maxLength: 15,
    });
    fc.assert(
      fc.property(digits, (parts) => {
        const last = parts.at(-1)?.[0] ?? 0;
        const number = parts
          .map(([digit, after], index) => `${digit}${index < parts.length - 1 ? after : ""}`)
          .join("");
        fc.pre(!/^(19|20)\d\d-\d\d-\d\d(?!\d)/.test(number));
        const redacted = redactText(`reached ${number} today`);
        expect(redacted.replace(/\D/g, "").length).toBe(2);
        expect(redacted).toMatch(new RegExp(`${last} today$`));
      }),
    );
  });
});

test.each([
  "2026-03-02T15:00:00.000Z",
  "2026-03-02 15:00:00 UTC",
  "between 2026-03-02 and 2026-03-09",
  "on 2026-03-02 12 people",
  "act_01jnbxq3p5k7m9r2s4t6v8w0xy and eng_01234567890123456789012345",
  "00000000-1111-2222-3333-444444444444",
  "job 12345678 after 42 s, 3 of 5",
  "person 123456789",
  "status 503, 1,234,567 rows",
  "http://127.0.0.1:8010/health",
  "version 24.21.0",
])("%s is left as it is", (text) => {
  expect(redactText(text)).toBe(text);
});

test("of an e-mail address the first letter and the domain stay", () => {
  expect(redactText("to jane.doe+x@example.co.uk, then")).toBe("to j…@example.co.uk, then");
});

test("redacting twice is redacting once, and no text takes long", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), (text) => {
      expect(redactText(redactText(text))).toBe(redactText(text));
    }),
  );
  // What looks back at every character would outlast the test by far.
  for (const part of ["a-", "secret", "1 ", "a@", "//a:", "(.) "]) redactText(part.repeat(50_000));
});
