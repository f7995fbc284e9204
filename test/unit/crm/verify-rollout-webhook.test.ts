import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fittingRolloutVariant,
  type RolloutSignedBody,
  verifyRolloutWebhook,
} from "../../../server/crm/rollout/verify-webhook.ts";

const SECRET = "rollout-client-secret";
const BODY = Buffer.from(
  '{"eventId":"e1","event":"peopleTagsCreated","resourceIds":["0197f65e"],"uri":"https://x/y"}',
);
const hmac = (key: string, message: string | Buffer): Buffer =>
  createHmac("sha256", key).update(message).digest();
const official = (key: string, body: Buffer): string => hmac(key, body.toString("base64")).toString("hex");
const overBody = (key: string, body: Buffer): string => hmac(key, body).toString("hex");

const verify = (given: Partial<RolloutSignedBody> = {}) => {
  const signed = { body: BODY, signature: official(SECRET, BODY), secrets: [SECRET], ...given };
  const verdict = verifyRolloutWebhook(signed);
  // The cheap question and the explained one never disagree.
  expect(fittingRolloutVariant(signed)).toBe(verdict.ok ? verdict.variant : undefined);
  return verdict;
};
const outcomeOf = (given: Partial<RolloutSignedBody>): string => {
  const verdict = verify(given);
  return verdict.ok ? verdict.variant : verdict.reason;
};

const secretArb = fc.string({ minLength: 1 });
const bodyArb = fc.uint8Array().map((bytes) => Buffer.from(bytes));

describe("a signature", () => {
  it("passes for any bytes and any secret, made either way and written either way", () => {
    fc.assert(
      fc.property(bodyArb, secretArb, secretArb, (body, secret, other) => {
        const secrets = [other, secret];
        for (const [digest, variant] of [
          [hmac(secret, body.toString("base64")), "official"],
          // Of nothing at all the base64 text is the same.
          [hmac(secret, body), body.length === 0 ? "official" : "raw_body"],
        ] as const) {
          const hex = digest.toString("hex");
          const base64 = digest.toString("base64");
          for (const signature of [
            hex,
            hex.toUpperCase(),
            `sha256=${hex}`,
            ` ${hex} `,
            base64,
            `SHA256=${base64}`,
          ])
            expect(verifyRolloutWebhook({ body, signature, secrets })).toEqual({ ok: true, variant });
        }
      }),
    );
  });

  it("fails when any byte of the body is another", () => {
    fc.assert(
      fc.property(fc.nat(BODY.length - 1), fc.integer({ min: 1, max: 255 }), (place, flip) => {
        const body = Buffer.from(BODY);
        body[place] = (body[place] ?? 0) ^ flip;
        expect(verify({ body }).ok).toBe(false);
        expect(verify({ body, signature: overBody(SECRET, BODY) }).ok).toBe(false);
      }),
    );
  });

  it("fails when any digit of it is another", () => {
    const good = official(SECRET, BODY);
    fc.assert(
      fc.property(fc.nat(63), fc.integer({ min: 1, max: 15 }), (place, by) => {
        const digit = (Number.parseInt(good[place] ?? "0", 16) + by) % 16;
        const signature = good.slice(0, place) + digit.toString(16) + good.slice(place + 1);
        expect(outcomeOf({ signature })).toBe("mismatch");
      }),
    );
  });

  it("made with an empty secret never passes", () => {
    fc.assert(
      fc.property(bodyArb, fc.array(fc.constantFrom("", SECRET)), (body, secrets) => {
        for (const signature of [official("", body), overBody("", body)])
          expect(verify({ body, signature, secrets }).ok).toBe(false);
      }),
    );
  });
});

describe("a refusal names the mistake", () => {
  it("nothing, or something that is no digest", () => {
    const good = official(SECRET, BODY);
    expect(outcomeOf({ signature: undefined })).toBe("missing");
    expect(outcomeOf({ signature: "  " })).toBe("missing");
    for (const signature of ["abc", good.slice(1), `${good}0`, "g".repeat(64), "sha256=", "/".repeat(45)])
      expect(outcomeOf({ signature })).toBe("malformed");
  });

  it("another secret, or none configured", () => {
    expect(outcomeOf({ signature: official("another", BODY) })).toBe("mismatch");
    expect(outcomeOf({ secrets: [] })).toBe("mismatch");
    expect(outcomeOf({ secrets: [`${SECRET} `] })).toBe("mismatch");
  });

  it("the body was spelled anew on its way", () => {
    const parsed: unknown = JSON.parse(BODY.toString());
    const pretty = Buffer.from(JSON.stringify(parsed, null, 2));
    expect(outcomeOf({ body: pretty })).toBe("reencoded");
    expect(outcomeOf({ body: pretty, signature: overBody(SECRET, BODY) })).toBe("reencoded");
    const escaped = Buffer.from(BODY.toString().replaceAll("/", "\\/"));
    expect(outcomeOf({ body: escaped, secrets: ["another", SECRET] })).toBe("reencoded");
  });

  it("in a sentence that tells no secret", () => {
    const refusals = [
      { signature: undefined },
      { signature: "abc" },
      { signature: official("x", BODY) },
      { body: Buffer.from(`${BODY.toString()}\n`) },
    ];
    const sentences = refusals.map((given) => {
      const verdict = verify(given);
      return verdict.ok ? "" : verdict.sentence;
    });
    expect(new Set(sentences).size).toBe(4);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^The .{40,}\.$/);
      expect(sentence).not.toMatch(new RegExp(`${SECRET}|Follow Up Boss`));
    }
  });
});

it("never throws, whatever comes, and explains no large body", () => {
  fc.assert(
    fc.property(
      bodyArb,
      fc.option(fc.string(), { nil: undefined }),
      fc.array(fc.string()),
      (body, signature, secrets) => {
        expect(verify({ body, signature, secrets }).ok).toBe(false);
      },
    ),
  );
  const large = Buffer.from(`{"a": "${"a".repeat(1024 * 1024)}"}`);
  const compact = Buffer.from(JSON.stringify(JSON.parse(large.toString())));
  expect(outcomeOf({ body: large, signature: official(SECRET, compact) })).toBe("mismatch");
});
