// Composes an e-mail: who it is from and to, its headers, its text. Pure; encode-mail turns it into bytes.
import type { ChannelOrder } from "../channel.ts";
import { htmlToText } from "./html-to-text.ts";
import type { MailAccount } from "./mail-account.ts";
import { domainOf, markedAddress, oneLine } from "./mail-address.ts";
import { ownHtml, ownSubject } from "./own-words.ts";
import { addFooter, addHtmlFooter, cleanText, type Footer, writeHtml, writeOpening } from "./write-body.ts";

export interface MailName {
  readonly name: string;
  readonly address: string;
}

/** Every text is one line without control characters but `text`, `html` and `said`. */
export interface MailDraft {
  readonly messageId: string;
  readonly from: MailName;
  readonly to: MailName;
  readonly replyTo: MailName;
  /** Where a bounce is sent (MAIL FROM). */
  readonly sender: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** What was said, without the footer: the transcript's row. */
  readonly said: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** By their names on the wire; none occurs twice. */
  readonly headers: Readonly<Record<string, string>>;
  /** Epoch ms. */
  readonly at: number;
}

/** A further message: it stands in the thread of the first. */
export interface FurtherMail {
  readonly text: string;
  readonly automatic: boolean;
  /** Subject of the first, without Re:. */
  readonly subject: string;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
}

export interface MailRequest {
  readonly order: ChannelOrder;
  readonly account: MailAccount;
  readonly messageId: string;
  readonly at: number;
  readonly replyToken: string;
  readonly unsubscribeUrl: string | null;
  /** Left out for the first e-mail, which is written from the order. */
  readonly further?: FurtherMail;
}

export function writeMail(request: MailRequest): MailDraft {
  const { order, account, further } = request;
  const footer: Footer = {
    brokerage: oneLine(order.brokerage),
    agent: order.agentName === null ? null : oneLine(order.agentName),
    postalAddress: account.postalAddress,
    unsubscribeUrl: request.unsubscribeUrl,
  };
  const said = further ? cleanText(further.text) : writeFirst(order);
  const subject = further ? `Re: ${oneLine(further.subject)}` : writeSubject(order, account.subject);
  const own = ownHtml(order);
  const replyAddress = account.plusAddresses
    ? markedAddress(account.replyAddress, request.replyToken)
    : account.replyAddress;
  return {
    messageId: request.messageId,
    from: { name: oneLine(account.from.name), address: account.from.address },
    to: { name: oneLine(order.personName ?? ""), address: order.contact },
    replyTo: { name: oneLine(account.from.name), address: replyAddress },
    sender: bounceAddress(account),
    subject,
    text: addFooter(said, footer),
    html: further || own === undefined ? writeHtml(said, footer, subject) : addHtmlFooter(own, footer),
    said,
    inReplyTo: further?.inReplyTo ?? null,
    references: further?.references ?? [],
    headers: {
      ...unsubscribeHeaders(request, replyAddress),
      ...(isAutomatic(request) ? { "Auto-Submitted": "auto-generated" } : {}),
    },
    at: request.at,
  };
}

/** What the first e-mail says, without the footer. */
export function writeFirst(order: ChannelOrder): string {
  const own = ownHtml(order);
  if (own !== undefined) return cleanText(htmlToText(own));
  return writeOpening({
    firstName: firstNameOf(order),
    instruction: order.instruction,
    agent: order.agentName === null ? null : oneLine(order.agentName),
    brokerage: oneLine(order.brokerage),
  });
}

const firstNameOf = (order: ChannelOrder): string | null =>
  oneLine(order.personName ?? "", 60).split(" ")[0] || null;

/**
 * The order's own subject; else the template with `{agent}`, `{brokerage}` and `{first_name}` filled in, and what an empty one
 * leaves at the ends taken away.
 */
export function writeSubject(order: ChannelOrder, template: string): string {
  const own = ownSubject(order);
  if (own !== undefined) return own;
  const values: Readonly<Record<string, string>> = {
    agent: order.agentName || order.brokerage,
    brokerage: order.brokerage,
    first_name: firstNameOf(order) ?? "",
  };
  const filled = template.replace(
    /\{(agent|brokerage|first_name)\}/g,
    (_all, name: string) => values[name] ?? "",
  );
  return (
    oneLine(filled).replace(/^[\s,;:–—-]+|[\s,;:–—-]+$/g, "") || `A message from ${oneLine(order.brokerage)}`
  );
}

// Spam checks want the domains of MAIL FROM and From to agree (DMARC), so the mailbox that is read takes bounces only then.
const bounceAddress = ({ from, replyAddress }: MailAccount): string =>
  domainOf(replyAddress) === domainOf(from.address) ? replyAddress : from.address;

// RFC 2369 and 8058: one header with both ways, and one click only where the address is https.
function unsubscribeHeaders(request: MailRequest, replyAddress: string): Record<string, string> {
  const subject = encodeURIComponent(`unsubscribe ${request.replyToken}`);
  const byMail = `<mailto:${encodeAddress(replyAddress)}?subject=${subject}>`;
  const url = request.unsubscribeUrl;
  if (url === null) return { "List-Unsubscribe": byMail };
  const both = { "List-Unsubscribe": `<${new URL(url).href}>, ${byMail}` };
  return url.startsWith("https://")
    ? { ...both, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" }
    : both;
}

const encodeAddress = (address: string): string => encodeURI(address).replace(/[?#&]/g, encodeURIComponent);

// RFC 3834: so that no vacation program and no other machine answers what nobody wrote by hand.
function isAutomatic({ order, further }: MailRequest): boolean {
  return further ? further.automatic : order.inCampaign || order.userId === null;
}
