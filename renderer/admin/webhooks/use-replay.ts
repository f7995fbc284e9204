// Runs deliveries again because a person asks for it, and says how many it were.
import { z } from "zod";
import { noticeDone, noticeFailed } from "../kit/notices.tsx";
import { useChange } from "../kit/use-read.ts";
import { WEBHOOKS } from "../texts/webhooks.ts";

const replayedSchema = z.object({ replayed: z.number() });

export function useReplay() {
  const change = useChange(replayedSchema, ["/deliveries"]);
  return {
    busy: change.isPending,
    replay: (ids: readonly number[], done?: () => void): void =>
      change.mutate(
        { path: "/deliveries/replay", body: { ids } },
        {
          onError: noticeFailed,
          onSuccess: ({ replayed }) => {
            noticeDone(replayed === 0 ? WEBHOOKS.replayedNone : WEBHOOKS.replayed(replayed));
            done?.();
          },
        },
      ),
  };
}
