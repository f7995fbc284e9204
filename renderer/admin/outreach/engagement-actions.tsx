// What can be done about one outreach; cancelling asks once more.
import { useState } from "react";
import { z } from "zod";
import type { Engagement } from "../../../shared/engagement.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { ConfirmDialog } from "../kit/confirm-name.tsx";
import { noticeDone, noticeFailed } from "../kit/notices.tsx";
import { useChange } from "../kit/use-read.ts";
import { OUTREACH } from "../texts/outreach.ts";
import { ACTION_NAMES, type Action, allowedActions, type CrmState } from "./allowed-actions.ts";

const words = OUTREACH.cancel;

export function EngagementActions({
  detail,
  crm,
}: {
  readonly detail: Engagement;
  readonly crm: CrmState | undefined;
}) {
  const change = useChange(z.unknown(), ["/engagements", "/story", "/home"]);
  const [sure, setSure] = useState(false);
  const act = (action: Action): void => {
    setSure(false);
    change.mutate(
      { path: `/engagements/${encodeURIComponent(detail.engagement_id)}/${action}` },
      { onSuccess: () => noticeDone(OUTREACH.done), onError: noticeFailed },
    );
  };
  const actions = allowedActions(detail.status, crm);
  if (actions.length === 0) return null;
  return (
    <div className="row">
      {actions.map((action) => (
        <ChangeButton
          key={action}
          size="xs"
          variant={action === "sync" ? "filled" : "default"}
          disabled={change.isPending}
          onClick={() => (action === "cancel" ? setSure(true) : act(action))}
        >
          {ACTION_NAMES[action]}
        </ChangeButton>
      ))}
      <ConfirmDialog
        opened={sure}
        title={words.title}
        text={words.text}
        name={null}
        act={words.act}
        onConfirm={() => act("cancel")}
        onClose={() => setSure(false)}
      />
    </div>
  );
}
