// What the contact rules are told of a person of the CRM.
import { describe, expect, test } from "vitest";
import { personSchema as fubPerson } from "../../../server/crm/followupboss/schemas.ts";
import { toCrmPerson as fromFub } from "../../../server/crm/followupboss/to-crm-person.ts";
import { personSchema as rolloutPerson } from "../../../server/crm/rollout/schemas.ts";
import { toCrmPerson as fromRollout } from "../../../server/crm/rollout/to-crm-person.ts";
import { knowledgeOf, readRegions, writeRegions } from "../../../server/engagements/contact-facts.ts";

const home = { type: "home", street: "322 S Broadway", city: "Los Angeles" };

describe("where a person lives", () => {
  test.each([
    ["one address", [{ ...home, state: "CA", code: "90003", country: "United States" }], ["US-CA"]],
    ["a postcode alone", [{ ...home, state: "", code: "33139-1234" }], ["US-FL"]],
    [
      "several, each once, those that say nothing left out",
      [{ state: "Ontario" }, { code: "M5V 2T6" }, { state: "fl", country: null }, { street: "somewhere" }],
      ["CA-ON", "US-FL"],
    ],
    ["another country", [{ state: "CA", country: "Cabo Verde" }], undefined],
    ["a state that is none", [{ state: "Bavaria", code: 80331 }], undefined],
    ["no list", null, undefined],
  ])("is read from %s", (_what, addresses, regions) => {
    expect(knowledgeOf(fromFub(fubPerson.parse({ id: 7, addresses }))).regions).toEqual(regions);
    expect(knowledgeOf(fromRollout(rolloutPerson.parse({ id: "a", addresses }))).regions).toEqual(regions);
  });

  test("is kept with what waits, and read back as it was", () => {
    for (const regions of [[], ["US-FL"], ["CA-ON", "US-FL"]])
      expect(readRegions(writeRegions(regions))).toEqual(regions);
    expect(writeRegions(undefined)).toBeNull();
  });
});
