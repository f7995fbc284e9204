import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { allRules, carries, rulesFor } from "../../../server/webhooks/tag-rules.ts";
import { tenantSchema } from "../../../shared/settings.schema.ts";

const tenant = (single: string, tags: readonly string[] = []) =>
  tenantSchema.parse({
    domain_name: "acme",
    fub_start_call_tag: single,
    tag_starts: tags.map((tag) => ({ tag, channel: "sms", call_type: "confirmational" })),
  });

/** The same tag as somebody else might type it. */
const retyped = (tag: string) =>
  fc.tuple(fc.nat(3), fc.nat(3), fc.boolean()).map(([before, between, loud]) => {
    const spaced = tag.split(" ").join(" ".repeat(between + 1));
    return `${" ".repeat(before)}${loud ? spaced.toUpperCase() : spaced.toLowerCase()}\t`;
  });

describe("tag rules", () => {
  it("start nothing without a tag to start by", () => {
    expect(allRules(tenant(""))).toEqual([]);
    expect(rulesFor(tenant(""), ["", " ", "Aventora Call"])).toEqual([]);
  });

  it("take the single tag as a call for information", () => {
    expect(rulesFor(tenant("Aventora Call"), ["Buyer", "Aventora Call"])).toEqual([
      { tag: "Aventora Call", channel: "phone", call_type: "informational", instruction: "" },
    ]);
  });

  it("let the table go before the single tag of the same name", () => {
    expect(rulesFor(tenant("aventora  call", ["Aventora Call"]), ["AVENTORA CALL"])).toMatchObject([
      { channel: "sms", call_type: "confirmational" },
    ]);
  });

  it("forgive case and blanks, in what is added and in what is carried", () => {
    fc.assert(
      fc.property(retyped("Aventora Call"), retyped("Aventora Call"), (added, carried) => {
        expect(rulesFor(tenant("Aventora Call"), ["x", added])).toHaveLength(1);
        expect(carries({ tags: ["Buyer", carried] }, added)).toBe(true);
      }),
    );
  });

  it("start each rule once, however often and in whatever spelling its tag is named", () => {
    const rules = tenant("One", ["Two", "Three"]);
    fc.assert(
      fc.property(fc.array(fc.constantFrom("one", "ONE ", "two", " Two", "four")), (added) => {
        const found = rulesFor(rules, added).map(({ tag }) => tag);
        expect(new Set(found).size).toBe(found.length);
        expect(found.includes("One")).toBe(added.some((tag) => tag.trim().toLowerCase() === "one"));
        expect(found.includes("Two")).toBe(added.some((tag) => tag.trim().toLowerCase() === "two"));
        expect(found).not.toContain("Three");
      }),
    );
  });

  it("do not take a part of a tag for the tag", () => {
    for (const near of ["Aventora", "Aventora Call 2", "Aventora-Call", "No Aventora Call"]) {
      expect(rulesFor(tenant("Aventora Call"), [near])).toEqual([]);
      expect(carries({ tags: [near] }, "Aventora Call")).toBe(false);
    }
  });
});
