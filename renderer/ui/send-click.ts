// Sends what a click asked for, again where no answer came, always under the same click id: a double click, a lost
// answer or a second press after an outage is one outreach, or one campaign. Both apps start with it.
import { type Answer, type Failure, readAnswer, UNREACHABLE } from "./read-answer.ts";

const PAUSES_MS = [1000, 3000];

/** Tries up to three times while no answer of the gateway comes. */
export async function sendClick(
  post: () => Promise<Response>,
  sleep: (ms: number) => Promise<void>,
): Promise<Answer<unknown>> {
  let answer = await readAnswer(post);
  for (const pause of PAUSES_MS) {
    if (!("failure" in answer) || answer.failure.code !== UNREACHABLE.code) break;
    await sleep(pause);
    answer = await readAnswer(post);
  }
  return answer;
}

/** The gateway may or may not have taken it, or said to come again: the next try must be the same click. */
export const isUndecided = ({ code, status }: Failure): boolean =>
  code === UNREACHABLE.code || status === 429 || status >= 500;

/** A random id for a click; `randomUUID` exists only on https and localhost. */
export function randomClickId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
