// Notes on a person: /notes, ten requests per ten seconds and account, reading included (FUB docs: rate limiting).
import type { CrmNote } from "../crm.ts";
import { parseAnswer } from "../exchange-http.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { FubClient } from "./client.ts";
import { findByMarker } from "./find-by-marker.ts";
import { bodyId } from "./fub-id.ts";
import { createdSchema, noteSchema } from "./schemas.ts";

/** Plain text: nothing a contact wrote is ever read as HTML. */
export async function addNote(client: FubClient, note: CrmNote, call: CrmCall): Promise<{ id: string }> {
  const { subject, body } = note;
  const answer = await client.request({
    method: "POST",
    path: "/notes",
    body: { personId: bodyId(note.personId), subject, body, isHtml: false },
    call,
  });
  return { id: parseAnswer(client, createdSchema, answer).id };
}

/** GET /notes?personId= is not documented but works live. */
export function findNote(
  client: FubClient,
  personId: string,
  marker: string,
  call: CrmCall,
): Promise<{ id: string } | null> {
  return findByMarker(client, {
    collection: "notes",
    item: noteSchema,
    personId,
    texts: ({ body, subject }) => [body, subject],
    marker,
    call,
  });
}
