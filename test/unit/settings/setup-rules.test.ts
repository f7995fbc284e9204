import { describe, expect, test } from "vitest";
import { checkSetupFit } from "../../../server/settings/check-setup-fit.ts";
import { checkSetupShape } from "../../../server/settings/check-setup-shape.ts";
import { mergeSetup } from "../../../server/settings/merge-setup.ts";
import { parseSetup } from "../../../server/settings/parse-setup.ts";
import { pointsAtItself } from "../../../server/settings/points-at-itself.ts";
import { readEnvironment } from "../../../server/settings/read-environment.ts";
import { type Settings, settingsSchema } from "../../../shared/settings.schema.ts";
import { problemsOf, refusalOf } from "./open-test-settings.ts";

const settings = (over: object = {}): Settings =>
  settingsSchema.parse({
    version: 1,
    installation_id: "gw_12345678",
    vault: null,
    platform: {},
    tenants: [],
    ...over,
  });

const shapeProblems = async (setup: unknown): Promise<string[]> =>
  problemsOf(await refusalOf((async () => checkSetupShape(setup))()));

function misfits(
  setup: object,
  before: Settings = settings(),
  environment: Record<string, string> = {},
  tunnelAddress?: string,
): string[] {
  const checked = checkSetupShape(setup);
  const overrides = readEnvironment(environment, {});
  const problems = checkSetupFit({
    setup: checked,
    next: mergeSetup(before, checked),
    overrides,
    tunnelAddress,
  });
  return problems.map(({ path, message }) => `${path}: ${message}`);
}

describe("the shape of a setup", () => {
  test("every wrong field is named with its path, all at once", async () => {
    const problems = await shapeProblems({
      platform: { SERVER_URL: "http://gateway.example.com", COLOUR: "red", PORT: "8010" },
      tenants: [
        { domain_name: "acme", users: [{ id: "u1" }, { id: "u2", default_broker_phone: "416-555" }] },
        { domain_name: "ACME", track: "C", fub_api_key: 5 },
      ],
      more: [],
    });
    expect(problems.map((problem) => problem.split(":")[0]).sort()).toEqual([
      "more",
      "platform.COLOUR",
      "platform.PORT",
      "platform.SERVER_URL",
      "tenants[0].users[1].default_broker_phone",
      "tenants[1].domain_name",
      "tenants[1].fub_api_key",
      "tenants[1].track",
    ]);
    expect(problems).toContain("tenants[0].users[1].default_broker_phone: is not a complete phone number");
    expect(problems).toContain("tenants[1].domain_name: acme is listed twice");
  });

  test("an agent listed twice in a brokerage is named", async () => {
    const users = [{ id: "u1" }, { id: "u1" }];
    expect(await shapeProblems({ tenants: [{ domain_name: "acme", users }] })).toEqual([
      "tenants[0].users[1].id: u1 is listed twice",
    ]);
  });

  test("phones come out in one form, and empty ones stay empty", () => {
    const users = [{ id: "u1", default_broker_phone: "416.555.0111", display_number: "" }];
    const setup = checkSetupShape({
      tenants: [{ domain_name: "acme", default_broker_phone: "(416) 555-0100", users }],
    });
    expect(setup.tenants?.[0]).toMatchObject({
      default_broker_phone: "+14165550100",
      users: [{ default_broker_phone: "+14165550111", display_number: "" }],
    });
  });

  test("the sentence never repeats a secret", async () => {
    const setup = { tenants: [{ domain_name: "acme", fub_api_key: "fka_one\nfka_two" }] };
    const error = await refusalOf((async () => checkSetupShape(setup))());
    expect(error.sentence).toContain("tenants[0].fub_api_key");
    expect(JSON.stringify([error.sentence, error.details])).not.toContain("fka_");
  });
});

describe("a setup over what is there", () => {
  const acme = (over: object): object => ({ tenants: [{ domain_name: "acme", ...over }] });

  test("keys are not carried into a private network unless it is said so; this machine is no neighbour", () => {
    const inside = [
      "https://10.0.0.1",
      "https://169.254.169.254/v1",
      "https://0xa000001",
      "https://[fd00::1]/v1",
    ];
    for (const url of inside) {
      expect(misfits(acme({ hub_url: url, llm_url: url }))).toEqual([
        "tenants[0].hub_url: leads into a private network; this needs hub_allow_private",
        "tenants[0].llm_url: leads into a private network; this needs llm_allow_private",
      ]);
      const meant = acme({ hub_url: url, hub_allow_private: true });
      expect(misfits(meant)).toEqual([]);
      const before = mergeSetup(settings(), checkSetupShape(meant));
      expect(misfits(acme({ hub_allow_private: false }), before)).toHaveLength(1);
    }
    const own = acme({ hub_url: "http://127.0.0.1:9000/hub", llm_url: "http://localhost:11434/v1" });
    expect(misfits(own)).toEqual([]);
  });

  test("the addresses of the APIs are held to the same, except where the environment fixes them", () => {
    const FUB_API_BASE_URL = "http://192.168.0.9/v1";
    const problem = "platform.FUB_API_BASE_URL: leads into a private network; this needs allow_private";
    expect(misfits({ platform: { FUB_API_BASE_URL } })).toEqual([problem]);
    expect(misfits({ platform: { FUB_API_BASE_URL, allow_private: true } })).toEqual([]);
    expect(misfits({ platform: { FUB_API_BASE_URL } }, settings(), { FUB_API_BASE_URL })).toEqual([]);
    expect(misfits({ platform: { FUB_API_BASE_URL: "http://[::1]:9/v1" } })).toEqual([]);
  });

  test("two agents may not share an outreach phone, whoever was there first", () => {
    const users = [{ id: "u1", default_broker_phone: "+14165550111" }];
    const before = settings({ tenants: [{ domain_name: "acme", users }] });
    const same = acme({ users: [{ id: "u2", display_number: "416 555 0111" }] });
    expect(misfits(same, before).join()).toMatch(
      /tenants\[0\]\.users\[0\]\.display_number: agents u2 and u1/,
    );
    expect(misfits(acme({ users: [{ id: "u1", name: "Ann" }] }), before)).toEqual([]);
    expect(misfits({ tenants: [{ domain_name: "other", users }] }, before)).toEqual([]);
  });

  test("two agents may show the same office number beside their own", () => {
    const users = ["11", "12"].map((end, i) => ({
      id: `u${i}`,
      default_broker_phone: `+141655501${end}`,
      display_number: "+14165550100",
    }));
    expect(misfits(acme({ users }))).toEqual([]);
  });

  test("a channel carried by the Hub needs the Hub's address, the brokerage's or the platform's", () => {
    const channels = { phone: "hub", email: "simulator" };
    expect(misfits(acme({ channels })).join()).toMatch(
      /^tenants\[0\]\.channels\.phone: is carried by the Hub/,
    );
    expect(misfits(acme({ channels, hub_url: "https://hub.example.com" }))).toEqual([]);
    expect(
      misfits({ ...acme({ channels }), platform: { INTERNAL_START_URL: "http://127.0.0.1:9000" } }),
    ).toEqual([]);
    expect(misfits(acme({ channels }), settings(), { INTERNAL_START_URL: "http://127.0.0.1:9000" })).toEqual(
      [],
    );
  });

  test("the Hub's address may not be removed while a brokerage needs it", () => {
    const before = settings({
      platform: { INTERNAL_START_URL: "http://127.0.0.1:9000" },
      tenants: [{ domain_name: "acme", channels: { sms: "hub" } }],
    });
    const problems = misfits({ platform: { INTERNAL_START_URL: "" } }, before);
    expect(problems.join()).toMatch(/platform\.INTERNAL_START_URL: is still needed: acme/);
  });

  test("nor through the tunnel, unless the environment's address is used instead", () => {
    const [platform, tunnel] = [{ INTERNAL_START_URL: "https://t.example.com/hub" }, "https://t.example.com"];
    expect(misfits({ platform }, settings(), {}, tunnel).join()).toMatch(/must not lead back/);
    expect(misfits({ platform }, settings(), { SERVER_URL: "https://own.example.com" }, tunnel)).toEqual([]);
  });

  test("INTERNAL_START_URL may not lead back to this gateway, whichever field makes it so", () => {
    const own = "https://gateway.example.com";
    const circles = [
      { SERVER_URL: own, INTERNAL_START_URL: `${own}:443/hub` },
      { INTERNAL_START_URL: "http://localhost:8010" },
      { INTERNAL_START_URL: "http://127.0.0.1:9100", PORT: 9100 },
    ];
    for (const platform of circles) {
      expect(misfits({ platform }).join()).toMatch(/^platform\.INTERNAL_START_URL: must not lead back/);
    }
    const before = settings({ platform: { INTERNAL_START_URL: own } });
    expect(misfits({ platform: { SERVER_URL: own } }, before)).toHaveLength(1);
    expect(misfits({ platform: { SERVER_URL: own, INTERNAL_START_URL: "http://127.0.0.1:9000" } })).toEqual(
      [],
    );
  });

  test("what the environment fixes may be repeated but not changed", () => {
    const environment = { FUB_SYSTEM: "Fixed", FUB_SYSTEM_KEY: "key-1" };
    expect(
      misfits({ platform: { FUB_SYSTEM: "Fixed", FUB_SYSTEM_KEY: "key-1" } }, settings(), environment),
    ).toEqual([]);
    expect(
      misfits({ platform: { FUB_SYSTEM: "Mine", FUB_SYSTEM_KEY: "key-2" } }, settings(), environment),
    ).toEqual([
      "platform.FUB_SYSTEM: is fixed by the environment to another value",
      "platform.FUB_SYSTEM_KEY: is fixed by the environment to another value",
    ]);
  });

  test("an agent of a Track B brokerage may come without a key", () => {
    expect(
      misfits(acme({ track: "B", users: [{ id: "u1", default_broker_phone: "+14165550111" }] })),
    ).toEqual([]);
  });

  test("what is left out stays, an empty address goes, channels are merged one by one", () => {
    const before = settings({
      platform: { SERVER_URL: "https://a.example.com", PORT: 9000 },
      tenants: [
        { domain_name: "acme", track: "B", channels: { sms: "hub" }, hub_url: "https://hub.example.com" },
      ],
    });
    const setup = checkSetupShape({
      platform: { SERVER_URL: "" },
      ...acme({ channels: { phone: "simulator" } }),
    });
    const next = mergeSetup(before, setup);
    expect(next.platform).not.toHaveProperty("SERVER_URL");
    expect(next.platform.PORT).toBe(9000);
    expect(next.tenants[0]).toMatchObject({ track: "B", channels: { sms: "hub", phone: "simulator" } });
  });
});

test.each([
  ["http://127.0.0.1:8010", "listener"],
  ["http://localhost:8011/x", "listener"],
  ["http://[::1]:8010", "listener"],
  ["http://127.0.0.1:8012", undefined],
  ["http://hub.local:8010", undefined],
  ["https://gw.example.com/other", "public"],
  ["https://GW.example.com:443", "public"],
  ["http://gw.example.com", undefined],
])("%s leads to %s", (address, where) => {
  const own = { SERVER_URL: "https://gw.example.com", HOST: "127.0.0.1", PORT: 8010, ADMIN_PORT: 8011 };
  expect(pointsAtItself(address, own)).toBe(where);
});

describe("a setup as text", () => {
  test.each([
    ["", "is empty"],
    ['{\n  "platform": {},\n  "tenants": [,]\n}', "line 3, column 15"],
    ['{"a": fka_secretsecret}', "line 1, column 8"],
    ['{"a": [1, 2}', "line 1, column 12"],
    ['{"a": "open', "line 1, column 12"],
    ['{"a": 1}}', "line 1, column 9"],
  ])("%j is refused with its place", async (text, place) => {
    const error = await refusalOf((async () => parseSetup(text))());
    expect(error.code).toBe("malformed_json");
    expect(error.sentence).toContain(place);
    expect(error.message).not.toContain("secret");
  });

  test("a byte order mark does no harm", () => {
    expect(parseSetup('\uFEFF{"tenants": []}')).toEqual({ tenants: [] });
  });
});

describe("the environment", () => {
  const of = (environment: Record<string, string>, flags = {}) => readEnvironment(environment, flags);

  test("gives numbers as numbers, flags first, and counts empty variables as not set", () => {
    const { platform, locks } = of(
      { PORT: "9000", ADMIN_PORT: "9001", SERVER_URL: " ", SIMULATOR_SPEED: "0" },
      { PORT: 7 },
    );
    expect(platform).toEqual({ PORT: 7, ADMIN_PORT: 9001, SIMULATOR_SPEED: 0 });
    expect(locks.get("PORT")).toBe("the option --port");
    expect([...locks.keys()].sort()).toEqual(["ADMIN_PORT", "PORT", "SIMULATOR_SPEED"]);
  });

  test.each(["abc", "70000", "-1", "80.5", "0x50"])("PORT=%s is refused by name", async (text) => {
    const error = await refusalOf((async () => of({ PORT: text }))());
    expect(error.code).toBe("settings_invalid");
    expect(error.sentence).toContain("PORT");
  });

  test("a bad address is refused without repeating what is in it", async () => {
    const error = await refusalOf((async () => of({ SERVER_URL: "https://me:hunter22@gw.example.com" }))());
    expect(error.sentence).toContain("SERVER_URL");
    expect(JSON.stringify(error.details) + error.sentence).not.toContain("hunter22");
  });
});
