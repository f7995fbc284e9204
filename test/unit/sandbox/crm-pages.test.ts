import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { openSandbox, send } from "./open-sandbox.ts";

const form = { "content-type": "application/x-www-form-urlencoded" };

/** The frame's address as a browser reads it from the page. */
function frameOf(page: string): { src: URL; rawQuery: string; tag: string } {
  const tag = /<iframe [^>]*>/.exec(page)?.[0] ?? "";
  const src = (/src="([^"]*)"/.exec(tag)?.[1] ?? "").replaceAll("&amp;", "&");
  return { src: new URL(src), rawQuery: src.split("?")[1] ?? "", tag };
}

test("the first page lists accounts, whom to sign in as, and the people that agent sees", async () => {
  const { url } = await openSandbox();
  const owner = (await send(`${url}/`, "GET")).body;
  for (const text of ["practice Follow Up Boss", "Sign in as Ann One", "Cara Chen Homes", "Rita Relation"]) {
    expect(owner).toContain(text);
  }
  const ann = (await send(`${url}/?domain=fub-test&as=2`, "GET")).body;
  expect(ann).toContain("Signed in as Ann One");
  expect(ann).not.toContain("Rita Relation");
  expect((await send(`${url}/?domain=nowhere`, "GET")).status).toBe(404);
});

test("the person page frames the app signed, with the vendor's sandbox, and invisible at first", async () => {
  const { url, sandbox, keys } = await openSandbox({ gatewayUrl: "http://gateway.example" });
  const { src, rawQuery, tag } = frameOf((await send(`${url}/crm/fub-test/people/107?as=2`, "GET")).body);
  expect(tag).toContain(
    'sandbox="allow-scripts allow-forms allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads"',
  );
  expect(tag).toContain('style="height:0px; display:none"');
  expect(src.origin + src.pathname).toBe("http://gateway.example/integration/followupboss/embed");
  const context = /context=([^&]*)/.exec(rawQuery)?.[1] ?? "";
  const expected = createHmac("sha256", keys.fubTest.embedSecret).update(context).digest("hex");
  expect(src.searchParams.get("signature")).toBe(expected);
  expect(JSON.parse(Buffer.from(context, "base64url").toString())).toMatchObject({
    context: "person",
    account: { id: 7001, domain: "fub-test" },
    user: { id: 2, name: "Ann One", email: "ann@fub-test.example" },
    person: { id: 107, firstName: "Nivia" },
  });
  sandbox.setGatewayUrl("http://127.0.0.1:1/");
  const again = frameOf((await send(`${url}/crm/fub-test/people/107?as=2`, "GET")).body);
  expect(again.src.host).toBe("127.0.0.1:1");
});

test("what the registered address carries comes before context; the campaign app gets no person", async () => {
  const { url, keys } = await openSandbox({ gatewayUrl: "http://gateway.example" });
  const { src, rawQuery } = frameOf((await send(`${url}/crm/solo-cara/campaign?as=1`, "GET")).body);
  expect(src.pathname).toBe("/integration/followupboss/campaign");
  expect(rawQuery).toMatch(/^domain_name=fub-solo&context=[\w-]+&signature=[0-9a-f]{64}$/);
  const context = src.searchParams.get("context") ?? "";
  const expected = createHmac("sha256", keys.cara.campaignSecret).update(context).digest("hex");
  expect(src.searchParams.get("signature")).toBe(expected);
  expect(JSON.parse(Buffer.from(context, "base64url").toString())).not.toHaveProperty("person");
});

test("the timeline tells who, when, outcome, length and numbers, newest first, and escapes what it shows", async () => {
  const { url, call, keys, time } = await openSandbox();
  await call(keys.fubTest.annKey, "POST", "/notes", {
    personId: 107,
    subject: "SMS <sent>",
    body: "<img src=x onerror=1>",
  });
  time.now += 60_000;
  await call(keys.fubTest.annKey, "POST", "/calls", {
    personId: 107,
    phone: "+16475550131",
    isIncoming: false,
    outcome: "Interested",
    duration: 63,
    fromNumber: "+14165550111",
    toNumber: "+16475550131",
  });
  const { items } = (await send(`${url}/crm/fub-test/people/107/timeline.json?as=2`, "GET")).body;
  expect(items.map(({ key }: { key: string }) => key)).toEqual(["call-1", "note-1"]);
  for (const text of [
    "Ann One",
    "Interested",
    "1 min 3 s",
    "+14165550111 → +16475550131",
    "2026-05-04T12:01:00Z",
  ]) {
    expect(items[0].html).toContain(text);
  }
  expect(items[1].html).toContain("SMS &lt;sent&gt;");
  expect(items[1].html).not.toContain("<img");
  const page = (await send(`${url}/crm/fub-test/people/107?as=2`, "GET")).body;
  expect(page).toMatch(/<ol id="timeline"[^>]*aria-live="polite"/);
  expect(page.indexOf('data-key="call-1"')).toBeLessThan(page.indexOf('data-key="note-1"'));
});

test("the tag box adds a tag once, as the API then tells", async () => {
  const { url, call, keys, time } = await openSandbox();
  time.now += 5000;
  for (let round = 0; round < 2; round += 1) {
    const answer = await send(`${url}/crm/fub-test/people/107/tags?as=2`, "POST", "tag=Aventora+Call", form);
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/crm/fub-test/people/107?as=2"]);
  }
  const { body } = await call(keys.fubTest.annKey, "GET", "/people/107");
  expect(body).toMatchObject({ tags: ["Open House", "Aventora Call"], updated: "2026-05-04T12:00:05Z" });
});

test("an agent cannot open, poll or tag somebody else's person", async () => {
  const { url, sandbox } = await openSandbox();
  for (const path of ["/110?as=2", "/110/timeline.json?as=2", "/4242?as=1", "/107?as=99"]) {
    expect((await send(`${url}/crm/fub-test/people${path}`, "GET")).status).toBe(404);
  }
  const tagged = await send(`${url}/crm/fub-test/people/110/tags?as=2`, "POST", "tag=X", form);
  expect(tagged.status).toBe(404);
  expect(sandbox.fub.account("fub-test").people.find(({ id }) => id === 110)?.tags).toEqual([]);
});

test("the stand-in vendor script may be loaded from another origin and only reports heights", async () => {
  const { url } = await openSandbox();
  const { status, headers, body } = await send(`${url}/embeddedApps-v1.0.1.js`, "GET");
  expect(status).toBe(200);
  expect(headers.get("content-type")).toMatch(/^text\/javascript/);
  expect(headers.get("cross-origin-resource-policy")).toBe("cross-origin");
  const messages: unknown[] = [];
  const element = { getBoundingClientRect: () => ({ height: 210.4 }) };
  const run = new Function("window", "document", "ResizeObserver", "setTimeout", body);
  const parent = { postMessage: (message: unknown) => messages.push(message) };
  class Observer {
    observe() {}
  }
  const page = { documentElement: element, body: element, readyState: "complete" };
  run({ parent }, page, Observer, () => undefined);
  expect(messages).toEqual([{ type: "fub-embedded-app-height", height: 211 }]);
});

test("the Smart List page shows whose lists there are with their sizes, and leads to a person's timeline", async () => {
  const { url, sandbox } = await openSandbox();
  const page = async (query: string): Promise<string> =>
    (await send(`${url}/crm/fub-test/campaign?${query}`, "GET")).body;
  const account = sandbox.fub.account("fub-test");
  account.calls.push({
    ...{
      id: 1,
      created: "2026-05-04T12:00:00Z",
      updated: "2026-05-04T12:00:00Z",
      createdById: 2,
      updatedById: 2,
    },
    ...{
      personId: 107,
      userId: 2,
      phone: "6475550131",
      note: null,
      outcome: "Interested",
      isIncoming: false,
    },
    ...{ duration: 63, toNumber: null, fromNumber: null, recordingUrl: null, systemName: null },
  });
  const ann = await page("as=2");
  expect(ann).toContain("Ann&#39;s own list");
  expect(await page("as=3")).not.toContain("Ann&#39;s own list");
  expect(ann).not.toContain("Call: Interested");
  const open = await page("as=2&list=23");
  expect(open).toContain('href="/crm/fub-test/people/107?as=2"');
  expect(open).toContain("Call: Interested");
  expect(await page("as=3&list=25")).not.toContain('id="people"');
});
