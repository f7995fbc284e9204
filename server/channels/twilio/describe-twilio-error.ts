// Turns whatever went wrong with a request to Twilio into the gateway's error: certainly not done, not allowed, a rule
// about the contact, or nobody knows. Used by the client for every request.
import { GatewayError, RETRY_LATER, retryAfter } from "../../base/errors.ts";
import { redactText } from "../../base/redact-text.ts";
import { type CodeMeaning, twilioCode } from "./twilio-codes.ts";
import type { TwilioFailure } from "./twilio-failure.ts";

export interface RequestPurpose {
  /** Named in the log: "place a call". */
  readonly what: string;
  /** It starts something: without a clear answer it may have happened all the same. */
  readonly starts?: boolean;
  /** Whose number is called or written to; what is wrong with the agent's phone says nothing about the contact. */
  readonly reaches?: "agent" | "contact";
}

export function describeTwilioError(failure: TwilioFailure, purpose: RequestPurpose): GatewayError {
  if (failure.fate === "unknown") return unclear(failure, purpose);
  if (failure.fate === "not_sent") return unavailable(failure, purpose, "Twilio could not be reached.");
  const known = twilioCode(failure.code) ?? (failure.status === 401 ? twilioCode(20003) : undefined);
  if (failure.status === 429 || known?.means === "busy")
    return unavailable(failure, purpose, known?.sentence ?? "Twilio asked to slow down.");
  if (failure.status >= 300 && failure.status < 400)
    return refused(failure, purpose, "Twilio's address answered with a redirect. Check TWILIO_API_BASE_URL.");
  const said = redactText(failure.said.slice(0, 200));
  const number = failure.code === null ? `status ${failure.status}` : `error ${failure.code}`;
  const sentence = known?.sentence ?? `Twilio refused the request (${number}): ${said}`;
  const rule = purpose.reaches === "contact" && known ? RULES[known.means] : undefined;
  if (rule) return new GatewayError(rule, { sentence, ...logged(failure, purpose) });
  return refused(failure, purpose, forAgent(purpose, known?.means, sentence));
}

/** Where Twilio itself refuses the contact. */
const RULES: Readonly<Partial<Record<CodeMeaning, "invalid_phone" | "opted_out" | "do_not_call">>> = {
  bad_number: "invalid_phone",
  opted_out: "opted_out",
  do_not_call: "do_not_call",
};

function forAgent(purpose: RequestPurpose, means: CodeMeaning | undefined, sentence: string): string {
  const aboutNumber = means !== undefined && RULES[means] !== undefined;
  return purpose.reaches === "agent" && aboutNumber
    ? `The agent's phone cannot be called, so nobody was. ${sentence} Check the agent's outreach phone.`
    : sentence;
}

function unclear(failure: TwilioFailure, purpose: RequestPurpose): GatewayError {
  if (!purpose.starts) return unavailable(failure, purpose, "Twilio gave no clear answer.");
  return new GatewayError("provider_fate_unknown", {
    sentence:
      "Twilio gave no clear answer, so it is not known whether this outreach was started. Look into Twilio's log, then resume it here or cancel it.",
    ...logged(failure, purpose),
  });
}

function unavailable(failure: TwilioFailure, purpose: RequestPurpose, sentence: string): GatewayError {
  return new GatewayError("provider_unavailable", {
    sentence,
    retry: failure.retryAfterMs === null ? RETRY_LATER : retryAfter(failure.retryAfterMs),
    ...logged(failure, purpose),
  });
}

const refused = (failure: TwilioFailure, purpose: RequestPurpose, sentence: string): GatewayError =>
  new GatewayError("provider_refused", { sentence, ...logged(failure, purpose) });

function logged(failure: TwilioFailure, { what }: RequestPurpose) {
  return {
    logMessage: `Twilio, ${what}: ${failure.message}`,
    details: { status: failure.status, code: failure.code },
    cause: failure,
  };
}
