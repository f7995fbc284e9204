// What is wrong with the answer to a webhook, in Twilio's codes. Asked by whoever sent one.
import type { Failure, WebhookAnswer } from "./webhook-types.ts";

/** Twilio's code for an answer that is no 2xx; undefined when it is one. */
export function describeProblem(answer: WebhookAnswer | Failure): { code: number; text: string } | undefined {
  if (answer === "ct") return { code: 11205, text: "HTTP connection failure" };
  if (answer === "rt") return { code: 11200, text: "HTTP retrieval failure: no answer in time" };
  if (answer.status >= 200 && answer.status < 300) return undefined;
  return { code: 11200, text: `HTTP retrieval failure: status ${answer.status}` };
}
