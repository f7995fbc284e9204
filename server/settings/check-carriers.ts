// Can those who are to carry the channels carry them? Each needs some settings of its own; what is missing is told at the
// channel it was chosen for. Pure; called by check-setup-fit.
import { CARRIES, type ProviderName, type TenantSettings } from "../../shared/settings.schema.ts";
import { isLoopbackHost } from "../../shared/settings-parts.ts";
import { CHANNELS, type Channel } from "../../shared/values.ts";
import type { FieldProblem } from "../base/parse.ts";

export function carrierProblems(tenant: TenantSettings, path: string): FieldProblem[] {
  const chosen = CHANNELS.flatMap((channel) => {
    const provider = tenant.channels[channel];
    const message = provider === undefined ? undefined : whatIsMissing(tenant, channel, provider);
    return message === undefined ? [] : [{ path: `${path}.channels.${channel}`, message }];
  });
  return [...chosen, ...openConnections(tenant, path), ...modelProblems(tenant, path)];
}

function whatIsMissing(tenant: TenantSettings, channel: Channel, provider: ProviderName): string | undefined {
  if (!CARRIES[provider].includes(channel)) return `cannot be carried by ${NAMES[provider]}`;
  if (provider === "twilio") return twilioNeeds(tenant, channel);
  if (provider !== "smtp") return undefined;
  if (tenant.smtp_host === "") return "is carried by a mail server, but smtp_host does not say which";
  const from = tenant.mail_from !== "" || tenant.users.some((user) => user.mail_from !== "");
  return from ? undefined : "is carried by a mail server, but mail_from does not say from which address";
}

const NAMES: Readonly<Record<ProviderName, string>> = {
  simulator: "the simulator",
  hub: "the Aventora Hub",
  twilio: "Twilio",
  smtp: "a mail server",
  chat: "the chat page",
};

function twilioNeeds(tenant: TenantSettings, channel: Channel): string | undefined {
  const missing = (what: string): string => `is carried by Twilio, but ${what}`;
  if (tenant.twilio_account_sid === "") return missing("twilio_account_sid is not set");
  if (channel === "phone")
    return tenant.twilio_number === "" ? missing("twilio_number is not set") : undefined;
  if (channel === "sms") {
    const sends = [tenant, ...tenant.users].some(
      ({ twilio_number, twilio_messaging_service_sid }) =>
        twilio_number !== "" || twilio_messaging_service_sid !== "",
    );
    return sends ? undefined : missing("no number and no messaging service that could send texts is set");
  }
  const whatsapp = [tenant, ...tenant.users].some(
    ({ twilio_whatsapp_number }) => twilio_whatsapp_number !== "",
  );
  return whatsapp ? undefined : missing("twilio_whatsapp_number is not set");
}

/** A password or a customer's mail never crosses a network in the clear. */
function openConnections(tenant: TenantSettings, path: string): FieldProblem[] {
  return (["smtp", "imap"] as const).flatMap((kind) => {
    const host = tenant[`${kind}_host`];
    const open = tenant[`${kind}_security`] === "none" && host !== "" && !isLoopbackHost(host);
    const message = "none is only for a mail server on this computer";
    return open ? [{ path: `${path}.${kind}_security`, message }] : [];
  });
}

function modelProblems(
  { automated_channels, llm_url, llm_model }: TenantSettings,
  path: string,
): FieldProblem[] {
  if (automated_channels.length === 0 || (llm_url !== undefined && llm_model !== "")) return [];
  const message = "needs a language model: set llm_url and llm_model";
  return [{ path: `${path}.automated_channels`, message }];
}
