// An e-mail as the bytes that go over the wire. Its headers are exactly those of the draft; nothing is added by accident.
import type { MailDraft } from "./write-mail.ts";

export interface EncodedMail {
  readonly raw: Buffer;
  /** Addresses as the mail server is told them. */
  readonly envelope: { readonly from: string; readonly to: readonly string[] };
}

export async function encodeMail(draft: MailDraft): Promise<EncodedMail> {
  const { default: MailComposer } = await import("nodemailer/lib/mail-composer");
  const message = new MailComposer({
    from: { ...draft.from },
    to: { ...draft.to },
    replyTo: { ...draft.replyTo },
    subject: draft.subject,
    messageId: draft.messageId,
    date: new Date(draft.at),
    ...(draft.inReplyTo === null ? {} : { inReplyTo: draft.inReplyTo }),
    ...(draft.references.length === 0 ? {} : { references: [...draft.references] }),
    headers: { ...draft.headers },
    text: draft.text,
    html: draft.html,
    // Lines stay as they are written, and short, whatever the text.
    encoding: "quoted-printable",
    newline: "win",
    envelope: { from: draft.sender, to: draft.to.address },
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  const { from, to } = message.getEnvelope();
  return { raw: await message.build(), envelope: { from: from || draft.sender, to } };
}
