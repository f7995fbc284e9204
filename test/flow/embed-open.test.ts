// Who may open the single-contact app, and what everybody else is told.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { VENDOR_SCRIPT } from "../../server/embed/render-page.ts";
import { buildContext } from "../../server/sandbox/build-context.ts";
import { signContext } from "../../server/sandbox/sign-context.ts";
import vector from "../fixtures/vendor-vector.json" with { type: "json" };
import {
  CAMPAIGN_SECRET,
  fromDantomco,
  openSignedContext,
  SHARED_SECRET,
  startDantomco,
  VECTOR_QUERY,
} from "../helpers/dantomco.ts";
import { openPage, openSigned } from "../helpers/embed-client.ts";
import { rawRequest } from "../helpers/raw-http.ts";
import { expectRefused } from "../helpers/refused-page.ts";
import type { TestWorld } from "../helpers/start-gateway.ts";

const EMBED = "/integration/followupboss/embed";

let world: TestWorld;
beforeAll(async () => {
  world = await startDantomco();
});
afterAll(() => world.close());

const open = (query: string) => openPage(world.url, query);
const openWith = (context: unknown, secret?: string, before?: string) =>
  openSignedContext(world.url, context, secret, before);

describe("the vendor's own vector", () => {
  test("opens the page of the tenant whose account it names", async () => {
    const page = await open(VECTOR_QUERY);
    expect(page.status).toBe(200);
    expect(page.model).toMatchObject({
      state: "ready",
      tenant: "dantomco",
      person: { id: "53962", name: "Nivia Guerra" },
      agent: { name: "C.L. Nolen", from: "+14165550199", matched: "matched by e-mail" },
      recent: [],
      running: null,
    });
    expect(page.model.session.length).toBeGreaterThan(100);
    expect(page.html).toContain(`<script async src="${VENDOR_SCRIPT}"></script>`);
  });

  test("comes with headers Follow Up Boss can frame, and nobody else", async () => {
    const { headers } = await open(VECTOR_QUERY);
    expect(headers.get("content-security-policy")).toMatch(
      /frame-ancestors https:\/\/\*\.followupboss\.com$/,
    );
    expect(headers.get("content-security-policy")).not.toContain("unsafe");
    expect(headers.get("x-frame-options")).toBeNull();
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("set-cookie")).toBeNull();
  });

  test("weighs at most 30 KB on the wire", async () => {
    const answer = await rawRequest(world.url, `${EMBED}?${VECTOR_QUERY}`, {
      headers: { "accept-encoding": "gzip" },
    });
    expect(answer.headers["content-encoding"]).toBe("gzip");
    expect(answer.body.length).toBeGreaterThan(1_000);
    expect(answer.body.length).toBeLessThanOrEqual(30 * 1024);
  });

  test("does not open with one character changed, anywhere", async () => {
    const another = (char: string | undefined): string => (char === "a" ? "b" : "a");
    const changed = (text: string, at: number) => text.slice(0, at) + another(text[at]) + text.slice(at + 1);
    const contexts = Array.from({ length: 40 }, (_, i) =>
      changed(vector.context, (i * 17) % vector.context.length),
    );
    const signatures = Array.from({ length: 16 }, (_, i) => changed(vector.signature, i * 4));
    const pages = await Promise.all([
      ...contexts.map((context) => open(`context=${context}&signature=${vector.signature}`)),
      ...signatures.map((signature) => open(`context=${vector.context}&signature=${signature}`)),
    ]);
    // A changed domain inside the context leads to no tenant at all; everything else to "not signed by you".
    for (const page of pages)
      expectRefused(page, page.model.state === "tenant_not_found" ? "tenant_not_found" : "unauthorized");
    expect(pages.filter((page) => page.model.state === "unauthorized").length).toBeGreaterThan(45);
  });

  test.each([
    ["padding added", `context=${vector.context}=&signature=${vector.signature}`],
    ["a signature in capitals", `context=${vector.context}&signature=${vector.signature.toUpperCase()}`],
    ["half a signature", `context=${vector.context}&signature=${vector.signature.slice(0, 32)}`],
    ["half a context", `context=${vector.context.slice(0, 300)}&signature=${vector.signature}`],
    ["no signature", `context=${vector.context}`],
    ["no context", `signature=${vector.signature}`],
    ["nothing", ""],
  ])("does not open with %s", async (_what, query) => {
    expectRefused(await open(query), "unauthorized");
  });
});

describe("a context with + / and =", () => {
  const bytes = Buffer.from(JSON.stringify(fromDantomco({ note: "ÿþ?>~ÿ~ÿ?" })));
  const standard = bytes.toString("base64");
  const padded = standard.endsWith("=")
    ? standard
    : Buffer.concat([bytes, Buffer.from(" ")]).toString("base64");

  test("opens as it was signed, escaped or not", async () => {
    expect(padded).toMatch(/\+.*=$/);
    expect(padded).toContain("/");
    const escaped = encodeURIComponent(padded);
    expect(escaped).toContain("%2B");
    for (const text of [padded, escaped, padded.replaceAll("+", "%2b")]) {
      const page = await open(`context=${text}&signature=${signContext(padded, vector.secret)}`);
      expect(page.model.state).toBe("ready");
    }
  });

  test("does not open re-encoded: signed as it stood, sent otherwise", async () => {
    const signature = signContext(padded, vector.secret);
    const others = [
      padded.replace(/=+$/, ""),
      bytes.toString("base64url"),
      padded.replaceAll("+", "%20"),
      padded.replaceAll("+", "-"),
    ];
    for (const text of others)
      expectRefused(await open(`context=${text}&signature=${signature}`), "unauthorized");
  });
});

describe("a signature proves only who holds a secret", () => {
  test("the campaign app's secret is named as the other app's", async () => {
    const { sentence, remedy } = expectRefused(
      await openWith(vector.decoded, CAMPAIGN_SECRET),
      "unauthorized",
    );
    expect(sentence).toContain("fub_campaign_embedded_app_secret");
    expect(remedy).toContain("fub_embedded_app_secret");
  });

  test("another tenant's name with this tenant's signature", async () => {
    expectRefused(await open(`domain_name=fub-test&${VECTOR_QUERY}`), "unauthorized");
    // Signed with the secret all brokerages share: the account still belongs to one of them only.
    const { sentence } = expectRefused(
      await openWith(vector.decoded, SHARED_SECRET, "domain_name=fub-test&"),
      "account_not_found",
    );
    expect(sentence).toMatch(/dantomco.*fub-test/);
  });

  test("a foreign account under the tenant's own secret, domain and all", async () => {
    const account = { ...vector.decoded.account, id: 999 };
    expectRefused(await openWith(fromDantomco({ account })), "account_not_found");
  });

  test.each(["nobody", "NOT A NAME", "%00", ""])("a tenant called “%s”", async (name) => {
    const account = { ...vector.decoded.account, domain: "elsewhere" };
    const page = await openWith(
      fromDantomco({ account }),
      vector.secret,
      `domain_name=${encodeURIComponent(name)}&`,
    );
    const { sentence, remedy } = expectRefused(page, "tenant_not_found");
    expect(sentence).toContain(name === "" ? "elsewhere" : name === "%00" ? "%00" : name);
    expect(remedy).toContain("?domain_name=");
  });

  test("an agent's own secret vouches for that agent only", async () => {
    const { keys } = world.world;
    const [cara, dev] = [world.sandbox.fub.account("solo-cara"), world.sandbox.fub.account("solo-dev")];
    const as = { userId: 1, personId: 1, domainName: "fub-solo" };
    const mine = await openSigned(world.url, { ...as, account: cara, secret: keys.cara.embedSecret });
    expect(mine.model).toMatchObject({ state: "ready", agent: { name: "Cara Chen" } });
    const page = await openSigned(world.url, { ...as, account: dev, secret: keys.cara.embedSecret });
    expect(expectRefused(page, "user_not_found").sentence).toContain("cara");
    // Claiming to be Cara inside Dev's account does not help either.
    const user = {
      ...cara.users[0],
      id: 1,
      name: "Cara Chen",
      email: "cara@solo-cara.example",
      phone: "4165550133",
    };
    const claimed = buildContext({
      account: dev,
      user,
      ...(dev.people[0] && { person: dev.people[0] }),
      withUserPhone: true,
    });
    expectRefused(await openWith(claimed, keys.cara.embedSecret, "domain_name=fub-solo&"), "user_not_found");
  });
});

test("without a person the page says to open one", async () => {
  const { person: _, ...rest } = vector.decoded;
  expectRefused(await openWith(rest), "person_not_found");
});

test("a person without a phone is shown, with the reason on each channel that needs one", async () => {
  const page = await openWith(fromDantomco({ person: { ...vector.decoded.person, phones: [] } }));
  expect(page.model.state).toBe("ready");
  expect(Object.keys(page.model.blocked ?? {}).sort()).toEqual(["phone", "sms", "wmsg", "wvoice"]);
  expect(page.model.blocked?.phone).toContain("no phone number");
});
