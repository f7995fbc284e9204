// What another program may ask for an e-mail beyond the instruction, by the Hub's field names. Whether it can be done depends on
// who carries the brokerage's e-mail: the Hub does all of it, the brokerage's own mail server only a subject and HTML.
import { z } from "zod";

const idText = z.union([z.string().trim().min(1).max(64), z.number().int().nonnegative()]).transform(String);

export const emailExtraFields = {
  email_subject: z.string().trim().max(300).optional().describe("Subject line of the e-mail."),
  email_body_html: z.string().max(60_000).optional().describe("The e-mail's own text, as HTML."),
  email_template_id: idText.optional().describe("A template at the Aventora Hub."),
  email_template_name: z.string().trim().max(200).optional().describe("A template at the Aventora Hub."),
  email_template_params: z
    .record(z.string(), z.unknown())
    .optional()
    .describe("Values for the template's placeholders."),
};

export const EMAIL_EXTRAS = Object.keys(emailExtraFields) as readonly (keyof typeof emailExtraFields)[];
