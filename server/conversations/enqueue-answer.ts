// Has the language model answer what waits in a conversation. Asked for when the contact wrote, and when an agent hands a
// conversation back to it.
import type { DbOrTrx } from "../db/schema.ts";
import { enqueue } from "../queue/enqueue.ts";

/** Asked for again while the model thinks, it is asked once more: about everything that waits by then. `runAt`: epoch ms. */
export async function enqueueAnswer(
  db: DbOrTrx,
  engagementId: string,
  { now, runAt }: { readonly now: number; readonly runAt: number },
): Promise<void> {
  const options = { now, runAt, dedupeKey: `answer:${engagementId}`, bringForward: true };
  await enqueue(db, "answer-contact", { engagement_id: engagementId }, options);
}
