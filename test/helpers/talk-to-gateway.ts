// A running gateway from outside: as an integrator with the brokerage's key, and as the console with its token.
import {
  type EngagementList,
  engagementListSchema,
  journalPageSchema,
  type Status,
  statusSchema,
} from "../../shared/admin-api.ts";
import { type Engagement, engagementSchema } from "../../shared/engagement.schema.ts";
import type { JournalEntry } from "../../shared/journal.schema.ts";
import type { Setup } from "../../shared/setup.schema.ts";
import { isTerminal } from "../../shared/values.ts";
import { waitFor } from "./embed-client.ts";

export interface Reachable {
  readonly url: string;
  readonly adminUrl: string;
  readonly adminToken: string;
  readonly setup: Setup;
}

export interface Answer<B = Record<string, unknown>> {
  readonly status: number;
  readonly body: B;
}

async function ask<B>(address: string, key: string, method: string, body?: unknown): Promise<Answer<B>> {
  const response = await fetch(address, {
    method,
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as B };
}

export function integratorKey(at: Pick<Reachable, "setup">, tenant = "fub-test"): string {
  const key = at.setup.tenants?.find((one) => one.domain_name === tenant)?.call_management_api_key;
  if (!key) throw new Error(`no integrator key for ${tenant}`);
  return key;
}

export const admin = <B = Record<string, unknown>>(
  at: Reachable,
  method: "GET" | "POST",
  path: string,
  body?: unknown,
): Promise<Answer<B>> => ask<B>(`${at.adminUrl}/api${path}`, at.adminToken, method, body);

/** Starts by number or address as another program does. Returns the engagement's id; fails when it is not accepted. */
export async function startOutreach(
  at: Reachable,
  body: Readonly<Record<string, unknown>>,
  tenant = "fub-test",
): Promise<string> {
  const answer = await ask<{ engagement_id?: string }>(
    `${at.url}/integration/start`,
    integratorKey(at, tenant),
    "POST",
    { domain_name: tenant, ...body },
  );
  if (answer.status !== 202 || !answer.body.engagement_id)
    throw new Error(`not accepted: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body.engagement_id;
}

export async function readOutreach(at: Reachable, id: string, tenant = "fub-test"): Promise<Engagement> {
  const address = `${at.url}/integration/engagements/${id}`;
  const answer = await ask<unknown>(address, integratorKey(at, tenant), "GET");
  if (answer.status !== 200) throw new Error(`${id}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return engagementSchema.parse(answer.body);
}

export const controlOutreach = (
  at: Reachable,
  id: string,
  control: "pause" | "resume" | "cancel",
  tenant = "fub-test",
): Promise<Answer<Engagement & { error?: { code: string; message: string } }>> =>
  ask(`${at.url}/integration/engagements/${id}/${control}`, integratorKey(at, tenant), "POST", {});

/** Waits until the engagement is as `fits` wants it. */
export const untilOutreach = (
  at: Reachable,
  id: string,
  what: string,
  fits: (engagement: Engagement) => boolean,
  limitMs = 15_000,
): Promise<Engagement> => {
  let last: Engagement | undefined;
  return waitFor(
    `${id} to be ${what}`,
    async () => {
      last = await readOutreach(at, id, "fub-test");
      return fits(last) ? last : undefined;
    },
    limitMs,
  ).catch((error: unknown) => {
    throw new Error(`${String(error)}: it is ${JSON.stringify(last)}`);
  });
};

export const untilOver = (at: Reachable, id: string, limitMs?: number): Promise<Engagement> =>
  untilOutreach(at, id, "over", ({ status }) => isTerminal(status), limitMs);

export type ListedEngagement = EngagementList["engagements"][number];

export async function listed(at: Reachable, query: string): Promise<EngagementList> {
  const answer = await admin<unknown>(at, "GET", `/engagements?${query}`);
  if (answer.status !== 200) throw new Error(`list: ${answer.status} ${JSON.stringify(answer.body)}`);
  return engagementListSchema.parse(answer.body);
}

/** Waits until the console says so about what becomes of the engagement's record in the CRM. */
export const untilCrm = (
  at: Reachable,
  id: string,
  state: ListedEngagement["crm_state"],
  limitMs = 20_000,
): Promise<ListedEngagement> =>
  waitFor(
    `the record of ${id} to be ${state}`,
    async () => (await listed(at, `search=${id}`)).engagements.find((one) => one.crm_state === state),
    limitMs,
  );

export async function journalOf(at: Reachable, query: string): Promise<JournalEntry[]> {
  const answer = await admin<unknown>(at, "GET", `/journal?${query}`);
  if (answer.status !== 200) throw new Error(`journal: ${answer.status} ${JSON.stringify(answer.body)}`);
  return journalPageSchema.parse(answer.body).entries;
}

export const statusOf = async (at: Reachable): Promise<Status> =>
  statusSchema.parse((await admin<unknown>(at, "GET", "/status")).body);

/** Waits until nothing runs and everything that was to be written is written, or set aside. */
export async function untilQuiet(at: Reachable, limitMs = 20_000): Promise<Status> {
  let quiet = 0;
  return waitFor(
    "the gateway to be quiet",
    async () => {
      const status = await statusOf(at);
      quiet = status.today.activities_waiting + status.queue.running === 0 ? quiet + 1 : 0;
      return quiet > 3 ? status : undefined;
    },
    limitMs,
  );
}
