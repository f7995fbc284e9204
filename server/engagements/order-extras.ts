// What a start asks for beyond whom and why, by the Hub's field names: kept with the outreach and handed to its provider.
// What the provider cannot do is refused at once and never passed over. Called where other programs start outreach.
import type { Channel } from "../../shared/values.ts";
import { fieldError } from "../base/parse.ts";
import type { ChannelProvider, OrderExtras } from "../channels/channel.ts";

/** The row's column; null where nothing was asked for. */
export function writeExtras(extras: OrderExtras | undefined): string | null {
  const given = Object.entries(extras ?? {}).filter(([, value]) => value !== undefined);
  return given.length === 0 ? null : JSON.stringify(Object.fromEntries(given));
}

export const readExtras = (text: string | null): OrderExtras =>
  text === null ? {} : (JSON.parse(text) as OrderExtras);

/**
 * Only e-mail has such wishes; what is asked of an e-mail does nothing on another channel, as at the Hub.
 * @throws GatewayError invalid_request naming the field.
 */
export function checkExtras(provider: ChannelProvider, channel: Channel, extras: OrderExtras): void {
  if (channel !== "email") return;
  const asked = Object.entries(extras).flatMap(([name, value]) => (value === undefined ? [] : [name]));
  const lost = asked.find((name) => name.startsWith("email_") && !provider.honors?.includes(name));
  if (lost === undefined) return;
  const can = provider.honors?.join(" or ") || "the instruction alone";
  throw fieldError(
    lost,
    `cannot be used: the brokerage's e-mail goes out in a way that knows no such thing. Leave it out; ${can} can be used.`,
  );
}
