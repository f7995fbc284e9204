// An e-mail that came in, as far as the gateway cares. Made by parse-incoming.

export interface BounceReport {
  /** Who did not get it, lower case. */
  readonly recipient: string | null;
  /** RFC 3463, e.g. "5.1.1". */
  readonly status: string | null;
  /** False: delayed, still being tried. */
  readonly permanent: boolean;
  /** The receiving server's words, one line; may be empty. */
  readonly said: string;
  /** Of the e-mail that did not arrive, with its angle brackets. */
  readonly originalMessageId: string | null;
  /** The mark the e-mail was handed over with (ENVID), where the servers kept it. */
  readonly envelopeId: string | null;
}

export interface IncomingMail {
  /** With its angle brackets; a digest of the whole mail ("sha256:…") where it has none. The same mail always has the same. */
  readonly messageId: string;
  /** Lower case; empty when there is none. */
  readonly from: string;
  readonly fromName: string;
  /** To and Cc, lower case. */
  readonly to: readonly string[];
  /** Delivered-To, X-Original-To and the like, lower case: how it really was addressed. */
  readonly deliveredTo: readonly string[];
  readonly subject: string;
  /** Epoch ms by the sender's clock; null when it cannot be read. */
  readonly date: number | null;
  readonly inReplyTo: string | null;
  readonly references: readonly string[];
  /** What was written, without quoted text and signature; attachments are named in it. Empty when nothing was. */
  readonly text: string;
  /** A machine wrote it: a vacation notice, a confirmation, a report (RFC 3834). */
  readonly autoSubmitted: boolean;
  /** Sent to many: a newsletter, a mailing list. */
  readonly isBulk: boolean;
  readonly bounce: BounceReport | null;
  /** The header a newsletter names its way out in; null when there is none. */
  readonly listUnsubscribe: string | null;
}
