import { jwtVerify } from "jose";
import { expect, it } from "vitest";
import { createRolloutTokens } from "../../../server/crm/rollout/mint-token.ts";
import { createFakeClock, FAKE_START } from "../../helpers/fake-clock.ts";

const SECRET = "a-client-secret";

function setUp(start?: number) {
  const clock = createFakeClock(start);
  const app = { clientId: "client-1", clientSecret: SECRET as string | undefined };
  return { clock, app, tokens: createRolloutTokens({ app: () => ({ ...app }), clock }) };
}

it("a token says who asks for whom, for fifteen minutes, signed with HS512", async () => {
  const { tokens } = setUp();
  const { payload, protectedHeader } = await jwtVerify(
    await tokens.tokenFor("brokerage-one"),
    new TextEncoder().encode(SECRET),
    { algorithms: ["HS512"], currentDate: new Date(FAKE_START) },
  );
  const issued = FAKE_START / 1000;
  expect(payload).toEqual({ iss: "client-1", sub: "brokerage-one", iat: issued, exp: issued + 900 });
  expect(protectedHeader).toEqual({ alg: "HS512", typ: "JWT" });
});

it("is used again until a minute before its end, and is one consumer's own", async () => {
  const { clock, tokens } = setUp();
  const first = await tokens.tokenFor("one");
  expect(await tokens.tokenFor("two")).not.toBe(first);
  await clock.advance(839_000);
  expect(await tokens.tokenFor("one")).toBe(first);
  await clock.advance(1_000);
  expect(await tokens.tokenFor("one")).not.toBe(first);
});

it("is made anew when it was refused, or ID or secret are others", async () => {
  const { clock, app, tokens } = setUp();
  const first = await tokens.tokenFor("one");
  await clock.advance(1_000);
  tokens.forget("one", "some older token");
  expect(await tokens.tokenFor("one")).toBe(first);
  tokens.forget("one", first);
  const second = await tokens.tokenFor("one");
  expect(second).not.toBe(first);
  app.clientSecret = "another-secret";
  const third = await tokens.tokenFor("one");
  expect(third).not.toBe(second);
  app.clientId = "client-2";
  expect(await tokens.tokenFor("one")).not.toBe(third);
});

it("of the future is not used when the clock was set back", async () => {
  let now = FAKE_START;
  const tokens = createRolloutTokens({
    app: () => ({ clientId: "client-1", clientSecret: SECRET }),
    clock: { now: () => now },
  });
  const ahead = await tokens.tokenFor("one");
  now -= 3_600_000;
  expect(await tokens.tokenFor("one")).not.toBe(ahead);
});

it.each([
  ["", SECRET, ["ROLLOUT_CLIENT_ID is not"]],
  ["client-1", undefined, ["ROLLOUT_CLIENT_SECRET is not"]],
  ["client-1", "", ["ROLLOUT_CLIENT_SECRET is not"]],
  ["", undefined, ["ROLLOUT_CLIENT_ID", "ROLLOUT_CLIENT_SECRET"]],
])("with ID %j and secret %j there is none, in words", async (clientId, clientSecret, named) => {
  const { clock } = setUp();
  const tokens = createRolloutTokens({ app: () => ({ clientId, clientSecret }), clock });
  for (const name of named)
    await expect(tokens.tokenFor("one")).rejects.toMatchObject({
      code: "not_ready",
      sentence: expect.stringContaining(name),
    });
});
