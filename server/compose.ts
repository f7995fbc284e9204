// Builds everything, in order, on one screen. Nothing here decides anything; it only connects.
import { randomBytes } from "node:crypto";
import { keepBeforeUpdate } from "./backup/keep-before-update.ts";
import { keepRestorePoint } from "./backup/restore-points.ts";
import { createDisplayBus } from "./base/display-events.ts";
import { createLinkTokens } from "./base/link-token.ts";
import { createListSizes } from "./campaigns/list-sizes.ts";
import { readReplyToken } from "./channels/smtp/mail-tokens.ts";
import { readMailbox } from "./channels/smtp/read-mailbox.ts";
import { connectChannels } from "./connect-channels.ts";
import { connectCrm } from "./connect-crm.ts";
import { connectTunnel } from "./connect-tunnel.ts";
import { openHours } from "./contact/hours/open-hours.ts";
import type { ConversationRoomDeps } from "./conversations/conversation-deps.ts";
import { createSpokenTurns } from "./conversations/spoken-turns.ts";
import { createKnownIdentities } from "./crm/known-identities.ts";
import { createPracticePlace } from "./crm/practice-place.ts";
import { mayHaveBeenStored } from "./crm/write-fate.ts";
import { openDatabase } from "./db/open-database.ts";
import type { EmbedDeps } from "./embed/embed-deps.ts";
import { createEmbedSessions } from "./embed/embed-sessions.ts";
import { createRefusedEmbeds } from "./embed/refused-embeds.ts";
import { createElsewhereReader } from "./engagements/find-elsewhere.ts";
import { createKnowledgeReader } from "./engagements/read-knowledge.ts";
import type { Host } from "./host.ts";
import type { IntegrationDeps } from "./integration/integration-deps.ts";
import { afterDeadJob } from "./jobs/after-dead-job.ts";
import { createJobHandlers, type JobDeps, runJob } from "./jobs/job-handlers.ts";
import { createJournal } from "./log/journal.ts";
import { createProcessLog, earlyLogLevel } from "./log/process-log.ts";
import { createWorker, type Worker } from "./queue/worker.ts";
import { openSettings } from "./settings/open-settings.ts";
import type { SettingsRoom } from "./settings/settings-room.ts";
import type { SyncDeps } from "./sync/sync-deps.ts";
import { checkSlots } from "./webhooks/check-slots.ts";
import { createDeliveryInbox } from "./webhooks/delivery-inbox.ts";
import { createFanOut } from "./webhooks/fan-out/create-fan-out.ts";
import { createRejectedDeliveries } from "./webhooks/rejected-deliveries.ts";

export type Composed = Awaited<ReturnType<typeof compose>>;

/** @throws GatewayError settings_*, database_unusable, backup_failed. */
export async function compose(host: Host) {
  const ground = await openGround(host);
  const linkKey = await ownKey(ground.settings, "internal/link_key");
  const outside = connectOutside(host, ground, linkKey);
  const { db, journal, bus, log, settings } = ground;
  const { clock } = host;
  const late: { worker?: Worker } = {};
  const nudge = (): void => late.worker?.nudge();
  const sessions = createEmbedSessions(await ownKey(settings, "internal/embed_session_key"), clock);
  const refused = createRefusedEmbeds({
    db,
    clock,
    onError: (error) => log.error("embed", "refused apps could not be kept", error),
  });
  const embed: EmbedDeps = { db, clock, journal, bus, settings, nudge, sessions, refused, ...outside };
  const sync: SyncDeps = { db, clock, journal, bus, settings, nudge, mayHaveBeenStored, ...outside };
  const campaigns = { ...embed, listSizes: createListSizes({ crm: outside.crm, clock }) };
  const onError = (error: unknown): void =>
    log.error("webhooks", "refused deliveries could not be kept", error);
  const fanOut = createFanOut({ db, clock, journal, settings, nudge, random: Math.random });
  const webhooks = {
    ...embed,
    settings,
    practice: outside.practice,
    inbox: createDeliveryInbox({ db, settings, nudge }),
    rejected: createRejectedDeliveries({ db, clock, onError }),
    fanOut,
  };
  const integration: IntegrationDeps = {
    ...embed,
    registerWebhooks: (tenant, access) => checkSlots(webhooks, tenant, access),
  };
  const conversations: ConversationRoomDeps = {
    ...embed,
    ...outside,
    log,
    spokenTurns: createSpokenTurns(clock),
    mail: {
      account: (tenant) => outside.mailAccount(tenant, null),
      read: (account, state) => readMailbox({ clock, log }, account, state),
      replyTo: (token) => readReplyToken(linkKey, token),
    },
  };
  const jobDeps: JobDeps = { embed, campaigns, webhooks, fanOut, sync, conversations, db, clock, journal };
  const handlers = createJobHandlers(jobDeps);
  const worker = createWorker({
    db,
    clock,
    owner: `${process.pid}-${randomBytes(4).toString("hex")}`,
    random: Math.random,
    run: (kind, payload, context) => runJob(handlers, kind, payload, context),
    onDead: (kind, payload, error) => afterDeadJob(jobDeps, kind, payload, error),
    log: (level, message, thrown) => log[level]("queue", message, thrown),
  });
  late.worker = worker;
  return {
    ...ground,
    ...outside,
    clock,
    embed,
    campaigns,
    integration,
    webhooks,
    conversations,
    sync,
    worker,
    nudge,
  };
}

/** What everything stands on: settings, log, database, journal, the way in from outside. */
async function openGround(host: Host) {
  const { clock, dataDir, environment, flags, keychain } = host;
  const earlyLog = createProcessLog(earlyLogLevel(environment), host.writeLog);
  const kept = await keepBeforeUpdate(host);
  if (kept !== undefined)
    earlyLog.info("db", `kept the database and the settings of another version: ${kept}`);
  const settings = await openSettings({
    dataDir,
    environment,
    flags,
    clock,
    ...(keychain ? { keychain } : {}),
    log: (line) => earlyLog.warn("settings", line),
  });
  const log = createProcessLog(settings.platform().LOG_LEVEL, host.writeLog);
  const opened = await openDatabase({
    dataDir,
    beforeMigrating: async (copy, next) => {
      // The same is in the point of the update.
      if (kept !== undefined) return;
      const meta = { reason: "migration", kept_at: clock.now(), program: host.version } as const;
      const point = await keepRestorePoint(dataDir, meta, copy);
      log.info("db", `kept the database and the settings before the tables' step ${next}: ${point}`);
    },
  });
  const bus = createDisplayBus((error) => log.error("display", "a listener failed", error));
  const onError = (error: unknown): void => log.error("journal", "entries could not be written", error);
  const journal = createJournal({ db: opened.db, clock, bus, onError });
  const door = connectTunnel({ host, settings, log, random: Math.random });
  const { db, close: closeDatabase, copy: copyDatabase } = opened;
  return { settings, log, db, closeDatabase, copyDatabase, bus, journal, ...door };
}

/** The outside world: the CRMs, the channels' providers, and the rules about whom they may reach. */
function connectOutside(host: Host, ground: Awaited<ReturnType<typeof openGround>>, linkKey: string) {
  const { clock, dataDir } = host;
  const { settings, db, log, journal } = ground;
  const practice = createPracticePlace();
  const crm = connectCrm({ settings, clock, log, practice });
  const links = createLinkTokens(linkKey);
  const hours = openHours({ dataDir, log, clock });
  const rules = { tenant: settings.tenant, hours };
  const channels = connectChannels({ db, clock, settings, log, links, linkKey, rules });
  return {
    ...channels,
    crm,
    practice,
    links,
    hours,
    identities: createKnownIdentities({ db, clock, crm }),
    rules,
    readKnowledge: createKnowledgeReader({ db, clock, journal, crm, settings }),
    lookIntoCrm: createElsewhereReader({ db, crm, settings }),
  };
}

// Without a vault no page opens anyway, and the console and the doctor say why; a key for this run will do.
function ownKey(settings: SettingsRoom, name: `internal/${string}`): Promise<string> {
  const create = (): string => randomBytes(32).toString("base64url");
  return settings.ensureInternalSecret(name, create).catch(create);
}
