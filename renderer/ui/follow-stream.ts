// Keeps a page informed of one thing until it is over: by stream, and where streams do not get through (a proxy that
// buffers, a tunnel that cuts) by asking again and again, less often while nothing changes. Both apps follow with it.
import { anySignal, timeoutSignal } from "./abort-signals.ts";
import { createEventParser, type StreamMessage } from "./parse-events.ts";
import type { Answer, Failure } from "./read-answer.ts";

export interface FollowTarget {
  readonly openStream: (signal: AbortSignal) => Promise<Response>;
  /** Takes one message of the stream; true when it was what the page waits for. */
  readonly take: (message: StreamMessage) => boolean;
  /** Asks once in place of the stream, and answers a text that differs when something has changed. */
  readonly ask: (signal: AbortSignal) => Promise<Answer<string>>;
  /** Something is wrong (`final`: for good), or null when it works again. */
  readonly onTrouble: (failure: Failure | null, final: boolean) => void;
}
/** Milliseconds. */
export interface Timing {
  readonly silence: number;
  readonly reconnect: number;
  readonly firstPoll: number;
  readonly lastPoll: number;
}
export const TIMING: Timing = { silence: 20_000, reconnect: 1000, firstPoll: 1500, lastPoll: 10_000 };
const ASK_TIMEOUT_MS = 15_000;

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      resolve();
    });
  });

/** Reads one stream to its end. True when it brought something at least once, so another is worth opening. */
async function readStream(target: FollowTarget, timing: Timing, stop: AbortSignal): Promise<boolean> {
  const silence = new AbortController();
  const give = (): void => silence.abort();
  let timer = setTimeout(give, timing.silence);
  let brought = false;
  try {
    const response = await target.openStream(anySignal(stop, silence.signal));
    if (!response.ok || response.body === null) return false;
    const parse = createEventParser((message) => {
      if (!stop.aborted && target.take(message)) brought = true;
      if (brought) target.onTrouble(null, false);
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

/** The gateway has refused for good: asking again would not help. */
const isFinal = (failure: Failure): boolean =>
  failure.status >= 400 && failure.status < 500 && failure.status !== 429 && failure.code !== "unreachable";

/** Asks again and again; true when it has gone on for `howLong` and works, false when there is no use in more. */
async function poll(
  target: FollowTarget,
  timing: Timing,
  stop: AbortSignal,
  howLong: number,
): Promise<boolean> {
  const end = performance.now() + howLong;
  let wait = timing.firstPoll;
  let before = "";
  while (!stop.aborted) {
    const answer = await target.ask(anySignal(stop, timeoutSignal(ASK_TIMEOUT_MS)));
    if (stop.aborted) break;
    if ("failure" in answer) {
      target.onTrouble(answer.failure, isFinal(answer.failure));
      if (isFinal(answer.failure)) break;
    } else {
      target.onTrouble(null, false);
      if (answer.value !== before) wait = timing.firstPoll;
      before = answer.value;
      if (performance.now() > end) return true;
    }
    await sleep(wait, stop);
    wait = Math.min(timing.lastPoll, wait * 1.3);
  }
  return false;
}

/** Streams until one brings nothing, the next ever later while they end early. True when one had brought something. */
async function stream(target: FollowTarget, timing: Timing, stop: AbortSignal): Promise<boolean> {
  let worked = false;
  let pause = timing.reconnect;
  while (!stop.aborted) {
    const opened = performance.now();
    if (!(await readStream(target, timing, stop))) break;
    worked = true;
    const early = performance.now() - opened < timing.lastPoll;
    await sleep(pause, stop);
    pause = early ? Math.min(timing.lastPoll, pause * 1.5) : timing.reconnect;
  }
  return worked;
}

/** Follows until `stop` is aborted or the gateway refuses for good. Where streams once worked they are tried again. */
export async function followStream(target: FollowTarget, stop: AbortSignal, timing = TIMING): Promise<void> {
  let worked = false;
  do {
    worked = (await stream(target, timing, stop)) || worked;
  } while (await poll(target, timing, stop, worked ? timing.lastPoll * 3 : Number.POSITIVE_INFINITY));
}
