// Keeps the page informed of one engagement until nothing more can come of it.
import { followStream, type Timing } from "../ui/follow-stream.ts";
import { type Answer, type Failure, readAnswer, UNREACHABLE } from "../ui/read-answer.ts";
import { isOver } from "../ui/wording.ts";
import { type LiveEngagement, readEngagement } from "./read-engagement.ts";

export interface FollowDeps {
  /** Requests `path` below `embed/engagements/`, with the session. */
  readonly get: (path: string, signal: AbortSignal) => Promise<Response>;
  readonly onEngagement: (engagement: LiveEngagement) => void;
  /** Something is wrong (`final`: for good), or null when it works again. */
  readonly onTrouble: (failure: Failure | null, final: boolean) => void;
  readonly timing?: Timing;
}

/** Starts following; the returned function stops it. Ends by itself when it is over and nobody can write any more. */
export function followEngagement(id: string, deps: FollowDeps): () => void {
  const stop = new AbortController();
  const take = (value: unknown): boolean => {
    const engagement = readEngagement(value);
    if (engagement === null || stop.signal.aborted) return false;
    deps.onEngagement(engagement);
    if (isOver(engagement.status) && engagement.conversation === undefined) stop.abort();
    return true;
  };
  const ask = async (signal: AbortSignal): Promise<Answer<string>> => {
    const answer = await readAnswer(() => deps.get(id, signal));
    if ("failure" in answer) return answer;
    if (stop.signal.aborted || take(answer.value)) return { value: JSON.stringify(answer.value) };
    return { failure: UNREACHABLE };
  };
  const target = {
    openStream: (signal: AbortSignal) => deps.get(`${id}/events`, signal),
    take: ({ event, data }: { event: string; data: string }) =>
      event === "engagement" && take(JSON.parse(data)),
    ask,
    onTrouble: deps.onTrouble,
  };
  void followStream(target, stop.signal, deps.timing);
  return () => stop.abort();
}
