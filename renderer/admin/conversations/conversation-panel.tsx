// The conversation beside its outreach: who answers, what was said, what is on its way, a reply, taking over and ending.
import type { Conversation } from "../../../shared/conversation.schema.ts";
import type { Engagement } from "../../../shared/engagement.schema.ts";
import { CopyField } from "../kit/copy-field.tsx";
import { Problem } from "../kit/problem.tsx";
import { StateBadge } from "../kit/state-badge.tsx";
import { When } from "../kit/when.tsx";
import { Talk } from "../outreach/talk.tsx";
import { TALK } from "../texts/conversations.ts";
import { OUTREACH } from "../texts/outreach.ts";
import { ConversationControls } from "./conversation-controls.tsx";
import { ReplyBox } from "./reply-box.tsx";

export function ConversationPanel({
  detail,
  conversation,
}: {
  readonly detail: Engagement;
  readonly conversation: Conversation;
}) {
  const { answers, needs_agent, closed, chat_link, last_inbound_at } = conversation;
  return (
    <section aria-label={OUTREACH.conversation}>
      <h3>{OUTREACH.conversation}</h3>
      <div role="status" className="stack">
        {needs_agent === null ? (
          <StateBadge tone={answers === "nobody" ? "none" : "run"} word={TALK.answers[answers]} plain />
        ) : (
          <Problem tone="wait" cause={needs_agent} />
        )}
        {closed === null ? null : (
          <p className="quiet" dir="auto">
            {closed}
          </p>
        )}
        {last_inbound_at === null ? null : (
          <p className="quiet small">
            {TALK.lastWrote} <When at={last_inbound_at} />
          </p>
        )}
      </div>
      <Talk rows={detail.transcript} pending={conversation.pending} scrolls />
      {conversation.can_reply ? (
        <ReplyBox id={detail.engagement_id} automated={answers === "automated"} />
      ) : (
        <p className="quiet">{TALK.cannot}</p>
      )}
      <ConversationControls id={detail.engagement_id} conversation={conversation} />
      {chat_link === null ? null : <CopyField label={TALK.link} value={chat_link} hint={TALK.linkHint} />}
    </section>
  );
}
