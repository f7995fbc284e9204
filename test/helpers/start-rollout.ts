// A gateway with one brokerage whose CRM is reached through Rollout, registered for its webhooks.

import { type RolloutDemo, rolloutWorld } from "../../server/sandbox/rollout/demo-rollout.ts";
import type { RolloutCredential, RolloutOptions } from "../../server/sandbox/rollout/rollout-types.ts";
import type { Setup } from "../../shared/setup.schema.ts";
import { waitFor } from "./embed-client.ts";
import { startTestWorld, type TestWorld, type TestWorldOptions } from "./start-gateway.ts";
import { admin, integratorKey } from "./talk-to-gateway.ts";

export interface RolloutTest extends TestWorld {
  readonly demo: RolloutDemo;
  readonly account: RolloutCredential;
}

/** The start tag is "Aventora Call"; agents u1 (Ann) and u2 (Ben) have the phones of their users there. */
export async function startRollout(
  differs: Partial<RolloutOptions> = {},
  options: Pick<TestWorldOptions, "clock"> & { readonly apply?: boolean } = {},
): Promise<RolloutTest> {
  const demo = rolloutWorld();
  const at = await startTestWorld({
    ...options,
    rollout: { retryMs: [50, 50, 50, 200, 500], ...demo.options, ...differs },
    setup: (setup) => rolloutSetup(setup, demo),
  });
  await at.gateway.apply({ platform: { SERVER_URL: at.url } });
  return { ...at, demo, account: at.sandbox.rollout.credential(demo.credentialId) };
}

/** The demo's first brokerage with another CRM: no key of Follow Up Boss is left. */
export function rolloutSetup(setup: Setup, demo: RolloutDemo): Setup {
  const [brokerage] = setup.tenants ?? [];
  if (!brokerage) throw new Error("the demo has no brokerage");
  const { fub_api_key: _key, users = [], ...rest } = brokerage;
  return {
    platform: {
      ...setup.platform,
      ROLLOUT_CLIENT_ID: demo.options.clientId,
      ROLLOUT_CLIENT_SECRET: demo.options.clientSecret,
    },
    tenants: [
      {
        ...rest,
        crm_sync_provider: "rollout",
        rollout_credential_id: demo.credentialId,
        users: users.map(({ fub_api_key: _own, ...user }) => user),
      },
    ],
  };
}

interface Connection {
  readonly success: boolean;
  readonly message: string;
  readonly code: string | null;
  readonly webhook: { readonly registered: boolean; readonly message: string };
}

/** The connection test as another program asks for it. */
export async function testRollout(at: TestWorld, register = false): Promise<Connection> {
  const response = await fetch(`${at.url}/account-settings/test-crm-connection`, {
    method: "POST",
    headers: { authorization: `Bearer ${integratorKey(at)}`, "content-type": "application/json" },
    body: JSON.stringify({
      domain_name: "fub-test",
      crm_sync_provider: "rollout",
      register_fub_webhook: register,
    }),
  });
  return (await response.json()) as Connection;
}

export interface ShownDelivery {
  readonly id: number;
  readonly source: string;
  readonly event: string;
  readonly event_id: string;
  readonly state: string;
  readonly result: string | null;
  readonly recovered: boolean;
}

export const deliveriesOf = async (at: TestWorld): Promise<ShownDelivery[]> =>
  (await admin<{ deliveries: ShownDelivery[] }>(at, "GET", "/deliveries")).body.deliveries;

/** The newest delivery of an event, once it is handled. */
export const handledDelivery = (at: TestWorld, event: string, after = 0): Promise<ShownDelivery> =>
  waitFor(`${event} to be handled`, async () =>
    (await deliveriesOf(at)).find(
      (one) => one.event === event && one.id > after && !["waiting", "stored"].includes(one.state),
    ),
  );

/** Waits until it was looked once who carries the start tag already. */
export const lookedOnce = (at: TestWorld): Promise<true> =>
  waitFor("the first look at the tag's carriers", async () => {
    const { body } = await admin<{ entries: { event: string }[] }>(at, "GET", "/journal?limit=200");
    return body.entries.some(({ event }) => event === "webhook.sweep_begun") ? true : undefined;
  });
