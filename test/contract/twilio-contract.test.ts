// What the gateway asks of Twilio against Twilio's own OpenAPI, and whether it understands every answer published there.
// The document is not part of this project: TWILIO_OPENAPI names the file. Without it the tests are skipped and say so.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import type { ChannelOrder } from "../../server/channels/channel.ts";
import { startVerification } from "../../server/channels/twilio/caller-ids.ts";
import { createTwilio } from "../../server/channels/twilio/create-twilio.ts";
import { listInbound } from "../../server/channels/twilio/list-inbound.ts";
import { testAccount } from "../../server/channels/twilio/test-account.ts";
import {
  readAgentSenders,
  readOwnSenders,
  readTwilioAccount,
} from "../../server/channels/twilio/twilio-account.ts";
import { createTwilioClient, type TwilioClient } from "../../server/channels/twilio/twilio-client.ts";
import type { TwilioDeps } from "../../server/channels/twilio/twilio-deps.ts";
import { tenantSchema } from "../../shared/settings.schema.ts";
import { createFakeClock, FAKE_START } from "../helpers/fake-clock.ts";
import { openTestDatabase } from "../helpers/open-test-database.ts";
import {
  type FormRequest,
  readTwilioOpenApi,
  type TwilioOpenApi,
} from "../unit/channels/read-twilio-openapi.ts";
import { ORDER } from "../unit/channels/twilio-call-world.ts";

const file = process.env.TWILIO_OPENAPI ?? "";
if (file === "")
  process.stderr.write(
    "Not checked against Twilio's OpenAPI: requests, forms and answers of server/channels/twilio (set TWILIO_OPENAPI to the file).\n",
  );

const hex = (digit: string): string => digit.repeat(32);
const SID = `AC${hex("1")}`;
const CA = `CA${hex("2")}`;
const SM = `SM${hex("3")}`;

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
  server = undefined;
});

interface Pretended {
  readonly base: string;
  readonly requests: FormRequest[];
}

/** Answers what `answer` says, and keeps what it was asked. */
async function pretend(
  answer: (request: FormRequest) => { status: number; body: unknown },
): Promise<Pretended> {
  const requests: FormRequest[] = [];
  server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const body = Buffer.concat(chunks).toString("utf8");
      const { method = "", url = "" } = incoming;
      const request = { method, url, contentType: incoming.headers["content-type"], body };
      requests.push(request);
      const said = answer(request);
      response.writeHead(said.status, { "content-type": "application/json" }).end(JSON.stringify(said.body));
    });
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return { base: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests };
}

const clientAt = (baseUrl: string): TwilioClient =>
  createTwilioClient({ accountSid: SID, user: SID, password: "x", baseUrl, timeoutMs: 5_000, now: () => 0 });

/** Every request the client can make, in each of its shapes. */
const CALLS: readonly (readonly [name: string, ask: (client: TwilioClient) => Promise<unknown>])[] = [
  [
    "placeCall",
    (client) => client.placeCall({ to: "+14165550111", from: "+14165550100", twiml: "<R/>" }, "agent"),
  ],
  ["call", (client) => client.call(CA)],
  ["changeCall by TwiML", (client) => client.changeCall(CA, { twiml: "<Response/>" })],
  ["changeCall to its end", (client) => client.changeCall(CA, { status: "completed" })],
  ["changeCall before an answer", (client) => client.changeCall(CA, { status: "canceled" })],
  ["callsBetween", (client) => client.callsBetween("+14165550100", "+14165550111")],
  ["legsOf", (client) => client.legsOf(CA)],
  ["recordingsOf", (client) => client.recordingsOf(CA)],
  ["eventsOf", (client) => client.eventsOf(CA)],
  ["notificationsOf", (client) => client.notificationsOf(CA)],
  ["sendMessage", (client) => client.sendMessage({ to: "+14165550132", from: "+14165550100", body: "Hi" })],
  ["message", (client) => client.message(SM)],
  ["cancelMessage", (client) => client.cancelMessage(SM)],
  ["messagesTo", (client) => client.messagesTo("whatsapp:+14165550132")],
  ["messagesSince", (client) => client.messagesSince(new Date(FAKE_START), "+14165550100", undefined)],
  ["messagesSince of all", (client) => client.messagesSince(new Date(FAKE_START), undefined, undefined)],
  [
    "messagesSince up to then",
    (client) => client.messagesSince(new Date(0), undefined, new Date(FAKE_START)),
  ],
  ["callerIds", (client) => client.callerIds()],
  ["callerIds of one", (client) => client.callerIds("+14165550111")],
  [
    "verifyCallerId",
    (client) =>
      client.verifyCallerId({
        phoneNumber: "+14165550111",
        friendlyName: "Sam",
        statusCallback: "https://gw.example.com/x",
      }),
  ],
  ["account", (client) => client.account()],
  ["ownNumber", (client) => client.ownNumber("+14165550100")],
];

/** A brokerage with everything, as the provider is given it. */
async function deps(base: string, more: object = {}, publicUrl?: string): Promise<TwilioDeps> {
  const settings = tenantSchema.parse({
    ...{ domain_name: "acme", twilio_account_sid: SID, twilio_number: "+14165550100" },
    ...{
      twilio_whatsapp_number: "+447700900123",
      voicemail_text: "Please call me back.",
      record_calls: true,
    },
    ...more,
  });
  return {
    ...{ db: await openTestDatabase(), clock: createFakeClock(), linkKey: "key", baseUrl: () => base },
    account: () => readTwilioAccount(settings, (name) => (name === "twilio_auth_token" ? "t" : undefined)),
    sender: () => readAgentSenders(undefined),
    ownSenders: () => readOwnSenders(settings, []),
    publicUrl: () => publicUrl,
    lastInboundAt: async () => null,
    openingText: () => "Hello Jane, your viewing is at ten.",
    splitText: (text) => [text],
  };
}

const TEMPLATE = {
  whatsapp_templates: [
    {
      name: "intro",
      content_sid: `HX${hex("4")}`,
      call_types: ["informational"],
      variables: { "1": "{first_name}" },
    },
  ],
};
const SERVICE = { twilio_messaging_service_sid: `MG${hex("5")}` };
const PUBLIC = "https://gw.example.com";

/** Starts of every kind, with and without a public address: what the provider itself puts together. */
const STARTS: readonly (readonly [
  name: string,
  settings: object,
  publicUrl: string | undefined,
  order: Partial<ChannelOrder>,
])[] = [
  ["a call with the agent first", {}, PUBLIC, {}],
  ["a call with the agent first, polled", {}, undefined, {}],
  ["an announcement", { voice_mode: "announcement" }, PUBLIC, { type: "informational" }],
  ["an announcement, polled", { voice_mode: "announcement" }, undefined, { type: "informational" }],
  ["a spoken conversation", { automated: true }, PUBLIC, {}],
  ["a WhatsApp call", {}, PUBLIC, { channel: "wvoice" }],
  ["a text", {}, PUBLIC, { channel: "sms" }],
  ["a text from a messaging service, polled", SERVICE, undefined, { channel: "sms" }],
  ["a WhatsApp template", TEMPLATE, PUBLIC, { channel: "wmsg", type: "informational" }],
];

const message = (request: FormRequest): unknown => ({
  sid: SM,
  status: "queued",
  body: new URLSearchParams(request.body).get("Body"),
});
/** An answer of the right kind, for what only the requests matter of. */
function plainAnswer(request: FormRequest): { status: number; body: unknown } {
  const { pathname } = new URL(request.url, "http://twilio");
  if (request.method === "POST" && pathname.endsWith("/Messages.json"))
    return { status: 201, body: message(request) };
  if (request.method === "POST" && pathname.endsWith("/OutgoingCallerIds.json"))
    return { status: 200, body: { validation_code: "123456" } };
  if (pathname.includes("/Calls") && !pathname.includes(`${CA}/`) && !request.url.includes("?"))
    return { status: 200, body: { sid: CA, status: request.method === "POST" ? "queued" : "in-progress" } };
  if (pathname.endsWith(`/${SM}.json`)) return { status: 200, body: message(request) };
  const lists = {
    calls: [],
    messages: [],
    outgoing_caller_ids: [],
    incoming_phone_numbers: [],
    recordings: [],
  };
  return {
    status: 200,
    body: { ...lists, events: [], notifications: [], friendly_name: "Acme", status: "active" },
  };
}

describe.skipIf(file === "")("against Twilio's OpenAPI", () => {
  const api = file === "" ? undefined : readTwilioOpenApi(file);
  const judge = (): TwilioOpenApi => {
    if (!api) throw new Error("no OpenAPI");
    return api;
  };

  it.each(CALLS)("%s asks what is declared and understands every published answer", async (_name, ask) => {
    let given = 0;
    const twilio = await pretend((request) => {
      const examples = judge().examplesFor(request);
      const { status, body } = examples[given % Math.max(1, examples.length)] ?? { status: 404, body: {} };
      // The examples' further pages are not there.
      return { status, body: typeof body === "object" ? { ...body, next_page_uri: null } : body };
    });
    const client = clientAt(twilio.base);
    await ask(client);
    const [first] = twilio.requests;
    if (!first) throw new Error("nothing was asked");
    const published = judge().examplesFor(first).length;
    expect(published).toBeGreaterThan(0);
    for (given = 1; given < published; given++) await ask(client);
    expect(twilio.requests.flatMap((request) => judge().problemsOf(request))).toEqual([]);
  });

  it.each(STARTS)("%s", async (_name, settings, publicUrl, more) => {
    const twilio = await pretend(plainAnswer);
    const { automated = false, ...plain } = settings as { automated?: boolean };
    const given = await deps(twilio.base, plain, publicUrl);
    const provider = createTwilio({ ...given, automated: () => automated });
    const order = { ...ORDER, ...more };
    const { reference } = await provider.start(order);
    await provider.poll(order, reference);
    await provider.cancel(order, reference);
    const names = twilio.requests.map((request) => judge().nameOf(request));
    expect(names).toContainEqual(expect.stringMatching(/^POST .*\/(Calls|Messages)\.json$/));
    expect(names).toContainEqual(expect.stringMatching(/^GET .*\/(Calls|Messages)\/\{Sid\}\.json$/));
    expect(twilio.requests.flatMap((request) => judge().problemsOf(request))).toEqual([]);
  });

  it("a test of the account, a verification, the list of what came in", async () => {
    const twilio = await pretend(plainAnswer);
    const given = await deps(twilio.base, {}, PUBLIC);
    await testAccount(given, "acme");
    await startVerification(given, "acme", { number: "+14165550111", friendlyName: "Sam" });
    await listInbound(given, "acme", FAKE_START);
    expect(twilio.requests.length).toBeGreaterThan(4);
    expect(twilio.requests.flatMap((request) => judge().problemsOf(request))).toEqual([]);
  });

  it("the judge itself finds what is wrong", () => {
    const calls = `/2010-04-01/Accounts/${SID}/Calls.json`;
    const request = (method: string, url: string, body = ""): FormRequest => {
      const contentType = body === "" ? undefined : "application/x-www-form-urlencoded";
      return { method, url, body, contentType };
    };
    const wrong: FormRequest[] = [
      request("GET", "/2010-04-01/Nothing.json"),
      request("PATCH", calls),
      request("POST", calls, "To=%2B1"),
      request("POST", calls),
      request("POST", calls, "To=%2B1&From=%2B2&Colour=red"),
      request("POST", calls, "To=%2B1&From=%2B2&Timeout=soon"),
      request("POST", calls, "To=%2B1&To=%2B3&From=%2B2"),
      request("GET", `${calls}?Colour=red`),
      request("GET", `${calls}?PageSize=many`),
      request("GET", `${calls}?ParentCallSid=CA1`),
      request("GET", "/2010-04-01/Accounts/AC1/Calls.json"),
      { ...request("POST", calls, "To=%2B1&From=%2B2"), contentType: "application/json" },
    ];
    expect(wrong.map((each) => judge().problemsOf(each).length > 0)).toEqual(wrong.map(() => true));
    expect(
      judge().problemsOf(
        request("POST", calls, "To=%2B1&From=%2B2&StatusCallbackEvent=a&StatusCallbackEvent=b"),
      ),
    ).toEqual([]);
  });
});
