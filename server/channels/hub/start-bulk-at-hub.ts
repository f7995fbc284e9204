// Hands up to 1,000 outreaches to the Hub in one request. The endpoint is not idempotent: without a clear answer nobody
// knows whether the batch is under way, and a person decides.
import { CALL_TYPE_LABELS } from "../../../shared/values.ts";
import { GatewayError } from "../../base/errors.ts";
import type { BulkAnswer, BulkOrder, ChannelOrder } from "../channel.ts";
import { accessOf, type HubDeps } from "./hub-deps.ts";
import { hubRequest } from "./hub-request.ts";
import { HUB_SOURCE_SYSTEM, wireType } from "./hub-words.ts";
import { readBulkAnswer } from "./read-bulk-answer.ts";

/** Hub documentation, bulk calls API, "Limits". */
export const MOST_BULK_ROWS = 1000;
const BULK_PATH = "/bulk-calls/submit";
/** A thousand rows are looked through before the answer comes. */
const BULK_TIMEOUT_MS = 60_000;

/** Errors as a single start's. @throws GatewayError provider_unavailable, provider_refused or provider_fate_unknown. */
export async function startBulkAtHub(deps: HubDeps, bulk: BulkOrder): Promise<BulkAnswer> {
  if (bulk.orders.length === 0 || bulk.orders.length > MOST_BULK_ROWS) {
    throw new GatewayError("provider_refused", {
      sentence: `The Aventora Hub takes 1 to ${MOST_BULK_ROWS} people at once, not ${bulk.orders.length}.`,
    });
  }
  const body = await hubRequest({
    access: accessOf(deps, bulk.tenant),
    method: "POST",
    path: BULK_PATH,
    body: bulkBody(deps, bulk),
    startsSomething: true,
    timeoutMs: deps.bulkTimeoutMs ?? BULK_TIMEOUT_MS,
  });
  return readBulkAnswer(body, bulk.orders.length);
}

/** Facts: Hub documentation, section 7a. The type is called call_type here. */
function bulkBody(deps: HubDeps, bulk: BulkOrder): Record<string, unknown> {
  return {
    domain_name: bulk.tenant,
    call_type: wireType(bulk.type, deps.platform()),
    campaign_name: bulk.name,
    source_system: HUB_SOURCE_SYSTEM,
    source_org_id: bulk.tenant,
    source_object: "person",
    rows: bulk.orders.map((order, index) => ({
      // First: nothing a caller's row asks for may change whom it reaches.
      ...bulk.extras[index],
      ...rowOf(deps, order),
    })),
  };
}

function rowOf(deps: HubDeps, order: ChannelOrder): Record<string, unknown> {
  return {
    // The Hub refuses a row without one.
    instruction: order.instruction.trim() || CALL_TYPE_LABELS[order.type],
    ...(order.channel === "email" ? { email: order.contact } : { phone_number: order.contact }),
    ...(order.personName ? { name: order.personName } : {}),
    channel: order.channel,
    call_type: wireType(order.type, deps.platform()),
    ...(order.fromNumber ? { user_phone_number: order.fromNumber } : {}),
    ...(order.personId ? { source_record_id: order.personId } : {}),
  };
}
