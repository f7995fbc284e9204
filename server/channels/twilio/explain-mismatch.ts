// Why a signature does not fit, in one sentence that names the mistake and what to do: tries what Twilio would have signed
// had one likely thing been different. Explains only; nothing tried here lets a request in.
import { param, type TwilioParams } from "./callback-params.ts";
import { likelyAddresses } from "./likely-addresses.ts";
import { type Fits, headerOf, type SignatureCheck } from "./signed-request.ts";

export interface Mismatch {
  readonly code:
    | "no_signature"
    | "other_account"
    | "shared_key"
    | "scheme"
    | "host"
    | "port"
    | "prefix"
    | "path"
    | "query"
    | "other_brokerage"
    | "body"
    | "unknown";
  readonly sentence: string;
}

/** `url`: the address that was expected to be signed. */
export function explainMismatch(check: SignatureCheck, url: string, fits: Fits): Mismatch {
  const { request, authTokens, otherTokens = [], publicUrl } = check;
  return (
    beforeAddress(check) ??
    alteredJson(check, url, fits) ??
    wrongAddress(check, url, fits) ??
    wrongBody(check, url, fits) ??
    (otherTokens.some((token) => !authTokens.includes(token) && fits(token, url, request.params))
      ? mismatch("other_brokerage", OTHER_BROKERAGE)
      : mismatch("unknown", unknownReason(publicUrl, request.method)))
  );
}

const mismatch = (code: Mismatch["code"], sentence: string): Mismatch => ({ code, sentence });

function beforeAddress({ request, accountSid }: SignatureCheck): Mismatch | undefined {
  const told = param(request.params, "AccountSid");
  if (headerOf(request, "x-twilio-signature") === undefined)
    return mismatch(
      "no_signature",
      "The request has no X-Twilio-Signature: it is not from Twilio, or something in front of the gateway removes headers.",
    );
  if (headerOf(request, "x-twilio-webhooks-signature-settings")?.includes("key="))
    return mismatch(
      "shared_key",
      "Twilio signed this with a shared key. The gateway checks by the account's auth token: choose the auth token for webhooks in the Twilio console.",
    );
  if (told === undefined || told === accountSid) return undefined;
  return mismatch(
    "other_account",
    `This comes from the Twilio account ${told}, but the brokerage's account is ${accountSid}. A subaccount signs with its own auth token: set the account SID and auth token of the account that has the number.`,
  );
}

function wrongAddress(
  { request, publicUrl, authTokens }: SignatureCheck,
  url: string,
  fits: Fits,
): Mismatch | undefined {
  for (const { code, address, remedy } of likelyAddresses(publicUrl, request, url)) {
    if (!authTokens.some((token) => fits(token, address, request.params))) continue;
    // Without the query: it holds the unguessable part.
    const signed = address.split("?", 1)[0] ?? "";
    const sentence =
      code === "query"
        ? `Twilio signed ${signed} with a query that arrived written differently: ${remedy}`
        : `Twilio signed ${signed} but SERVER_URL is ${publicUrl}: ${remedy}`;
    return mismatch(code, sentence);
  }
  return undefined;
}

const SERVER_SIDE = "Let whatever stands in front of the gateway pass requests on unchanged.";

/** What proxies do to forms, undone. */
const RESTORED: readonly ((text: string) => string)[] = [
  (text) => text.replace(/\r?\n/g, "\r\n"),
  (text) => text.replace(/\r\n/g, "\n"),
  (text) => text.replace(/^ (?=\d)/, "+"),
  (text) => Buffer.from(text, "latin1").toString("utf8"),
];

// Its digest is in the address, which then is signed alone.
function alteredJson({ request, authTokens }: SignatureCheck, url: string, fits: Fits): Mismatch | undefined {
  if (request.rawBody === undefined || !authTokens.some((token) => fits(token, url, {}))) return undefined;
  return mismatch("body", `The body is not the one Twilio signed. ${SERVER_SIDE}`);
}

function wrongBody({ request, authTokens }: SignatureCheck, url: string, fits: Fits): Mismatch | undefined {
  const signed = (params: TwilioParams): boolean => authTokens.some((token) => fits(token, url, params));
  const empty = Object.keys(request.params).length === 0;
  if (!empty && signed({}))
    return mismatch(
      "body",
      "Twilio signed a request without fields, but this one has some: set the method at Twilio to POST.",
    );
  if (empty && request.method === "POST")
    return mismatch("body", `The request arrived without the fields Twilio signed. ${SERVER_SIDE}`);
  const altered = RESTORED.some((restore) => signed(restored(request.params, restore)));
  return altered
    ? mismatch("body", `The fields are not written as Twilio signed them. ${SERVER_SIDE}`)
    : undefined;
}

const restored = (params: TwilioParams, restore: (text: string) => string): TwilioParams =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === "string" ? restore(value) : value?.map(restore),
    ]),
  );

const OTHER_BROKERAGE =
  "Twilio signed this with the auth token of another brokerage of this gateway: the two have their Twilio accounts, or their addresses at Twilio, mixed up.";

const unknownReason = (publicUrl: string, method: string): string =>
  method === "GET"
    ? "The signature does not fit, and the request is a GET: a redirect may have turned it into one. Set the address and POST at Twilio so that no redirect is needed."
    : `The signature does not fit the auth token or the address. Copy the auth token again from the Twilio console, and check that SERVER_URL (${publicUrl}) is exactly the address Twilio calls.`;
