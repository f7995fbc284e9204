import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { GatewayError } from "../../server/base/errors.ts";
import type { Crm } from "../../server/crm/crm.ts";
import { mayHaveBeenStored } from "../../server/crm/write-fate.ts";
import { createFakeClock } from "../helpers/fake-clock.ts";
import type { HttpScriptLine } from "../helpers/scripted-http.ts";
import {
  AS_SYNC,
  FUB_KEY,
  FUB_SYSTEM_KEY,
  type FubSetup,
  failureOf,
  startFubClient,
} from "../helpers/start-fub-client.ts";

let setup: FubSetup | undefined;
async function start(given: Parameters<typeof startFubClient>[0] = {}): Promise<FubSetup> {
  setup = await startFubClient(given);
  return setup;
}
afterEach(async () => {
  await setup?.fub.close();
  setup = undefined;
});

const IDENTITY = { account: { id: 77, domain: "fub-test" }, user: { id: 5, isOwner: 1 } };
const NOTE = { personId: "7", subject: "SMS", body: "Hello" };
const addNote = (crm: Crm): Promise<unknown> => crm.addNote(NOTE, AS_SYNC);

describe("a request", () => {
  it("carries the key as user name with a blank password, and the system", async () => {
    const { fub, crm } = await start();
    fub.say({ body: IDENTITY });
    await crm.identity(AS_SYNC);
    expect(fub.requests[0]).toMatchObject({
      method: "GET",
      url: "/v1/identity",
      headers: {
        authorization: `Basic ${Buffer.from(`${FUB_KEY}:`).toString("base64")}`,
        "x-system": "Aventora",
        "x-system-key": FUB_SYSTEM_KEY,
      },
    });
  });

  it("without a system key never reaches the network", async () => {
    const { fub, crm } = await start({ systemKey: undefined });
    const error = await failureOf(crm.identity(AS_SYNC));
    expect(error).toMatchObject({ code: "not_ready" });
    expect((error as GatewayError).sentence).toContain("FUB_SYSTEM_KEY is not configured");
    expect(fub.requests).toEqual([]);
  });

  it("follows no redirect with the key in its hand", async () => {
    const { fub, crm } = await start();
    fub.say({ status: 302, headers: { Location: `${fub.origin}/elsewhere` } });
    expect(await failureOf(addNote(crm))).toMatchObject({ code: "crm_bad_answer" });
    expect(fub.requests).toHaveLength(1);
  });
});

describe("an answer that is no success", () => {
  const html = "<html><body>Bad Gateway</body></html>";
  it.each<[HttpScriptLine, string, object, boolean]>([
    [
      { status: 401, body: { errorMessage: "Authentication is required." } },
      "crm_unauthorized",
      { kind: "never" },
      false,
    ],
    [{ status: 403, body: { error: "Only registered systems." } }, "crm_forbidden", { kind: "never" }, false],
    [{ status: 404, body: html }, "crm_not_found", { kind: "never" }, false],
    [
      { status: 400, body: { errorMessage: "Invalid fields in the request body: a." } },
      "crm_invalid",
      { kind: "never" },
      false,
    ],
    [{ status: 409, body: { claimed: true } }, "crm_invalid", { kind: "never" }, false],
    [{ status: 422, body: "" }, "crm_invalid", { kind: "never" }, false],
    [
      { status: 429, headers: { "Retry-After": "8" } },
      "crm_rate_limited",
      { kind: "after", afterMs: 8_000 },
      false,
    ],
    [{ status: 429 }, "crm_rate_limited", { kind: "after", afterMs: 10_000 }, false],
    [{ status: 500, body: html }, "crm_unavailable", { kind: "later" }, true],
    [{ status: 503, body: "" }, "crm_unavailable", { kind: "later" }, true],
    [{ status: 201, body: html }, "crm_bad_answer", { kind: "later" }, true],
    [{ status: 201, body: "" }, "crm_bad_answer", { kind: "later" }, true],
    [{ status: 201, body: { note: "no id" } }, "crm_bad_answer", { kind: "later" }, true],
    [{ reset: true }, "crm_unavailable", { kind: "later" }, true],
    [{ status: 201, body: { id: 12345 }, cut: true }, "crm_unavailable", { kind: "later" }, true],
  ])("%j to a note is %s, retry %j, perhaps stored: %s", async (line, code, retry, perhapsStored) => {
    const { fub, crm } = await start();
    fub.say(line);
    const error = await failureOf(addNote(crm));
    expect(error).toMatchObject({ code, retry });
    expect(mayHaveBeenStored(error)).toBe(perhapsStored);
  });

  it("to a read leaves nothing behind", async () => {
    const { fub, crm } = await start();
    fub.say({ status: 500 });
    expect(mayHaveBeenStored(await failureOf(crm.user("5", AS_SYNC)))).toBe(false);
  });

  it("quotes what Follow Up Boss says about the data, without the customer's number", async () => {
    const { fub, crm } = await start();
    fub.say({ status: 400, body: { errorMessage: "Invalid value for phone: 416-555-0199." } });
    const { sentence } = (await failureOf(addNote(crm))) as GatewayError;
    expect(sentence).toContain("Invalid value for phone");
    expect(sentence).not.toContain("0199");
  });

  it("that forbids is not called a bad key", async () => {
    const { fub, crm } = await start();
    fub.say({ status: 403, body: { errorMessage: "You do not have access to teams." } });
    const { sentence } = (await failureOf(crm.users(AS_SYNC))) as GatewayError;
    expect(sentence).toContain("accepted the key");
    expect(sentence).toContain("You do not have access to teams.");
  });

  it("larger than 10 MB is not read to its end", async () => {
    const { fub, crm } = await start();
    fub.say({ body: `"${"x".repeat(11 * 1024 * 1024)}"` });
    expect(await failureOf(crm.identity(AS_SYNC))).toMatchObject({ code: "crm_bad_answer" });
  });

  it("never shows a key, neither in errors nor in the log", async () => {
    const { fub, crm, logged } = await start();
    fub.say(
      { status: 500, body: FUB_KEY },
      { reset: true },
      { status: 400, body: { errorMessage: `key ${FUB_KEY}` } },
    );
    const seen = [];
    for (let i = 0; i < 3; i++) seen.push(await failureOf(addNote(crm)));
    const texts = seen.map((error) => {
      const { message, sentence, details, cause, stack } = error as GatewayError;
      return [message, sentence, JSON.stringify(details), String(cause), stack].join(" ");
    });
    const all = [...texts, ...logged].join(" ");
    const basic = Buffer.from(`${FUB_KEY}:`).toString("base64");
    for (const secret of [FUB_KEY, FUB_SYSTEM_KEY, basic]) expect(all).not.toContain(secret);
    expect(logged).toHaveLength(3);
  });
});

describe("Follow Up Boss out of reach", () => {
  it("by a refused connection is unreachable, certainly not stored, and costs no slot", async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, "127.0.0.1", resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const { crm } = await start({ baseUrl: `http://127.0.0.1:${port}` });
    const error = await failureOf(addNote(crm));
    expect(error).toMatchObject({ code: "crm_unreachable", retry: { kind: "later" } });
    expect(mayHaveBeenStored(error)).toBe(false);
    expect(crm.lanes()).toMatchObject([{ context: "notes", used: 0 }]);
  });

  it("by name or by certificate is unreachable too", async () => {
    const { crm } = await start({ baseUrl: "http://no-such-host.invalid" });
    const unknownName = await failureOf(addNote(crm));
    await setup?.fub.close();
    const plain = await start();
    const noTls = await start({ baseUrl: plain.fub.origin.replace("http:", "https:") });
    const error = await failureOf(addNote(noTls.crm));
    await plain.fub.close();
    for (const failure of [unknownName, error]) {
      expect(failure).toMatchObject({ code: "crm_unreachable" });
      expect(mayHaveBeenStored(failure)).toBe(false);
    }
  });
});

describe("the time limit", () => {
  it("of 15 seconds ends a hanging write, whose fate is then open", async () => {
    const clock = createFakeClock();
    const { fub, crm } = await start({ clock });
    fub.say({ hang: true });
    const failing = failureOf(addNote(crm));
    await vi.waitFor(() => expect(fub.requests).toHaveLength(1));
    await clock.advance(14_999);
    expect(clock.sleepers()).toBe(1);
    await clock.advance(1);
    const error = await failing;
    expect(error).toMatchObject({ code: "crm_unavailable", retry: { kind: "later" } });
    expect(mayHaveBeenStored(error)).toBe(true);
  });

  it("covers waiting in the lane: what was never sent is certainly not stored", async () => {
    const clock = createFakeClock();
    const { fub, crm } = await start({ clock });
    fub.otherwise(() => ({ status: 201, body: { id: 1 } }));
    for (let i = 0; i < 10; i++) await addNote(crm);
    const failing = failureOf(crm.addNote(NOTE, { ...AS_SYNC, timeoutMs: 4_000 }));
    await clock.advance(4_000);
    const error = await failing;
    expect(error).toMatchObject({ code: "crm_rate_limited", retry: { kind: "later" } });
    expect(mayHaveBeenStored(error)).toBe(false);
    expect(fub.requests).toHaveLength(10);
  });

  it("is one for all requests of a call", async () => {
    const clock = createFakeClock();
    const { fub, crm } = await start({ clock });
    fub.say({ body: { people: [] } }, { hang: true });
    const by = { phone: "+14165550100", email: null };
    const failing = failureOf(crm.findPerson(by, { ...AS_SYNC, timeoutMs: 1_000 }));
    await vi.waitFor(() => expect(fub.requests).toHaveLength(2));
    await clock.advance(1_000);
    expect(await failing).toMatchObject({ code: "crm_unavailable" });
  });

  it("does not outlive the call, and a caller may give up earlier", async () => {
    const clock = createFakeClock();
    const { fub, crm } = await start({ clock });
    fub.say({ hang: true });
    const patience = new AbortController();
    const failing = failureOf(crm.addNote(NOTE, { ...AS_SYNC, signal: patience.signal }));
    await vi.waitFor(() => expect(fub.requests).toHaveLength(1));
    patience.abort();
    const error = await failing;
    expect(error).toMatchObject({ code: "crm_unavailable" });
    expect(mayHaveBeenStored(error)).toBe(true);
    expect(clock.sleepers()).toBe(0);
    expect(await failureOf(crm.addNote(NOTE, { ...AS_SYNC, signal: patience.signal }))).toMatchObject({
      details: { fate: "not_stored" },
    });
  });
});

describe("the limits of Follow Up Boss", () => {
  it("are learned from the headers, per account", async () => {
    const clock = createFakeClock();
    const { fub, crm } = await start({ clock });
    const headers = {
      "FUB-Account-ID": "77",
      "X-RateLimit-Limit": "2",
      "X-RateLimit-Remaining": "1",
      "X-RateLimit-Window": "10",
      "X-RateLimit-Context": "notes",
    };
    fub.otherwise(() => ({ status: 201, body: { id: 1 }, headers }));
    await addNote(crm);
    await addNote(crm);
    const third = addNote(crm);
    await clock.advance(9_999);
    expect(fub.requests).toHaveLength(2);
    expect(crm.lanes()).toMatchObject([{ account: "77", context: "notes", limit: 2, used: 2, waiting: 1 }]);
    await clock.advance(1);
    await third;
    expect(fub.requests).toHaveLength(3);
  });

  it("once overstepped silence the account until Retry-After, for its other keys too", async () => {
    const clock = createFakeClock();
    const { fub, crm } = await start({ clock });
    const other = { ...AS_SYNC, access: { id: "access-2", key: "fka_other" } };
    const account = { "FUB-Account-ID": "77" };
    fub.say({ body: IDENTITY }, { status: 429, headers: { ...account, "Retry-After": "3" } });
    await crm.identity(other);
    await failureOf(addNote(crm));
    fub.otherwise(() => ({ body: IDENTITY, headers: account }));
    const waiting = crm.identity(other);
    await clock.advance(2_999);
    expect(fub.requests).toHaveLength(2);
    await clock.advance(1);
    await waiting;
    expect(fub.requests).toHaveLength(3);
  });
});
