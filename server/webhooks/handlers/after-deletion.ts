// peopleDeleted: what still waits for them is canceled. A deletion names nobody's account, so each person is looked for
// first: only who is really gone from this one is let go.
import { GatewayError } from "../../base/errors.ts";
import { crmName } from "../../crm/crm-name.ts";
import { controlEngagement } from "../../engagements/control-engagement.ts";
import type { DeliveryToHandle } from "../event-handler.ts";
import { NOTHING_WAITED, waitingFor } from "../waiting-engagements.ts";
import type { WebhookDeps } from "../webhook-deps.ts";

export async function afterDeletion(deps: WebhookDeps, { body, by }: DeliveryToHandle): Promise<string> {
  const waiting = await waitingFor(deps.db, by, body.resourceIds);
  if (waiting.length === 0) return NOTHING_WAITED;
  const ids = [...new Set(waiting.flatMap(({ person_id }) => person_id ?? []))];
  // Deleted people are in the trash, which the list leaves out; by its id one of them may still be shown.
  const present = await deps.crm.peopleByIds(ids, { access: by.access, priority: "launch" });
  const still = new Set(present.map(({ id }) => id));
  const gone = waiting.filter(({ person_id }) => !still.has(person_id ?? ""));
  let canceled = 0;
  for (const { id } of gone) if (await cancel(deps, id, by.tenant.domain_name)) canceled += 1;
  const kept = waiting.length - gone.length;
  const late = gone.length - canceled;
  const parts = [
    `${canceled} waiting for them canceled`,
    ...(kept > 0 ? [`${kept} kept, since those people still are in the account`] : []),
    ...(late > 0 ? [`${late} could not be stopped any more, since they had just begun`] : []),
  ];
  return `${parts.join("; ")}.`;
}

/** False when it was handed over, or ended, since it was found waiting: the others are to be canceled all the same. */
async function cancel(deps: WebhookDeps, id: string, tenant: string): Promise<boolean> {
  try {
    await controlEngagement(
      deps,
      id,
      "cancel",
      `The deletion of the person in ${crmName(deps.settings.tenant(tenant))}`,
    );
    return true;
  } catch (error) {
    if (error instanceof GatewayError && error.code === "wrong_state") return false;
    throw error;
  }
}
