// Keeps the page informed of one engagement until it is over: by stream, and where streams do not get through
// (a proxy that buffers, a tunnel that cuts) by asking again and again, less often while nothing changes.
import type { Engagement } from "../../shared/engagement.schema.ts";
import { createEventParser } from "../ui/parse-events.ts";
import { isOver } from "../ui/wording.ts";
import { type Answer, type Failure, readAnswer, UNREACHABLE } from "./read-answer.ts";
import { readEngagement } from "./read-engagement.ts";

export interface FollowDeps {
  /** Requests `path` below `embed/engagements/`, with the session. */
  readonly get: (path: string, signal: AbortSignal) => Promise<Response>;
  readonly onEngagement: (engagement: Engagement) => void;
  /** Something is wrong (`final`: for good), or null when it works again. */
  readonly onTrouble: (failure: Failure | null, final: boolean) => void;
  readonly timing?: Timing;
}
/** Milliseconds. */
export interface Timing {
  readonly silence: number;
  readonly reconnect: number;
  readonly firstPoll: number;
  readonly lastPoll: number;
}
export const TIMING: Timing = { silence: 20_000, reconnect: 1000, firstPoll: 1500, lastPoll: 10_000 };

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Reads one stream to its end. True when it brought the engagement at least once, so another is worth opening. */
async function readStream(
  deps: FollowDeps,
  timing: Timing,
  id: string,
  stop: AbortSignal,
  take: (value: unknown) => boolean,
): Promise<boolean> {
  const silence = new AbortController();
  const give = (): void => silence.abort();
  let timer = setTimeout(give, timing.silence);
  let brought = false;
  try {
    const signal = AbortSignal.any([stop, silence.signal]);
    const response = await deps.get(`${id}/events`, signal);
    if (!response.ok || response.body === null) return false;
    const parse = createEventParser((message) => {
      if (message.event === "engagement" && take(JSON.parse(message.data))) brought = true;
    });
    const reader = response.body.getReader();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      clearTimeout(timer);
      timer = setTimeout(give, timing.silence);
      parse(chunk.value);
    }
  } catch {
    if (silence.signal.aborted) return false;
  } finally {
    clearTimeout(timer);
    silence.abort();
  }
  return brought;
}

/** One answer of `GET embed/engagements/:id`. */
async function ask(deps: FollowDeps, id: string, stop: AbortSignal): Promise<Answer<Engagement>> {
  const signal = AbortSignal.any([stop, AbortSignal.timeout(15_000)]);
  const answer = await readAnswer(() => deps.get(id, signal));
  if ("failure" in answer) return answer;
  const engagement = readEngagement(answer.value);
  return engagement === null ? { failure: UNREACHABLE } : { value: engagement };
}

/** The gateway has refused for good: asking again would not help. */
const isFinal = (failure: Failure): boolean =>
  failure.status >= 400 && failure.status < 500 && failure.status !== 429 && failure.code !== "unreachable";

async function poll(
  deps: FollowDeps,
  timing: Timing,
  id: string,
  stop: AbortSignal,
  take: (value: unknown) => boolean,
): Promise<void> {
  let wait = timing.firstPoll;
  let before = "";
  while (!stop.aborted) {
    const answer = await ask(deps, id, stop);
    if (stop.aborted) return;
    if ("failure" in answer) {
      deps.onTrouble(answer.failure, isFinal(answer.failure));
      if (isFinal(answer.failure)) return;
    } else {
      deps.onTrouble(null, false);
      take(answer.value);
      const now = JSON.stringify(answer.value);
      if (now !== before) wait = timing.firstPoll;
      before = now;
    }
    await sleep(wait, stop);
    wait = Math.min(timing.lastPoll, wait * 1.3);
  }
}

/** Starts following; the returned function stops it. Ends by itself when the engagement is over. */
export function followEngagement(id: string, deps: FollowDeps): () => void {
  const stop = new AbortController();
  const timing = deps.timing ?? TIMING;
  const take = (value: unknown): boolean => {
    const engagement = readEngagement(value);
    if (engagement === null || stop.signal.aborted) return false;
    deps.onEngagement(engagement);
    if (isOver(engagement.status)) stop.abort();
    return true;
  };
  const follow = async (): Promise<void> => {
    while (!stop.signal.aborted && (await readStream(deps, timing, id, stop.signal, take))) {
      await sleep(timing.reconnect, stop.signal);
    }
    await poll(deps, timing, id, stop.signal, take);
  };
  void follow();
  return () => stop.abort();
}
