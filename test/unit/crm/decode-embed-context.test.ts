import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contextPerson, decodeEmbedContext } from "../../../server/crm/followupboss/decode-embed-context.ts";
import { VENDOR_CONTEXT } from "./vendor-embed-vector.ts";

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString("base64url");
const LEAST = { account: { id: 1, domain: "example" }, user: { id: 2 } };

function decoded(value: unknown) {
  const result = decodeEmbedContext(encode(value));
  if (!("context" in result)) throw new Error(`not decoded: ${result.problem}`);
  return result.context;
}

describe("the embed context", () => {
  it("of the vendor's example is read whole", () => {
    const result = decodeEmbedContext(VENDOR_CONTEXT);
    expect(result).toMatchObject({
      context: {
        context: "person",
        account: { id: "1048589", domain: "dantomco" },
        user: { id: "440", name: "C.L. Nolen", email: "cl@followupboss.com", phone: null },
        person: { id: "53962" },
        example: false,
        debugState: null,
      },
    });
  });

  it("gives the open person in the port's words", () => {
    const result = decodeEmbedContext(VENDOR_CONTEXT);
    expect("context" in result && contextPerson(result.context)).toEqual({
      id: "53962",
      name: "Nivia Guerra",
      firstName: "Nivia",
      lastName: "Guerra",
      phones: [
        {
          value: "(233) 555-0124",
          e164: "+12335550124",
          type: "home",
          status: "Invalid",
          isPrimary: true,
          isLandline: null,
          relationshipId: null,
        },
      ],
      emails: [
        {
          value: "nivia.guerra@frob.dev",
          type: "work",
          status: "Valid",
          isPrimary: true,
          relationshipId: null,
        },
      ],
      tags: [],
      stage: "Lead",
      assignedUserId: null,
    });
  });

  it("keeps what a preview asks to see", () => {
    expect(decoded({ example: true, debugState: "user_not_found", ...LEAST })).toMatchObject({
      example: true,
      debugState: "user_not_found",
    });
  });

  it("needs no person, and no known kind of context", () => {
    const context = decoded({ ...LEAST, context: "something new", person: null });
    expect(contextPerson(context)).toBeNull();
    expect(context.context).toBe("something new");
  });

  it("takes odd and missing fields as unsaid", () => {
    const person = {
      id: "7",
      firstName: 4,
      phones: null,
      emails: [{ value: "" }, { value: "a@b.ca", isPrimary: "1" }],
    };
    const context = decoded({ ...LEAST, user: { id: "2", phone: "" }, person });
    expect(context.user).toEqual({ id: "2", name: null, email: null, phone: null });
    expect(contextPerson(context)).toMatchObject({
      id: "7",
      name: "",
      phones: [],
      emails: [{ value: "a@b.ca", isPrimary: true }],
    });
  });

  it("tells a relationship's number from the person's own", () => {
    const phones = [
      { value: "4165550100", relationshipId: 12, isLandline: true },
      { value: "4165550101", relationshipId: 0 },
    ];
    expect(contextPerson(decoded({ ...LEAST, person: { id: 7, phones } }))?.phones).toMatchObject([
      { relationshipId: "12", isLandline: true, isPrimary: false },
      { relationshipId: null, e164: "+14165550101" },
    ]);
  });

  it.each([
    ["account", { user: { id: 2 } }],
    ["account", { account: { id: 1 }, user: { id: 2 } }],
    ["account", { account: { id: null, domain: "example" }, user: { id: 2 } }],
    ["user", { account: { id: 1, domain: "example" } }],
    ["user", { account: { id: 1, domain: "example" }, user: {} }],
  ])("without a usable %s says so", (field, value) => {
    expect(decodeEmbedContext(encode(value))).toEqual({ problem: "missing", field });
  });

  it.each([
    ["nothing", ""],
    ["a space for a plus", "eyJhIjoi PiJ9"],
    ["a character cut off", "eyJhI"],
    ["no JSON", Buffer.from("hello").toString("base64")],
    ["a list", encode([1])],
    ["null", encode(null)],
    ["bytes that are no UTF-8", Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]).toString("base64")],
    ["more than 64 KB", encode({ ...LEAST, pad: "x".repeat(64 * 1024) })],
  ])("that is %s is malformed", (_, encoded) => {
    expect(decodeEmbedContext(encoded)).toEqual({ problem: "malformed" });
  });

  it("never throws, whatever comes", () => {
    const anything = fc.oneof(
      fc.string(),
      fc.base64String(),
      fc.json().map((json) => btoa(encodeURIComponent(json))),
    );
    fc.assert(fc.property(anything, (text) => Object.keys(decodeEmbedContext(text)).length > 0));
    fc.assert(fc.property(fc.object(), (value) => Object.keys(decodeEmbedContext(encode(value))).length > 0));
  });

  it("is the same in both alphabets, padded or not", () => {
    const name = fc.string({ unit: "grapheme", minLength: 1 }).filter((text) => text.trim() !== "");
    const full = fc.record({
      account: fc.record({ id: fc.nat(), domain: fc.domain() }),
      user: fc.record({ id: fc.nat(), name, email: name }),
    });
    fc.assert(
      fc.property(full, ({ account, user }) => {
        const bytes = Buffer.from(JSON.stringify({ account, user }));
        const spellings = [bytes.toString("base64"), bytes.toString("base64url")];
        for (const text of [...spellings, ...spellings.map((spelling) => spelling.replace(/=+$/, ""))]) {
          expect(decodeEmbedContext(text)).toEqual({
            context: {
              context: null,
              account: { id: String(account.id), domain: account.domain, owner: null },
              user: { id: String(user.id), name: user.name, email: user.email, phone: null },
              person: null,
              example: false,
              debugState: null,
            },
          });
        }
      }),
    );
  });
});
