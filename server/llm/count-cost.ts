// What an exchange with a language model costs, in millionths of a US dollar. Pure; asked by ask-for-json and guard-limits.
import type { ConversationLimits } from "./model-access.ts";
import type { TokenUse } from "./read-completion.ts";

type Prices = Pick<ConversationLimits, "priceIn" | "priceOut">;

/** Dollars per million tokens are micros per token. Rounded up, so that many small answers are not free. */
export const costMicros = (use: TokenUse, { priceIn, priceOut }: Prices): number =>
  // A whole number that comes out as 3.0000000004 is not rounded to 4.
  Math.ceil(Number((use.in * priceIn + use.out * priceOut).toFixed(6)));

/** Where a server does not count: about four characters make a token in English, fewer elsewhere. */
export const estimateTokens = (text: string): number => Math.ceil(text.length / 4);
