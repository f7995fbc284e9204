// Whether a message may be sent later as asked: by a messaging service, 15 minutes to 35 days from now. Asked by check-message.
import type { Fields } from "../twilio-state.ts";
import { textField } from "./check-parameters.ts";
import { refuse, type TwilioReply } from "./twilio-errors.ts";

const SOONEST_MS = 15 * 60_000;
const LATEST_MS = 35 * 86_400_000;

export function checkSchedule(
  form: Fields,
  now: number,
): { sendAt: number | null } | { refused: TwilioReply } {
  const [type, text] = [textField(form, "ScheduleType"), textField(form, "SendAt")];
  if (type === undefined && text === undefined) return { sendAt: null };
  const sendAt = /^\d{4}-\d\d-\d\dT/.test(text ?? "") ? Date.parse(text ?? "") : Number.NaN;
  if (type === undefined || Number.isNaN(sendAt)) return { refused: refuse(35111, text ?? "none") };
  if (textField(form, "MessagingServiceSid") === undefined) return { refused: refuse(35118) };
  if (sendAt < now + SOONEST_MS || sendAt > now + LATEST_MS) return { refused: refuse(35114) };
  return { sendAt };
}
