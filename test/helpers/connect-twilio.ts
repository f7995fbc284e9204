// Puts the pretend Twilio behind a running test gateway: the brokerage's calls, texts and WhatsApp go over it, and what
// contacts write comes back by its signed callbacks.
import { systemClock } from "../../server/base/clock.ts";
import { type TwilioRoute, twilioPath } from "../../server/channels/twilio/twilio-routes.ts";
import { demoTwilio, type TwilioDemo } from "../../server/sandbox/twilio/demo-twilio.ts";
import { openSettings } from "../../server/settings/open-settings.ts";
import type { Setup, TenantSetup } from "../../shared/setup.schema.ts";
import { startTestWorld, type TestWorld, type TestWorldOptions, testEnvironment } from "./start-gateway.ts";

export interface TwilioTestWorld extends TestWorld {
  readonly account: TwilioDemo["brokerage"];
}

export interface TwilioGiven extends Omit<TestWorldOptions, "setup"> {
  readonly tenant?: Partial<TenantSetup>;
  /** Twilio cannot call the gateway: it has no public address. */
  readonly unreachable?: boolean;
}

/** Everything at once, calling hours aside, unless `tenant` says otherwise. */
export async function startTwilioWorld({
  tenant,
  unreachable,
  ...given
}: TwilioGiven = {}): Promise<TwilioTestWorld> {
  const demo = demoTwilio();
  const world = await startTestWorld({ ...given, twilio: { ...demo.options, speed: 0 } });
  await world.gateway.apply(twilioSetup(demo, world.sandboxUrl, unreachable ? undefined : world.url, tenant));
  if (!unreachable) await announceInbound(world, demo);
  return { ...world, account: demo.brokerage };
}

/** What the console is told so that everything goes over the pretend Twilio; without a public address it cannot call. */
export function twilioSetup(
  { brokerage }: Pick<TwilioDemo, "brokerage">,
  sandboxUrl: string,
  publicUrl: string | undefined,
  tenant: Partial<TenantSetup> = {},
): Setup {
  const { accountSid, authToken, number, annNumber, whatsappNumber, contentSid } = brokerage;
  return {
    platform: {
      TWILIO_API_BASE_URL: `${sandboxUrl}/twilio`,
      ...(publicUrl === undefined ? {} : { SERVER_URL: publicUrl }),
    },
    tenants: [
      {
        domain_name: "fub-test",
        brokerage_name: "Maple Street Realty",
        contact_hours: "never",
        channels: { phone: "twilio", sms: "twilio", wmsg: "twilio", wvoice: "twilio" },
        twilio_account_sid: accountSid,
        twilio_auth_token: authToken,
        twilio_number: number,
        twilio_whatsapp_number: whatsappNumber,
        calls_per_second: 50,
        whatsapp_templates: [
          {
            name: "hello",
            content_sid: contentSid,
            call_types: ["informational", "conversational"],
            variables: { "1": "{first_name}", "2": "{agent}" },
          },
        ],
        users: [{ id: "u1", twilio_number: annNumber }],
        ...tenant,
      },
    ],
  };
}

/** Every number of the account tells the gateway what is written to it, as its owner sets it up in the Twilio console. */
async function announceInbound(world: TestWorld, demo: TwilioDemo): Promise<void> {
  const url = await inboundUrl(world);
  const account = world.sandbox.twilio.account(demo.brokerage.accountSid);
  for (const number of account.numbers) number.smsUrl = url;
  for (const service of account.services) service.inboundRequestUrl = url;
  for (const sender of account.whatsappSenders) sender.url = url;
}

export const inboundUrl = async (world: TestWorld, tenant = "fub-test"): Promise<string> =>
  world.url + (await callbackPath(world, { kind: "inbound", tenant }));

/** Path and query of an address the gateway gives out. */
export async function callbackPath(world: TestWorld, route: TwilioRoute): Promise<string> {
  const settings = await openSettings({
    dataDir: world.dataDir,
    environment: testEnvironment(world.sandboxUrl),
    flags: {},
    clock: systemClock,
    log: () => undefined,
    readOnly: true,
  });
  return twilioPath(settings.secret("internal/link_key") ?? "", route);
}
