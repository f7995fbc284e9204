// `apply` as the design promises it: all or nothing, repeatable, every problem named, through the gateway that is running.
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createSandbox } from "../../server/sandbox/create-sandbox.ts";
import { demoSetup } from "../../server/sandbox/demo/demo-setup.ts";
import { demoWorld } from "../../server/sandbox/demo/demo-world.ts";
import { journalEntrySchema } from "../../shared/journal.schema.ts";
import { openSigned } from "../helpers/embed-client.ts";
import { type CliRoom, openCliRoom } from "../helpers/run-gateway-cli.ts";

const FREE = ["--port", "0", "--admin-port", "0"];
let room: CliRoom;
beforeEach(() => {
  room = openCliRoom();
});
afterEach(() => room.close());

const sentencesOf = (stderr: string): string[] =>
  stderr.split("\n").filter((line) => line !== "" && !line.startsWith("{"));

const SETUP = {
  platform: { FUB_SYSTEM: "Aventora", FUB_SYSTEM_KEY: "a-system-key", SERVER_URL: "https://gw.example.com" },
  tenants: [
    {
      ...{ domain_name: "fub-test", track: "A", crm_sync_provider: "followup_boss", fub_sync_contacts: true },
      ...{ fub_api_key: "fka_brokerage", fub_start_call_tag: "Aventora Call", fub_embedded_app_secret: "s1" },
      ...{ fub_campaign_embedded_app_secret: "s2", call_management_api_key: "avt_key_1234" },
      default_broker_phone: "+14165550100",
      channels: { phone: "simulator", sms: "simulator", email: "simulator" },
      users: [
        {
          ...{ id: "u1", name: "Ann", email: "ann@x.example", default_broker_phone: "+14165550111" },
          ...{ display_number: "", fub_api_key: "fka_ann", fub_embedded_app_secret: "s3" },
        },
      ],
    },
  ],
};
test("the design's own example is taken, and the same again changes nothing", async () => {
  const file = room.fileWith(SETUP);
  const first = await room.run(["apply", file]);
  expect(first).toMatchObject({ code: 0, stderr: "" });
  expect(first.stdout).toBe("platform: updated\ntenant fub-test: created\nuser fub-test/u1: created\n");
  const files = () =>
    readdirSync(room.dataDir)
      .filter((name) => /^(settings|vault)/.test(name))
      .map((name) => readFileSync(join(room.dataDir, name), "utf8"));
  const before = files();
  const again = await room.run(["apply", file]);
  expect(again.stdout).toBe("platform: unchanged\ntenant fub-test: unchanged\nuser fub-test/u1: unchanged\n");
  expect(files()).toEqual(before);
  for (const secret of ["fka_brokerage", "fka_ann", "a-system-key", "avt_key_1234"]) {
    expect(first.stdout + again.stdout + before.join()).not.toContain(secret);
  }
  // The database and its neighbours as well.
  await room.serve();
  const modes = readdirSync(room.dataDir).map((name) => statSync(join(room.dataDir, name)).mode & 0o077);
  expect(Math.max(...modes)).toBe(0);
});

test("unknown and invalid fields are each named with their path, and nothing is applied", async () => {
  const [tenant] = SETUP.tenants;
  const wrong = {
    platform: { ...SETUP.platform, COLOUR: "red" },
    tenants: [
      {
        ...tenant,
        tag: "x",
        track: "C",
        users: [{ ...tenant?.users[0], phone: "1", default_broker_phone: "12" }],
      },
    ],
    extra: true,
  };
  const { code, stdout, stderr } = await room.run(["apply", room.fileWith(wrong)]);
  expect([code, stdout]).toEqual([1, ""]);
  const named = stderr.split("\n").flatMap((line) => /^ {2}(\S+): /.exec(line)?.[1] ?? []);
  expect(named.sort()).toEqual([
    "extra",
    "platform.COLOUR",
    "tenants[0].tag",
    "tenants[0].track",
    "tenants[0].users[0].default_broker_phone",
    "tenants[0].users[0].phone",
  ]);
  expect(stderr).not.toMatch(/fka_|a-system-key/);
  expect((await room.run(["apply", room.fileWith(SETUP)])).stdout).toContain("tenant fub-test: created");
});

test.each([
  ["that is no JSON", "{\n  nonsense", "line 2"],
  ["that is a list", "[]", "setup"],
  ["that is empty", "", "empty"],
])("a file %s is refused in words", async (_what, text, says) => {
  const { code, stderr } = await room.run(["apply", room.fileWith(text)]);
  expect(code).toBe(1);
  expect(stderr.toLowerCase()).toContain(says.toLowerCase());
});

test("without a file, with two, with one that is not there", async () => {
  for (const args of [["apply"], ["apply", "a", "b"], ["apply", "not-there.json"]]) {
    const { code, stderr } = await room.run(args);
    expect([code, sentencesOf(stderr).length]).toEqual([1, 1]);
  }
});

test("reads the setup from a pipe, so that keys need no file", async () => {
  const { stdout } = await room.run(["apply", "-"], { input: JSON.stringify(SETUP) });
  expect(stdout).toContain("tenant fub-test: created");
});

test("goes through a running gateway, which works with it at once", async () => {
  const world = demoWorld();
  const sandbox = createSandbox({ accounts: world.accounts });
  const { url } = await sandbox.listen(0);
  const environment = { FUB_API_BASE_URL: `${url}/v1` };
  const serving = await room.serve(FREE, { environment });
  const file = room.fileWith(demoSetup(world));
  expect(await room.run(["apply", file], { environment })).toMatchObject({
    code: 0,
    stdout: expect.stringContaining("tenant fub-solo: created"),
  });
  const page = await openSigned(serving.publicUrl, {
    account: sandbox.fub.account("fub-test"),
    userId: 2,
    personId: 107,
  });
  expect(page.model).toMatchObject({ state: "ready", agent: { name: "Ann One" } });
  expect((await room.run(["apply", file], { environment })).stdout).not.toMatch(/created|updated/);
  const wrong = await room.run(
    ["apply", room.fileWith({ tenants: [{ domain_name: "fub-test", tag: "x" }] })],
    {
      environment,
    },
  );
  expect([wrong.code, wrong.stderr]).toEqual([1, expect.stringContaining("  tenants[0].tag: unknown field")]);
  serving.kill("SIGTERM");
  expect((await serving.finished).code).toBe(0);

  const doctor = await room.run(["doctor", "--json"], { environment });
  const checks = doctor.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { id: string; state: string });
  expect(checks.find(({ id }) => id === "fub-test/tenant")).toMatchObject({ state: "ok" });
  expect(doctor.code).toBe(0);
  const journal = await room.run([
    "journal",
    "--json",
    ...[
      "--search",
      "opened app",
      "--event",
      "embed.opened",
      "--until",
      "2999-01-01T00:00:00Z",
      "--limit",
      "5000",
    ],
  ]);
  const entries = journal.stdout
    .trim()
    .split("\n")
    .map((line) => journalEntrySchema.parse(JSON.parse(line)));
  expect(entries).toMatchObject([{ event: "embed.opened", person_id: "107", tenant: "fub-test" }]);
  await sandbox.close();
});
