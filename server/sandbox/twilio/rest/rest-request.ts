// What an operation of the API is given, and what it gives back. Shared by the operations and the router.
import type { Fields, TwilioState } from "../twilio-state.ts";
import type { TwilioAccount } from "../twilio-types.ts";
import type { TwilioReply } from "./twilio-errors.ts";

export interface RestRequest {
  state: TwilioState;
  account: TwilioAccount;
  /** From `/2010-04-01` on. */
  path: string;
  query: Fields;
  form: Fields;
  /** `{Sid}` of the path; "" where it has none. */
  sid: string;
}

export type Operation = (request: RestRequest) => TwilioReply;
