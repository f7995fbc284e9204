// What the contact wrote and the gateway has not taken yet: sent one after the other, each under its own click id, so that a
// message whose answer was lost is the same message when it is sent again.
import type { ChatMessage, ChatWrite } from "../../shared/chat.schema.ts";
import { type Answer, type Failure, UNREACHABLE } from "../ui/read-answer.ts";
import { isUndecided, sendClick } from "../ui/send-click.ts";

export interface UnsentMessage {
  readonly clickId: string;
  readonly text: string;
  readonly state: "waiting" | "sending" | "failed";
  /** Why it failed; null otherwise. */
  readonly failure: Failure | null;
  /** May it be sent again? The gateway has refused the others for good. */
  readonly retry: boolean;
}
export interface Outbox {
  /** `known`: the chat as it was when the text was written. */
  add(text: string, known: readonly ChatMessage[]): void;
  retry(clickId: string): void;
  /** Sends again what found nobody: the connection is back. */
  retryLost(): void;
  /** Forgets what turns out to be in the chat already, though its answer was lost. */
  settle(messages: readonly ChatMessage[]): void;
  all(): readonly UnsentMessage[];
}
export interface OutboxDeps {
  readonly post: (body: ChatWrite) => Promise<Response>;
  readonly newClickId: () => string;
  readonly sleep: (ms: number) => Promise<void>;
  /** Something in it has changed. */
  readonly onChange: () => void;
  /** What the gateway answered to a message it took. */
  readonly onTaken: (answer: unknown) => void;
}

/** `before`: own messages of the same text that are older than this one. */
type Entry = UnsentMessage & { readonly before: number };

const alike = (text: string, messages: readonly ChatMessage[]): number =>
  messages.filter((message) => message.direction === "inbound" && message.text === text).length;

export function createOutbox(deps: OutboxDeps): Outbox {
  let entries: readonly Entry[] = [];
  let running = false;

  const change = (clickId: string, to: Pick<Entry, "state" | "failure" | "retry">): void => {
    entries = entries.map((entry) => (entry.clickId === clickId ? { ...entry, ...to } : entry));
    deps.onChange();
  };
  const finish = (clickId: string, answer: Answer<unknown>): void => {
    if ("failure" in answer) {
      const { failure } = answer;
      change(clickId, { state: "failed", failure, retry: isUndecided(failure) });
      return;
    }
    entries = entries.filter((entry) => entry.clickId !== clickId);
    deps.onTaken(answer.value);
    deps.onChange();
  };
  const run = async (): Promise<void> => {
    if (running) return;
    running = true;
    for (let next = waiting(); next !== undefined; next = waiting()) {
      const { text, clickId } = next;
      change(clickId, { state: "sending", failure: null, retry: false });
      finish(clickId, await sendClick(() => deps.post({ text, click_id: clickId }), deps.sleep));
    }
    running = false;
  };
  const waiting = (): Entry | undefined => entries.find((entry) => entry.state === "waiting");
  const again = (which: (entry: Entry) => boolean): void => {
    const chosen = entries.filter((entry) => entry.state === "failed" && entry.retry && which(entry));
    for (const { clickId } of chosen) change(clickId, { state: "waiting", failure: null, retry: false });
    void run();
  };
  return {
    add: (text, known) => {
      const before = alike(text, known) + entries.filter((entry) => entry.text === text).length;
      const clickId = deps.newClickId();
      entries = [...entries, { clickId, text, before, state: "waiting", failure: null, retry: false }];
      deps.onChange();
      void run();
    },
    retry: (clickId) => again((entry) => entry.clickId === clickId),
    retryLost: () => again(({ failure }) => failure?.code === UNREACHABLE.code),
    settle: (messages) => {
      entries = entries.filter(({ text, before }) => alike(text, messages) <= before);
    },
    all: () => entries,
  };
}
