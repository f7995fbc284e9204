// The demo on "real" channels: the brokerage's set-up as it is with Twilio, a mail server and a language model, all of them
// the pretend ones of this machine.
import type { Setup, TenantSetup } from "../../../shared/setup.schema.ts";
import { LLM_MODEL } from "../llm/create-llm-world.ts";
import type { MailPorts } from "../mail/mail-types.ts";
import type { TwilioWorld } from "../twilio/create-twilio-world.ts";
import type { TwilioDemo } from "../twilio/demo-twilio.ts";

export interface DemoCarriers {
  /** Where the pretend Twilio and model answer, e.g. http://127.0.0.1:8012. */
  readonly url: string;
  readonly twilio: TwilioDemo;
  readonly mail: MailPorts;
  readonly mailPassword: string;
}

/** The setup with its first brokerage on these carriers. */
export function withCarriers(setup: Setup, carriers: DemoCarriers): Setup {
  const [first, ...others] = setup.tenants ?? [];
  if (!first) return setup;
  return {
    platform: { ...setup.platform, TWILIO_API_BASE_URL: `${carriers.url}/twilio` },
    tenants: [carried(first, carriers), ...others],
  };
}

function carried(tenant: TenantSetup, carriers: DemoCarriers): TenantSetup {
  const numbers = [carriers.twilio.brokerage.annNumber, carriers.twilio.brokerage.benNumber];
  const users = (tenant.users ?? []).map((user, index) => ({
    ...user,
    ...(numbers[index] === undefined ? {} : { twilio_number: numbers[index] }),
  }));
  return {
    ...tenant,
    brokerage_name: "Maple Street Realty",
    // Whoever tries the demo may do so at night.
    contact_hours: "never",
    channels: {
      phone: "twilio",
      sms: "twilio",
      wmsg: "twilio",
      wvoice: "twilio",
      chat: "chat",
      email: "smtp",
    },
    ...twilioSettings(carriers.twilio),
    ...mailSettings(carriers),
    automated_channels: ["chat"],
    llm_url: `${carriers.url}/llm/v1`,
    llm_model: LLM_MODEL,
    users,
  };
}

const twilioSettings = ({ brokerage }: TwilioDemo): Partial<TenantSetup> => ({
  twilio_account_sid: brokerage.accountSid,
  twilio_auth_token: brokerage.authToken,
  twilio_number: brokerage.number,
  twilio_whatsapp_number: brokerage.whatsappNumber,
  whatsapp_templates: [
    {
      name: "hello",
      content_sid: brokerage.contentSid,
      call_types: ["informational", "appointment_booking", "confirmational", "conversational"],
      variables: { "1": "{first_name}", "2": "{agent}" },
    },
  ],
});

const mailSettings = ({ mail, mailPassword }: DemoCarriers): Partial<TenantSetup> => ({
  mail_from: "office@fub-test.example",
  smtp_host: "127.0.0.1",
  smtp_port: mail.smtp,
  smtp_security: "none",
  smtp_user: "office@fub-test.example",
  smtp_password: mailPassword,
  imap_host: "127.0.0.1",
  imap_port: mail.imap,
  imap_security: "none",
  mail_plus_addresses: true,
  postal_address: "1 Maple Street, Toronto, ON M5V 2T6",
});

/** Every number of the account tells the gateway what is written to it, as its owner sets it up in Twilio's console. */
export function announceInbound(twilio: TwilioWorld, accountSid: string, url: string): void {
  const account = twilio.account(accountSid);
  for (const number of account.numbers) number.smsUrl = url;
  for (const service of account.services) service.inboundRequestUrl = url;
  for (const sender of account.whatsappSenders) sender.url = url;
}
