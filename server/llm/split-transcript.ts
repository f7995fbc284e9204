// Which words of the contact are waiting for an answer: everything since we last spoke. Pure; asked by the prompt and the
// guard of questions, so that both look at the same text.
import type { SaidLine } from "./answer-request.ts";

export interface SplitTranscript {
  readonly before: readonly SaidLine[];
  /** One line per message; "" when nothing readable waits. */
  readonly unanswered: string;
}

export function splitTranscript(transcript: readonly SaidLine[]): SplitTranscript {
  const from = transcript.findLastIndex(({ direction }) => direction === "outbound") + 1;
  const waiting = transcript.slice(from).map(({ text }) => text.trim());
  return { before: transcript.slice(0, from), unanswered: waiting.filter((text) => text !== "").join("\n") };
}
