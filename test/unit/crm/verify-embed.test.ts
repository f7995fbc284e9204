import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hmacHex } from "../../../server/base/hmac.ts";
import { rawQueryValue } from "../../../server/crm/followupboss/raw-query-value.ts";
import { type EmbedSecret, verifyEmbed } from "../../../server/crm/followupboss/verify-embed.ts";
import { VENDOR_CONTEXT, VENDOR_SECRET, VENDOR_SIGNATURE } from "./vendor-embed-vector.ts";

const secretOf = (origin: string, secret: string, userId?: string): EmbedSecret => ({
  origin,
  secret,
  ...(userId && { userId }),
});
const VENDOR = [secretOf("account", VENDOR_SECRET)];
const base64 = fc
  .uint8Array({ minLength: 1, maxLength: 60 })
  .map((bytes) => Buffer.from(bytes).toString("base64"));
const secrets = fc.string({ minLength: 1, maxLength: 40 });

describe("the signature of an embedded app", () => {
  it("verifies the vendor's own published example", () => {
    expect(verifyEmbed({ context: VENDOR_CONTEXT, signature: VENDOR_SIGNATURE, candidates: VENDOR })).toEqual(
      {
        origin: "account",
        userId: null,
      },
    );
  });

  it("names the first candidate that fits, with the user it vouches for", () => {
    const candidates = [
      secretOf("account", "other"),
      secretOf("user", VENDOR_SECRET, "u1"),
      secretOf("system", VENDOR_SECRET),
    ];
    expect(verifyEmbed({ context: VENDOR_CONTEXT, signature: VENDOR_SIGNATURE, candidates })).toEqual({
      origin: "user",
      userId: "u1",
    });
  });

  it.each([
    ["upper case", VENDOR_SIGNATURE.toUpperCase()],
    ["too short", VENDOR_SIGNATURE.slice(1)],
    ["too long", `${VENDOR_SIGNATURE}0`],
    ["base64", Buffer.from(VENDOR_SIGNATURE, "hex").toString("base64")],
    ["a line end", `${VENDOR_SIGNATURE}\n`],
    ["nothing", ""],
  ])("refuses %s without comparing", (_, signature) => {
    expect(verifyEmbed({ context: VENDOR_CONTEXT, signature, candidates: VENDOR })).toEqual({
      problem: "signature_malformed",
    });
  });

  it("refuses a digest over the decoded context or the padded one", () => {
    const decoded = Buffer.from(VENDOR_CONTEXT, "base64").toString("utf8");
    for (const signed of [decoded, `${VENDOR_CONTEXT}==`]) {
      const signature = hmacHex(VENDOR_SECRET, signed);
      expect(verifyEmbed({ context: VENDOR_CONTEXT, signature, candidates: VENDOR })).toEqual({
        problem: "signature_mismatch",
      });
    }
  });

  it("never takes an empty secret for one", () => {
    const signature = hmacHex("", VENDOR_CONTEXT);
    expect(verifyEmbed({ context: VENDOR_CONTEXT, signature, candidates: [secretOf("unset", "")] })).toEqual({
      problem: "no_secret",
    });
  });
});

describe("for every context and secret, the signature", () => {
  const isVerified = (context: string, signature: string, secret: string): boolean =>
    "origin" in verifyEmbed({ context, signature, candidates: [secretOf("a", secret)] });

  it("verifies what was signed", () => {
    fc.assert(
      fc.property(base64, secrets, (context, secret) =>
        isVerified(context, hmacHex(secret, context), secret),
      ),
    );
  });

  it("fails for a context with one character changed, or another case", () => {
    fc.assert(
      fc.property(
        base64,
        secrets,
        fc.nat(),
        fc.string({ minLength: 1, maxLength: 1 }),
        (context, secret, at, put) => {
          const index = at % context.length;
          const changed = context.slice(0, index) + put + context.slice(index + 1);
          const signature = hmacHex(secret, context);
          const others = [changed, context.toLowerCase(), context.toUpperCase()].filter(
            (other) => other !== context,
          );
          return others.every((other) => !isVerified(other, signature, secret));
        },
      ),
    );
  });

  it("fails for a context with padding added or taken, or in the other alphabet", () => {
    fc.assert(
      fc.property(base64, secrets, (context, secret) => {
        const signature = hmacHex(secret, context);
        const bare = context.replace(/=+$/, "");
        const others = [`${context}=`, bare, `${bare}==`, context.replaceAll("+", "-").replaceAll("/", "_")];
        return others.every((other) => other === context || !isVerified(other, signature, secret));
      }),
    );
  });

  it("fails for another secret, and for one changed digit", () => {
    fc.assert(
      fc.property(base64, secrets, secrets, fc.nat({ max: 63 }), (context, secret, other, at) => {
        const signature = hmacHex(secret, context);
        const digit = signature[at] === "0" ? "1" : "0";
        const forged = signature.slice(0, at) + digit + signature.slice(at + 1);
        return (
          (other === secret || !isVerified(context, signature, other)) && !isVerified(context, forged, secret)
        );
      }),
    );
  });
});

describe("a raw query value", () => {
  it.each([
    ["?context=a+b/c==&signature=x", "context", "a+b/c=="],
    ["context=a%2Bb%2Fc%3D%3D", "context", "a+b/c=="],
    ["?domain_name=fub-test&context=first&context=second", "context", "first"],
    ["?context=&signature=x", "context", ""],
    ["?context", "context", ""],
    ["?contexts=x&my_context=y", "context", undefined],
    ["", "context", undefined],
    ["?context=100%", "context", undefined],
    ["?context=%zz&context=fine", "context", undefined],
    ["?context=%FF", "context", undefined],
    ["?context=a#context=b", "context", "a"],
  ])("of %s, %s is %s", (search, name, value) => {
    expect(rawQueryValue(search, name)).toBe(value);
  });

  it("gives back any base64 exactly, escaped by percent or not at all", () => {
    fc.assert(
      fc.property(base64, (context) => {
        const escaped = encodeURIComponent(context);
        return [context, escaped].every(
          (text) => rawQueryValue(`?x=1&context=${text}&y`, "context") === context,
        );
      }),
    );
  });
});
