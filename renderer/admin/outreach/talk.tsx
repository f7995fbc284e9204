// What was said and written, as bubbles: the contact at the start, us at the end; below, what is on its way or stayed behind.
// Where it scrolls by itself it stays at its end, unless somebody reads further up: then new ones are counted.
import { Button } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { PendingMessage } from "../../../shared/conversation.schema.ts";
import type { TranscriptRow } from "../../../shared/engagement.schema.ts";
import { sayNumber } from "../../ui/say-count.ts";
import { StateBadge, type Tone } from "../kit/state-badge.tsx";
import { When } from "../kit/when.tsx";
import { TALK } from "../texts/conversations.ts";
import { KIT } from "../texts/kit.ts";
import { OUTREACH } from "../texts/outreach.ts";

const TONES: Readonly<Record<PendingMessage["state"], Tone>> = {
  waiting: "run",
  sending: "run",
  failed: "bad",
  refused: "bad",
  unknown: "wait",
};
const NEAR_PX = 40;

export interface TalkProps {
  readonly rows: readonly TranscriptRow[];
  readonly pending?: readonly PendingMessage[];
  /** In a box of its own, for long ones that go on. */
  readonly scrolls?: boolean;
}

export function Talk({ rows, pending = [], scrolls = false }: TalkProps) {
  const box = useRef<HTMLDivElement>(null);
  const { unseen, onScroll, toEnd } = useEnd(box, rows.length + pending.length, scrolls);
  if (rows.length + pending.length === 0) return <p className="quiet">{OUTREACH.conversationNone}</p>;
  return (
    <div className="talk-frame">
      <div
        ref={box}
        className={scrolls ? "talk-box" : ""}
        role="log"
        aria-label={TALK.log}
        {...(scrolls ? { tabIndex: 0, onScroll } : {})}
      >
        <ol className="talk">
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows are only ever added at the end
            <li key={index} className={row.direction === "inbound" ? "talk-in" : "talk-out"}>
              <span className="quiet small">
                <bdi>{row.direction === "inbound" ? OUTREACH.said.in : (row.by ?? OUTREACH.said.out)}</bdi>,{" "}
                <When at={row.at} />
              </span>
              <p dir="auto">{row.text}</p>
            </li>
          ))}
          {pending.map((message) => (
            <li key={message.message_id} className="talk-out talk-pending">
              <p dir="auto">{message.text}</p>
              <StateBadge tone={TONES[message.state]} word={TALK.pending[message.state]} plain />
              {message.error === null ? null : (
                <span className="block small" dir="auto">
                  {message.error}
                </span>
              )}
            </li>
          ))}
        </ol>
      </div>
      {unseen > 0 ? (
        <div className="talk-new">
          <Button size="compact-sm" onClick={toEnd}>
            {KIT.newRows(sayNumber(unseen))}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

/** Keeps a box at its end while rows are added, unless somebody has scrolled up. */
function useEnd(box: React.RefObject<HTMLDivElement | null>, count: number, on: boolean) {
  const atEnd = useRef(true);
  const seen = useRef(count);
  const [unseen, setUnseen] = useState(0);
  const toEnd = (): void => box.current?.scrollTo({ top: box.current.scrollHeight });
  useEffect(() => {
    if (!on) return;
    if (atEnd.current) {
      seen.current = count;
      box.current?.scrollTo({ top: box.current.scrollHeight });
    } else setUnseen(Math.max(0, count - seen.current));
  }, [box, count, on]);
  const onScroll = (): void => {
    const node = box.current;
    if (node === null) return;
    atEnd.current = node.scrollHeight - node.scrollTop - node.clientHeight < NEAR_PX;
    if (!atEnd.current) return;
    seen.current = count;
    setUnseen(0);
  };
  return { unseen, onScroll, toEnd };
}
