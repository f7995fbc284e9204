// The only door of the server: createGateway(host) → start, stop, apply, doctor. main/ and tests come in here.
export { systemClock } from "./base/clock.ts";
export { GatewayError, sentenceOf } from "./base/errors.ts";
export { createGateway, type Gateway, type GatewayAddresses } from "./create-gateway.ts";
export type { Host } from "./host.ts";
export { serveRival } from "./http/webhook-rivals.ts";
export { applyOffline, doctorOffline, readJournalOffline } from "./offline-commands.ts";
export { createSandbox, type Sandbox } from "./sandbox/create-sandbox.ts";
export { demoSetup } from "./sandbox/demo/demo-setup.ts";
export { demoWorld } from "./sandbox/demo/demo-world.ts";
export { embedAddress } from "./sandbox/embed-address.ts";
export { growList } from "./sandbox/grow-list.ts";
