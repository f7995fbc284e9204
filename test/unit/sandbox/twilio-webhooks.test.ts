import fc from "fast-check";
import twilio from "twilio";
import { expect, test } from "vitest";
import { readFragment } from "../../../server/sandbox/twilio/webhooks/read-fragment.ts";
import { signRequest, withBodyDigest } from "../../../server/sandbox/twilio/webhooks/sign-request.ts";
import { CONTACT, openTwilioSandbox } from "../../helpers/open-twilio-sandbox.ts";

const PORTS = ["as_given", "added", "removed"] as const;

test("signatures are those of Twilio's own examples", () => {
  const url = "https://mycompany.com/myapp.php?foo=1&bar=2";
  const form = {
    CallSid: "CA1234567890ABCDE",
    Caller: "+14158675309",
    Digits: "1234",
    From: "+14158675309",
    To: "+18005551212",
  };
  expect(signRequest("12345", url, Object.entries(form))).toBe("RSOYDt4T1cUTdK1PDd93/VVr8B8=");
  const body = '{"property": "value", "boolean": true}';
  const withDigest = withBodyDigest(url, body);
  expect(withDigest).toBe(
    `${url}&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620`,
  );
  expect(signRequest("12345", withDigest, [])).toBe("a9nBmqA0ju/hNViExpshrM61xv4=");
});

test("the official SDK accepts every form and every address, with and without a port, and no other token", () => {
  const word = fc.string({ unit: fc.constantFrom(..."aZ09 +&=%é漢'\n") });
  const form = fc.dictionary(
    fc.constantFrom("To", "From", "Body", "a", "B", "SpeechResult"),
    fc.oneof(word, fc.array(word, { minLength: 1, maxLength: 3 })),
  );
  const address = fc
    .tuple(
      fc.constantFrom("http", "https"),
      fc.constantFrom("gw.example", "gw.example:8443", "127.0.0.1:8010", "[::1]:80"),
      fc.constantFrom("/a", "/a%20b?k=x%2By", "/?q=it's", "/x?a=1&a=2&b=%E6%BC%A2"),
    )
    .map(([scheme, host, rest]) => `${scheme}://${host}${rest}`);
  fc.assert(
    fc.property(form, address, fc.constantFrom(...PORTS), (params, url, port) => {
      const fields = Object.entries(params).flatMap(([name, value]) =>
        [value].flat().map((each) => [name, each] as const),
      );
      const signature = signRequest("token", url, fields, port);
      expect(twilio.validateRequest("token", signature, url, params)).toBe(true);
      expect(twilio.validateRequest("another", signature, url, params)).toBe(false);
      expect(
        twilio.validateRequest(
          "token",
          signature,
          url.replace(/(gw\.example|127\.0\.0\.1|\[::1\])/, "other.example"),
          params,
        ),
      ).toBe(false);
    }),
    { numRuns: 150 },
  );
});

test.each([
  ["https://a/x", "https://a/x", 1, ["ct"], [5000, 15000, 15000], 0],
  [
    "https://a/x#rc=3&rp=ct,rt&ct=2000&rt=8000&tt=15000",
    "https://a/x",
    3,
    ["ct", "rt"],
    [2000, 8000, 15000],
    0,
  ],
  ["https://a/x?q=1#rc=0&rp=all", "https://a/x?q=1", 0, ["4xx", "5xx", "ct", "rt"], [5000, 15000, 15000], 0],
  ["https://a/x#rc=9&ct=1&rp=sometimes,5xx", "https://a/x", 1, ["5xx"], [5000, 15000, 15000], 3],
] as const)("%s is as patient as it says", (given, url, retries, reasons, times, problems) => {
  const patience = readFragment(given, 15_000);
  expect(patience).toMatchObject({ url, retries });
  expect([...patience.retryOn]).toEqual(reasons);
  expect([patience.connectMs, patience.readMs, patience.totalMs]).toEqual(times);
  expect(patience.problems).toHaveLength(problems);
  expect(readFragment(given, 70).totalMs).toBe(70);
});

const STATUS = { From: "+14165550180", To: "+14165550101", Twiml: "<Response/>" };

test("a status callback is tried again as its address wants, with the same token, and never follows a redirect", async () => {
  const { call, world, customer } = await openTwilioSandbox();
  const { origin } = customer;
  let left = 2;
  customer.on("/flaky", () => (left-- > 0 ? { status: 503 } : { status: 204 }));
  customer.on("/moved", { status: 302, headers: { Location: `${origin}/elsewhere` } });
  customer.on("/silent", { hang: true });
  customer.on("/broken", { reset: true });
  for (const path of [
    "/flaky#rc=3&rp=5xx",
    "/moved#rc=2&rp=all",
    "/silent#rp=rt&tt=150",
    "/broken",
    "/flaky?again=1",
  ])
    await call("POST", "/Calls.json", { ...STATUS, StatusCallback: origin + path });
  await call("POST", "/Calls.json", { ...STATUS, StatusCallback: "http://127.0.0.1:9/closed" });
  await world.settle();
  const attempts = world.callbacks.map(({ attempts }) =>
    attempts.map(({ status, failure }) => status ?? failure),
  );
  expect(attempts.slice(0, 2)).toEqual([[503, 503, 204], [302]]);
  // No time is left to try again, and what broke off after it was connected is not tried again by itself.
  expect(attempts.slice(2)).toEqual([["rt"], ["rt"], [204], ["ct", "ct"]]);
  const tokens = customer.to("/flaky").map(({ headers }) => headers["i-twilio-idempotency-token"]);
  expect([new Set(tokens).size, tokens.length]).toEqual([2, 4]);
  expect(customer.to("/elsewhere")).toEqual([]);
  expect(world.alerts.map(({ code }) => code).toSorted()).toEqual([11200, 11200, 11200, 11205]);
  expect(customer.requests.every(({ genuine, url }) => genuine && !url.includes("#"))).toBe(true);
});

test("GET puts the parameters into the address it signs, JSON its digest", async () => {
  const { call, world, customer, demo } = await openTwilioSandbox({ signedPort: "removed" });
  await call("POST", "/Calls.json", {
    ...STATUS,
    StatusCallback: `${customer.origin}/get?k=a%20b`,
    StatusCallbackMethod: "GET",
  });
  world.postJson(demo.brokerage.accountSid, `${customer.origin}/json`, { hello: "wörld" });
  await world.settle();
  const [get] = customer.to("/get");
  expect(get).toMatchObject({
    method: "GET",
    genuine: true,
    text: "",
    params: { k: "a b", CallStatus: "no-answer" },
  });
  expect(customer.to("/json")).toMatchObject([{ genuine: true, text: '{"hello":"wörld"}' }]);
});

test("callbacks are lost, doubled, late, out of order, or badly signed where a fault says so", async () => {
  const { call, world, customer } = await openTwilioSandbox();
  const events = ["initiated", "ringing", "answered", "completed"];
  const start = async (to = CONTACT): Promise<string> =>
    (
      await call("POST", "/Calls.json", {
        ...STATUS,
        To: to,
        StatusCallback: `${customer.origin}/s`,
        StatusCallbackEvent: events,
      })
    ).body.sid;
  const numbers = (sid: string): string =>
    customer
      .to("/s")
      .filter(({ params }) => params.CallSid === sid)
      .map(({ params }) => params.SequenceNumber)
      .join("");
  const each = async (kind: "lost" | "twice" | "late" | "last", times: number): Promise<string> => {
    world.callbackFaults.add({ kind, times, delayMs: 60 });
    const sid = await start();
    await world.settle();
    return numbers(sid);
  };
  expect(await each("lost", 2)).toBe("23");
  expect(await each("twice", 1)).toBe("00123");
  expect(await each("last", 3)).toBe("3210");
  expect([...(await each("late", 1))].toSorted().join("")).toBe("0123");
  expect(customer.requests.every(({ genuine }) => genuine)).toBe(true);
  for (const kind of ["wrong_token", "wrong_host"] as const) {
    world.callbackFaults.add({ kind, times: 1, of: ["call-status"], url: /\/s$/ });
    const sid = await start();
    await world.settle();
    const found = customer.to("/s").filter(({ params }) => params.CallSid === sid);
    expect(found.map(({ genuine }) => genuine)).toEqual([false, true, true, true]);
  }
  expect(world.callbackFaults.list()).toEqual([]);
});

test("a new start ends what is under way, and nobody is told of it any more", async () => {
  const { call, world, customer, demo } = await openTwilioSandbox({ livePhones: true });
  await call("POST", "/Calls.json", { ...STATUS, To: CONTACT, StatusCallback: `${customer.origin}/s` });
  await world.until(() => world.phone(CONTACT).calls.at(-1)?.state === "ringing");
  world.account(demo.brokerage.accountSid).type = "Trial";
  world.reset();
  await world.settle();
  expect([world.calls, world.callbacks, world.legs.size, customer.requests]).toEqual([[], [], 0, []]);
  expect(world.account(demo.brokerage.accountSid).type).toBe("Full");
  const { status } = await call("POST", "/Calls.json", { ...STATUS, StatusCallback: `${customer.origin}/s` });
  expect(status).toBe(201);
});
