// A line of a story with everything unsaid left empty, and the exchange behind it as name and value.
import type { Exchange, StoryKind, StoryLine } from "../../../shared/console/story.schema.ts";
import { isoTime } from "../../base/clock.ts";
import { redactText } from "../../base/redact-text.ts";

export interface LineFacts extends Partial<Omit<StoryLine, "at" | "id" | "kind" | "sentence">> {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  readonly kind: StoryKind;
  readonly sentence: string;
}

export const storyLine = ({ at, ...facts }: LineFacts): StoryLine => ({
  severity: "info",
  detail: null,
  exchange: null,
  engagement_id: null,
  journal_seq: null,
  ...facts,
  at: isoTime(at),
});

export interface ExchangeFacts extends Partial<Omit<Exchange, "partner" | "fields">> {
  readonly partner: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** What is not known is left out; keys, numbers and addresses are masked. */
export const exchange = ({ partner, fields = {}, ...facts }: ExchangeFacts): Exchange => ({
  partner,
  request: null,
  answer: null,
  reference: null,
  ...facts,
  fields: Object.entries(fields).flatMap(([name, value]) =>
    value === null || value === undefined || value === ""
      ? []
      : [{ name: name.replaceAll("_", " "), value: redactText(textOf(value)) }],
  ),
});

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));

export const CRM = "Follow Up Boss";

const PROVIDERS: Readonly<Record<string, string>> = {
  simulator: "the built-in simulator",
  hub: "the Aventora Engagement Hub",
  twilio: "Twilio",
  smtp: "the mail server",
  chat: "the chat page",
};

export const providerName = (provider: string): string => PROVIDERS[provider] ?? provider;
