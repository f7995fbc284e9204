// The door Twilio calls, through the whole gateway: what is not signed for it is turned away with the reason in the journal
// and stores nothing; no brokerage can speak for another; nothing that is sent there makes the gateway fail.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { VOICE_STEPS } from "../../server/channels/twilio/twilio-routes.ts";
import { demoTwilio } from "../../server/sandbox/twilio/demo-twilio.ts";
import {
  callbackPath,
  inboundUrl,
  startTwilioWorld,
  type TwilioTestWorld,
} from "../helpers/connect-twilio.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { countStored, type SentAsTwilio, sendAsTwilio } from "../helpers/send-as-twilio.ts";
import { journalOf, readOutreach } from "../helpers/talk-to-gateway.ts";
import { ANN, placedCalls, SAM, startCall } from "../helpers/watch-voice.ts";

const { brokerage, stranger } = demoTwilio();
const PUBLIC = "https://hooks.maple.example";

let world: TwilioTestWorld;
/** A call that rings at Ann's; its address for callbacks, path and query. */
let id: string;
let path: string;
beforeEach(async () => {
  world = await startTwilioWorld();
  world.sandbox.twilio.setPersona(ANN, { rings: "live" });
  id = await startCall(world, SAM);
  const told = await waitFor("the first callback", () => world.sandbox.twilio.callbacks[0]);
  path = told.url.slice(world.url.length);
  await world.sandbox.twilio.until(() => placedCalls(world)[0]?.status === "ringing");
  await world.sandbox.twilio.webhooks.calm(placedCalls(world)[0]?.sid ?? "");
  await world.gateway.apply({ platform: { SERVER_URL: PUBLIC } });
});
afterEach(() => world.close());

const ended = (more: Record<string, string> = {}): Record<string, string> => ({
  AccountSid: brokerage.accountSid,
  CallSid: placedCalls(world)[0]?.sid ?? "",
  CallStatus: "completed",
  CallDuration: "7",
  SequenceNumber: "9",
  ...more,
});

const send = (given: Partial<SentAsTwilio> = {}): Promise<number> =>
  sendAsTwilio(world.url, { publicUrl: PUBLIC, path, params: ended(), token: brokerage.authToken, ...given });
const stored = (): unknown[] => countStored(world.dataDir);

const refusals = async (): Promise<[mistake: unknown, message: string][]> =>
  (await journalOf(world, "event=twilio.refused")).map(({ detail, message }) => [
    (detail as { mistake: string }).mistake,
    message,
  ]);

describe("a request in Twilio's name", () => {
  it("signed for another address or with another token changes nothing, and the journal names the mistake", async () => {
    const before = [stored(), await readOutreach(world, id)];
    const table: readonly (readonly [mistake: string, says: RegExp, sent: Partial<SentAsTwilio>])[] = [
      ["no_signature", /no X-Twilio-Signature/, { unsigned: true }],
      [
        "scheme",
        /http:\/\/hooks\.maple\.example.* https address/,
        { signed: `http://hooks.maple.example${path}` },
      ],
      [
        "host",
        /https:\/\/old\.maple\.example.* SERVER_URL is https:\/\/hooks\.maple\.example: set SERVER_URL/,
        { signed: `https://old.maple.example${path}`, headers: { "x-forwarded-host": "old.maple.example" } },
      ],
      [
        "port",
        /https:\/\/hooks\.maple\.example:8443/,
        { signed: `https://hooks.maple.example:8443${path}`, headers: { "x-forwarded-port": "8443" } },
      ],
      [
        "prefix",
        /add that path to SERVER_URL/,
        { path: `/gateway${path}`, signed: `${PUBLIC}/gateway${path}` },
      ],
      ["path", /slash at the end/, { signed: `${PUBLIC}${path.replace("?", "/?")}` }],
      [
        "other_account",
        /subaccount signs with its own auth token/,
        { params: ended({ AccountSid: stranger.accountSid }), token: stranger.authToken },
      ],
      ["body", /without the fields Twilio signed/, { body: "" }],
      [
        "shared_key",
        /shared key/,
        { token: "x", headers: { "x-twilio-webhooks-signature-settings": "alg=sha256;key=1" } },
      ],
      ["unknown", /GET: a redirect/, { method: "GET" }],
      ["unknown", /Copy the auth token again/, { token: "not the token" }],
    ];
    for (const [mistake, , sent] of table) expect(await send(sent), mistake).toBe(403);
    await waitFor("the journal", async () => ((await refusals()).length >= table.length ? true : undefined));
    const told = (await refusals()).reverse();
    expect(told.map(([mistake]) => mistake)).toEqual(table.map(([mistake]) => mistake));
    for (const [index, [mistake, says]] of table.entries()) expect(told[index]?.[1], mistake).toMatch(says);
    const secrets = [brokerage.authToken, new URLSearchParams(path.split("?")[1]).get("k") ?? ""];
    for (const secret of secrets) expect(JSON.stringify(told)).not.toContain(secret);
    expect([stored(), await readOutreach(world, id)]).toEqual(before);
    // As it is, it is taken.
    expect(await send()).toBe(204);
    expect(stored()).not.toEqual(before[0]);
  });

  it("to an address that was never given out stores nothing; where it is Twilio's own, the journal says so", async () => {
    const before = stored();
    const wrong = path.replace(/k=\w{4}/, "k=0000");
    expect(await send({ path: wrong, token: stranger.authToken })).toBe(404);
    expect(await send({ path: wrong, unsigned: true })).toBe(404);
    expect(await send({ path: "/integration/channels/twilio/inbound/fub-test" })).toBe(404);
    const [told, ...others] = await waitFor("the journal", async () => {
      const found = await refusals();
      return found.length > 0 ? found : undefined;
    });
    expect(others).toEqual([]);
    expect(told).toEqual([
      "address",
      expect.stringMatching(
        /https:\/\/hooks\.maple\.example\/integration\/channels\/twilio\/inbound\/fub-test.* never gave out/,
      ),
    ]);
    expect(stored()).toEqual(before);
  });

  it("of another brokerage, with a token that is valid there, tells nothing about this one's outreach", async () => {
    const inbound = (await inboundUrl(world)).slice(world.url.length);
    await world.gateway.apply({
      tenants: [
        {
          ...{
            domain_name: "fub-solo",
            twilio_account_sid: stranger.accountSid,
            twilio_auth_token: stranger.authToken,
          },
          ...{
            twilio_number: stranger.number,
            channels: { phone: "twilio", sms: "twilio" },
            contact_hours: "never",
          },
        },
      ],
    });
    const before = [stored(), await readOutreach(world, id)];
    const theirs = { token: stranger.authToken, params: ended({ AccountSid: stranger.accountSid }) };
    const asOurs = { token: stranger.authToken, params: ended() };
    const words = { From: SAM, To: brokerage.number, Body: "STOP", MessageSid: `SM${"1".repeat(32)}` };
    for (const sent of [
      theirs,
      asOurs,
      { ...theirs, path: inbound, params: { ...words, AccountSid: stranger.accountSid } },
      { ...asOurs, path: inbound, params: { ...words, AccountSid: brokerage.accountSid } },
    ])
      expect(await send(sent)).toBe(403);
    expect([stored(), await readOutreach(world, id)]).toEqual(before);
    const mistakes = await waitFor("the journal", async () => {
      const found = (await refusals()).map(([mistake]) => mistake);
      return found.length >= 4 ? found : undefined;
    });
    expect(new Set(mistakes)).toEqual(new Set(["other_account", "other_brokerage"]));
    // At its own door it may say what it likes: that is about its own contacts.
    const own = (await inboundUrl(world, "fub-solo")).slice(world.url.length);
    expect(await send({ ...theirs, path: own, params: { ...words, AccountSid: stranger.accountSid } })).toBe(
      200,
    );
    expect(await readOutreach(world, id)).toEqual(before[1]);
    await expect(startCall(world, "+16475550131")).resolves.toMatch(/^eng_/);
  });
});

describe("anything else at that door", () => {
  it("gets the right status, whatever it is, and never one that makes a caller give up or the gateway fail", async () => {
    const before = stored();
    const table: readonly (readonly [what: string, sent: Partial<SentAsTwilio>, status: number])[] = [
      ["another method", { method: "PUT" }, 405],
      ["deleting", { method: "DELETE" }, 405],
      ["no such step", { path: path.replace("/placed?", "/nowhere?") }, 404],
      ["a broken escape", { path: path.replace("/placed?", "/%E0%A4%A?") }, 400],
      ["nothing behind it", { path: "/integration/channels/twilio/" }, 404],
      ["the room alone", { path: "/integration/channels/twilio" }, 404],
      ["far too large", { body: `a=${"b".repeat(200_000)}` }, 413],
      ["far too many fields", { body: "a=1&".repeat(2_000) }, 400],
      ["JSON", { headers: { "content-type": "application/json" }, body: "{}" }, 403],
      ["a file", { headers: { "content-type": "application/octet-stream" }, body: "\0\0" }, 403],
      ["no type", { headers: { "content-type": "" }, body: "x" }, 403],
      [
        "a charset nobody knows",
        { headers: { "content-type": "application/x-www-form-urlencoded; charset=klingon" } },
        415,
      ],
      ["a compression nobody knows", { headers: { "content-encoding": "lzma" } }, 415],
      ["broken compression", { headers: { "content-encoding": "gzip" }, body: "not gzip" }, 400],
      ["a signature of another length", { headers: { "x-twilio-signature": "x" } }, 403],
      ["a signature that is no text", { headers: { "x-twilio-signature": "\u00ff\u00fe" } }, 403],
    ];
    for (const [what, sent, status] of table) expect(await send(sent), what).toBe(status);
    expect(stored()).toEqual(before);
  });

  it("also what is signed but makes no sense is taken without failing, and ends nothing", async () => {
    const values = [
      "",
      "exploded",
      "-1",
      "1e999",
      "NaN",
      "\u0000",
      "🏡".repeat(500),
      "__proto__",
      "9".repeat(40),
      "' OR 1=1",
    ];
    const fields = [
      "CallSid",
      "CallStatus",
      "SequenceNumber",
      "CallDuration",
      "Timestamp",
      "Digits",
      "AnsweredBy",
      "SpeechResult",
      "RecordingSid",
      "DialCallSid",
      "constructor",
    ];
    const own = new Map<string, string>();
    for (const [index, step] of VOICE_STEPS.entries()) {
      const turn = step === "speech" ? { turn: 0 } : {};
      const address = await callbackPath(world, {
        kind: "voice",
        engagementId: id,
        attempt: 1,
        step,
        ...turn,
      });
      for (const [place, field] of fields.entries()) {
        if ((index + place) % 3 !== 0) continue;
        const value = values[(index + place) % values.length] ?? "";
        const status = await send({
          path: address,
          params: { ...ended({ CallStatus: "ringing" }), [field]: value },
        });
        own.set(`${step} ${field}=${value.slice(0, 9)}`, String(status));
      }
    }
    expect([...own].filter(([, status]) => status !== "200" && status !== "204")).toEqual([]);
    expect((await readOutreach(world, id)).status).toMatch(/queued|in_progress/);
    expect(world.logLines.filter((line) => /"level":(50|60)/.test(line))).toEqual([]);
  });
});
