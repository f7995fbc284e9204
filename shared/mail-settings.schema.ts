// Settings of e-mail: where it is sent from, where replies are read, who signs it. Spread into shared/settings.schema.ts.
import { z } from "zod";
import { addressText, hostName, portNumber } from "./settings-parts.ts";

/** none is for a mail server on this machine only. */
export const MAIL_SECURITY = ["tls", "starttls", "none"] as const;
export const mailSecuritySchema = z.enum(MAIL_SECURITY);

export const mailTenantFields = {
  mail_from: addressText
    .default("")
    .describe("Address e-mail goes out from; agents without one use it, with their name."),
  smtp_host: hostName.default("").describe("Mail server that sends (SMTP host)."),
  smtp_port: portNumber.default(587).describe("Port of the mail server that sends."),
  smtp_security: mailSecuritySchema
    .default("starttls")
    .describe(
      "How the connection is protected: tls from the start (465), starttls (587); none only on this computer.",
    ),
  smtp_user: z
    .string()
    .trim()
    .max(320)
    .default("")
    .describe("Login at the mail server that sends; none when empty."),
  imap_host: hostName
    .default("")
    .describe("Mail server replies are read from (IMAP host); without it replies and bounces are not seen."),
  imap_port: portNumber.default(993).describe("Port of the mail server replies are read from."),
  imap_security: mailSecuritySchema
    .default("tls")
    .describe("How that connection is protected; none only on this computer."),
  imap_user: z
    .string()
    .trim()
    .max(320)
    .default("")
    .describe("Login at the mail server replies are read from."),
  imap_folder: z.string().trim().min(1).max(200).default("INBOX").describe("Folder replies are read from."),
  mail_reply_address: addressText
    .default("")
    .describe("Mailbox that is read for replies; the sending address when empty."),
  mail_plus_addresses: z
    .boolean()
    .default(true)
    .describe(
      "Replies carry a mark in the address (name+mark@…) by which they are matched; off where the mail server does not take that.",
    ),
  mail_subject: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^\P{Cc}*$/u, "must be one line")
    .default("A message from {agent}")
    .describe("Subject of e-mail; {agent}, {brokerage} and {first_name} are filled in."),
  postal_address: z
    .string()
    .trim()
    .max(300)
    .default("")
    .describe("The brokerage's postal address, written below every e-mail as the law asks (CAN-SPAM, CASL)."),
};

export const MAIL_TENANT_SECRETS = {
  smtp_password: "Password at the mail server that sends.",
  imap_password: "Password at the mail server replies are read from; that of sending when empty.",
} as const;

export const mailUserFields = {
  mail_from: addressText
    .default("")
    .describe("Address the agent's e-mail goes out from; the brokerage's when empty."),
};
