// The only door of the server: createGateway(host) → start, stop, apply, sleep and wake, glance, doctor. main/ and tests come
// in here.
import { createGateway as create, type Gateway } from "./create-gateway.ts";
import type { Host } from "./host.ts";

export { systemClock } from "./base/clock.ts";
export { GatewayError, sentenceOf } from "./base/errors.ts";
export { fieldProblems } from "./base/parse.ts";
export { sayFileError } from "./base/say-file-error.ts";
export type { Gateway, GatewayAddresses } from "./create-gateway.ts";
export type { Tell } from "./follow-work.ts";
export type { Host } from "./host.ts";
export type { Glance } from "./host-calls.ts";
export { serveRival } from "./http/webhook-rivals.ts";
export { type JournalBench, openJournalBench } from "./log/bench-journal.ts";
export { createProcessLog, earlyLogLevel } from "./log/process-log.ts";
export { backupOffline } from "./offline-backup.ts";
export { applyOffline, consoleAddress, doctorOffline } from "./offline-commands.ts";
export { type OfflineJournal, openJournalOffline } from "./offline-journal.ts";
export { restoreOffline, undoOffline } from "./offline-restore.ts";
export type { Sandbox } from "./sandbox/create-sandbox.ts";

/** As create-gateway has it, with the pretend Follow Up Boss to rehearse with. */
export const createGateway = (host: Host): Promise<Gateway> =>
  create({
    openPractice: async (request) => (await import("./sandbox/open-practice.ts")).openPractice(request),
    ...host,
  });

/** The pretend Follow Up Boss, for the demo and the benches. Loaded when used: a gateway that serves needs none of it. */
export async function loadSandbox() {
  const [create, setup, world, address, list, carriers, twilio] = await Promise.all([
    import("./sandbox/create-sandbox.ts"),
    import("./sandbox/demo/demo-setup.ts"),
    import("./sandbox/demo/demo-world.ts"),
    import("./sandbox/embed-address.ts"),
    import("./sandbox/grow-list.ts"),
    import("./sandbox/demo/demo-carriers.ts"),
    import("./sandbox/twilio/demo-twilio.ts"),
  ]);
  return {
    createSandbox: create.createSandbox,
    demoSetup: setup.demoSetup,
    demoWorld: world.demoWorld,
    embedAddress: address.embedAddress,
    growList: list.growList,
    withCarriers: carriers.withCarriers,
    announceInbound: carriers.announceInbound,
    demoTwilio: twilio.demoTwilio,
  };
}
