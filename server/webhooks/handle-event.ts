// Event → what is done about it. Events without a line here are stored and shown, nothing more. A new one is one handler
// file and one line.
import type { EventHandler } from "./event-handler.ts";
import { afterDeletion } from "./handlers/after-deletion.ts";
import { afterTags } from "./handlers/after-tags.ts";
import { afterUpdate } from "./handlers/after-update.ts";
import type { DeliverySource } from "./incoming-delivery.ts";

const HANDLERS: Readonly<Record<string, EventHandler>> = {
  peopleTagsCreated: afterTags,
  peopleDeleted: afterDeletion,
  peopleUpdated: afterUpdate,
};

export const handlerOf = (event: string): EventHandler | undefined =>
  Object.hasOwn(HANDLERS, event) ? HANDLERS[event] : undefined;

export const hasHandler = (event: string): boolean => handlerOf(event) !== undefined;

/** Events that only matter to outreach that waits for the people they are about. */
const ONLY_FOR_WAITING: ReadonlySet<string> = new Set(["peopleDeleted", "peopleUpdated"]);

/** Rollout's changes also tell of tags that went, which its own tag events do not (untold-tags.ts). */
export const mattersToWaitingOnly = (event: string, source: DeliverySource): boolean =>
  ONLY_FOR_WAITING.has(event) && !(source === "rollout" && event === "peopleUpdated");

/** Events worth a webhook: those something is done about. */
export const HANDLED_EVENTS: readonly string[] = Object.keys(HANDLERS);
