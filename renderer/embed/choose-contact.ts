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
  /** It is too early or too late where they are: what the outreach would wait for. */
  readonly hours: ClosedHours | null;
}

export type ClosedHours = NonNullable<NonNullable<EmbedContact["hours"]>[Channel]>;

type Known = Pick<EmbedModel, "contacts" | "blocked">;

const suits = (contact: EmbedContact, channel: Channel): boolean =>
  channel === "chat" || contact.kind === (channel === "email" ? "email" : "phone");

/** Usable now, or as soon as their hours begin. */
const canUse = (contact: EmbedContact, channel: Channel): boolean =>
  contact.channels.includes(channel) || contact.hours?.[channel] !== undefined;

function noteOf(contact: EmbedContact, channel: Channel, usable: boolean): string | null {
  if (!usable) return contact.note ?? `Cannot be used for ${CHANNEL_NAMES[channel]}`;
  const opens = contact.hours?.[channel]?.opens;
  const notes = [contact.note, opens === undefined ? null : `Not before ${opens}`];
  return notes.filter((note) => note !== null).join(" · ") || null;
}

/** The contacts to show for a channel, usable ones first (the primary one ahead), each with its note. */
export function contactsFor(model: Known, channel: Channel): readonly ContactOption[] {
  const options = (model.contacts ?? [])
    .filter((contact) => suits(contact, channel))
    .map((contact) => {
      const usable = canUse(contact, channel);
      return {
        contact,
        usable,
        note: noteOf(contact, channel, usable),
        hours: usable ? (contact.hours?.[channel] ?? null) : null,
      };
    });
  const rank = (option: ContactOption): number => (option.usable ? 0 : 2) + (option.contact.primary ? 0 : 1);
  return options.toSorted((left, right) => rank(left) - rank(right));
}

/** What an outreach to this contact (null: whom the server takes first) has to wait for; null where it may go out now. */
export function hoursOf(
  model: Known,
  channel: Channel,
  value: string | null,
  now: number,
): ClosedHours | null {
  if (model.blocked?.[channel] !== undefined) return null;
  const usable = contactsFor(model, channel).filter((option) => option.usable);
  const option = value === null ? usable[0] : usable.find(({ contact }) => contact.value === value);
  const hours = option?.hours ?? null;
  // They may have begun since the page was opened.
  return hours === null || Date.parse(hours.opens_at) <= now ? null : hours;
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
