// The persona the pretend model has by default: by rule from what the contact says and what the conversation is for, so that
// a demonstration is a conversation and a test knows what comes.
import type { Dialogue } from "./read-dialogue.ts";

/** Fields as a well-behaved model fills them in. */
export interface PersonaAnswer {
  reply: string;
  close: boolean;
  outcome: "connected" | "not_interested" | null;
  hand_over: string | null;
  opt_out: boolean;
  summary: string | null;
}

const GOES_ON = { close: false, outcome: null, hand_over: null, opt_out: false, summary: null } as const;
/** What people who want no more messages write in languages the gateway has no phrases for. */
const NO_MORE = /keine (?:nachrichten|anrufe) mehr|n[aã]o me envie mais|停止/;

export function answerSensibly({ system, last }: Dialogue): PersonaAnswer {
  const said = last.toLowerCase();
  if (NO_MORE.test(said))
    return { ...over("Goodbye.", "not_interested", "The contact wants no more messages."), opt_out: true };
  if (/\bnot interested\b|\bno thank|\bleave me alone\b/.test(said))
    return over("Understood. Thank you for your time.", "not_interested", "The contact is not interested.");
  if (/\b(bye|goodbye|that is all|that's all|thank you|thanks|merci|gracias)\b/.test(said))
    return over(
      "You are welcome. Have a good day!",
      "connected",
      "The contact was answered and said thanks.",
    );
  if (/\b(price|offer|negotiat|discount|commission|lawyer|mortgage)/.test(said))
    return {
      ...GOES_ON,
      reply: "That is a question for the agent, who will get back to you.",
      hand_over: "The contact asks about money.",
    };
  if (
    /\b(monday|tuesday|wednesday|thursday|friday|saturday|sunday|\d{1,2} ?(?:am|pm)|\d{1,2}:\d\d)\b/.test(
      said,
    )
  )
    return over(
      "Friday at 10 am it is. You will get a confirmation.",
      "connected",
      "A viewing on Friday at 10 am was agreed; the agent confirms it.",
    );
  if (/find a day/.test(system.toLowerCase()))
    return { ...GOES_ON, reply: "Would Friday at 10 am suit you for a viewing?" };
  return { ...GOES_ON, reply: "Thank you for your message. What matters most to you in a home?" };
}

const over = (reply: string, outcome: "connected" | "not_interested", summary: string): PersonaAnswer => ({
  reply,
  close: true,
  outcome,
  hand_over: null,
  opt_out: false,
  summary,
});

/** Of a conversation that is over. */
export function sumUp({ everything }: Dialogue): Pick<PersonaAnswer, "summary" | "outcome"> {
  const rows = everything.split("\n").filter((line) => line.startsWith("[contact]"));
  const last = rows.at(-1)?.replace("[contact] ", "") ?? "";
  const declined = /not interested|no thank/i.test(last);
  return {
    summary: `The contact wrote ${rows.length} times and ended with: ${last}`.slice(0, 390),
    outcome: declined ? "not_interested" : "connected",
  };
}
