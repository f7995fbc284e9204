// The messages of the chat as one log: what was said, what ends it, and what has not been sent yet.
import type { ChatState } from "../../shared/chat.schema.ts";
import { element } from "../ui/build-element.ts";
import { growingList } from "../ui/growing-list.ts";
import type { UnsentMessage } from "./outbox.ts";
import { daysAbove } from "./say-time.ts";
import { messageRow, unsentRow } from "./view-message.ts";

export interface ChatLog {
  readonly node: HTMLElement;
  show(chat: ChatState, unsent: readonly UnsentMessage[]): void;
  /** Moves the focus to the brokerage's message that is the `count`-th from the end. */
  focusLast(count: number): void;
}

/** Whoever has not written yet is told once how to be left alone. */
const hasWritten = ({ messages }: ChatState): boolean =>
  messages.some(({ direction }) => direction === "inbound");

export function chatLog(now: () => number, again: (clickId: string) => void): ChatLog {
  const said = growingList(element("div", { class: "talk" }), messageRow);
  const unsaid = growingList(element("div", { class: "talk" }), (message: UnsentMessage) =>
    unsentRow(message, again),
  );
  const none = element("p", { class: "quiet middle" }, "Nothing has been written yet.");
  const hint = element(
    "p",
    { class: "quiet middle" },
    "You can end this at any time: write STOP, and you will not be contacted any more.",
  );
  const node = element(
    "div",
    { class: "log", role: "log", "aria-label": "Messages" },
    none,
    said.node,
    hint,
    unsaid.node,
  );
  return {
    node,
    show: (chat, unsent) => {
      const { messages, agent } = chat;
      const days = daysAbove(
        messages.map(({ at }) => Date.parse(at)),
        now(),
      );
      said.update(messages.map((message, index) => ({ ...message, agent, day: days[index] ?? null })));
      unsaid.update(unsent);
      none.hidden = messages.length + unsent.length > 0;
      hint.hidden = !chat.open || hasWritten(chat) || unsent.length > 0;
    },
    focusLast: (count) => {
      const theirs = said.node.querySelectorAll<HTMLElement>(".theirs");
      theirs[Math.max(0, theirs.length - count)]?.focus({ preventScroll: true });
    },
  };
}
