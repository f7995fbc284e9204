// What the agent does in a conversation: writes to the contact, takes over, hands back, ends it. The live view calls it.
import type { ConverseBody, ReplyBody } from "../../shared/conversation.schema.ts";
import { type Answer, readAnswer, UNREACHABLE } from "../ui/read-answer.ts";
import { isUndecided, sendClick } from "../ui/send-click.ts";
import { type LiveEngagement, readEngagement } from "./read-engagement.ts";

export interface ConverseDeps {
  /** Posts JSON to `path` below `embed/engagements/`, with the session; rejects where no answer came in time. */
  readonly post: (path: string, body: ReplyBody | ConverseBody) => Promise<Response>;
  /** Requests `path` below `embed/engagements/`, with the session. */
  readonly get: (path: string) => Promise<Response>;
  readonly newClickId: () => string;
  readonly sleep: (ms: number) => Promise<void>;
}
/** The conversation of one outreach. */
export interface Converse {
  /**
   * Answers the outreach with the message among its pending ones; null where only that could not be read. The same text
   * stays the same message until the gateway decided.
   */
  reply(text: string): Promise<Answer<LiveEngagement | null>>;
  answerBy(answers: ConverseBody["answers"]): Promise<Answer<LiveEngagement>>;
}

export function createConverse(engagementId: string, deps: ConverseDeps): Converse {
  const path = encodeURIComponent(engagementId);
  let open: { readonly text: string; readonly clickId: string } | null = null;
  return {
    reply: async (text) => {
      if (open === null || open.text !== text) open = { text, clickId: deps.newClickId() };
      const body: ReplyBody = { text, click_id: open.clickId };
      const answer = await sendClick(() => deps.post(`${path}/messages`, body), deps.sleep);
      if (!("failure" in answer) || !isUndecided(answer.failure)) open = null;
      if ("failure" in answer) return answer;
      // Where streams do not get through, the message would show only at the next question.
      const read = await readAnswer(() => deps.get(path));
      return { value: "failure" in read ? null : readEngagement(read.value) };
    },
    answerBy: async (answers) => {
      const answer = await readAnswer(() => deps.post(`${path}/conversation`, { answers }));
      if ("failure" in answer) return answer;
      const engagement = readEngagement(answer.value);
      return engagement === null ? { failure: UNREACHABLE } : { value: engagement };
    },
  };
}
