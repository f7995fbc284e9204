// STOP, START and HELP as Twilio itself handles them for texts: it blocks or unblocks the contact and answers, and the message
// still goes on to the account's address. Called for every text that comes in.
// https://help.twilio.com/articles/223134027 (opt-out keywords)
import type { TwilioState } from "../twilio-state.ts";
import type { TwilioAccount } from "../twilio-types.ts";
import { isOptedOut, scopeOf, setOptOut } from "./opt-outs.ts";

export type OptOutType = "STOP" | "START" | "HELP";

const WORDS: Readonly<Record<OptOutType, readonly string[]>> = {
  STOP: ["STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"],
  START: ["START", "YES", "UNSTOP"],
  HELP: ["HELP", "INFO"],
};

const ANSWERS: Readonly<Record<OptOutType, string>> = {
  STOP: "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.",
  START:
    "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
  HELP: "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
};

/** Toll-free numbers are handled by their network, which knows fewer words. */
const TOLL_FREE = /^\+1(800|833|844|855|866|877|888)/;
const TOLL_FREE_ANSWERS: Readonly<Record<OptOutType, string>> = {
  STOP: 'NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this number. Text back "unstop" to receive messages again.',
  START: 'NETWORK MSG: You have replied "unstop" and will begin receiving messages again from this number.',
  HELP: ANSWERS.HELP,
};

/** The keyword the whole text is; null when it is none. */
export function readKeyword(text: string, number: string): OptOutType | null {
  const word = text.trim().toUpperCase();
  if (TOLL_FREE.test(number))
    return word === "STOP"
      ? "STOP"
      : word === "START" || word === "UNSTOP"
        ? "START"
        : WORDS.HELP.includes(word)
          ? "HELP"
          : null;
  return (["STOP", "START", "HELP"] as const).find((type) => WORDS[type].includes(word)) ?? null;
}

/** Blocks, unblocks and answers as the keyword says. */
export function handleKeyword(
  state: TwilioState,
  account: TwilioAccount,
  { contact, number, text }: { contact: string; number: string; text: string },
): OptOutType | null {
  const keyword = readKeyword(text, number);
  const scope = scopeOf(account, number);
  const wasOut = isOptedOut(state, account, scope, contact);
  if (keyword === "STOP" && !wasOut) setOptOut(state, account, scope, contact, true);
  if (keyword === "START" && wasOut) setOptOut(state, account, scope, contact, false);
  // Who is out already is left alone, who was never out has nothing to be told; help is only for those who are in.
  const answers = keyword === "START" ? wasOut : !wasOut;
  if (keyword && answers) {
    const said = TOLL_FREE.test(number) ? TOLL_FREE_ANSWERS : ANSWERS;
    const after = state.messages.length;
    state.notices.push({ at: state.clock.now(), after, from: number, to: contact, text: said[keyword] });
    state.touch();
  }
  return keyword;
}
