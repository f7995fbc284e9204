// Introduces a person the CRM behind Rollout does not know yet. Nothing there de-duplicates and events create nobody, so
// the caller has looked for the person before.
import type { EnsuredPerson, NewPerson } from "../crm.ts";
import { parseAnswer } from "../exchange-http.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { RolloutClient } from "./client.ts";
import { createdSchema } from "./schemas.ts";

const SOURCE = "Aventora Gateway";
/** Both names are required (Rollout's OpenAPI: POST /people). */
const NO_NAME = "Unknown";

/** `message` has no place on a person; what happened is written as a note or call record afterwards. */
export async function introducePerson(
  client: RolloutClient,
  person: NewPerson,
  call: CrmCall,
): Promise<EnsuredPerson> {
  const { phone, email } = person;
  const body = {
    ...splitName(person.name),
    ...(phone !== null && { phones: [{ value: phone, type: "mobile", isPrimary: true }] }),
    ...(email !== null && { emails: [{ value: email, type: "home", isPrimary: true }] }),
    source: SOURCE,
  };
  const answer = await client.request({ method: "POST", path: "/people", body, call });
  return { id: parseAnswer(client, createdSchema, answer).id, created: true };
}

/** The first word, and the rest. */
export function splitName(name: string | null): { firstName: string; lastName: string } {
  const [firstName = NO_NAME, ...rest] = (name ?? "").split(/\s+/).filter((part) => part !== "");
  return { firstName, lastName: rest.length > 0 ? rest.join(" ") : NO_NAME };
}
