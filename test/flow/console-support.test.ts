// Help from outside: a bundle in which nobody's key, number, address or name is found, and links that let somebody look
// but change nothing.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BUNDLE_WORDS } from "../../server/admin/support/bundle-words.ts";
import { sessionSchema } from "../../shared/console/home.schema.ts";
import {
  newSupportLinkSchema,
  supportBundleSchema,
  supportLinksSchema,
} from "../../shared/console/support.schema.ts";
import { campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { openPage, openSigned, signedQuery, startOn } from "../helpers/embed-client.ts";
import { type RawAnswer, rawRequest } from "../helpers/raw-http.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin, startOutreach, untilQuiet } from "../helpers/talk-to-gateway.ts";

let at: TestWorld;
const clock = createShiftingClock();
beforeEach(async () => {
  at = await startTestWorld({ clock });
});
afterEach(() => at.close());

const account = () => at.sandbox.fub.account("fub-test");

/** Names that are words of no language, so that finding one is no accident. */
const CANARIES = {
  words: ["Xaviqua", "Zorblatt", "qwirkel", "Brokzilla", "Plimsoul", "vexmarch", "Ümläutis"],
  secrets: [
    "fka_canary0a1b2c3d4e",
    "canary-app-secret-77",
    "canary-campaign-secret-88",
    "avt_canary_integrator_99",
  ],
};
const PHONES = [
  "+14165550177",
  "(416) 555-0177",
  "416-555-0177",
  "416.555.0177",
  "4165550177",
  "555-0177",
  "+16475550131",
  "6475550131",
  "(647) 555-0131",
];

describe("the support bundle", () => {
  it("has no key, phone, e-mail or name in it, wherever they were put", async () => {
    await at.gateway.apply({
      tenants: [
        {
          domain_name: "brokzilla-homes",
          track: "B",
          fub_start_call_tag: "Plimsoul Call",
          fub_embedded_app_secret: "canary-app-secret-77",
          call_management_api_key: "avt_canary_integrator_99",
          users: [
            {
              id: "zorblatt",
              name: "Xaviqua Zorblatt",
              email: "xaviqua@vexmarch.example",
              default_broker_phone: "(416) 555-0177",
              fub_api_key: "fka_canary0a1b2c3d4e",
            },
          ],
        },
        {
          domain_name: "fub-test",
          fub_campaign_embedded_app_secret: "canary-campaign-secret-88",
          users: [{ id: "u1", name: "Xaviqua Zorblatt" }],
        },
      ],
    });
    const [, ann] = account().users;
    if (ann) ann.name = "Xaviqua Zorblatt";
    const person = account().people.find(({ id }) => id === 107);
    if (person) Object.assign(person, { firstName: "Ümläutis", lastName: "qwirkel" });
    const opened = await openSigned(at.url, { account: account(), userId: 2, personId: 107 });
    await startOn(at.url, opened.model.session, {
      channel: "sms",
      instruction: "Tell qwirkel to ring (416) 555-0177",
    });
    await startOutreach(at, {
      phone_number: "416-555-0177",
      client_name: "Ümläutis qwirkel",
      instruction: "from xaviqua@vexmarch.example",
    });
    await startOutreach(at, {
      channel: "email",
      type: "informational",
      email_address: "qwirkel@vexmarch.example",
      client_name: "qwirkel",
    });
    at.sandbox.fub.faults.add({ method: "POST", path: "/calls", kind: "status", status: 400, times: 3 });
    await startOutreach(at, { phone_number: "+16475550131", client_name: "Plimsoul" });
    await openPage(
      at.url,
      signedQuery({ account: account(), userId: 2, personId: 107, domainName: "vexmarch-realty" }),
    );
    await openPage(
      at.url,
      signedQuery({ account: account(), userId: 2, personId: 107, secret: "canary-app-secret-77" }),
    );
    await campaignClient(
      at.url,
      campaignQuery({ account: account(), userId: 2, secret: "canary-campaign-secret-88" }),
    ).then((client) => client.preflight({ smart_list_id: "23" }));
    await admin(at, "POST", "/outreach/pause", { by: "Xaviqua Zorblatt" });
    await untilQuiet(at);

    const answer = await fetch(`${at.adminUrl}/api/support-bundle`, {
      headers: { authorization: `Bearer ${at.adminToken}` },
    });
    expect(answer.headers.get("content-disposition")).toMatch(
      /^attachment; filename="gateway-support-[\d-]+\.json"$/,
    );
    const text = await answer.text();
    const bundle = supportBundleSchema.parse(JSON.parse(text));
    expect(bundle.journal.length).toBeGreaterThan(10);
    expect(bundle.doctor.length).toBeGreaterThan(3);
    expect(bundle.secret_doctor).toMatchObject([{ mistake: "wrong_tenant" }]);
    expect(JSON.stringify(bundle.journal)).toContain("asked for it");

    // Some of the sandbox's people are called as ordinary words are: Owner, Busy.
    const known = [
      ...CANARIES.words,
      ...CANARIES.secrets,
      ...secretsIn(at.setup),
      ...account().users.flatMap(({ name, email }) => [...name.split(" "), email]),
      ...account().people.flatMap(({ lastName, emails }) => [lastName, ...emails.map(({ value }) => value)]),
      "fub-test",
      "fub-solo",
      at.adminToken,
      at.dataDir,
    ].filter((one) => one.length > 3 && !BUNDLE_WORDS.has(one.toLowerCase()));
    const lower = text.toLowerCase();
    const words = new Set(lower.match(/[\p{L}\p{M}\p{N}_]+/gu) ?? []);
    for (const canary of known) {
      const isWord = /^\p{L}+$/u.test(canary);
      const told = isWord ? words.has(canary.toLowerCase()) : lower.includes(canary.toLowerCase());
      expect(told, canary).toBe(false);
    }
    for (const phone of PHONES) expect(text.includes(phone), phone).toBe(false);
    expect(text).not.toMatch(/[\w.]+@[\w.]+/);
    expect(text).not.toMatch(/\.example/);
  });
});

describe("a support link", () => {
  const make = async (minutes?: number) =>
    newSupportLinkSchema.parse((await admin(at, "POST", "/support-links", minutes ? { minutes } : {})).body);
  const links = async () => supportLinksSchema.parse((await admin(at, "GET", "/support-links")).body).links;
  const open = (url: string): Promise<RawAnswer> => rawRequest(at.adminUrl, url.slice(at.adminUrl.length));
  const cookieOf = (answer: RawAnswer): string =>
    (answer.headers["set-cookie"]?.[0] ?? "").split(";")[0] ?? "";
  const visit = (cookie: string, path: string, method = "GET") =>
    rawRequest(at.adminUrl, path, {
      method,
      headers: { cookie, "content-type": "application/json" },
      ...(method === "GET" || method === "DELETE" ? {} : { body: "{}" }),
    });
  const sentence = (answer: RawAnswer): string =>
    (JSON.parse(answer.body.toString()) as { error: { message: string } }).error.message;

  it("shows everything and changes nothing", async () => {
    const link = await make();
    expect(link.url).toMatch(new RegExp(`^${at.adminUrl}/\\?support=[\\w-]{40,}$`));
    expect(Date.parse(link.until) - Date.parse(link.created_at)).toBe(3_600_000);
    const answer = await open(link.url);
    expect([answer.status, answer.headers.location]).toEqual([303, "/"]);
    expect(answer.headers["set-cookie"]?.[0]).toMatch(/; HttpOnly; SameSite=Strict; Expires=/);
    const cookie = cookieOf(answer);
    const session = await visit(cookie, "/api/session");
    expect(sessionSchema.parse(JSON.parse(session.body.toString()))).toEqual({
      read_only: true,
      until: link.until,
    });
    for (const path of [
      "/api/status",
      "/api/home",
      "/api/journal",
      "/api/problems",
      "/api/secret-doctor",
      "/api/support-bundle",
      "/api/campaigns",
    ])
      expect([path, (await visit(cookie, path)).status]).toEqual([path, 200]);
    const writes = [
      ["POST", "/api/setup"],
      ["POST", "/api/outreach/pause"],
      ["POST", "/api/support-links"],
      ["DELETE", `/api/support-links/${link.id}`],
      ["POST", "/api/engagements/eng_x/cancel"],
      ["POST", "/api/deliveries/replay"],
      ["PUT", "/api/tenants/fub-test/guide/a1"],
      ["PATCH", "/api/anything"],
    ] as const;
    for (const [method, path] of writes) {
      const refused = await visit(cookie, path, method);
      expect([path, refused.status]).toEqual([path, 403]);
      expect(sentence(refused)).toMatch(/support view: .* can change nothing/);
    }
    expect((await admin(at, "GET", "/outreach")).body).toMatchObject({ paused: null });
    expect((await links())[0]).toMatchObject({ id: link.id, last_used_at: expect.any(String) });
    expect(JSON.stringify(await links())).not.toContain(link.url.split("=")[1]);
    expect((await visit("", "/api/session")).status).toBe(401);
  });

  it("ends by itself, or when it is taken back, its open stream with it", async () => {
    const link = await make(5);
    const cookie = cookieOf(await open(link.url));
    const second = await make();
    expect((await links()).map(({ id }) => id)).toEqual([second.id, link.id]);
    const stream = rawRequest(at.adminUrl, "/api/stream", { headers: { cookie } }).catch(() => "cut off");
    expect(await admin(at, "DELETE" as "POST", `/support-links/${link.id}`)).toMatchObject({ status: 200 });
    expect((await visit(cookie, "/api/status")).status).toBe(401);
    await stream;
    expect(await admin(at, "DELETE" as "POST", `/support-links/${link.id}`)).toMatchObject({ status: 404 });
    const late = cookieOf(await open(second.url));
    clock.shift(61 * 60_000);
    expect((await visit(late, "/api/status")).status).toBe(401);
    const ended = await open(second.url);
    expect([ended.status, sentence(ended)]).toEqual([401, expect.stringContaining("has ended")]);
    expect(await links()).toEqual([]);
    for (const minutes of [0, 4, 1441, "long"])
      expect((await admin(at, "POST", "/support-links", { minutes })).status).toBe(400);
  });

  it("goes before the owner's cookie until the owner opens the console again", async () => {
    const owner = cookieOf(await rawRequest(at.adminUrl, `/?token=${at.adminToken}`));
    const guest = cookieOf(await open((await make()).url));
    const both = `${owner}; ${guest}`;
    expect((await visit(both, "/api/outreach/pause", "POST")).status).toBe(403);
    const again = await rawRequest(at.adminUrl, `/?token=${at.adminToken}`, { headers: { cookie: guest } });
    expect(again.headers["set-cookie"]?.[1]).toMatch(/^aventora_support=; .*Expires=Thu, 01 Jan 1970/);
    // A link that ended is as none.
    expect((await visit(`${owner}; aventora_support=gone`, "/api/session")).status).toBe(200);
  });
});

describe("a hostile page in the same browser", () => {
  const ROUTES = [
    "/api/home",
    "/api/people?search=a",
    "/api/story?engagement_id=x",
    "/api/campaigns",
    "/api/outreach",
    "/api/problems",
    "/api/secret-doctor",
    "/api/support-bundle",
    "/api/support-links",
    "/api/session",
  ];
  const POSTS = [
    "/api/outreach/pause",
    "/api/outreach/resume",
    "/api/campaigns/x/cancel",
    "/api/support-links",
  ];

  it("reads and does nothing: other origin, another Host, framed, without a session", async () => {
    const cookie =
      (await rawRequest(at.adminUrl, `/?token=${at.adminToken}`)).headers["set-cookie"]?.[0]?.split(";")[0] ??
      "";
    for (const [method, paths] of [
      ["GET", ROUTES],
      ["POST", POSTS],
    ] as const)
      for (const path of paths) {
        const ask = (headers: Record<string, string>) =>
          rawRequest(at.adminUrl, path, {
            method,
            headers: { "content-type": "application/json", ...headers },
            ...(method === "POST" ? { body: "{}" } : {}),
          });
        expect([path, (await ask({ cookie, origin: "https://evil.example" })).status]).toEqual([path, 403]);
        expect([path, (await ask({ cookie, "sec-fetch-site": "cross-site" })).status]).toEqual([path, 403]);
        expect([path, (await ask({ cookie, host: "evil.example" })).status]).toEqual([path, 403]);
        expect([path, (await ask({})).status]).toEqual([path, 401]);
        const own = await ask(path.includes("/x") ? {} : { cookie });
        expect(own.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
        expect(own.headers["cache-control"]).toBe("no-store");
      }
    const link = await rawRequest(at.adminUrl, "/?support=guess");
    expect([link.status, link.headers["set-cookie"]]).toEqual([401, undefined]);
    expect((await rawRequest(at.url, "/api/home", { headers: { cookie } })).status).toBe(404);
  });
});

function secretsIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    typeof inner === "string" && /(key|secret)$/i.test(name) ? [inner] : secretsIn(inner),
  );
}
