// From something that happened in an account to the events it is told by: address of what changed, and split where it is
// a lot. Used by the dispatcher.
import type { SandboxAccount } from "../sandbox-types.ts";
import type { SandboxWebhookEvent, WebhookOptions } from "./webhook-types.ts";

export interface AccountChange {
  account: SandboxAccount;
  event: string;
  resourceIds: readonly number[];
  /** `{ tags: […] }` or `{ stage: "…" }`; nothing for most events. */
  data?: Record<string, unknown>;
}

/** Each part is an event of its own (vendor docs, "Batch Updates"). Nobody's change is no event. */
export function describeChange(
  { account, event, resourceIds, data }: AccountChange,
  at: number,
  systems: string[],
  options: Pick<WebhookOptions, "idsPerDelivery" | "uriOrigin">,
): SandboxWebhookEvent[] {
  const size = Math.max(1, options.idsPerDelivery);
  const parts = Array.from({ length: Math.ceil(resourceIds.length / size) }, (_, part) =>
    resourceIds.slice(part * size, (part + 1) * size),
  );
  return parts.map((ids) => ({
    eventId: crypto.randomUUID(),
    accountId: account.id,
    systems,
    at,
    event,
    resourceIds: ids,
    uri: uriOf(event, ids, options.uriOrigin),
    data: data ? structuredClone(data) : null,
  }));
}

/** People in one list, anything else by itself; what is deleted has no address. */
function uriOf(event: string, ids: readonly number[], origin: string): string | null {
  if (event.endsWith("Deleted")) return null;
  const collection = event.replace(/(Created|Updated)$/, "");
  if (collection.startsWith("people")) return `${origin}/v1/people?id=${ids.join(",")}`;
  return ids.length === 1
    ? `${origin}/v1/${collection}/${ids[0]}`
    : `${origin}/v1/${collection}?id=${ids.join(",")}`;
}
