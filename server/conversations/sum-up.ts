// What came of a conversation that ends, in a sentence or two: the model's where it took part and may be asked, else counted.
import { answererOf, type ConversationRow } from "../engagements/conversation.store.ts";
import type { EngagementRow } from "../engagements/engagement.store.ts";
import { type ConversationSummary, summarizeConversation } from "../llm/summarize-conversation.ts";
import type { ConversationDeps } from "./conversation-deps.ts";
import { bookCost, conversationFacts, modelOf } from "./conversation-facts.ts";

/** null where the brokerage is gone. `ask`: somebody has the time to wait for a model. */
export async function sumUp(
  deps: ConversationDeps,
  row: EngagementRow,
  conversation: ConversationRow,
  { ask }: { readonly ask: boolean },
): Promise<Pick<ConversationSummary, "summary" | "outcome"> | null> {
  const tenant = deps.settings.tenant(row.tenant);
  if (!tenant) return null;
  const tookPart = conversation.turns > 0 && answererOf(tenant, row.channel) === "automated";
  const summary = await summarizeConversation(
    { clock: deps.clock, log: deps.log },
    {
      ...(await conversationFacts(deps, row, conversation, tenant)),
      model: ask && tookPart ? modelOf(deps, tenant) : null,
    },
  );
  await bookCost(deps, row.id, summary.cost_micros);
  return summary;
}
