// What the conversations' use cases need, given once by compose.ts.

import type { LinkTokens } from "../base/link-token.ts";
import type { ChannelProvider } from "../channels/channel.ts";
import type { ChatProvider } from "../channels/chat/create-chat.ts";
import type { MailAccount } from "../channels/smtp/mail-account.ts";
import type { MailboxReading, MailboxState } from "../channels/smtp/read-mailbox.ts";
import type { TwilioCallbacks } from "../channels/twilio/twilio-callbacks.ts";
import type { TwilioDeps } from "../channels/twilio/twilio-deps.ts";
import type { Crm } from "../crm/crm.ts";
import type { KnownIdentities } from "../crm/known-identities.ts";
import type { EngagementDeps } from "../engagements/engagement-deps.ts";
import type { ProcessLog } from "../log/process-log.ts";
import type { SettingsRoom } from "../settings/settings-room.ts";
import type { SpokenTurns } from "./spoken-turns.ts";

export interface ConversationDeps extends Omit<EngagementDeps, "settings"> {
  readonly settings: Pick<SettingsRoom, "current" | "tenant" | "platform" | "secret" | "vault">;
  readonly crm: Crm;
  readonly log: Pick<ProcessLog, "debug" | "info" | "warn">;
  readonly identities: Pick<KnownIdentities, "recall">;
}

/** What those need besides that take in what carriers tell. */
export interface ConversationRoomDeps extends ConversationDeps {
  readonly links: LinkTokens;
  readonly twilio: ChannelProvider & TwilioCallbacks;
  readonly twilioDeps: TwilioDeps;
  /** Turns of calls a language model talks in. */
  readonly spokenTurns: SpokenTurns;
  readonly chat: ChatProvider;
  /** The contact's chat page; undefined while there is no public address. */
  readonly chatLink: (engagementId: string) => string | undefined;
  readonly mail: {
    /** The brokerage's own account; undefined while it is not set up. */
    readonly account: (tenant: string) => MailAccount | undefined;
    readonly read: (account: MailAccount, state: MailboxState | null) => Promise<MailboxReading>;
    /** The outreach a reply address names; null when it is not one of ours. */
    readonly replyTo: (token: string) => string | null;
  };
}
