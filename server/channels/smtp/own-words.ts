// The subject and the HTML another program gives for an e-mail, with the placeholders of the Hub's documentation filled in. Pure.
import type { ChannelOrder } from "../channel.ts";
import { oneLine } from "./mail-address.ts";
import { cleanText, escapeHtml } from "./write-body.ts";

/** Undefined where none was given. */
export function ownSubject(order: ChannelOrder): string | undefined {
  const given = textOf(order.extras?.email_subject);
  if (given === "") return undefined;
  return oneLine(fill(given, valuesOf(order), (value) => value)) || undefined;
}

/** The e-mail's own text; undefined where none was given. */
export function ownHtml(order: ChannelOrder): string | undefined {
  const given = cleanText(textOf(order.extras?.email_body_html));
  if (given === "") return undefined;
  return fill(given, { ...valuesOf(order), SUBJECT: ownSubject(order) ?? "" }, escapeHtml);
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

type Values = Readonly<Record<string, string>>;

const valuesOf = (order: ChannelOrder): Values => ({
  CUSTOMER_NAME: order.personName || order.contact,
  ORGANIZATION_NAME: order.brokerage,
});

/** What is no placeholder of ours stays as it is. */
const fill = (text: string, values: Values, safe: (value: string) => string): string =>
  text.replace(/\{\{\s*(\w+)\s*\}\}/g, (all, name: string) =>
    Object.hasOwn(values, name) ? safe(values[name] ?? "") : all,
  );
