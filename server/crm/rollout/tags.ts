// One tag on a person, set or taken away (Rollout's OpenAPI: /people/{id}/tags/apply and /tags/delete).
import type { CrmCall } from "../start-time-limit.ts";
import type { RolloutClient } from "./client.ts";
import { pathId } from "./rollout-id.ts";

export async function setTag(
  client: RolloutClient,
  personId: string,
  change: { readonly tag: string; readonly on: boolean },
  call: CrmCall,
): Promise<void> {
  const path = `/people/${pathId(personId)}/tags/${change.on ? "apply" : "delete"}`;
  await client.request({ method: "POST", path, body: { tags: [change.tag] }, call });
}
