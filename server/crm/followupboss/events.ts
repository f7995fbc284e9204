// Introduces a person Follow Up Boss does not know yet: POST /events, the way the vendor prefers for new contacts.
import type { EnsuredPerson, NewPerson } from "../crm.ts";
import { parseAnswer } from "../exchange-http.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { FubClient } from "./client.ts";
import { findPerson } from "./people.ts";
import { createdSchema } from "./schemas.ts";

/**
 * Action plans start for Registration, Inquiries and Visited Open House, automations for the first four of those
 * (FUB docs: events). An outreach of ours must start none of them: somebody would get a second, unasked-for message.
 * "Incoming Call" is the one type made for telephony that starts nothing; the event's message says what happened.
 */
const EVENT_TYPE = "Incoming Call";

/**
 * 201 = new person, 200 = known person (FUB de-duplicates by phone and e-mail). 204 = the lead flow of our source is
 * archived and the event was dropped without a word: then look the person up, else POST /people.
 */
export async function introducePerson(
  client: FubClient,
  person: NewPerson,
  call: CrmCall,
): Promise<EnsuredPerson> {
  const source = client.systemName();
  const answer = await client.request({
    method: "POST",
    path: "/events",
    body: { source, system: source, type: EVENT_TYPE, message: person.message, person: personFields(person) },
    call,
  });
  // No body where there should be one is treated like the 204: asking again is safe, guessing is not.
  if (answer.body !== undefined) {
    return { id: parseAnswer(client, createdSchema, answer).id, created: answer.status === 201 };
  }
  const known = await findPerson(client, person, call);
  return known ? { id: known.id, created: false } : createPerson(client, person, source, call);
}

async function createPerson(
  client: FubClient,
  person: NewPerson,
  source: string,
  call: CrmCall,
): Promise<EnsuredPerson> {
  const answer = await client.request({
    method: "POST",
    path: "/people",
    query: { deduplicate: "true" },
    body: { ...personFields(person), source },
    call,
  });
  return { id: parseAnswer(client, createdSchema, answer).id, created: answer.status === 201 };
}

/** Unknown fields are refused and lists must hold objects (FUB docs: people), so only what is there is sent. */
function personFields({ name, phone, email }: NewPerson): Record<string, unknown> {
  const [firstName, ...rest] = (name ?? "").split(/\s+/).filter((part) => part !== "");
  return {
    ...(firstName !== undefined && { firstName }),
    ...(rest.length > 0 && { lastName: rest.join(" ") }),
    ...(phone !== null && { phones: [{ value: phone }] }),
    ...(email !== null && { emails: [{ value: email }] }),
  };
}
