// One tag on a person, set or taken away. FUB replaces the list of tags as a whole unless told to merge (FUB reference,
// people-put), so taking one away reads the person first.
import { plainTag } from "../../../shared/tag-starts.schema.ts";
import type { CrmCall } from "../start-time-limit.ts";
import type { FubClient } from "./client.ts";
import { pathId } from "./fub-id.ts";
import { fetchPerson } from "./people.ts";

export async function setTag(
  client: FubClient,
  personId: string,
  change: { readonly tag: string; readonly on: boolean },
  call: CrmCall,
): Promise<void> {
  const path = `/people/${pathId(personId)}`;
  if (change.on) {
    const query = { mergeTags: "true" };
    await client.request({ method: "PUT", path, query, body: { tags: [change.tag] }, call });
    return;
  }
  const person = await fetchPerson(client, personId, call);
  const left = person?.tags.filter((tag) => plainTag(tag) !== plainTag(change.tag)) ?? [];
  // Whoever is gone, or does not carry it, needs no request.
  if (!person || left.length === person.tags.length) return;
  await client.request({ method: "PUT", path, body: { tags: left }, call });
}
