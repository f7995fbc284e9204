// A request that says it is Twilio's, as the door hands it over to be verified, and what it is checked against.
import type { TwilioParams } from "./callback-params.ts";

/** A request as it came in. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query exactly as received, undecoded. */
  readonly path: string;
  /** Lower-case names, as Node has them. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Fields of the posted form; empty for a GET or another kind of body. */
  readonly params: TwilioParams;
  /** The body where it is not a form. */
  readonly rawBody?: string;
}

export interface SignatureCheck {
  /** SERVER_URL without a slash at the end. */
  readonly publicUrl: string;
  readonly accountSid: string;
  /** The account's; two while one is being replaced. */
  readonly authTokens: readonly string[];
  /** Of the gateway's other brokerages: one of theirs that fits is worth saying. */
  readonly otherTokens?: readonly string[];
  readonly request: SignedRequest;
}

/** Does a signature fit? Semantics of the SDK: with and without the standard port, as received and normalized. */
export type Fits = (token: string, url: string, params: TwilioParams) => boolean;

export function headerOf({ headers }: Pick<SignedRequest, "headers">, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : value?.[0];
}
