// Notes and call records on a person: /notes and /calls. Written once, a call changed rather than repeated.
import type { CrmCallChange, CrmCallRecord, CrmNote } from "../crm.ts";
import { parseAnswer } from "../exchange-http.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { RolloutClient } from "./client.ts";
import { bodyId, pathId } from "./rollout-id.ts";
import { createdSchema } from "./schemas.ts";

/** Plain text: nothing a contact wrote is ever read as HTML. Rollout knows no author of a note. */
export async function addNote(client: RolloutClient, note: CrmNote, call: CrmCall): Promise<{ id: string }> {
  const { subject, body: text } = note;
  const body = { personId: bodyId(note.personId), subject, body: text, isHtml: false };
  const answer = await client.request({ method: "POST", path: "/notes", body, call });
  return parseAnswer(client, createdSchema, answer);
}

export async function addCall(
  client: RolloutClient,
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
    ...(userId !== null && { userId: bodyId(userId) }),
  };
  const answer = await client.request({ method: "POST", path: "/calls", body, call });
  return parseAnswer(client, createdSchema, answer);
}

export async function updateCall(
  client: RolloutClient,
  id: string,
  change: CrmCallChange,
  call: CrmCall,
): Promise<void> {
  await client.request({ method: "PUT", path: `/calls/${pathId(id)}`, body: changeFields(change), call });
}

/** Outcomes are free text at Rollout. Its unit of a duration is not said; seconds, as in Follow Up Boss, are assumed. */
const changeFields = ({ note, outcome, duration, recordingUrl }: CrmCallChange): Record<string, unknown> => ({
  note,
  duration: Math.max(0, Math.round(duration)),
  ...(outcome !== null && { outcome }),
  ...(recordingUrl !== undefined && { recordingUrl }),
});
