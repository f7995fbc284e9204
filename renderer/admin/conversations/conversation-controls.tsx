// Who answers from now on: an agent takes over, hands back to the assistant, or ends the conversation.
import { useState } from "react";
import { z } from "zod";
import type { Conversation } from "../../../shared/conversation.schema.ts";
import { ChangeButton } from "../kit/can-change.tsx";
import { ConfirmDialog } from "../kit/confirm-name.tsx";
import { noticeDone, noticeFailed } from "../kit/notices.tsx";
import { useChange } from "../kit/use-read.ts";
import { TALK } from "../texts/conversations.ts";

type Answerer = Conversation["answers"];
const DONE: Readonly<Record<Answerer, string>> = {
  agent: TALK.took,
  automated: TALK.automated,
  nobody: TALK.ended,
};

export function ConversationControls({
  id,
  conversation: { answers, can_automate },
}: {
  readonly id: string;
  readonly conversation: Conversation;
}) {
  const change = useChange(z.unknown(), ["/engagements", "/conversations", "/story", "/home"]);
  const [sure, setSure] = useState(false);
  const hand = (who: Answerer): void => {
    setSure(false);
    change.mutate(
      { path: `/engagements/${encodeURIComponent(id)}/conversation`, body: { answers: who } },
      { onSuccess: () => noticeDone(DONE[who]), onError: noticeFailed },
    );
  };
  const button = (label: string, act: () => void) => (
    <ChangeButton size="xs" variant="default" disabled={change.isPending} onClick={act}>
      {label}
    </ChangeButton>
  );
  return (
    <div className="row">
      {answers === "automated" ? button(TALK.takeOver, () => hand("agent")) : null}
      {answers === "nobody" ? button(TALK.reopen, () => hand("agent")) : null}
      {answers === "agent" && can_automate ? button(TALK.automate, () => hand("automated")) : null}
      {answers === "nobody" ? null : button(TALK.end, () => setSure(true))}
      <ConfirmDialog
        opened={sure}
        title={TALK.endTitle}
        text={TALK.endText}
        name={null}
        act={TALK.endAct}
        onConfirm={() => hand("nobody")}
        onClose={() => setSure(false)}
      />
    </div>
  );
}
