// Why Twilio cannot carry an order as the brokerage is set up, in words that say what to do. Asked before anything is
// queued; what only shows at the moment of sending is the client's to say.
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import { GatewayError } from "../../base/errors.ts";
import type { DbOrTrx } from "../../db/schema.ts";
import type { ChannelOrder } from "../channel.ts";
import { callbackBase } from "./call-context.ts";
import { chooseSender, fittingTemplate, noTemplate } from "./choose-sender.ts";
import { callMode } from "./plan-call.ts";
import { mayWriteFreely } from "./send-opening.ts";
import type { TwilioAccount } from "./twilio-account.ts";
import { accountOf, type TwilioDeps } from "./twilio-deps.ts";

type Asked = Pick<ChannelOrder, "tenant" | "channel" | "type" | "userId" | "fromNumber" | "contact">;

export async function findObjection(
  deps: TwilioDeps,
  order: Asked,
  db: DbOrTrx,
): Promise<GatewayError | undefined> {
  try {
    const account = accountOf(deps, order.tenant);
    if (order.channel === "phone") return objectToCall(deps, account, order);
    if (order.channel === "wvoice") return objectToWhatsappCall(deps, account, order);
    return await objectToMessage(deps, account, order, db);
  } catch (error) {
    if (error instanceof GatewayError && error.code === "channel_unavailable") return error;
    throw error;
  }
}

const missing = (sentence: string): GatewayError => new GatewayError("channel_unavailable", { sentence });

function objectToCall(deps: TwilioDeps, account: TwilioAccount, order: Asked): GatewayError | undefined {
  const sender = deps.sender(order.tenant, order.userId);
  const bridge = callMode(deps, account, order) === "bridge";
  if (bridge && account.number === null)
    return missing("Calls over Twilio need the brokerage's number at Twilio, and none is set.");
  if (bridge && order.fromNumber === null)
    return missing(
      "Calls over Twilio ring the agent's phone first, and no outreach phone is set for the agent or the brokerage.",
    );
  // Twilio would be bridging a number with itself.
  if (bridge && [account.number, sender.number].includes(order.fromNumber))
    return missing(
      "The agent's outreach phone is a number at Twilio, which cannot ring anybody. Set the agent's own phone.",
    );
  const shown =
    sender.number ?? account.number ?? (sender.callerId === "own_phone" ? order.fromNumber : null);
  return shown === null
    ? missing("Calls over Twilio need a number at Twilio, and none is set for the agent or the brokerage.")
    : undefined;
}

/** Where WhatsApp lets no business call people (facts: telephony 1.7). */
const NO_WHATSAPP_CALLS: ReadonlyMap<string, string> = new Map([
  ["US", "the United States"],
  ["CA", "Canada"],
  ["TR", "Türkiye"],
  ["EG", "Egypt"],
  ["VN", "Vietnam"],
  ["NG", "Nigeria"],
]);

function objectToWhatsappCall(
  deps: TwilioDeps,
  account: TwilioAccount,
  order: Asked,
): GatewayError | undefined {
  const sender = deps.sender(order.tenant, order.userId).whatsappNumber ?? account.whatsappNumber;
  if (sender === null)
    return missing("WhatsApp calls over Twilio need a WhatsApp sender at Twilio, and none is set.");
  const number = parsePhoneNumberFromString(sender);
  // A +1 number that cannot be told apart is one of the two.
  const country = number?.country ?? (number?.countryCallingCode === "1" ? "US" : undefined);
  const barred = country === undefined ? undefined : NO_WHATSAPP_CALLS.get(country);
  if (barred !== undefined)
    return missing(
      `WhatsApp does not let businesses with a number of ${barred} call people. Send a WhatsApp message and ask them to call, use the phone, or set a WhatsApp sender of another country.`,
    );
  return objectToCall(deps, account, order);
}

async function objectToMessage(
  deps: TwilioDeps,
  account: TwilioAccount,
  order: Asked,
  db: DbOrTrx,
): Promise<GatewayError | undefined> {
  const channel = order.channel === "wmsg" ? "wmsg" : "sms";
  const { from } = chooseSender(channel, account, deps.sender(order.tenant, order.userId));
  if (channel === "sms" || fittingTemplate(account.whatsappTemplates, order.type)) return undefined;
  return (await mayWriteFreely(deps, db, order, from ?? "")) ? undefined : noTemplate();
}

/** True where Twilio can call the gateway; shown beside the channel's settings. */
export const canBeCalled = (deps: Pick<TwilioDeps, "publicUrl" | "baseUrl">): boolean =>
  callbackBase(deps) !== undefined;
