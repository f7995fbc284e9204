// The conversations' use cases over a real database: one brokerage whose texts and e-mail a carrier takes that keeps what it
// is given, and whose mailbox has what the test puts into it.
import type { ChannelProvider } from "../../../server/channels/channel.ts";
import type { IncomingMail } from "../../../server/channels/smtp/incoming-mail.ts";
import type { ConversationRoomDeps } from "../../../server/conversations/conversation-deps.ts";
import { queueMessage } from "../../../server/conversations/queue-message.ts";
import { openConversation } from "../../../server/engagements/conversation.store.ts";
import { updateEngagement } from "../../../server/engagements/engagement.store.ts";
import type { StartRequest } from "../../../server/engagements/start-request.ts";
import type { TenantSettings } from "../../../shared/settings.schema.ts";
import { type EngagementWorld, openEngagements } from "../engagements/open-engagements.ts";

export const CALIFORNIAN = "+13105550111";
export const ADDRESS = "Nivia@Example.com";
const ON_A_LIST = { isPrimary: true, relationshipId: null };

export interface TalkWorld extends EngagementWorld, Omit<ConversationRoomDeps, keyof EngagementWorld> {
  readonly settings: ConversationRoomDeps["settings"];
  /** Texts of further messages the carrier was given. */
  readonly sent: string[];
  /** Outreach the carrier was asked about. */
  readonly polled: string[];
  /** What the next look into the mailbox finds. */
  readonly mails: IncomingMail[];
  /** An outreach that has gone out. */
  talk(more?: Partial<StartRequest>): Promise<string>;
  /** A further message of it; its id. */
  queue(id: string, purpose?: Parameters<typeof queueMessage>[2]["purpose"]): Promise<string>;
  /** The contact wrote so many ms ago. */
  wrote(id: string, ago: number): Promise<void>;
  stateOf(messageId: string): Promise<string | undefined>;
  /** "message held outside_hours", oldest first. */
  ledgerOf(id: string): Promise<string[]>;
}

export async function openTalk(changes: Partial<TenantSettings> = {}): Promise<TalkWorld> {
  const [sent, polled, mails]: [string[], string[], IncomingMail[]] = [[], [], []];
  const carriers = ["twilio", "smtp"].map((name) => carrierNamed(name, sent, polled));
  const world = await openEngagements(
    { channels: { sms: "twilio", email: "smtp" }, imap_host: "mail.acme.example", ...changes },
    carriers,
  );
  const room = {
    settings: { ...world.settings, current: () => ({ tenants: [] }), secret: () => undefined },
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined },
    mail: {
      account: () => ({
        ...{ imap: { folder: "INBOX" }, from: { name: "Acme", address: "office@acme.example" } },
        replyAddress: "office@acme.example",
      }),
      read: async () => ({ state: { uidValidity: "1", lastUid: 1 }, mails: mails.splice(0), more: false }),
      replyTo: (token: string) => token,
    },
  } as unknown as ConversationRoomDeps;
  const { db, clock } = world;
  // Noon in California.
  await clock.advance(5 * 3_600_000);
  return {
    ...room,
    ...world,
    settings: room.settings,
    ...{ sent, polled, mails },
    talk: async (more = {}) => {
      const phones = [{ ...ON_A_LIST, value: CALIFORNIAN, isLandline: null }];
      const emails = [{ ...ON_A_LIST, value: ADDRESS }];
      const id = await world.start({ channel: "sms", phones, emails, ...more });
      const launched = {
        launch_state: "launched",
        status: "in_progress",
        provider_ref: `ref-${id}`,
      } as const;
      await updateEngagement(db, id, launched, clock.now());
      return id;
    },
    queue: (id, purpose = "reply") =>
      queueMessage(
        db,
        { id, tenant: "acme" },
        {
          ...{ text: purpose, author: "agent", purpose, requestKey: `${purpose}/${id}` },
          now: clock.now(),
        },
      ),
    wrote: async (id, ago) => {
      await openConversation(db, { id, tenant: "acme" }, "agent", clock.now());
      const last_inbound_at = clock.now() - ago;
      await db
        .updateTable("conversations")
        .set({ last_inbound_at })
        .where("engagement_id", "=", id)
        .execute();
    },
    stateOf: async (messageId) =>
      (
        await db
          .selectFrom("outgoing_messages")
          .select("state")
          .where("id", "=", messageId)
          .executeTakeFirst()
      )?.state,
    ledgerOf: async (id) =>
      (
        await db
          .selectFrom("contact_ledger")
          .selectAll()
          .where("engagement_id", "=", id)
          .orderBy("id")
          .execute()
      ).map(({ stage, decision, rule }) => `${stage} ${decision} ${rule ?? ""}`.trim()),
  };
}

/** It never has what it is asked to look for. */
function carrierNamed(name: string, sent: string[], polled: string[]): ChannelProvider {
  const answer = async () => ({ reference: "ref", snapshot: null, nextPollAt: null });
  return {
    name,
    startIsIdempotent: false,
    reachesPeople: true,
    start: answer,
    poll: ({ engagementId }) => {
      polled.push(engagementId);
      return answer();
    },
    pause: answer,
    resume: answer,
    cancel: answer,
    send: async (_order, _reference, { id, text }) => {
      sent.push(text);
      return { reference: `sent-${id}`, at: 0 };
    },
    findSent: async () => null,
  };
}
