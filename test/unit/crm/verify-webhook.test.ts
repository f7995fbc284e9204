import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SignedBody, verifyWebhook } from "../../../server/crm/followupboss/verify-webhook.ts";
import vector from "../../fixtures/webhook-signature-vector.json" with { type: "json" };

const BODY = Buffer.from(vector.rawBody);
const hmac = (key: string, message: string | Buffer): string =>
  createHmac("sha256", key).update(message).digest("hex");
const official = (key: string, body: Buffer): string => hmac(key, body.toString("base64"));

const verify = (given: Partial<SignedBody> = {}) =>
  verifyWebhook({ body: BODY, signature: vector.official, systemKey: vector.systemKey, ...given });
const reasonOf = (given: Partial<SignedBody>): string => {
  const verdict = verify(given);
  return verdict.ok ? `passed as ${verdict.variant}` : verdict.reason;
};

describe("the official signature", () => {
  it("passes, in capitals, with sha256= before it or blanks around it as well", () => {
    for (const signature of [
      vector.official,
      vector.official.toUpperCase(),
      `sha256=${vector.official}`,
      `SHA256=${vector.official}`,
      ` ${vector.official} `,
    ])
      expect(verify({ signature })).toEqual({ ok: true, variant: "official" });
  });

  it("passes for any bytes, text or not, and keeps passing where a webhook secret is set", () => {
    fc.assert(
      fc.property(
        fc.uint8Array(),
        fc.string({ minLength: 1 }),
        fc.string({ minLength: 1 }),
        (bytes, key, secret) => {
          const body = Buffer.from(bytes);
          const signed = { body, signature: official(key, body), systemKey: key };
          expect(verifyWebhook(signed)).toEqual({ ok: true, variant: "official" });
          expect(verifyWebhook({ ...signed, webhookSecret: secret }).ok).toBe(true);
        },
      ),
    );
  });

  it("fails when any byte of the body is another", () => {
    fc.assert(
      fc.property(fc.nat(BODY.length - 1), fc.integer({ min: 1, max: 255 }), (place, flip) => {
        const body = Buffer.from(BODY);
        body[place] = (body[place] ?? 0) ^ flip;
        expect(verify({ body }).ok).toBe(false);
      }),
    );
  });

  it("fails when any digit of it, or the key, is another", () => {
    fc.assert(
      fc.property(fc.nat(63), fc.integer({ min: 1, max: 15 }), (place, by) => {
        const digit = (Number.parseInt(vector.official[place] ?? "0", 16) + by) % 16;
        const signature =
          vector.official.slice(0, place) + digit.toString(16) + vector.official.slice(place + 1);
        expect(reasonOf({ signature })).toBe("mismatch");
      }),
    );
    expect(reasonOf({ systemKey: `${vector.systemKey} ` })).toBe("mismatch");
  });

  it("made with an empty key does not pass where no key is configured", () => {
    expect(reasonOf({ systemKey: "", signature: official("", BODY) })).toBe("mismatch");
    expect(reasonOf({ webhookSecret: "", signature: hmac("", BODY) })).toBe("mismatch");
    expect(reasonOf({ otherKeys: [""], signature: official("", BODY) })).toBe("mismatch");
  });
});

describe("the variant over the body itself", () => {
  it("is refused by name, also where a webhook secret with another value is set", () => {
    expect(reasonOf({ signature: vector.ofRawBody })).toBe("raw_body_variant");
    expect(reasonOf({ signature: vector.ofRawBody, webhookSecret: "another" })).toBe("raw_body_variant");
  });

  it("passes where the brokerage set that secret, and only over these bytes", () => {
    const switchedOn = { signature: vector.ofRawBody, webhookSecret: vector.systemKey };
    expect(verify(switchedOn)).toEqual({ ok: true, variant: "raw_body" });
    expect(verify({ ...switchedOn, body: Buffer.from(`${vector.rawBody} `) }).ok).toBe(false);
    const own = { signature: hmac("own secret", BODY), webhookSecret: "own secret" };
    expect(verify(own)).toEqual({ ok: true, variant: "raw_body" });
    expect(reasonOf({ signature: official("own secret", BODY), webhookSecret: "own secret" })).toBe(
      "mismatch",
    );
  });
});

describe("a refusal names the mistake", () => {
  it("nothing, or something that is no digest", () => {
    expect(reasonOf({ signature: undefined })).toBe("missing");
    expect(reasonOf({ signature: "  " })).toBe("missing");
    for (const signature of [
      "abc",
      vector.official.slice(1),
      `${vector.official}0`,
      "g".repeat(64),
      "sha256=",
    ])
      expect(reasonOf({ signature })).toBe("malformed");
  });

  it("another key was used, over the base64 text or over the body", () => {
    const otherKeys = ["fka_first", "fka_second"];
    expect(reasonOf({ otherKeys, signature: official("fka_second", BODY) })).toBe("api_key");
    expect(reasonOf({ otherKeys, signature: hmac("fka_first", BODY) })).toBe("api_key");
    expect(reasonOf({ otherKeys, signature: official("fka_third", BODY) })).toBe("mismatch");
  });

  it("a key of another brokerage was used, and its own keys are looked at first", () => {
    const foreignKeys = ["fka_third"];
    for (const signature of [official("fka_third", BODY), hmac("fka_third", BODY)]) {
      expect(reasonOf({ foreignKeys, signature })).toBe("other_tenant");
      expect(reasonOf({ foreignKeys, otherKeys: ["fka_third"], signature })).toBe("api_key");
    }
  });

  it("the sender signed its own spelling of what it parsed", () => {
    expect(reasonOf({ signature: vector.ofReserialisedBody })).toBe("reencoded");
  });

  it("the body was spelled anew on its way", () => {
    const sent = '{"tags":["Café"],"uri":"https:\\/\\/a.example\\/b"}';
    const php = sent.replace("é", "\\u00e9");
    const parsed: unknown = JSON.parse(sent);
    const spellings = [sent, php, JSON.stringify(parsed), JSON.stringify(parsed, null, 2)];
    for (const signedAs of spellings)
      for (const arrived of spellings)
        if (arrived !== signedAs) {
          const signature = official("key", Buffer.from(signedAs));
          const given = { body: Buffer.from(arrived), signature, systemKey: "key" };
          expect(reasonOf(given), `${signedAs} arrived as ${arrived}`).toBe("reencoded");
        }
    const broken = { body: Buffer.from('{"a":1}\n'), systemKey: "key" };
    expect(reasonOf({ ...broken, signature: official("key", Buffer.from('{"a":1}')) })).toBe("reencoded");
  });

  it("and has a sentence that tells no key", () => {
    const refusals = [
      { signature: undefined },
      { signature: "abc" },
      { signature: vector.ofRawBody },
      { signature: official("fka_1", BODY), otherKeys: ["fka_1"] },
      { signature: vector.ofReserialisedBody },
      { systemKey: "other" },
    ];
    const sentences = refusals.map((given) => {
      const verdict = verify(given);
      return verdict.ok ? "" : verdict.sentence;
    });
    expect(new Set(sentences).size).toBe(6);
    for (const sentence of sentences) {
      expect(sentence).toMatch(/^The .{40,}\.$/);
      expect(sentence).not.toContain(vector.systemKey);
    }
  });
});

it("never throws, whatever comes", () => {
  fc.assert(
    fc.property(
      fc.uint8Array(),
      fc.option(fc.oneof(fc.string(), fc.stringMatching(/^[0-9a-f]{64}$/)), { nil: undefined }),
      fc.string(),
      (bytes, signature, systemKey) => {
        const verdict = verifyWebhook({
          body: Buffer.from(bytes),
          signature,
          systemKey,
          otherKeys: [systemKey],
        });
        expect(verdict.ok).toBe(false);
      },
    ),
  );
});

it("a large body with a wrong signature is refused without trying every mistake on it", () => {
  const body = Buffer.alloc(1024 * 1024, "a");
  expect(reasonOf({ body, signature: hmac(vector.systemKey, body) })).toBe("mismatch");
  expect(reasonOf({ body, signature: official(vector.systemKey, body) })).toBe("passed as official");
});
