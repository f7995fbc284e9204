// After the model answered: may this text go to the contact, and in which form? Pure; called by answer-contact, and in part
// by summarize-conversation. What a contact can make a model say stops here: a reply is sent whole, shortened or not at all.
import type { Channel } from "../../shared/values.ts";
import { firstName } from "../base/first-name.ts";
import { type FoundAddress, findAddresses } from "./find-addresses.ts";
import { foldText } from "./fold-text.ts";
import { PLACEHOLDERS } from "./mask-private.ts";
import { REPLY_LIMITS } from "./reply-limits.ts";
import { tidyReply } from "./tidy-reply.ts";

export interface ReplyContext {
  readonly channel: Channel;
  readonly instruction: string;
  readonly agentName: string | null;
  readonly brokerage: string;
  /** Our own words in the prompt, which are nobody's business. */
  readonly rules: string;
  /** Labels of the prompt that occur in no sentence. */
  readonly markers: readonly string[];
}

export type GuardedReply = { readonly text: string } | { readonly problem: string };

/** A model that writes this many times what it was asked for is not answering. */
const FAR_TOO_LONG = 4;
/** So many words in the order of the rules are a quotation. */
const QUOTED_WORDS = 8;
const LONGEST_WORD = 60;

/** `problem` completes "The automated answer was not sent because it …". */
export function guardReply(reply: string, context: ReplyContext): GuardedReply {
  const most = REPLY_LIMITS[context.channel];
  if (reply.length > most * FAR_TOO_LONG) return { problem: "was far too long" };
  const tidy = tidyReply(reply, context.channel);
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(tidy)) return { problem: "was empty" };
  // Where markdown stays, an address can hide behind its stars: looked through as written and without them.
  const bare = tidyReply(reply, "sms");
  const problem = findLeak(tidy, context) ?? findLeak(bare, context) ?? findPretence(bare, context.agentName);
  if (problem !== undefined) return { problem };
  const text = shorten(tidy, most);
  return text === undefined ? { problem: "was too long" } : { text };
}

/** What is not the contact's to have: our prompt, our formats, addresses and numbers nobody put in the instruction. */
export function findLeak(
  text: string,
  context: Pick<ReplyContext, "instruction" | "agentName" | "brokerage" | "rules" | "markers">,
): string | undefined {
  const folded = foldText(text);
  if (/[{}]|<\/?[a-z|!][^>]*>|<<|>>/.test(folded)) return "contained program text";
  if (context.markers.some((marker) => folded.includes(foldText(marker))) || quotes(folded, context.rules))
    return "repeated the assistant's own rules";
  if (PLACEHOLDERS.some((placeholder) => folded.includes(placeholder))) return "had a gap in it";
  const addresses = unknownAddresses(text, context);
  if (addresses[0]) return ADDRESS_PROBLEMS[addresses[0].kind];
  const longest = Math.max(...text.split(/\s+/).map((word) => word.length));
  const instructed = context.instruction.split(/\s+/);
  if (
    longest > LONGEST_WORD &&
    !text.split(/\s+/).every((word) => word.length <= LONGEST_WORD || instructed.includes(word))
  )
    return "contained something that is no text";
  return undefined;
}

const ADDRESS_PROBLEMS: Readonly<Record<FoundAddress["kind"], string>> = {
  web: "contained a web address that is not in the instruction",
  email: "contained an e-mail address that is not in the instruction",
  phone: "contained a number that is not in the instruction",
};

function unknownAddresses(
  text: string,
  { instruction, agentName, brokerage }: Pick<ReplyContext, "instruction" | "agentName" | "brokerage">,
): FoundAddress[] {
  const known = new Set(
    findAddresses(`${instruction}\n${agentName ?? ""}\n${brokerage}`).map(
      ({ kind, value }) => `${kind} ${value}`,
    ),
  );
  return findAddresses(text).filter(({ kind, value }) => !known.has(`${kind} ${value}`));
}

function quotes(folded: string, rules: string): boolean {
  const words = (text: string): string[] => foldText(text).match(/[\p{L}\p{N}']+/gu) ?? [];
  const said = ` ${words(folded).join(" ")} `;
  const ruled = words(rules);
  for (let from = 0; from + QUOTED_WORDS <= ruled.length; from += 1)
    if (said.includes(` ${ruled.slice(from, from + QUOTED_WORDS).join(" ")} `)) return true;
  return false;
}

const CLAIMS_TO_BE_HUMAN: readonly RegExp[] = [
  /\b(?:i am|i'm|im|this is|you are talking to|you're talking to|you are speaking with|you're speaking with) (?:actually |really |indeed |just |of course )?(?:a |an |the |your )?(?:real |actual |live |human |living |licensed |professional |experienced )*(?:human|person|human being|realtor|agent|broker|man|woman|guy|lady)\b(?!'s)/,
  /\b(?:i am|i'm|im|this is|it is|it's) (?:definitely |certainly |really )?(?:not|no) (?:a |an |any )?(?:kind of )?(?:bot|chatbot|robot|machine|ai|computer|automated|program)/,
  /\b(?:not|never) (?:talking|speaking|chatting|texting) (?:to|with) (?:a |an )?(?:bot|robot|machine|ai|computer)/,
  /\b(?:je suis|c'est) (?:bien |vraiment )?(?:un |une )?(?:vrai |vraie )?(?:humain|humaine|personne|etre humain|agent immobilier|courtier|courtiere)\b/,
  /\bje ne suis pas (?:un |une )?(?:robot|bot|machine|ia|ordinateur)/,
  /\bsoy (?:un |una )?(?:humano|humana|persona|ser humano|agente|corredor|corredora)\b/,
  /\bno soy (?:un |una )?(?:robot|bot|maquina|ia|computadora)/,
];

const ASKS_FOR_SECRETS =
  /\b(?:(?:credit|debit|bank) ?card|card (?:number|details|no)|cvv|cvc|expiry date|ssn|social security|social insurance|\bsin number|passport number|driver'?s licen[cs]e number|passwords?|passcode|pin (?:code|number)|(?:one[- ]time|verification|security|access|login|sms) codes?|routing number|account number|bank account|iban|swift code|wire transfer|gift cards?|bitcoin|crypto(?:currency)?|carte (?:de credit|bancaire)|numero (?:de carte|d'assurance sociale|de securite sociale|de compte)|mot de passe|code de verification|tarjeta de (?:credito|debito)|numero de (?:tarjeta|seguro social|cuenta)|contrasena|clave)\b/;

/** What the assistant may not claim to be or ask for. */
function findPretence(text: string, agentName: string | null): string | undefined {
  const folded = foldText(text);
  if (CLAIMS_TO_BE_HUMAN.some((pattern) => pattern.test(folded)) || claimsToBeAgent(folded, agentName))
    return "claimed to be a person";
  return ASKS_FOR_SECRETS.test(folded) ? "spoke of passwords, payments or official numbers" : undefined;
}

/** "This is Ann" is a lie, "this is Ann's assistant" is not. */
function claimsToBeAgent(folded: string, agentName: string | null): boolean {
  const first = firstName(agentName);
  if (first === null) return false;
  const name = foldText(first).replace(/[.-]/g, "\\$&");
  const claim = new RegExp(
    `\\b(?:i am|i'm|this is|it's|it is|my name is|je suis|c'est|soy|me llamo) ${name}\\b(.{0,40})`,
  );
  const after = claim.exec(folded)?.[1];
  return after !== undefined && !/^(?: [\p{L}.-]+){0,2}'s?\b/u.test(after);
}

/** Ends with the last sentence that fits, where that leaves something worth sending. */
function shorten(text: string, most: number): string | undefined {
  if (text.length <= most) return text;
  const ends = [...text.slice(0, most).matchAll(/[.!?\u2026](?=["'\u201d\u2019)]?\s)/g)];
  const end = ends.at(-1)?.index ?? -1;
  return end + 1 >= most / 4 ? text.slice(0, end + 1) : undefined;
}
