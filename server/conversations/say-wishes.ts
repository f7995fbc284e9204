// What a contact is told about their own wish: short, with the brokerage's name, in one text message.

import type { TenantSettings } from "../../shared/settings.schema.ts";
import { CHANNEL_LABELS, type Channel } from "../../shared/values.ts";
import { nationalForm, toE164 } from "../base/phone-numbers.ts";

type Brokerage = Pick<
  TenantSettings,
  "brokerage_name" | "domain_name" | "opt_out_scope" | "default_broker_phone"
>;

export const brokerageName = ({
  brokerage_name,
  domain_name,
}: Pick<TenantSettings, "brokerage_name" | "domain_name">): string => brokerage_name || domain_name;

/** Sent once, then nothing more (47 CFR 64.1200(a)(12)). A chat is closed by it, so nothing can be replied there. */
export function sayOptedOut(tenant: Brokerage, channel: Channel): string {
  const name = brokerageName(tenant);
  const what =
    tenant.opt_out_scope === "all"
      ? `You will not be contacted by ${name} any more.`
      : `You will not get any more messages by ${CHANNEL_LABELS[channel]} from ${name}.`;
  return channel === "chat" ? what : `${what} Reply START if you change your mind.`;
}

export const sayOptedIn = (tenant: Brokerage): string =>
  `Welcome back: ${brokerageName(tenant)} may contact you again. Reply STOP at any time to stop it.`;

export function sayHelp(tenant: Brokerage): string {
  const phone = toE164(tenant.default_broker_phone);
  const call = phone === undefined ? "" : ` Call us at ${nationalForm(phone)}.`;
  return `This is ${brokerageName(tenant)}.${call} Reply STOP to stop messages.`;
}
