// Puts the pretend Hub behind a running test gateway, and speaks as the Hub does.
import { HUB_KEY, type HubEngagement, type HubStart } from "../../server/sandbox/hub/create-hub-world.ts";
import type { Setup, TenantSetup } from "../../shared/setup.schema.ts";
import { waitFor } from "./embed-client.ts";
import type { TestWorld } from "./start-gateway.ts";

export const HUB_SECRET = "hub-notice-secret-5d2c";

/** The brokerage's phone and text go over the Hub, which is polled every `pollSeconds`. */
export async function connectHub(
  world: TestWorld,
  given: { tenant?: Partial<TenantSetup>; platform?: Setup["platform"]; pollSeconds?: number } = {},
): Promise<void> {
  await world.gateway.apply({
    platform: { HUB_POLL_SECONDS: given.pollSeconds ?? 600, ...given.platform },
    tenants: [
      {
        domain_name: "fub-test",
        channels: { phone: "hub", sms: "hub", email: "hub" },
        // Tests run at any hour.
        contact_hours: "never",
        hub_url: `${world.sandboxUrl}/hub`,
        hub_api_key: HUB_KEY,
        hub_webhook_secret: HUB_SECRET,
        ...given.tenant,
      },
    ],
  });
  world.sandbox.hub.webhooks["*"] = { url: noticeUrl(world), secret: HUB_SECRET };
}

export const noticeUrl = (world: TestWorld): string => `${world.url}/integration/channels/hub/webhook`;

/** Sends a notice by hand; `secret` null leaves the header out, a text body is sent as it is. */
export async function sendNotice(
  world: TestWorld,
  body: unknown,
  secret: string | null = HUB_SECRET,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(noticeUrl(world), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(secret === null ? {} : { "X-Aventora-Webhook-Secret": secret }),
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** The Hub's account of the start for this contact (E.164 or address), once it has one. */
export const hubEngagement = (world: TestWorld, contact: string): Promise<HubEngagement> =>
  waitFor(`the Hub to have ${contact}`, () =>
    [...world.sandbox.hub.engagements.values()].find(
      ({ snapshot }) => snapshot.contact_identifier === contact,
    ),
  );

export const hubStarts = (world: TestWorld, contact: string): HubStart[] =>
  world.sandbox.hub.starts.filter(({ body }) => (body.phone_number ?? body.email_address) === contact);
