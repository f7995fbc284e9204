// One question to Twilio's API through the official SDK: loaded when the first is asked, and of it only the part for this
// API, as most gateways never need it. Every failure comes out as a GatewayError. Used by twilio-client.ts.
import type { Client } from "twilio/lib/base/BaseTwilio.js";
import type { z } from "zod";
import { describeTwilioError, type RequestPurpose } from "./describe-twilio-error.ts";
import { requestTwilio, type TwilioRequest } from "./request-twilio.ts";
import { TwilioFailure } from "./twilio-failure.ts";

export interface TwilioAccess {
  readonly accountSid: string;
  /** Account SID and auth token, or SID and secret of an API key. */
  readonly user: string;
  readonly password: string;
  readonly baseUrl: string;
  readonly timeoutMs: number;
  readonly now: () => number;
}

type TwilioApi = Awaited<ReturnType<typeof loadApi>>;

/** Asks something of the account; what cannot be read by the schema is no clear answer. @throws GatewayError. */
export type AskTwilio = <S extends z.ZodType>(
  purpose: RequestPurpose,
  schema: S,
  request: (account: TwilioApi) => Promise<unknown>,
) => Promise<z.output<S>>;

export const askTwilio =
  (access: TwilioAccess): AskTwilio =>
  async (purpose, schema, request) => {
    try {
      const read = schema.safeParse(await request(await loadApi(access)));
      if (read.success) return read.data;
      throw new TwilioFailure("an answer without what it must have", { fate: "unknown", cause: read.error });
    } catch (error) {
      if (error instanceof TwilioFailure) throw describeTwilioError(error, purpose);
      throw error;
    }
  };

/**
 * The SDK's account over our own way of asking. Its client class would bring an HTTP client, tokens and forty more APIs;
 * what the part for this API needs of it is `request` and the account's id.
 */
async function loadApi(access: TwilioAccess) {
  const { default: ApiBase } = await import("twilio/lib/rest/ApiBase.js");
  const client = {
    accountSid: access.accountSid,
    request: (request: TwilioRequest) => requestTwilio(access, request),
  };
  const domain = new ApiBase(client as unknown as Client);
  domain.baseUrl = access.baseUrl;
  return domain.v2010.account;
}
