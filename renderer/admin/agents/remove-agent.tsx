// Removing an agent asks once more, and can be taken back for ten minutes.
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { removedSchema, undoneSchema } from "../../../shared/console/settings.schema.ts";
import type { UserSettings } from "../../../shared/settings.schema.ts";
import { ask } from "../kit/api.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { ConfirmDialog } from "../kit/confirm-name.tsx";
import { noticeFailed, noticeUndo } from "../kit/notices.tsx";
import { useChange } from "../kit/use-read.ts";
import { SETTINGS_TOUCH } from "../setup/use-save.ts";
import { AGENTS } from "../texts/agents.ts";

export function RemoveAgent(props: {
  readonly tenant: string;
  readonly user: Readonly<UserSettings>;
  readonly revision: string;
  readonly onRemoved: () => void;
}) {
  const { tenant, user } = props;
  const name = user.name || user.id;
  const [asking, setAsking] = useState(false);
  const client = useQueryClient();
  const remove = useChange(removedSchema, SETTINGS_TOUCH);
  const act = (): void => {
    setAsking(false);
    const path = `/tenants/${encodeURIComponent(tenant)}/users/${encodeURIComponent(user.id)}`;
    remove.mutate(
      { path, method: "DELETE", body: { revision: props.revision }, timeoutMs: 60_000 },
      {
        onSuccess: ({ undo, said }) => {
          noticeUndo([AGENTS.removed(name), ...said].join(" "), undo.until, async () => {
            await ask(`/undo/${encodeURIComponent(undo.token)}`, undoneSchema, { method: "POST" });
            await client.invalidateQueries();
          });
          props.onRemoved();
        },
        onError: noticeFailed,
      },
    );
  };
  return (
    <div>
      <ChangeButton
        variant="subtle"
        color="red"
        size="xs"
        loading={remove.isPending}
        onClick={() => setAsking(true)}
      >
        {AGENTS.remove}
      </ChangeButton>
      <ConfirmDialog
        opened={asking}
        title={AGENTS.removeTitle(name)}
        text={AGENTS.removeText}
        name={null}
        act={AGENTS.removeAct(name)}
        onConfirm={act}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
