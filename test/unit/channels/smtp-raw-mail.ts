// Mails as they come over the wire, for the tests of reading them.
import type { IncomingMail } from "../../../server/channels/smtp/incoming-mail.ts";
import { parseIncoming } from "../../../server/channels/smtp/parse-incoming.ts";

export const crlf = (text: string): string => text.replace(/\r?\n/g, "\r\n");

export const parse = (text: string): Promise<IncomingMail> =>
  parseIncoming(Buffer.from(crlf(text), "latin1"));

/** A report by the standard; `status` is its machine-readable part. */
export const report = (
  status: string,
  original = "",
  subject = "Undelivered Mail Returned to Sender",
): string =>
  `Return-Path: <>
From: MAILER-DAEMON@mx.example
To: office@acme.example
Subject: ${subject}
Message-ID: <d1@mx.example>
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

I'm sorry.
--b
Content-Type: message/delivery-status

${status}
${original}
--b--`;

/** The part of a report that brings the e-mail back. */
export const ORIGINAL = `--b
Content-Type: message/rfc822

From: ann@acme.example
Message-ID: <eng.eng_01.1@acme.example>
Subject: x

Message-ID: <not-this@one.example>`;
