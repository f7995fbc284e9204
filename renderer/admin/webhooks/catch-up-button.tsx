// Asks Follow Up Boss now for what no webhook told of, instead of within the hour.
import { Tooltip } from "@mantine/core";
import { z } from "zod";
import { ChangeButton } from "../kit/can-change.tsx";
import { noticeDone, noticeFailed } from "../kit/notices.tsx";
import { useChange } from "../kit/use-read.ts";
import { WEBHOOKS } from "../texts/webhooks.ts";

const askedSchema = z.object({ asked: z.boolean() });

export function CatchUpButton() {
  const ask = useChange(askedSchema, ["/deliveries"]);
  const act = (): void =>
    ask.mutate(
      { path: "/catch-up", body: {} },
      { onSuccess: () => noticeDone(WEBHOOKS.catchUpAsked), onError: noticeFailed },
    );
  return (
    <Tooltip label={WEBHOOKS.catchUpHint} multiline w={280}>
      <span>
        <ChangeButton size="xs" variant="default" loading={ask.isPending} onClick={act}>
          {WEBHOOKS.catchUp}
        </ChangeButton>
      </span>
    </Tooltip>
  );
}
