// The conversations of the brokerage that is looked at, read again with every change of an outreach (shell.tsx).
import { conversationListSchema } from "../../../shared/console/channels.schema.ts";
import { useRead } from "../kit/use-read.ts";
import { useTenant } from "../shell/tenant.tsx";

const EVERY_MS = 15_000;

export function useConversations() {
  const { tenant } = useTenant();
  return useRead("/conversations", conversationListSchema, {
    query: { tenant },
    everyMs: EVERY_MS,
    keep: true,
  });
}
