// Caller IDs at Twilio: which numbers are verified, and having one verified, for which Twilio calls it and the agent keys in
// a code. For the console.
import { GatewayError } from "../../base/errors.ts";
import { nationalForm, toE164 } from "../../base/phone-numbers.ts";
import { callbackBase } from "./call-context.ts";
import { param, type TwilioParams } from "./callback-params.ts";
import type { CallerIdCheck } from "./check-caller-id.ts";
import type { VerifiedCallerId } from "./twilio-answers.ts";
import { clientOf } from "./twilio-client.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";
import { twilioUrl } from "./twilio-routes.ts";

/** Numbers verified at Twilio, E.164. @throws GatewayError channel_unavailable, or the client's. */
export async function listCallerIds(deps: TwilioDeps, tenant: string): Promise<VerifiedCallerId[]> {
  return clientOf(deps, accountOf(deps, tenant)).callerIds();
}

export interface Verification {
  /** E.164. */
  readonly number: string;
  /** Six digits the agent keys in when Twilio calls. */
  readonly code: string;
  readonly sentence: string;
}

/** @throws GatewayError invalid_phone for what is no number, channel_unavailable, or the client's. */
export async function startVerification(
  deps: TwilioDeps,
  tenant: string,
  asked: { readonly number: string; readonly friendlyName: string },
): Promise<Verification> {
  const account = accountOf(deps, tenant);
  const number = toE164(asked.number);
  if (number === undefined) throw new GatewayError("invalid_phone");
  const base = callbackBase(deps);
  const statusCallback =
    base === undefined
      ? {}
      : { statusCallback: twilioUrl(base, deps.linkKey, { kind: "caller-id", tenant }) };
  const started = await clientOf(deps, account)
    .verifyCallerId({ phoneNumber: number, friendlyName: asked.friendlyName.slice(0, 64), ...statusCallback })
    .catch((error: unknown) => {
      throw inWords(error);
    });
  const code = started.validationCode;
  const sentence = `Twilio is calling ${nationalForm(number)} now. Answer it and key in ${code.split("").join(" ")}.`;
  return { number, code, sentence };
}

/** What Twilio says of a verification that ended. */
export function parseVerification(
  params: TwilioParams,
): { readonly number: string; readonly verified: boolean } | undefined {
  const number = toE164(param(params, "To") ?? param(params, "Called"));
  const status = param(params, "VerificationStatus")?.toLowerCase();
  return number === undefined || status === undefined
    ? undefined
    : { number, verified: status === "success" };
}

/** As parseVerification, and what was known of the account's numbers is asked for again. */
export function takeVerification(
  deps: TwilioDeps,
  callerIds: CallerIdCheck,
  tenant: string,
  params: TwilioParams,
): { readonly number: string; readonly verified: boolean } | undefined {
  callerIds.forget(accountOf(deps, tenant));
  return parseVerification(params);
}

// A verification that may have begun does no harm when it begins again.
function inWords(error: unknown): unknown {
  if (!(error instanceof GatewayError) || error.code !== "provider_fate_unknown") return error;
  return new GatewayError("provider_unavailable", {
    sentence:
      "Twilio gave no clear answer. If it calls the agent, hang up, and start the verification again.",
    cause: error,
  });
}
