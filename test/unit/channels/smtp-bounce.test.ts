import { describe, expect, test } from "vitest";
import { ORIGINAL, parse, report } from "./smtp-raw-mail.ts";

describe("reports of failed delivery", () => {
  test.each<[string, string, object]>([
    [
      "by the standard",
      report(
        "Reporting-MTA: dns; mx.example\nOriginal-Envelope-Id: eng_01.0123456789ab\n\nFinal-Recipient: rfc822; Dana@Contacts.example\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 user\n unknown",
        ORIGINAL,
      ),
      {
        recipient: "dana@contacts.example",
        status: "5.1.1",
        permanent: true,
        said: "550 5.1.1 user unknown",
        originalMessageId: "<eng.eng_01.1@acme.example>",
        envelopeId: "eng_01.0123456789ab",
      },
    ],
    [
      "with the headers only",
      report(
        "Final-Recipient: rfc822; d@c.example\nAction: Failed\nStatus: 5.7.1",
        ORIGINAL.replace("message/rfc822", "text/rfc822-headers"),
      ),
      {
        permanent: true,
        originalMessageId: "<eng.eng_01.1@acme.example>",
        recipient: "d@c.example",
        envelopeId: null,
      },
    ],
    [
      "without the original",
      report(
        "Reporting-MTA: dns; mx.example\n\nOriginal-Recipient: rfc822;d@c.example\nAction: failed\nStatus: 5.0.0",
      ),
      { permanent: true, originalMessageId: null, recipient: "d@c.example", said: "" },
    ],
    [
      "given up after days, with a temporary number",
      report("Reporting-MTA: dns; m\n\nFinal-Recipient: rfc822;d@c.example\nAction: failed\nStatus: 4.4.7"),
      { permanent: true, status: "4.4.7" },
    ],
    [
      "still being tried",
      report("Reporting-MTA: dns; m\n\nFinal-Recipient: rfc822;d@c.example\nAction: delayed\nStatus: 4.4.1"),
      { permanent: false, status: "4.4.1" },
    ],
    [
      "the failed one of two",
      report(
        "Reporting-MTA: dns; m\n\nFinal-Recipient: rfc822;a@c.example\nAction: delivered\nStatus: 2.0.0\n\nFinal-Recipient: rfc822;d@c.example\nAction: failed\nStatus: 5.1.1",
      ),
      { permanent: true, recipient: "d@c.example" },
    ],
    [
      "of Exim and Gmail, in words",
      "From: Mail Delivery System <Mailer-Daemon@mx.example>\nSubject: Mail delivery failed: returning message to sender\nX-Failed-Recipients: d@c.example\nIn-Reply-To: <eng.eng_01.1@acme.example>\n\nThe following address failed:\n  d@c.example\n    550 5.1.1 No such user",
      {
        permanent: true,
        recipient: "d@c.example",
        status: "5.1.1",
        said: "550 5.1.1 No such user",
        originalMessageId: "<eng.eng_01.1@acme.example>",
      },
    ],
    [
      "of qmail, in words without a number",
      "From: MAILER-DAEMON@mx.example\nSubject: failure notice\n\nHi. This is the qmail-send program.\n<d@c.example>:\nSorry, no mailbox here by that name.",
      { permanent: true, recipient: "d@c.example", status: null, said: "" },
    ],
    [
      "of a delay, in words",
      "From: postmaster@mx.example\nSubject: Delivery Status Notification (Delay)\n\nDelivery to d@c.example has been delayed.",
      { permanent: false, recipient: "d@c.example" },
    ],
  ])("%s", async (_how, raw, expected) => {
    const mail = await parse(raw);
    expect(mail.bounce).toMatchObject(expected);
    expect(mail.text).not.toContain("[attachment");
  });

  test.each([
    [
      "a report of success",
      report(
        "Reporting-MTA: dns; m\n\nFinal-Recipient: rfc822;d@c.example\nAction: delivered\nStatus: 2.0.0",
      ),
    ],
    [
      "a receipt of reading",
      "From: d@c.example\nSubject: Read: House\nContent-Type: multipart/report; report-type=disposition-notification; boundary=b\n\n--b\n\nread\n--b--",
    ],
    ["a postmaster who writes himself", "From: postmaster@c.example\nSubject: Our house\n\nHello"],
    ["somebody who writes about it", "From: dana@c.example\nSubject: undeliverable parcel\n\nHello"],
  ])("%s is none", async (_what, raw) => {
    expect((await parse(raw)).bounce).toBeNull();
  });
});
