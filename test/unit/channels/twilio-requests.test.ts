// What each answer of Twilio's API, and each way of not answering, means for an outreach. Over real sockets.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { GatewayError } from "../../../server/base/errors.ts";
import { readCallFailure } from "../../../server/channels/twilio/read-call-failure.ts";
import { createTwilioClient, type TwilioClient } from "../../../server/channels/twilio/twilio-client.ts";
import type { HttpScriptLine } from "../../helpers/scripted-http.ts";

const SID = `AC${"1".repeat(32)}`;
let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly auth: string | undefined;
  readonly body: URLSearchParams;
}

/** A Twilio that answers each request with the next line. */
async function open(
  ...lines: HttpScriptLine[]
): Promise<{ client: TwilioClient; seen: Seen[]; port: number }> {
  const seen: Seen[] = [];
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => {
      body += String(chunk);
    });
    request.on("end", () => {
      const { method, url, headers } = request;
      seen.push({ method, url, auth: headers.authorization, body: new URLSearchParams(body) });
      const line = lines.shift() ?? { status: 500 };
      if (line.hang) return;
      if (line.reset) return void request.socket.resetAndDestroy();
      response.writeHead(line.status ?? 200, { "content-type": "application/json", ...line.headers });
      if (line.cut) return void response.write("{", () => request.socket.resetAndDestroy());
      response.end(typeof line.body === "string" ? line.body : JSON.stringify(line.body ?? {}));
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { client: clientAt(`http://127.0.0.1:${port}/twilio`), seen, port };
}
const clientAt = (baseUrl: string): TwilioClient =>
  createTwilioClient({
    ...{ accountSid: SID, user: "SK1", password: "s3cret", baseUrl, timeoutMs: 1_000, now: () => 0 },
  });
const failure = (asked: Promise<unknown>): Promise<GatewayError> =>
  asked.then(
    () => {
      throw new Error("it worked");
    },
    (error: unknown) => {
      if (error instanceof GatewayError) return error;
      throw error;
    },
  );
const CALL = { to: "+14165550111", from: "+14165550100", twiml: "<Response/>" };
const TEXT = { to: "+14165550132", from: "+14165550100", body: "Hi" };
const refusal = (code: number, status = 400): HttpScriptLine => ({
  ...{ status, body: { code, message: "Twilio's own words for +14165550132", more_info: "…", status } },
});

describe("a request", () => {
  test("goes below the address it was given, as the API key, a list as a repeated field, and is read with care", async () => {
    const { client, seen } = await open({
      status: 201,
      body: {
        sid: "CA1",
        status: "queued",
        duration: "",
        end_time: null,
        date_created: "Mon, 02 Mar 2026 15:00:00 +0000",
      },
    });
    const call = await client.placeCall(
      { ...CALL, statusCallbackEvent: ["initiated", "completed"] },
      "agent",
    );
    expect(call).toMatchObject({
      sid: "CA1",
      duration: null,
      endTime: null,
      dateCreated: Date.parse("2026-03-02T15:00:00Z"),
    });
    expect(seen).toHaveLength(1);
    expect(seen[0]).toMatchObject({ method: "POST", url: `/twilio/2010-04-01/Accounts/${SID}/Calls.json` });
    expect(seen[0]?.auth).toBe(`Basic ${Buffer.from("SK1:s3cret").toString("base64")}`);
    expect(seen[0]?.body.getAll("StatusCallbackEvent")).toEqual(["initiated", "completed"]);
  });

  test("for a list follows its pages", async () => {
    const page = (sid: string, next: string | null) => ({
      body: { calls: [{ sid, status: "queued" }], next_page_uri: next, page_size: 50 },
    });
    const { client, seen } = await open(
      page("CA1", `/2010-04-01/Accounts/${SID}/Calls.json?Page=1`),
      page("CA2", null),
    );
    expect((await client.legsOf("CA0")).map(({ sid }) => sid)).toEqual(["CA1", "CA2"]);
    expect(seen[1]?.url).toBe(`/twilio/2010-04-01/Accounts/${SID}/Calls.json?Page=1`);
  });
});

describe("a start that Twilio answers with", () => {
  test.each<[number, number, string, RegExp]>([
    [21210, 400, "provider_refused", /Verify the caller ID/],
    [21212, 400, "provider_refused", /Check it/],
    [21219, 400, "provider_refused", /trial.*Upgrade/],
    [21608, 400, "provider_refused", /trial.*Upgrade/],
    [21215, 400, "provider_refused", /Geographic permissions/],
    [21408, 400, "provider_refused", /Geo permissions/],
    [20003, 401, "provider_refused", /Copy them again/],
    [30034, 400, "provider_refused", /Register brand and campaign/],
    [30032, 400, "provider_refused", /toll-free/],
    [21606, 400, "provider_refused", /Check the number at Twilio/],
    [21612, 400, "provider_refused", /Try to call instead/],
    [63016, 400, "provider_refused", /template/],
    [21211, 400, "invalid_phone", /not a valid/],
    [21214, 400, "invalid_phone", /cannot be reached/],
    [21217, 400, "invalid_phone", /not a valid/],
    [21614, 400, "invalid_phone", /not a mobile/],
    [21610, 400, "opted_out", /wrote STOP/],
    [21216, 400, "do_not_call", /does not let/],
    [20429, 429, "provider_unavailable", /slow down/],
    [10004, 429, "provider_unavailable", /as many calls/],
    [21611, 429, "provider_unavailable", /too many messages/],
    [99999, 400, "provider_refused", /error 99999/],
  ])("error %i (status %i) is %s", async (code, status, ours, sentence) => {
    const { client } = await open(refusal(code, status));
    const error = await failure(client.sendMessage(TEXT));
    expect(error.code).toBe(ours);
    expect(error.sentence).toMatch(sentence);
    expect(`${error.sentence} ${error.message}`).not.toMatch(/4165550132|s3cret|U0sx/);
  });

  test("a number that is no good is the contact's only if the contact was called", async () => {
    const { client } = await open(refusal(21217), refusal(21217), refusal(21216));
    expect(await failure(client.placeCall(CALL, "contact"))).toMatchObject({ code: "invalid_phone" });
    const agent = await failure(client.placeCall(CALL, "agent"));
    expect(agent).toMatchObject({ code: "provider_refused" });
    expect(agent.sentence).toMatch(/agent's phone cannot be called/);
    expect(await failure(client.placeCall(CALL, "agent"))).toMatchObject({ code: "provider_refused" });
  });

  test("429 and Retry-After wait as long as they are told", async () => {
    const { client } = await open(
      { ...refusal(20429, 429), headers: { "retry-after": "7" } },
      refusal(20429, 429),
    );
    expect((await failure(client.sendMessage(TEXT))).retry).toEqual({ kind: "after", afterMs: 7_000 });
    expect((await failure(client.sendMessage(TEXT))).retry).toEqual({ kind: "later" });
  });

  test.each<[string, HttpScriptLine]>([
    ["a 500", { status: 500 }],
    ["a 503 in HTML", { status: 503, body: "<html>" }],
    ["a 408", { status: 408 }],
    ["nothing", { hang: true }],
    ["a reset", { reset: true }],
    ["half an answer", { status: 201, cut: true }],
    ["no JSON", { status: 201, body: "<html>" }],
    ["no id", { status: 201, body: { status: "queued" } }],
    ["more than anybody reads", { status: 201, body: " ".repeat(5_000_001) }],
  ])("%s is not known; for a question it is only tried again", async (_name, line) => {
    const { client } = await open(line, line);
    const started = await failure(client.placeCall(CALL, "agent"));
    expect(started).toMatchObject({ code: "provider_fate_unknown", retry: { kind: "never" } });
    expect(await failure(client.call("CA1"))).toMatchObject({
      code: "provider_unavailable",
      retry: { kind: "later" },
    });
  });

  test("a redirect is never followed", async () => {
    const { client, seen } = await open({ status: 307, headers: { location: "http://127.0.0.1:9/" } });
    const error = await failure(client.sendMessage(TEXT));
    expect(error).toMatchObject({
      code: "provider_refused",
      sentence: expect.stringContaining("TWILIO_API_BASE_URL"),
    });
    expect(seen).toHaveLength(1);
  });

  test("no server at all certainly did nothing", async () => {
    const { port } = await open();
    await new Promise((resolve) => server?.close(resolve));
    server = undefined;
    const error = await failure(clientAt(`http://127.0.0.1:${port}`).placeCall(CALL, "agent"));
    expect(error).toMatchObject({ code: "provider_unavailable", retry: { kind: "later" } });
    expect(error.sentence).toBe("Twilio could not be reached.");
  });
});

describe("why a call failed", () => {
  const list = (name: string, ...rows: unknown[]): HttpScriptLine => ({
    body: { [name]: rows, next_page_uri: null },
  });
  const event = (parameters: unknown) => ({ request: { method: "POST", parameters }, response: {} });
  const legs = { sid: "CA2", placedSid: "CA1" };

  test("is read from the leg's events and the notes on both calls, in whichever spelling they have it", async () => {
    const answers = (parameters: unknown) => [
      list("events", event(null), event({ call_status: "ringing" }), event(parameters)),
      list("notifications", { error_code: "13224" }, { error_code: null }),
      list("notifications", { error_code: "13224" }, { error_code: "13214" }),
    ];
    const spellings = [{ sip_response_code: "404" }, { SipResponseCode: 404 }];
    const { client, seen } = await open(...spellings.flatMap(answers));
    for (const _spelling of spellings)
      expect(await readCallFailure(client, legs)).toEqual({ sip: 404, codes: [13214, 13224] });
    expect(seen.slice(0, 3).map(({ url }) => url?.match(/CA\d\/\w+/)?.[0])).toEqual([
      ...["CA2/Events", "CA2/Notifications", "CA1/Notifications"],
    ]);
  });

  test("is not told where Twilio has no such records; where it does not answer, it is asked again", async () => {
    const silent = refusal(20404, 404);
    const told = list("events", event({ sip_response_code: "200" }));
    const { client } = await open(silent, silent, silent, told, { status: 503 });
    expect(await readCallFailure(client, legs)).toEqual({ sip: null, codes: [] });
    expect(await failure(readCallFailure(client, legs))).toMatchObject({ code: "provider_unavailable" });
  });
});
