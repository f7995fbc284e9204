// Applies one setup after the other until somebody kills it; prints each number once it is acknowledged.
// Run by test/flow/settings-apply.test.ts as a process of its own.
import { systemClock } from "../../../server/base/clock.ts";
import { KeychainError } from "../../../server/settings/keychain.ts";
import { openSettings } from "../../../server/settings/open-settings.ts";

const absent = (): Promise<never> => Promise.reject(new KeychainError("absent", "not in this test"));

const room = await openSettings({
  dataDir: process.argv[2] ?? "",
  environment: {},
  flags: {},
  clock: systemClock,
  keychain: { get: absent, set: absent, delete: absent },
  log: () => undefined,
});
const start = Number(room.tenant("acme")?.fub_start_call_tag ?? 0);
for (let n = start + 1; ; n++) {
  await room.apply({ tenants: [{ domain_name: "acme", fub_start_call_tag: `${n}`, fub_api_key: `${n}` }] });
  process.stdout.write(`${n}\n`);
}
