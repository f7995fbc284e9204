// Writes to the contact. A text that did not leave stays in the box, and sending it again is the same message.
import { Textarea } from "@mantine/core";
import { useRef, useState } from "react";
import { repliedSchema } from "../../../shared/conversation.schema.ts";
import { ChangeButton, useCanChange } from "../kit/can-change.tsx";
import { Failure } from "../kit/problem.tsx";
import { useChange } from "../kit/use-read.ts";
import { TALK } from "../texts/conversations.ts";

const MOST = 4_000;

export function ReplyBox({ id, automated }: { readonly id: string; readonly automated: boolean }) {
  const can = useCanChange();
  const [text, setText] = useState("");
  const click = useRef<string | null>(null);
  const path = `/engagements/${encodeURIComponent(id)}`;
  const send = useChange(repliedSchema, ["/engagements", "/conversations"]);
  const act = (): void => {
    if (text.trim() === "" || send.isPending || !can) return;
    click.current ??= crypto.randomUUID();
    send.mutate(
      { path: `${path}/messages`, body: { text: text.trim(), click_id: click.current } },
      {
        onSuccess: () => {
          click.current = null;
          setText("");
        },
      },
    );
  };
  return (
    <form
      className="reply"
      aria-label={TALK.reply}
      onSubmit={(event) => {
        event.preventDefault();
        act();
      }}
    >
      <Textarea
        label={TALK.reply}
        description={automated ? `${TALK.replyHint} ${TALK.replyTakes}` : TALK.replyHint}
        value={text}
        rows={3}
        maxLength={MOST}
        dir="auto"
        readOnly={!can}
        onChange={(event) => {
          // Another text is another message.
          click.current = null;
          setText(event.currentTarget.value);
        }}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
          event.preventDefault();
          act();
        }}
      />
      {send.error === null ? null : <Failure error={send.error} />}
      <div>
        <ChangeButton size="xs" loading={send.isPending} disabled={text.trim() === ""} onClick={act}>
          {TALK.send}
        </ChangeButton>
      </div>
    </form>
  );
}
