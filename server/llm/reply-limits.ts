// How long an automated reply may be on each channel, and how many tokens the model gets for it. Asked by the prompt and by
// the guard of replies.
import type { Channel } from "../../shared/values.ts";

/** Characters, without the announcement. 480 is three SMS of an English text; a call's answer has to be listened to. */
export const REPLY_LIMITS: Readonly<Record<Channel, number>> = {
  phone: 400,
  wvoice: 400,
  sms: 480,
  wmsg: 1_000,
  chat: 1_500,
  email: 4_000,
};

/** Newer OpenAI models count their thoughts within max_completion_tokens. */
const ROOM_TO_THINK = 2_000;

/** A cap on runaway answers rather than a length: half a token per character, and room for the JSON around it. */
export function answerTokens(
  characters: number,
  tokensField: "max_tokens" | "max_completion_tokens",
): number {
  const answer = Math.ceil(characters / 2) + 400;
  return tokensField === "max_completion_tokens" ? answer + ROOM_TO_THINK : answer;
}
