// Marks that prove that a reply or an unsubscribe belongs to one outreach of ours: the outreach's id and a keyed digest of
// it. Made when an e-mail is written; read where replies come in and at the unsubscribe address.
import { equalSecret, hmacHex } from "../../base/hmac.ts";

/** Short: it stands in an address, whose part before the @ has 64 characters (RFC 5321, 4.5.3.1.1). */
const REPLY_DIGITS = 12;
const UNSUBSCRIBE_DIGITS = 32;
const LONGEST = 200;

/** For the reply address (`name+<token>@…`) and the subject of an unsubscribe by mail. Survives folding to lower case. */
export const makeReplyToken = (key: string, engagementId: string): string =>
  `${engagementId}.${digest(key, "reply", engagementId, REPLY_DIGITS)}`;

/** For the address of the unsubscribe page. */
export const makeUnsubscribeToken = (key: string, engagementId: string): string =>
  `${engagementId}.${digest(key, "unsubscribe", engagementId, UNSUBSCRIBE_DIGITS)}`;

/** The outreach a reply token names; null when it is not one of ours. */
export const readReplyToken = (key: string, token: string): string | null =>
  read(token, (id) => makeReplyToken(key, id));

/** The outreach an unsubscribe token names; null when it is not one of ours. */
export const readUnsubscribeToken = (key: string, token: string): string | null =>
  read(token, (id) => makeUnsubscribeToken(key, id));

const digest = (key: string, purpose: string, engagementId: string, digits: number): string =>
  hmacHex(key, `${purpose}:${engagementId}`).slice(0, digits);

function read(token: string, make: (engagementId: string) => string): string | null {
  const text = token.trim().toLowerCase();
  const dot = text.lastIndexOf(".");
  if (dot < 1 || text.length > LONGEST) return null;
  const id = text.slice(0, dot);
  return equalSecret(make(id), text) ? id : null;
}
