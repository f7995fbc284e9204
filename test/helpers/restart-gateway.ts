// The gateway of a test world stopped, and started again on the same folder at the same public address.
import { type Clock, systemClock } from "../../server/base/clock.ts";
import { createGateway } from "../../server/create-gateway.ts";
import { PAGES_DIR, type TestWorld, testEnvironment } from "./start-gateway.ts";

interface Restart {
  readonly clock?: Clock;
  readonly meanwhile?: () => Promise<void>;
  /** Of the program that starts. */
  readonly version?: string;
}

/** The world with the new gateway; `meanwhile` happens while none runs. Close the one that is returned. */
export async function restartGateway<W extends TestWorld>(
  world: W,
  { clock, meanwhile, version = "0.0.0-test" }: Restart = {},
): Promise<W> {
  await world.gateway.stop();
  await meanwhile?.();
  const gateway = await createGateway({
    dataDir: world.dataDir,
    environment: testEnvironment(world.sandboxUrl),
    flags: { PORT: Number(new URL(world.url).port), ADMIN_PORT: 0 },
    clock: clock ?? systemClock,
    version,
    pagesDir: PAGES_DIR,
    writeLog: (line) => void world.logLines.push(line),
  });
  const admin = new URL(gateway.addresses.adminUrl);
  return {
    ...world,
    gateway,
    adminUrl: admin.origin,
    adminToken: admin.searchParams.get("token") ?? "",
    close: async () => {
      await gateway.stop();
      await world.close();
    },
  };
}
