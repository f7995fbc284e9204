// Twilio calls an address that was never given out: mistyped in its console, or of another installation. Nothing is taken in,
// but where the brokerage's own Twilio really called it, its journal says so. Called by take-twilio.
import { param } from "../channels/twilio/callback-params.ts";
import type { SignedRequest } from "../channels/twilio/signed-request.ts";
import { verifyTwilio } from "../channels/twilio/verify-twilio.ts";
import type { ConversationRoomDeps } from "./conversation-deps.ts";

/** Says nothing of what is not signed with the token of the account it names: strangers cannot fill the journal. */
export async function tellUnknownAddress(deps: ConversationRoomDeps, request: SignedRequest): Promise<void> {
  const publicUrl = deps.twilioDeps.publicUrl();
  const sid = param(request.params, "AccountSid");
  if (publicUrl === undefined || sid === undefined || sid === "") return;
  const tenants = deps.settings
    .current()
    .tenants.filter(({ twilio_account_sid }) => twilio_account_sid === sid);
  for (const { domain_name: tenant } of tenants) {
    const account = deps.twilioDeps.account(tenant);
    if (!account) continue;
    const check = { publicUrl, accountSid: sid, authTokens: [account.authToken], request };
    if (!(await verifyTwilio(check)).genuine) continue;
    // Without the query, where the unguessable part is or was to be.
    const address = `${publicUrl}${request.path.split("?", 1)[0] ?? ""}`;
    deps.journal.tell({
      event: "twilio.refused",
      severity: "warn",
      tenant,
      message: `Twilio called ${address} in a form the gateway never gave out: copy the whole address again from Settings, Channels, into the Twilio console.`,
      detail: { mistake: "address" },
    });
    return;
  }
}
