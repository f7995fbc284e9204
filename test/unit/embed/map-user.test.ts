import fc from "fast-check";
import { expect, test } from "vitest";
import { mapUser, type UserFacts } from "../../../server/embed/map-user.ts";
import { userSchema } from "../../../shared/settings.schema.ts";

const agent = (id: string, more: object = {}) => userSchema.parse({ id, ...more });
const ann = agent("ann", { default_broker_phone: "(416) 555-0111", email: "Ann@Example.com" });
const ben = agent("ben", { display_number: "+14165550112", email: "ben@example.com" });
const cy = agent("cy");
const facts = (more: Partial<UserFacts>): UserFacts => ({
  phones: [],
  email: null,
  learnedUserId: null,
  ...more,
});

test.each<[string, Partial<UserFacts>, string | null]>([
  ["a phone in any spelling", { phones: ["416.555.0111"] }, "ann by phone"],
  ["a second number", { phones: ["4165550112"] }, "ben by phone"],
  ["any of several phones", { phones: ["4165550199", "+1 416 555 0112"] }, "ben by phone"],
  [
    "a phone before what was learned and the e-mail",
    { phones: ["4165550111"], learnedUserId: "ben", email: "ben@example.com" },
    "ann by phone",
  ],
  [
    "phones of two agents: nobody, rather than the wrong one",
    { phones: ["4165550111", "4165550112"], learnedUserId: "ann" },
    null,
  ],
  [
    "what was learned before the e-mail",
    { phones: ["4165550199"], learnedUserId: "cy", email: "ann@example.com" },
    "cy by fub_user",
  ],
  [
    "an agent who is gone was learned: the e-mail",
    { learnedUserId: "zed", email: " ANN@example.com " },
    "ann by email",
  ],
  ["an unknown e-mail", { email: "zed@example.com" }, null],
  ["no e-mail is not the agent without one", { email: "" }, null],
  ["no phone is not the agent without one", { phones: ["", "n/a"] }, null],
  ["nothing at all", {}, null],
])("%s", (_what, more, expected) => {
  const match = mapUser([ann, ben, cy], facts(more));
  expect(match && `${match.user.id} by ${match.rule}`).toBe(expected);
});

test("two agents with one e-mail are nobody", () => {
  const twin = agent("twin", { email: "ann@example.com" });
  expect(mapUser([ann, twin], facts({ email: "ann@example.com" }))).toBeNull();
});

test("the order of agents and phones never decides", () => {
  const phones = fc.shuffledSubarray(["4165550111", "+1 416 555 0112", "4165550199", ""]);
  const agents = fc.shuffledSubarray([ann, ben, cy], { minLength: 3 });
  fc.assert(
    fc.property(agents, phones, fc.option(fc.constantFrom("ann", "cy")), (order, numbers, learnedUserId) => {
      const known = facts({ phones: numbers, learnedUserId, email: "ben@example.com" });
      expect(mapUser(order, known)).toEqual(
        mapUser([ann, ben, cy], { ...known, phones: numbers.toReversed() }),
      );
    }),
  );
});
