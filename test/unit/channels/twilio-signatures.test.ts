import { createHash } from "node:crypto";
import twilio from "twilio";
import { describe, expect, test } from "vitest";
import type { SignatureCheck } from "../../../server/channels/twilio/signed-request.ts";
import { verifyTwilio } from "../../../server/channels/twilio/verify-twilio.ts";

const TOKEN = "12345";
const ACCOUNT = `AC${"1".repeat(32)}`;
const SERVER = "https://gw.example.com";
const PATH = "/integration/channels/twilio/voice/eng_1/1/placed?k=abc%20def";
const PARAMS = { AccountSid: ACCOUNT, CallSid: "CA1", From: "+14158675309", Body: "Hi there" };

/** As Twilio signs, by the SDK's own function. */
const sign = (url: string, params: object = PARAMS, token = TOKEN): string =>
  twilio.getExpectedTwilioSignature(token, url, params);
const check = (
  signature: string | undefined,
  more: Partial<SignatureCheck["request"]> = {},
  server = SERVER,
) =>
  verifyTwilio({
    ...{ publicUrl: server, accountSid: ACCOUNT, authTokens: [TOKEN], otherTokens: ["67890"] },
    request: {
      ...{ method: "POST", path: PATH, params: PARAMS },
      ...more,
      headers: { ...(signature && { "x-twilio-signature": signature }), ...more.headers },
    },
  });

describe("what Twilio signed is let in", () => {
  test("the published vectors", async () => {
    const params = {
      ...{ CallSid: "CA1234567890ABCDE", Caller: "+14158675309", Digits: "1234", From: "+14158675309" },
      To: "+18005551212",
    };
    const url = { path: "/myapp.php?foo=1&bar=2", params };
    expect(await check("RSOYDt4T1cUTdK1PDd93/VVr8B8=", url, "https://mycompany.com")).toEqual({
      genuine: true,
    });
    expect(await check("RSOYDt4T1cUTdK1PDd93/VVr8B9=", url, "https://mycompany.com")).toMatchObject({
      genuine: false,
    });
    const body = '{"property": "value", "boolean": true}';
    const digest = createHash("sha256").update(body).digest("hex");
    const json = { path: `/myapp.php?foo=1&bar=2&bodySHA256=${digest}`, params: {}, rawBody: body };
    const good = await check("a9nBmqA0ju/hNViExpshrM61xv4=", json, "https://mycompany.com");
    expect(good).toEqual({ genuine: true });
    const altered = { ...json, rawBody: `${body} ` };
    expect(await check("a9nBmqA0ju/hNViExpshrM61xv4=", altered, "https://mycompany.com")).toMatchObject({
      code: "body",
    });
  });

  test.each<[string, string, string]>([
    ["as it is", SERVER, SERVER + PATH],
    ["with the standard port", SERVER, `https://gw.example.com:443${PATH}`],
    [
      "where SERVER_URL has a port of its own",
      "https://gw.example.com:8443",
      `https://gw.example.com:8443${PATH}`,
    ],
    [
      "where SERVER_URL has a path that the tunnel takes off",
      "https://gw.example.com/a/b",
      `https://gw.example.com/a/b${PATH}`,
    ],
  ])("%s", async (_name, server, signed) => {
    expect(await check(sign(signed), {}, server)).toEqual({ genuine: true });
  });

  test("where SERVER_URL has a path that the tunnel leaves on", async () => {
    const server = "https://gw.example.com/a";
    expect(await check(sign(server + PATH), { path: `/a${PATH}` }, server)).toEqual({ genuine: true });
  });

  test("a GET, fields that come twice, and an account that is changing its token", async () => {
    expect(await check(sign(SERVER + PATH, {}), { method: "GET", params: {} })).toEqual({ genuine: true });
    const twice = { ...PARAMS, Event: ["b", "a", "b"] };
    expect(await check(sign(SERVER + PATH, twice), { params: twice })).toEqual({ genuine: true });
    const changing = { publicUrl: SERVER, accountSid: ACCOUNT, authTokens: ["new", TOKEN] };
    const headers = { "x-twilio-signature": sign(SERVER + PATH) };
    const request = { method: "POST", path: PATH, params: PARAMS, headers };
    expect(await verifyTwilio({ ...changing, request })).toEqual({ genuine: true });
  });
});

describe("what does not fit is named, with the remedy", () => {
  const elsewhere = "https://abc.ngrok.app";
  test.each<[string, string, Parameters<typeof check>[1], string, RegExp]>([
    [
      "another host, named by the tunnel",
      sign(elsewhere + PATH),
      { headers: { "x-forwarded-host": "abc.ngrok.app" } },
      "host",
      /^Twilio signed https:\/\/abc\.ngrok\.app\/integration\S* but SERVER_URL is https:\/\/gw\.example\.com: set SERVER_URL to the address Twilio calls\.$/,
    ],
    [
      "another host, named by Host",
      sign(elsewhere + PATH),
      { headers: { host: "abc.ngrok.app" } },
      "host",
      /abc\.ngrok\.app/,
    ],
    [
      "another host, named by Forwarded",
      sign(elsewhere + PATH),
      { headers: { forwarded: 'for=1.2.3.4;host="abc.ngrok.app";proto=https' } },
      "host",
      /abc\.ngrok\.app/,
    ],
    [
      "http behind a tunnel, on another host",
      sign(`http://abc.ngrok.app${PATH}`),
      { headers: { host: "abc.ngrok.app" } },
      "host",
      /signed http:\/\/abc/,
    ],
    [
      "http instead of https",
      sign(`http://gw.example.com${PATH}`),
      {},
      "scheme",
      /signed http:\/\/gw.*enter the https address at Twilio/,
    ],
    [
      "another port",
      sign(`https://gw.example.com:8443${PATH}`),
      { headers: { host: "gw.example.com:8443" } },
      "port",
      /gw\.example\.com:8443/,
    ],
    ["a slash at the end", sign(`${SERVER}${PATH.replace("?", "/?")}`), {}, "path", /slash at the end/],
    [
      "a query decoded on the way",
      sign(`${SERVER}${PATH}%2B`),
      { path: `${PATH}+` },
      "query",
      /arrived written differently/,
    ],
    [
      "a query encoded on the way",
      sign(`${SERVER}${PATH.replace("abc%20def", "a+b")}`),
      { path: PATH.replace("abc%20def", "a%20b") },
      "query",
      /pass addresses on unchanged/,
    ],
    [
      "the token of another brokerage",
      sign(SERVER + PATH, PARAMS, "67890"),
      {},
      "other_brokerage",
      /another brokerage/,
    ],
    [
      "another account",
      sign(SERVER + PATH),
      { params: { ...PARAMS, AccountSid: "AC2" } },
      "other_account",
      /account AC2.*subaccount/,
    ],
    ["no signature", "", {}, "no_signature", /removes headers/],
    [
      "a shared key",
      sign(SERVER + PATH, PARAMS, "shared"),
      {
        headers: { "x-twilio-webhooks-signature-settings": "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256" },
      },
      "shared_key",
      /auth token for webhooks/,
    ],
    ["a body that got lost", sign(SERVER + PATH), { params: {} }, "body", /without the fields/],
    ["a body on what was signed as a GET", sign(SERVER + PATH, {}), {}, "body", /method at Twilio to POST/],
    [
      "line breaks that were changed",
      sign(SERVER + PATH, { ...PARAMS, Body: "a\r\nb" }),
      { params: { ...PARAMS, Body: "a\nb" } },
      "body",
      /not written as Twilio signed/,
    ],
    [
      "a plus that became a blank",
      sign(SERVER + PATH, { ...PARAMS, From: "+14165550132" }),
      { params: { ...PARAMS, From: " 14165550132" } },
      "body",
      /not written as Twilio signed/,
    ],
    [
      "a token nobody knows",
      sign(SERVER + PATH, PARAMS, "rotated"),
      {},
      "unknown",
      /Copy the auth token again.*https:\/\/gw\.example\.com/,
    ],
    ["a redirect", sign(`${SERVER}/x`), { method: "GET", params: {} }, "unknown", /redirect/],
  ])("%s", async (_name, signature, request, code, sentence) => {
    const verified = await check(signature || undefined, request);
    expect(verified).toMatchObject({ genuine: false, code });
    if (verified.genuine) throw new Error("was let in");
    expect(verified.sentence).toMatch(sentence);
    // One sentence or two, and never the unguessable part.
    expect(verified.sentence).not.toMatch(/abc%20def|abc def|k=/);
  });

  test("a path of SERVER_URL that Twilio does not use, and one it uses that SERVER_URL lacks", async () => {
    const without = await check(sign(SERVER + PATH), {}, `${SERVER}/gateway`);
    expect(without).toMatchObject({ code: "prefix", sentence: expect.stringContaining("take the path off") });
    const lacking = await check(sign(`${SERVER}/gateway${PATH}`), { path: `/gateway${PATH}` });
    expect(lacking).toMatchObject({
      code: "prefix",
      sentence: expect.stringContaining("add that path to SERVER_URL"),
    });
  });

  test("nothing a request says of itself lets it in", async () => {
    const signed = sign(`https://evil.example.com${PATH}`);
    const headers = {
      host: "evil.example.com",
      "x-forwarded-host": "evil.example.com",
      "x-forwarded-proto": "https",
    };
    expect(await check(signed, { headers })).toMatchObject({ genuine: false, code: "host" });
  });

  test("odd requests are answered, not thrown at", async () => {
    const odd = { path: "/integration/channels/twilio/%zz?%", headers: { host: "a b", forwarded: "x" } };
    expect(await check("not base64 \u0000", odd)).toMatchObject({ genuine: false });
    expect(await check("x", { path: "*", params: {} })).toMatchObject({ genuine: false });
  });
});
