import { readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { buildContext } from "../../../server/sandbox/build-context.ts";
import { demoWorld } from "../../../server/sandbox/demo/demo-world.ts";
import { encodeContext, signContext } from "../../../server/sandbox/sign-context.ts";

const vector = JSON.parse(
  readFileSync(new URL("../../fixtures/vendor-vector.json", import.meta.url), "utf8"),
);

test("the vendor's own context and secret give the vendor's own signature", () => {
  expect(signContext(vector.context, vector.secret)).toBe(vector.signature);
});

test("a context built from the vector's account, user and person is the vendor's text to the last character", () => {
  const { account, user, person } = vector.decoded;
  const built = buildContext({
    account,
    user: { ...user, phone: "(233) 555-0100" },
    person: { ...person, stage: person.stage.name },
  });
  expect(built).toEqual(vector.decoded);
  expect(encodeContext(built)).toBe(vector.context);
});

test("the agent's phone is only there on request, the person only when one is open", () => {
  const [account] = demoWorld().accounts;
  const [user, person] = [account?.users[1], account?.people[0]];
  if (!account || !user || !person) throw new Error("the demo world is empty");
  expect(buildContext({ account, user, person })).not.toHaveProperty("user.phone");
  expect(buildContext({ account, user, person, withUserPhone: true })).toHaveProperty(
    "user.phone",
    user.phone,
  );
  expect(buildContext({ account, user })).not.toHaveProperty("person");
});

test("whatever is encoded decodes to itself, has no padding and keeps to its alphabet", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.string({ unit: "binary" })), (context) => {
      const url = encodeContext(context);
      const standard = encodeContext(context, "standard");
      expect(url).toMatch(/^[A-Za-z0-9_-]+$/);
      expect(standard).toMatch(/^[A-Za-z0-9+/]+$/);
      for (const text of [url, standard]) {
        const decoded = Buffer.from(text, "base64").toString("utf8");
        expect(decoded).toBe(Buffer.from(JSON.stringify(context), "utf8").toString("utf8"));
      }
    }),
  );
});
