import { decodeJwt } from "jose";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { GatewayError } from "../../server/base/errors.ts";
import type { Crm, CrmCallOptions, CrmPriority } from "../../server/crm/crm.ts";
import { mayHaveBeenStored } from "../../server/crm/write-fate.ts";
import { createFakeClock } from "../helpers/fake-clock.ts";
import type { HttpScriptLine } from "../helpers/scripted-http.ts";
import { failureOf } from "../helpers/start-fub-client.ts";
import {
  AS_SYNC,
  CLIENT_ID,
  CLIENT_SECRET,
  CREDENTIAL,
  page,
  type RolloutSetup,
  startRolloutClient,
} from "../unit/crm/start-rollout-client.ts";

let setup: RolloutSetup | undefined;
async function start(given: Parameters<typeof startRolloutClient>[0] = {}): Promise<RolloutSetup> {
  setup = await startRolloutClient(given);
  return setup;
}
afterEach(async () => {
  await setup?.rollout.close();
  setup = undefined;
});

const NOTE = { personId: "p7", subject: "SMS", body: "Hello" };
const addNote = (crm: Crm): Promise<unknown> => crm.addNote(NOTE, AS_SYNC);
const authorizations = ({ rollout }: RolloutSetup): string[] =>
  rollout.requests.map(({ headers }) => headers.authorization ?? "");
const forConsumer = (consumerKey: string): CrmCallOptions => ({
  ...AS_SYNC,
  access: { id: `of ${consumerKey}`, key: `cred-${consumerKey}`, rollout: { consumerKey } },
});

describe("a request", () => {
  it("carries the consumer's token and the credential, and the token again the next time", async () => {
    const begun = await start();
    const { rollout, crm } = begun;
    rollout.otherwise(() => page("users", []));
    await crm.identity(AS_SYNC);
    await crm.users(AS_SYNC);
    await crm.users(forConsumer("two"));
    const [first = "", second, third = ""] = authorizations(begun);
    expect(decodeJwt(first.replace("Bearer ", ""))).toMatchObject({ iss: CLIENT_ID, sub: "brokerage-one" });
    expect(second).toBe(first);
    expect(decodeJwt(third.replace("Bearer ", ""))).toMatchObject({ sub: "two" });
    expect(rollout.requests.map(({ headers }) => headers["x-rollout-credential-id"])).toEqual([
      CREDENTIAL,
      CREDENTIAL,
      "cred-two",
    ]);
    expect(rollout.requests[0]?.url).toBe("/api/users?limit=1");
  });

  it("after a refused token carries a new one", async () => {
    const clock = createFakeClock();
    const begun = await start({ clock });
    begun.rollout.say({ status: 401 }, page("users", []));
    await failureOf(begun.crm.users(AS_SYNC));
    await clock.advance(1_000);
    await begun.crm.users(AS_SYNC);
    const [refused, used] = authorizations(begun);
    expect(used).not.toBe(refused);
  });

  it.each([
    ["ROLLOUT_CLIENT_SECRET", { app: () => ({ clientId: "c", clientSecret: undefined }) }, AS_SYNC],
    ["ROLLOUT_CLIENT_ID", { app: () => ({ clientId: "", clientSecret: "s" }) }, AS_SYNC],
    ["ROLLOUT_API_BASE_URL", { baseUrl: "nonsense" }, AS_SYNC],
    ["rollout_credential_id", {}, { ...AS_SYNC, access: { id: "fub", key: "fka_1234567" } }],
  ])("that lacks %s never reaches the network", async (named, given, options) => {
    const { rollout, crm } = await start(given);
    const error = await failureOf(crm.addNote(NOTE, options));
    expect(error).toMatchObject({ code: "not_ready", sentence: expect.stringContaining(named) });
    expect(mayHaveBeenStored(error)).toBe(false);
    expect(rollout.requests).toEqual([]);
  });

  it("follows no redirect with the token in its hand", async () => {
    const { rollout, crm } = await start();
    rollout.say({ status: 302, headers: { Location: `${rollout.origin}/elsewhere` } });
    expect(await failureOf(addNote(crm))).toMatchObject({ code: "crm_bad_answer" });
    expect(rollout.requests).toHaveLength(1);
  });
});

describe("an answer that is no success", () => {
  const html = "<html><body>Bad Gateway</body></html>";
  const never = { kind: "never" };
  const later = { kind: "later" };
  it.each<[HttpScriptLine, string, object, boolean]>([
    [{ status: 400, body: { errorMessage: "Bad field" } }, "crm_invalid", never, false],
    [{ status: 422, body: { message: "Bad field" } }, "crm_invalid", never, false],
    [{ status: 401, body: "" }, "crm_unauthorized", never, false],
    [{ status: 403, body: { error: "invalid credentials" } }, "crm_forbidden", never, false],
    [{ status: 404, body: html }, "crm_not_found", never, false],
    [
      { status: 409, body: { errorMessage: "Not ready" } },
      "crm_syncing",
      { kind: "after", afterMs: 30_000 },
      false,
    ],
    [{ status: 429 }, "crm_rate_limited", later, false],
    [
      { status: 429, headers: { "Retry-After": "8" } },
      "crm_rate_limited",
      { kind: "after", afterMs: 8_000 },
      false,
    ],
    [{ status: 500, body: html }, "crm_unavailable", later, true],
    [{ status: 503, body: "" }, "crm_unavailable", later, true],
    [{ status: 201, body: html }, "crm_bad_answer", later, true],
    [{ status: 201, body: "" }, "crm_bad_answer", later, true],
    [{ reset: true }, "crm_unavailable", later, true],
    [{ status: 201, body: { id: "n1" }, cut: true }, "crm_unavailable", later, true],
  ])("%j to a note is %s, retry %j, perhaps stored: %s", async (line, code, retry, perhapsStored) => {
    const { rollout, crm } = await start();
    rollout.say(line);
    const error = (await failureOf(addNote(crm))) as GatewayError;
    expect(error).toMatchObject({ code, retry });
    expect(mayHaveBeenStored(error)).toBe(perhapsStored);
    expect(error.sentence).toContain("Rollout");
    expect(error.sentence).not.toContain("Follow Up Boss");
  });

  it("to a read leaves nothing behind", async () => {
    const { rollout, crm } = await start();
    rollout.say({ status: 500 });
    expect(mayHaveBeenStored(await failureOf(crm.user("5", AS_SYNC)))).toBe(false);
  });

  it("is quoted where Rollout's words help", async () => {
    const { rollout, crm } = await start();
    for (const key of ["errorMessage", "error", "message"]) {
      rollout.say({ status: 400, body: { [key]: "phone 416-555-0199 is odd" } });
      const { sentence } = (await failureOf(addNote(crm))) as GatewayError;
      expect(sentence).toMatch(/^Rollout refused the data .*is odd/);
      expect(sentence).not.toContain("0199");
    }
  });

  it("by nobody at all is unreachable, and certainly not stored", async () => {
    const { crm } = await start({ baseUrl: "http://no-such-host.invalid/api" });
    const error = await failureOf(addNote(crm));
    expect(error).toMatchObject({ code: "crm_unreachable", sentence: expect.stringContaining("Rollout") });
    expect(mayHaveBeenStored(error)).toBe(false);
    expect(crm.lanes()).toMatchObject([{ account: CREDENTIAL, used: 0 }]);
  });

  it("shows neither secret nor token, though Rollout repeats them", async () => {
    const begun = await start();
    const { rollout, crm, logged } = begun;
    const seen: string[] = [];
    for (const status of [400, 403, 500, 200]) {
      rollout.otherwise(({ headers }) => {
        const token = (headers.authorization ?? "").replace("Bearer ", "");
        return { status, body: { errorMessage: `${token} is not of ${CLIENT_SECRET}` } };
      });
      const { message, sentence, details, cause, stack } = (await failureOf(addNote(crm))) as GatewayError;
      seen.push([message, sentence, JSON.stringify(details), String(cause), stack].join(" "));
    }
    const all = [...seen, ...logged].join(" ");
    const tokens = authorizations(begun).map((value) => value.replace("Bearer ", ""));
    for (const secret of [CLIENT_SECRET, ...tokens]) expect(all).not.toContain(secret);
    expect(all).toContain("is not of …");
  });
});

describe("a list", () => {
  it("is read to its end, each id once", async () => {
    const { rollout, crm, asked } = await start();
    rollout.say(
      page("users", [{ id: "a" }, { id: "b" }], { next: "c/1+2=" }),
      page("users", [{ id: "b" }, { id: "c" }]),
    );
    expect((await crm.users(AS_SYNC)).map(({ id }) => id)).toEqual(["a", "b", "c"]);
    expect(asked()).toEqual(["GET /users?limit=100", "GET /users?limit=100&next=c%2F1%2B2%3D"]);
  });

  it("that goes round in a circle is not read for ever", async () => {
    const { rollout, crm } = await start();
    rollout.otherwise(() => page("users", [{ id: "a" }], { next: "same" }));
    expect(await failureOf(crm.users(AS_SYNC))).toMatchObject({ code: "crm_bad_answer" });
    expect(rollout.requests.length).toBeLessThanOrEqual(3);
  });
});

describe("the pace", () => {
  const ask = (crm: Crm, priority: CrmPriority, done: string[], more: Partial<CrmCallOptions> = {}) =>
    crm.user("u1", { ...AS_SYNC, ...more, priority }).then(
      () => done.push(priority),
      (error: unknown) => done.push(error instanceof Error ? error.message : ""),
    );

  it("is 45 a second and consumer, whoever waits in front of a page first", async () => {
    const clock = createFakeClock();
    const { rollout, crm } = await start({ clock });
    rollout.otherwise(() => ({ body: { id: "u1" } }));
    const done: string[] = [];
    const asked = [
      ...Array.from({ length: 50 }, () => ask(crm, "sync", done)),
      ask(crm, "interactive", done),
      ask(crm, "sync", done, forConsumer("two")),
    ];
    await vi.waitFor(() => expect(rollout.requests).toHaveLength(46));
    await vi.waitFor(() => expect(done).toHaveLength(46));
    expect(crm.lanes()).toMatchObject([
      { account: CREDENTIAL, context: "rollout", limit: 45, windowMs: 1_000, used: 45, waiting: 6 },
      { account: "cred-two", used: 1, waiting: 0 },
    ]);
    expect(crm.lanes()[0]?.waitingBy).toMatchObject({ interactive: 1, sync: 5 });
    await clock.advance(1_000);
    await Promise.all(asked);
    expect(done.slice(46)).toContain("interactive");
    expect(rollout.requests).toHaveLength(52);
  });

  it("lets nobody wait beyond the deadline, and what was not sent is not stored", async () => {
    const clock = createFakeClock();
    const { rollout, crm } = await start({ clock });
    rollout.otherwise(() => ({ body: { id: "n1" } }));
    await Promise.all(Array.from({ length: 45 }, () => addNote(crm)));
    const failing = failureOf(crm.addNote(NOTE, { ...AS_SYNC, timeoutMs: 400 }));
    await clock.advance(400);
    const error = await failing;
    expect(error).toMatchObject({
      code: "crm_rate_limited",
      sentence: "Rollout asked the gateway to slow down.",
    });
    expect(mayHaveBeenStored(error)).toBe(false);
    expect(rollout.requests).toHaveLength(45);
  });

  it("stops for the consumer as long as a 429 says", async () => {
    const clock = createFakeClock();
    const { rollout, crm } = await start({ clock });
    rollout.say({ status: 429, headers: { "Retry-After": "3" } });
    await failureOf(addNote(crm));
    rollout.otherwise(() => ({ body: { id: "n1" } }));
    const waiting = addNote(crm);
    await clock.advance(2_999);
    expect(rollout.requests).toHaveLength(1);
    await clock.advance(1);
    await waiting;
    expect(rollout.requests).toHaveLength(2);
  });

  it("covers a hanging write, whose fate is then open", async () => {
    const clock = createFakeClock();
    const { rollout, crm } = await start({ clock });
    rollout.say({ hang: true });
    const failing = failureOf(addNote(crm));
    await vi.waitFor(() => expect(rollout.requests).toHaveLength(1));
    await clock.advance(15_000);
    const error = await failing;
    expect(error).toMatchObject({ code: "crm_unavailable" });
    expect(mayHaveBeenStored(error)).toBe(true);
  });
});
