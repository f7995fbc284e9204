// Marks that prove that a reply, or an unsubscribe by mail, belongs to one outreach of ours: the outreach's id and a keyed digest
// of it. Made when an e-mail is written; read where replies come in.
import { equalSecret, hmacHex } from "../../base/hmac.ts";

/** Short: it stands in an address, whose part before the @ has 64 characters (RFC 5321, 4.5.3.1.1). */
const REPLY_DIGITS = 12;
const LONGEST = 200;

/** For the reply address (`name+<token>@…`) and the subject of an unsubscribe by mail. Survives folding to lower case. */
export const makeReplyToken = (key: string, engagementId: string): string =>
  `${engagementId}.${hmacHex(key, `reply:${engagementId}`).slice(0, REPLY_DIGITS)}`;

/** The outreach a reply token names; null when it is not one of ours. */
export function readReplyToken(key: string, token: string): string | null {
  const text = token.trim().toLowerCase();
  const dot = text.lastIndexOf(".");
  if (dot < 1 || text.length > LONGEST) return null;
  const id = text.slice(0, dot);
  return equalSecret(makeReplyToken(key, id), text) ? id : null;
}
