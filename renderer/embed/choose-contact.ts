// Decides which numbers or addresses a channel may use, which are greyed out and why, and which channels are closed.
// The form asks it whenever the channel changes. The server decides again at the start.
import type { EmbedContact, EmbedModel } from "../../shared/embed.schema.ts";
import type { Channel } from "../../shared/values.ts";
import { CHANNEL_NAMES, CHANNEL_ORDER } from "../ui/wording.ts";

export interface ContactOption {
  readonly contact: EmbedContact;
  readonly usable: boolean;
  /** Why it is greyed out, or what to mind when it is not. */
  readonly note: string | null;
}

type Known = Pick<EmbedModel, "contacts" | "blocked">;

const suits = (contact: EmbedContact, channel: Channel): boolean =>
  channel === "chat" || contact.kind === (channel === "email" ? "email" : "phone");

/** The contacts to show for a channel, usable ones first (the primary one ahead), each with its note. */
export function contactsFor(model: Known, channel: Channel): readonly ContactOption[] {
  const options = (model.contacts ?? [])
    .filter((contact) => suits(contact, channel))
    .map((contact) => {
      const usable = contact.channels.includes(channel);
      return {
        contact,
        usable,
        note: contact.note ?? (usable ? null : `Cannot be used for ${CHANNEL_NAMES[channel]}`),
      };
    });
  const rank = (option: ContactOption): number => (option.usable ? 0 : 2) + (option.contact.primary ? 0 : 1);
  return options.toSorted((left, right) => rank(left) - rank(right));
}

/** Why a channel cannot be used for this person, or null where it can. */
export function whyClosed(model: Known, channel: Channel): string | null {
  const said = model.blocked?.[channel];
  if (said !== undefined) return said;
  if (model.contacts === undefined || channel === "chat") return null;
  const options = contactsFor(model, channel);
  if (options.some((option) => option.usable)) return null;
  if (options.length === 0) return channel === "email" ? "No e-mail address" : "No phone number";
  return options[0]?.note ?? null;
}

/** The closed channels grouped by reason, for one line each: "SMS, WhatsApp message: landline". */
export function closedChannels(model: Known): readonly { readonly names: string; readonly reason: string }[] {
  const byReason = new Map<string, string[]>();
  for (const channel of CHANNEL_ORDER) {
    const reason = whyClosed(model, channel);
    if (reason !== null) byReason.set(reason, [...(byReason.get(reason) ?? []), CHANNEL_NAMES[channel]]);
  }
  return [...byReason].map(([reason, names]) => ({ names: names.join(", "), reason }));
}

/** The channel to begin with: the one used last where it is open, else the first open one, else the first. */
export function firstChannel(model: Known, last: Channel | null): Channel {
  const open = CHANNEL_ORDER.filter((channel) => whyClosed(model, channel) === null);
  return last !== null && open.includes(last) ? last : (open[0] ?? "phone");
}
