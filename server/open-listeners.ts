// Opens both listeners of a run: the public one, and the console's on this computer only. Called by create-gateway.
import { join } from "node:path";
import type { Setup } from "../shared/setup.schema.ts";
import type { AdminDeps } from "./admin/admin-deps.ts";
import type { BackupDesk } from "./backup/create-desk.ts";
import { GatewayError } from "./base/errors.ts";
import type { Composed } from "./compose.ts";
import { enqueueMirror } from "./engagements/record-opt-out.ts";
import { movedAt } from "./engagements/refuse-moved.ts";
import { followSettings } from "./follow-settings.ts";
import type { Host } from "./host.ts";
import { createAdminApp } from "./http/admin-app.ts";
import { type Listener, listen } from "./http/listen.ts";
import { createPublicApp } from "./http/public-app.ts";
import { refuseUnreadable } from "./http/refuse-unreadable.ts";
import { createPageLoader } from "./load-pages.ts";
import type { ApplyResult } from "./settings/settings-room.ts";
import { reviveActivities } from "./sync/bury-activity.ts";

/** The console: for this computer alone, and a backup of gigabytes takes its time to be sent. */
const LOCAL = { host: "127.0.0.1", requestMs: 3_600_000 } as const;

export interface Listeners {
  public?: Listener;
  admin?: Listener;
}

export interface Opening {
  readonly host: Host;
  readonly parts: Composed;
  readonly admin: AdminDeps;
  readonly listeners: Listeners;
  readonly token: string;
  readonly apply: (setup: Setup, expected?: string | null) => Promise<ApplyResult>;
  readonly desk: BackupDesk;
  readonly isStopping: () => boolean;
  readonly closers: (() => Promise<void> | void)[];
}

/** Both listeners; each is closed again should something after it fail. */
export async function openListeners(opening: Opening): Promise<void> {
  const { host, parts, admin, listeners, closers } = opening;
  const { HOST, PORT, ADMIN_PORT } = parts.settings.platform();
  const assets = createPageLoader(host, parts.practice);
  const refuse = refuseUnreadable(assets);
  const publicApp = createPublicApp({
    embed: parts.embed,
    campaigns: parts.campaigns,
    webhooks: parts.webhooks,
    integration: parts.integration,
    conversations: parts.conversations,
    assets,
    bus: parts.bus,
    log: parts.log,
    version: host.version,
    healthProof: parts.healthProof,
    clients: parts.clients,
    isReady: async () =>
      !opening.isStopping() && parts.settings.vault().ok && (await movedAt(parts.db)) === null,
  });
  listeners.public = await listen(publicApp, { host: HOST, port: PORT, refuse });
  closers.push(async () => listeners.public?.close(1_000));
  const adminApp = createAdminApp({
    admin,
    bus: parts.bus,
    log: parts.log,
    token: () => opening.token,
    consoleDir: join(host.pagesDir, "admin"),
    apply: opening.apply,
    desk: opening.desk,
    followSettings: () => followSettings(parts),
    integration: parts.integration,
    practice: parts.practice,
    openPractice: host.openPractice,
    embed: parts.embed,
    campaigns: parts.campaigns,
    conversations: parts.conversations,
    mirrorWish: (trx, id, lifted) => enqueueMirror(trx, id, lifted, host.clock.now()),
    webhooks: parts.webhooks,
    reviveActivities: (id) => reviveActivities(parts.sync, id),
  });
  listeners.admin = await listen(adminApp, { ...LOCAL, port: ADMIN_PORT, refuse });
  closers.push(async () => listeners.admin?.close(1_000));
}

export const portOf = (listener: Listener | undefined): number => Number(new URL(urlOf(listener)).port);

export function urlOf(listener: Listener | undefined): string {
  if (!listener) throw new GatewayError("internal", { logMessage: "asked for an address before listening" });
  const host = listener.host === "0.0.0.0" || listener.host === "::" ? "127.0.0.1" : listener.host;
  return `http://${host.includes(":") ? `[${host}]` : host}:${listener.port}`;
}
