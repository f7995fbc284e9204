// Why a call failed, from Twilio's records of it: the error codes noted on the call that was placed, and the SIP answer
// where the list of the leg's events has it. Callbacks tell the same; this is for when they were lost or never came.
import { GatewayError } from "../../base/errors.ts";
import type { TwilioClient } from "./twilio-client.ts";

export interface CallFailure {
  readonly sip: number | null;
  readonly codes: number[];
}

/** @throws GatewayError provider_unavailable; records Twilio does not have count as silent. */
export async function readCallFailure(
  client: TwilioClient,
  { sid, placedSid }: { readonly sid: string; readonly placedSid: string },
): Promise<CallFailure> {
  const events = await unlessRefused(client.eventsOf(sid));
  const notes = [
    ...(await unlessRefused(client.notificationsOf(sid))),
    ...(sid === placedSid ? [] : await unlessRefused(client.notificationsOf(placedSid))),
  ];
  const sip = events.map(({ request }) => sipOf(request?.parameters ?? {})).find((code) => code !== null);
  const codes = notes.flatMap(({ errorCode }) => (errorCode === null ? [] : [errorCode]));
  return { sip: sip ?? null, codes: [...new Set(codes)].toSorted((a, b) => a - b) };
}

async function unlessRefused<T>(asked: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof GatewayError && error.code === "provider_refused") return [];
    throw error;
  }
}

/** The parameters of a status callback, in whichever spelling the list has them. */
function sipOf(parameters: Readonly<Record<string, unknown>>): number | null {
  for (const [name, value] of Object.entries(parameters)) {
    if (name.replace(/_/g, "").toLowerCase() !== "sipresponsecode") continue;
    const code = Number(value);
    if (Number.isInteger(code) && code >= 400) return code;
  }
  return null;
}
