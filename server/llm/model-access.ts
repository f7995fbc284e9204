// Which language model answers for a brokerage, and what one conversation may take of it, out of its settings. Read by
// whoever conducts conversations and by the connection test.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";

export interface ModelAccess {
  /** Base address without a slash at the end, like https://api.openai.com/v1. */
  readonly url: string;
  readonly model: string;
  /** null where the server asks for none. */
  readonly key: string | null;
  /** How this server calls its limit on answers. */
  readonly tokensField: TenantSettings["llm_tokens_field"];
}

/** What one conversation may take; prices are US dollars per million tokens, which is micros per token. */
export interface ConversationLimits {
  readonly maxTurns: number;
  readonly maxMinutes: number;
  /** Millionths of a US dollar; 0 means no limit. */
  readonly maxCostMicros: number;
  readonly priceIn: number;
  readonly priceOut: number;
}

type ModelSettings = Pick<TenantSettings, "llm_url" | "llm_model" | "llm_tokens_field">;
type LimitSettings = Pick<
  TenantSettings,
  "llm_max_turns" | "llm_max_minutes" | "llm_max_cost" | "llm_price_in" | "llm_price_out"
>;

/** @throws GatewayError channel_unavailable that names the setting that is missing. */
export function readModelAccess(settings: ModelSettings, key: string | null): ModelAccess {
  if (settings.llm_url === undefined) throw missing("address");
  if (settings.llm_model === "") throw missing("name");
  return {
    url: settings.llm_url,
    model: settings.llm_model,
    key: key === "" ? null : key,
    tokensField: settings.llm_tokens_field,
  };
}

export const readConversationLimits = (settings: LimitSettings): ConversationLimits => ({
  maxTurns: settings.llm_max_turns,
  maxMinutes: settings.llm_max_minutes,
  maxCostMicros: Math.round(settings.llm_max_cost * 1_000_000),
  priceIn: settings.llm_price_in,
  priceOut: settings.llm_price_out,
});

const missing = (what: string): GatewayError =>
  new GatewayError("channel_unavailable", {
    sentence: `Automated answers are switched on, but the ${what} of the language model is not set.`,
  });
