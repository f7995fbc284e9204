// Numbers the API refuses because their person's script says so: once, or for good. Asked by check-call and check-message.
import type { TwilioState } from "../twilio-state.ts";
import { isTwilioErrorCode, refuse, type TwilioReply } from "./twilio-errors.ts";

/** Counts the refusal. */
export function refusalOf(state: TwilioState, number: string): TwilioReply | undefined {
  const person = state.person(number);
  const { refusal } = person.script;
  if (!refusal || person.refusals >= refusal.times) return undefined;
  person.refusals += 1;
  const { code, status = 503 } = refusal;
  if (code !== undefined && isTwilioErrorCode(code)) return refuse(code, number);
  const reply = refuse(status === 503 ? 20503 : 20500);
  return status === reply.status ? reply : { status, body: { ...(reply.body as object), status } };
}
