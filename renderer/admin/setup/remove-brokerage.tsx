// Removing a brokerage: its name is typed first, and for ten minutes it can be taken back.

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { removedSchema, undoneSchema } from "../../../shared/console/settings.schema.ts";
import { ask } from "../kit/api.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { ConfirmDialog } from "../kit/confirm-name.tsx";
import { goTo } from "../kit/hash-route.ts";
import { noticeFailed, noticeUndo } from "../kit/notices.tsx";
import { useChange } from "../kit/use-read.ts";
import { SETUP } from "../texts/setup.ts";
import { SETTINGS_TOUCH } from "./use-save.ts";

export function RemoveBrokerage({ slug, revision }: { readonly slug: string; readonly revision: string }) {
  const [asking, setAsking] = useState(false);
  const remove = useChange(removedSchema, SETTINGS_TOUCH);
  const client = useQueryClient();
  const act = (): void => {
    remove.mutate(
      {
        path: `/tenants/${encodeURIComponent(slug)}`,
        method: "DELETE",
        body: { revision },
        timeoutMs: 60_000,
      },
      {
        onSuccess: ({ undo, said }) => {
          const words = [SETUP.removed(slug), ...said].join(" ");
          noticeUndo(words, undo.until, async () => {
            await ask(`/undo/${encodeURIComponent(undo.token)}`, undoneSchema, { method: "POST" });
            await client.invalidateQueries();
          });
          goTo("/setup");
        },
        onError: noticeFailed,
      },
    );
    setAsking(false);
  };
  return (
    <>
      <ChangeButton
        size="xs"
        variant="subtle"
        color="red"
        loading={remove.isPending}
        onClick={() => setAsking(true)}
      >
        {SETUP.remove}
      </ChangeButton>
      <ConfirmDialog
        opened={asking}
        title={SETUP.removeTitle(slug)}
        text={SETUP.removeText}
        name={slug}
        act={SETUP.removeAct(slug)}
        onConfirm={act}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
