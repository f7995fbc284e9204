// The only door of the server: createGateway(host) → start, stop, apply, doctor. main/ and tests come in here.
import { createGateway as create, type Gateway } from "./create-gateway.ts";
import type { Host } from "./host.ts";
import { openPractice } from "./sandbox/open-practice.ts";

export { systemClock } from "./base/clock.ts";
export { GatewayError, sentenceOf } from "./base/errors.ts";
export type { Gateway, GatewayAddresses } from "./create-gateway.ts";
export type { Host } from "./host.ts";
export { serveRival } from "./http/webhook-rivals.ts";
export { type JournalBench, openJournalBench } from "./log/bench-journal.ts";
export { applyOffline, doctorOffline, readJournalOffline } from "./offline-commands.ts";
export { createSandbox, type Sandbox } from "./sandbox/create-sandbox.ts";
export { demoSetup } from "./sandbox/demo/demo-setup.ts";
export { demoWorld } from "./sandbox/demo/demo-world.ts";
export { embedAddress } from "./sandbox/embed-address.ts";
export { growList } from "./sandbox/grow-list.ts";

/** As create-gateway has it, with the pretend Follow Up Boss to rehearse with. */
export const createGateway = (host: Host): Promise<Gateway> => create({ openPractice, ...host });
