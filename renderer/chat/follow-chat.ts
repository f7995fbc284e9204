// Keeps the page up to date: by the chat's stream, and where streams do not get through by reading the page itself again.
import type { ChatState } from "../../shared/chat.schema.ts";
import { followStream, type Timing } from "../ui/follow-stream.ts";
import { type Answer, type Failure, UNREACHABLE } from "../ui/read-answer.ts";
import { readChat, readChatModel } from "./read-chat.ts";

export interface FollowChatDeps {
  readonly openStream: (signal: AbortSignal) => Promise<Response>;
  /** The page's own HTML. */
  readonly getPage: (signal: AbortSignal) => Promise<Response>;
  /** The text of the page's model. */
  readonly modelOf: (html: string) => string | null;
  readonly onChat: (chat: ChatState) => void;
  /** Something is wrong (`final`: for good), or null when it works again. */
  readonly onTrouble: (failure: Failure | null, final: boolean) => void;
  readonly timing?: Timing;
}

/** Starts following; the returned function stops it. Ends by itself when the link is of no use any more. */
export function followChat(deps: FollowChatDeps): () => void {
  const stop = new AbortController();
  const take = (chat: ChatState | null): boolean => {
    if (chat === null || stop.signal.aborted) return false;
    deps.onChat(chat);
    return true;
  };
  const target = {
    openStream: deps.openStream,
    take: ({ event, data }: { event: string; data: string }) =>
      event === "chat" && take(readChat(JSON.parse(data))),
    ask: async (signal: AbortSignal): Promise<Answer<string>> => {
      const answer = await askForPage(deps, signal);
      if ("failure" in answer) return answer;
      take(answer.value);
      return { value: JSON.stringify(answer.value) };
    },
    onTrouble: deps.onTrouble,
  };
  void followStream(target, stop.signal, deps.timing);
  return () => stop.abort();
}

/** The chat as the page's HTML has it; a page that says what is wrong with the link is a failure with its sentence. */
async function askForPage(deps: FollowChatDeps, signal: AbortSignal): Promise<Answer<ChatState>> {
  try {
    const response = await deps.getPage(signal);
    const text = deps.modelOf(await response.text());
    // A tunnel's page, or a proxy's.
    if (text === null) return { failure: { ...UNREACHABLE, status: response.status } };
    const { chat, problem } = readChatModel(text);
    if (chat !== null) return { value: chat };
    return { failure: { code: "chat_closed", message: problem ?? "", status: response.status } };
  } catch {
    return { failure: UNREACHABLE };
  }
}
