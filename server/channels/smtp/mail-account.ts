// A brokerage's mail account, put together from its settings, the agent's and the vault. Read by compose for every
// e-mail and for every look into the mailbox.

import type { mailTenantFields } from "../../../shared/mail-settings.schema.ts";
import type { TenantSettings, UserSettings } from "../../../shared/settings.schema.ts";

export interface MailLogin {
  readonly host: string;
  readonly port: number;
  readonly security: TenantSettings["smtp_security"];
  /** null: the server asks for none. */
  readonly user: string | null;
  readonly password: string | null;
}

export interface MailAccount {
  readonly smtp: MailLogin;
  /** Where replies and bounces are read; null when they are not. */
  readonly imap: (MailLogin & { readonly folder: string }) | null;
  /** The agent's own address, or the brokerage's with the agent's name. */
  readonly from: { readonly name: string; readonly address: string };
  /** Where replies go; the mailbox that is read, where one is. */
  readonly replyAddress: string;
  /** Replies carry a mark in the address: name+mark@domain. */
  readonly plusAddresses: boolean;
  /** Subject with {agent}, {brokerage} and {first_name} still in it. */
  readonly subject: string;
  readonly postalAddress: string;
}

type MailTenant = Pick<TenantSettings, keyof typeof mailTenantFields | "brokerage_name" | "domain_name">;

export interface MailSecrets {
  readonly smtp_password?: string | undefined;
  readonly imap_password?: string | undefined;
}

/** Pure. undefined while the host or every address to send from is missing. `user`: the agent; undefined when there is none. */
export function readMailAccount(
  tenant: Readonly<MailTenant>,
  user: Readonly<Pick<UserSettings, "name" | "mail_from">> | undefined,
  secrets: MailSecrets,
): MailAccount | undefined {
  const address = user?.mail_from || tenant.mail_from;
  if (tenant.smtp_host === "" || address === "") return undefined;
  const imap = readImap(tenant, secrets);
  // Where nobody reads the brokerage's mailbox, a reply is best off with the agent.
  const mailbox = imap === null ? address : tenant.mail_from || address;
  return {
    smtp: {
      host: tenant.smtp_host,
      port: tenant.smtp_port,
      security: tenant.smtp_security,
      user: tenant.smtp_user || null,
      password: secrets.smtp_password || null,
    },
    imap,
    from: { name: user?.name || tenant.brokerage_name || tenant.domain_name, address },
    replyAddress: tenant.mail_reply_address || mailbox,
    plusAddresses: tenant.mail_plus_addresses && imap !== null,
    subject: tenant.mail_subject,
    postalAddress: tenant.postal_address,
  };
}

function readImap(tenant: Readonly<MailTenant>, secrets: MailSecrets): MailAccount["imap"] {
  if (tenant.imap_host === "") return null;
  return {
    host: tenant.imap_host,
    port: tenant.imap_port,
    security: tenant.imap_security,
    user: tenant.imap_user || tenant.smtp_user || null,
    password: secrets.imap_password || secrets.smtp_password || null,
    folder: tenant.imap_folder,
  };
}
