// Is a request really Twilio's? The official SDK compares the signature; the address is the public one the gateway was told,
// never one the request names. What does not fit is explained, so that it can be mended. Called by the door.
import { explainMismatch, type Mismatch } from "./explain-mismatch.ts";
import { type Fits, headerOf, type SignatureCheck } from "./signed-request.ts";
import { TWILIO_PATH } from "./twilio-routes.ts";

export type Verified = { readonly genuine: true } | ({ readonly genuine: false } & Mismatch);

export async function verifyTwilio(check: SignatureCheck): Promise<Verified> {
  const { request, authTokens } = check;
  // One file of the SDK, a few milliseconds; nothing of its client.
  const { validateRequest, validateRequestWithBody } = await import("twilio/lib/webhooks/webhooks.js");
  const signature = headerOf(request, "x-twilio-signature") ?? "";
  const fits: Fits = (token, url, params) =>
    URL.canParse(url) && validateRequest(token, signature, url, { ...params });
  const url = signedUrl(check.publicUrl, request.path);
  const body = request.rawBody;
  const genuine = authTokens.some((token) =>
    body !== undefined && url.includes("bodySHA256=") && URL.canParse(url)
      ? validateRequestWithBody(token, signature, url, body)
      : fits(token, url, request.params),
  );
  return genuine ? { genuine } : { genuine, ...explainMismatch(check, url, fits) };
}

/** The public address of a path of ours; a prefix that a tunnel did or did not take off is SERVER_URL's to know. */
export function signedUrl(publicUrl: string, path: string): string {
  const start = path.indexOf(TWILIO_PATH);
  return publicUrl + (start > 0 ? path.slice(start) : path);
}
