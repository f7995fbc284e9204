// Those who carry the channels, as the settings say at the time of each call. Built by compose.ts.
import type { TenantSecret } from "../shared/settings.schema.ts";
import type { Clock } from "./base/clock.ts";
import { type LinkTokens, linkToken } from "./base/link-token.ts";
import type { ChannelProvider } from "./channels/channel.ts";
import { type ChatProvider, createChat } from "./channels/chat/create-chat.ts";
import { createHub } from "./channels/hub/create-hub.ts";
import { openingText } from "./channels/opening-text.ts";
import { createProviderRegistry, type ProviderRegistry } from "./channels/provider-registry.ts";
import { createSimulator } from "./channels/simulator/create-simulator.ts";
import { createSmtp } from "./channels/smtp/create-smtp.ts";
import { type MailAccount, readMailAccount } from "./channels/smtp/mail-account.ts";
import { makeReplyToken } from "./channels/smtp/mail-tokens.ts";
import { splitText } from "./channels/split-text.ts";
import { createTwilio } from "./channels/twilio/create-twilio.ts";
import {
  type OwnSenders,
  readAgentSenders,
  readOwnSenders,
  readTwilioAccount,
} from "./channels/twilio/twilio-account.ts";
import type { TwilioCallbacks } from "./channels/twilio/twilio-callbacks.ts";
import type { TwilioDeps } from "./channels/twilio/twilio-deps.ts";
import type { ContactDeps } from "./contact/check-contact.ts";
import { CHAT_LINK } from "./conversations/open-chat.ts";
import { UNSUBSCRIBE_LINK } from "./conversations/unsubscribe.ts";
import type { Db } from "./db/schema.ts";
import { answererOf } from "./engagements/conversation.store.ts";
import { createRulesNow } from "./engagements/rules-now.ts";
import type { ProcessLog } from "./log/process-log.ts";
import { requireVault } from "./settings/require-vault.ts";
import type { SettingsRoom } from "./settings/settings-room.ts";

export interface ChannelDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly settings: SettingsRoom;
  readonly log: ProcessLog;
  readonly links: LinkTokens;
  /** Key of callback addresses and reply marks; stays the same for this installation. */
  readonly linkKey: string;
  /** Whom the channels may reach, and when. */
  readonly rules: ContactDeps;
}

export interface Channels {
  readonly providers: ProviderRegistry;
  readonly twilio: ChannelProvider & TwilioCallbacks;
  readonly twilioDeps: TwilioDeps;
  readonly chat: ChatProvider;
  /** The contact's chat page; undefined while there is no public address. */
  readonly chatLink: (engagementId: string) => string | undefined;
  readonly mailAccount: (tenant: string, userId: string | null) => MailAccount | undefined;
}

export function connectChannels(deps: ChannelDeps): Channels {
  const { clock, settings, links } = deps;
  const { platform } = settings;
  const chatLink = (id: string): string | undefined => {
    const base = settings.publicAddress();
    return base === undefined ? undefined : `${base}/chat/${linkToken(links, CHAT_LINK, id)}`;
  };
  const mailAccount = accountOfMail(settings);
  const twilioDeps = twilioSetup(deps);
  const twilio = createTwilio(twilioDeps);
  const simulator = createSimulator({ clock, speed: () => platform().SIMULATOR_SPEED });
  const hub = createHub({ clock, platform, access: (tenant) => hubAccess(settings, tenant) });
  const smtp = createSmtp({
    ...deps,
    account: mailAccount,
    unsubscribeUrl: (id) => {
      const base = settings.publicAddress();
      return base === undefined ? null : `${base}/unsubscribe/${linkToken(links, UNSUBSCRIBE_LINK, id)}`;
    },
    replyToken: (id) => makeReplyToken(deps.linkKey, id),
  });
  const late: { providers?: ProviderRegistry } = {};
  const chat = createChat({
    clock,
    link: chatLink,
    carrierOf: (slug, channel) => {
      const tenant = settings.tenant(slug);
      return tenant && late.providers?.get(late.providers.chosen(tenant, channel));
    },
  });
  const providers = createProviderRegistry([simulator, hub, twilio, smtp, chat], platform);
  late.providers = providers;
  return { providers, twilio, twilioDeps, chat, chatLink, mailAccount };
}

const NO_SENDERS: OwnSenders = {
  ...{ numbers: [], whatsappNumbers: [], services: [] },
  others: { numbers: [], services: [] },
};

function twilioSetup({ db, clock, settings, linkKey, rules }: ChannelDeps): TwilioDeps {
  const { platform } = settings;
  const user = (slug: string, id: string | null) =>
    settings.tenant(slug)?.users.find((candidate) => candidate.id === id);
  return {
    db,
    clock,
    linkKey,
    account: (slug) => {
      const tenant = settings.tenant(slug);
      return tenant && readTwilioAccount(tenant, (name) => secretOf(settings, slug, name));
    },
    sender: (slug, id) => readAgentSenders(user(slug, id)),
    ownSenders: (slug) => {
      const tenant = settings.tenant(slug);
      const others = settings.current().tenants.filter(({ domain_name }) => domain_name !== slug);
      return tenant ? readOwnSenders(tenant, others) : NO_SENDERS;
    },
    publicUrl: () => settings.publicAddress(),
    baseUrl: () => platform().TWILIO_API_BASE_URL,
    lastInboundAt: async (reader, tenant, sender, contact) => {
      const row = await reader
        .selectFrom("inbound_messages")
        .select((select) => select.fn.max("at").as("at"))
        .where("tenant", "=", tenant)
        .where("contact", "=", contact)
        .where("sender", "=", sender)
        .where("channel", "=", "wmsg")
        .executeTakeFirst();
      return row?.at == null ? null : Number(row.at);
    },
    openingText,
    splitText,
    rulesNow: createRulesNow({ db, clock, rules }),
    automated: ({ tenant, channel }) => answererOf(settings.tenant(tenant), channel) === "automated",
  };
}

function accountOfMail(settings: SettingsRoom) {
  return (slug: string, userId: string | null): MailAccount | undefined => {
    const tenant = settings.tenant(slug);
    if (!tenant) return undefined;
    const user = tenant.users.find(({ id }) => id === userId);
    return readMailAccount(tenant, user, {
      smtp_password: secretOf(settings, slug, "smtp_password"),
      imap_password: secretOf(settings, slug, "imap_password"),
    });
  };
}

/** @throws GatewayError vault_unavailable while keys cannot be read: a missing one would be taken for none. */
function secretOf(settings: SettingsRoom, tenant: string, name: TenantSecret): string | undefined {
  const secret = settings.secret(`tenant/${tenant}/${name}`);
  if (secret === undefined) requireVault(settings);
  return secret;
}

function hubAccess(settings: SettingsRoom, tenant: string) {
  const url = settings.tenant(tenant)?.hub_url ?? settings.platform().INTERNAL_START_URL;
  const key =
    settings.secret(`tenant/${tenant}/hub_api_key`) ??
    settings.secret(`tenant/${tenant}/call_management_api_key`);
  if (!key) requireVault(settings);
  return url && key ? { url, key } : undefined;
}
