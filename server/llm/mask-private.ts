// Takes phone numbers, e-mail addresses and long numbers out of what was said in a conversation before a language model
// reads it: it needs to know that one was given, not which. Called by the writers of prompts.
import { EMAIL_PATTERN, PHONE_PATTERN } from "./find-addresses.ts";

/** What stands for what was taken out; no reply may have them. */
export const PLACEHOLDERS = ["(an e-mail address)", "(a number)"] as const;
const [EMAIL, NUMBER] = PLACEHOLDERS;

/** The agent's instruction is not masked: what is in it is there to be said. */
export const maskPrivate = (text: string): string =>
  text
    .normalize("NFC")
    .replace(EMAIL_PATTERN, EMAIL)
    .replace(PHONE_PATTERN, (found) => (isDate(found) ? found : NUMBER));

/** 2026-05-04, perhaps with an hour after it. */
const isDate = (text: string): boolean => /^(?:19|20)\d\d-\d\d-\d\d(?:\D|$)/.test(text);
