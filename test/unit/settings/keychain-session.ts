// Opens settings with this session's real keychain, applies a setup when one is given, and prints what is seen as JSON.
// Run by test/flow/settings-keychain.test.ts inside D-Bus sessions: the library reads the process's own environment.
import { systemClock } from "../../../server/base/clock.ts";
import { sentenceOf } from "../../../server/base/errors.ts";
import { openSettings } from "../../../server/settings/open-settings.ts";
import { parseSetup } from "../../../server/settings/parse-setup.ts";

const [dataDir = "", setup] = process.argv.slice(2);
const start = systemClock.monotonic();
const room = await openSettings({
  dataDir,
  environment: process.env,
  flags: {},
  clock: systemClock,
  log: () => undefined,
});
const opened = Math.round(systemClock.monotonic() - start);
const refused = setup === undefined ? "" : await room.apply(parseSetup(setup)).then(() => "", sentenceOf);
process.stdout.write(
  JSON.stringify({
    opened,
    refused,
    vault: room.vault(),
    tenants: room.current().tenants.map((tenant) => tenant.domain_name),
    secret: room.secret("tenant/acme/fub_api_key") ?? null,
  }),
);
