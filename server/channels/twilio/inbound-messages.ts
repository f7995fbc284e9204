// What contacts write to the brokerage's numbers, as the inbox takes it: from Twilio's call for each message, or from its
// record of it. Pure; the records are listed by list-inbound.ts.
import { toE164 } from "../../base/phone-numbers.ts";
import { MESSAGE_SID, param, sidParam, type TwilioParams, wholeParam } from "./callback-params.ts";
import type { TwilioMessage } from "./twilio-answers.ts";

/** What is kept of the looks at these messages is kept under this name; no folder of a mailbox has it. */
export const TWILIO_MESSAGES = "(twilio)";

export interface TwilioInbound {
  /** Message SID. */
  readonly key: string;
  readonly channel: "sms" | "wmsg";
  /** Who wrote, E.164. */
  readonly contact: string;
  /** The sender it was written to, E.164. */
  readonly sender: string;
  readonly text: string;
  /** Epoch ms. */
  readonly at: number;
  readonly media: readonly { readonly url: string; readonly type: string }[];
  /** STOP, START or HELP where Twilio took it for one and answered it. */
  readonly optOutType: string | null;
  /** As the contact calls themself on WhatsApp. */
  readonly profileName: string | null;
}

/** Undefined for what is no message (a reaction, a receipt, another kind of address). `now`: when it arrived. */
export function parseInbound(params: TwilioParams, now: number): TwilioInbound | undefined {
  const key = sidParam(params, "MessageSid", MESSAGE_SID) ?? sidParam(params, "SmsSid", MESSAGE_SID);
  const ends = endsOf(param(params, "From"), param(params, "To"));
  if (key === undefined || ends === undefined) return undefined;
  const media = mediaOf(params);
  const text = textOf(params, media.length);
  if (text === "") return undefined;
  return {
    ...ends,
    ...{ key, text, media, at: now },
    optOutType: param(params, "OptOutType")?.toUpperCase() ?? null,
    profileName: param(params, "ProfileName") ?? null,
  };
}

function endsOf(
  from: string | null | undefined,
  to: string | null | undefined,
): Pick<TwilioInbound, "channel" | "contact" | "sender"> | undefined {
  const prefix = /^whatsapp:/i;
  const contact = toE164(from?.replace(prefix, ""));
  const sender = toE164(to?.replace(prefix, ""));
  if (contact === undefined || sender === undefined) return undefined;
  return { channel: prefix.test(from ?? "") ? "wmsg" : "sms", contact, sender };
}

const MOST_MEDIA = 10;

function mediaOf(params: TwilioParams): { url: string; type: string }[] {
  const count = Math.min(wholeParam(params, "NumMedia") ?? 0, MOST_MEDIA);
  return Array.from({ length: count }, (_, index) => index).flatMap((index) => {
    const url = param(params, `MediaUrl${index}`);
    return url?.startsWith("https://")
      ? [{ url, type: param(params, `MediaContentType${index}`) ?? "unknown" }]
      : [];
  });
}

function textOf(params: TwilioParams, media: number): string {
  const place = placeOf(params);
  const written = param(params, "Body") ?? param(params, "ButtonText");
  return [written, place, attachments(media)].filter((part) => part !== undefined).join("\n");
}

const attachments = (count: number): string | undefined =>
  count === 0 ? undefined : count === 1 ? "[1 attachment]" : `[${count} attachments]`;

function placeOf(params: TwilioParams): string | undefined {
  const latitude = param(params, "Latitude");
  const longitude = param(params, "Longitude");
  if (latitude === undefined || longitude === undefined) return undefined;
  const name = [param(params, "Label"), param(params, "Address")].filter((part) => part !== undefined);
  return `[Place: ${[...name, `${latitude}, ${longitude}`].join(", ")}]`;
}

/** Twilio's record of a message; undefined for one that did not come in, or says nothing. `now`: where it has no time. */
export function inboundOf(message: TwilioMessage, now: number): TwilioInbound | undefined {
  const ends = endsOf(message.from, message.to);
  if (message.direction !== "inbound" || ends === undefined) return undefined;
  const text = [message.body.trim(), attachments(message.numMedia ?? 0)].filter(Boolean).join("\n");
  if (text === "") return undefined;
  const at = message.dateSent ?? message.dateCreated ?? now;
  return { ...ends, key: message.sid, text, at, media: [], optOutType: null, profileName: null };
}
