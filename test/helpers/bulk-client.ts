// The integrators' batches from outside: rows as JSON, a CSV as a form or as it is, and how they stand.
import { type BulkAnswer, bulkAnswerSchema } from "../../shared/bulk.schema.ts";
import type { Campaign } from "../../shared/campaign.schema.ts";
import type { Answer } from "./campaign-client.ts";
import { waitFor } from "./embed-client.ts";
import type { TestWorld } from "./start-gateway.ts";
import { integratorKey } from "./talk-to-gateway.ts";

export type Batch = Campaign & {
  readonly domain_name: string;
  readonly source: string;
  readonly errors: readonly string[];
};

export interface Asked {
  readonly key?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Any request below /bulk-calls; fub-test's key unless another is given, null for none. */
export async function askBulk<T>(
  world: TestWorld,
  path: string,
  body?: string | FormData | Buffer<ArrayBuffer>,
  { key, headers }: Asked = {},
): Promise<Answer<T>> {
  const bearer = key === null ? {} : { authorization: `Bearer ${key ?? integratorKey(world)}` };
  const response = await fetch(`${world.url}/bulk-calls${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { ...bearer, ...headers },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, body: (await response.json()) as Answer<T>["body"] };
}

export async function submitBatch(
  world: TestWorld,
  rows: unknown,
  batch: Readonly<Record<string, unknown>> = {},
  asked: Asked = {},
): Promise<Answer<BulkAnswer>> {
  const headers = { "content-type": "application/json", ...asked.headers };
  const sent = JSON.stringify({ domain_name: "fub-test", rows, ...batch });
  const answer = await askBulk<BulkAnswer>(world, "/submit", sent, { ...asked, headers });
  if (answer.status < 300) bulkAnswerSchema.parse(answer.body);
  return answer;
}

export async function readBatch(world: TestWorld, id: string): Promise<Batch> {
  const { status, body } = await askBulk<Batch>(world, `/batches/${id}`);
  if (status !== 200) throw new Error(`batch ${id}: ${status} ${JSON.stringify(body)}`);
  return body;
}

export const untilBatchEnded = (world: TestWorld, id: string): Promise<Batch> =>
  waitFor(`the end of batch ${id}`, async () => {
    const batch = await readBatch(world, id);
    return ["completed", "failed", "canceled"].includes(batch.status) ? batch : undefined;
  });
