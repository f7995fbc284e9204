// peopleDeleted: what still waits for them is canceled. A deletion names nobody's account, so each person is looked for
// first: only who is really gone from this one is let go.
import { controlEngagement } from "../../engagements/control-engagement.ts";
import type { DeliveryToHandle } from "../event-handler.ts";
import { waitingFor } from "../waiting-engagements.ts";
import type { WebhookDeps } from "../webhook-deps.ts";

export async function afterDeletion(deps: WebhookDeps, { body, by }: DeliveryToHandle): Promise<string> {
  const waiting = await waitingFor(deps.db, by, body.resourceIds);
  if (waiting.length === 0) return "Nothing was waiting for these people.";
  const ids = [...new Set(waiting.flatMap(({ person_id }) => person_id ?? []))];
  // Deleted people are in the trash, which the list leaves out; by its id one of them may still be shown.
  const present = await deps.crm.peopleByIds(ids, { access: by.access, priority: "launch" });
  const still = new Set(present.map(({ id }) => id));
  let canceled = 0;
  for (const { id, person_id } of waiting) {
    if (still.has(person_id ?? "")) continue;
    await controlEngagement(deps, id, "cancel", "The deletion of the person in Follow Up Boss");
    canceled += 1;
  }
  const kept = waiting.length - canceled;
  return kept === 0
    ? `${canceled} waiting for them canceled.`
    : `${canceled} waiting for them canceled; ${kept} kept, since those people still are in the account.`;
}
