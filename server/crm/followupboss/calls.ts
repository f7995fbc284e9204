// Call records on a person: /calls. Written once at the end of a call, changed rather than repeated.
import { fubCallOutcomeSchema } from "../../../shared/values.ts";
import type { CrmCallChange, CrmCallRecord } from "../crm.ts";
import { parseAnswer } from "../exchange-http.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { FubClient } from "./client.ts";
import { FUB_ERRORS } from "./errors.ts";
import { findByMarker } from "./find-by-marker.ts";
import { bodyId, pathId } from "./fub-id.ts";
import { callSchema, createdSchema } from "./schemas.ts";

export async function addCall(
  client: FubClient,
  record: CrmCallRecord,
  call: CrmCall,
): Promise<{ id: string }> {
  const { phone, isIncoming, fromNumber, toNumber, userId } = record;
  const body = {
    personId: bodyId(record.personId),
    phone,
    isIncoming,
    ...changeFields(record),
    ...(fromNumber !== null && { fromNumber }),
    ...(toNumber !== null && { toNumber }),
    // Only honoured for keys of admins (FUB docs: calls), so the caller gives it with an account key only.
    ...(userId !== null && { userId: bodyId(userId) }),
  };
  const answer = await client.request({ method: "POST", path: "/calls", body, call });
  return { id: parseAnswer(client, createdSchema, answer).id };
}

/** Only calls the same system wrote may be changed (FUB docs: calls). */
export async function updateCall(
  client: FubClient,
  id: string,
  change: CrmCallChange,
  call: CrmCall,
): Promise<void> {
  await client.request({ method: "PUT", path: `/calls/${pathId(id)}`, body: changeFields(change), call });
}

export function findCall(
  client: FubClient,
  personId: string,
  marker: string,
  call: CrmCall,
): Promise<{ id: string } | null> {
  return findByMarker(client, {
    collection: "calls",
    item: callSchema,
    personId,
    texts: ({ note }) => [note],
    marker,
    call,
  });
}

/** Whole seconds; an outcome outside FUB's closed set would be refused there, so it is refused here. */
function changeFields({ note, outcome, duration, recordingUrl }: CrmCallChange): Record<string, unknown> {
  if (outcome !== null && !fubCallOutcomeSchema.safeParse(outcome).success) {
    throw FUB_ERRORS.refusedHere(`Follow Up Boss knows no call outcome "${outcome}".`);
  }
  return {
    note,
    duration: Math.max(0, Math.round(duration)),
    ...(outcome !== null && { outcome }),
    ...(recordingUrl !== undefined && { recordingUrl }),
  };
}
