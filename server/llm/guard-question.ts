// Before the model is asked: what in the contact's words is not for a machine to answer. Pure; called by answer-contact.
// Recognises English, French and Spanish; what it misses the model is told to hand over too.
import { firstName } from "../base/first-name.ts";
import { foldText } from "./fold-text.ts";

export type NotForTheModel = "nothing_to_read" | "asks_for_person" | "asks_if_automated";

/** What carriers and pages put in place of a picture or a recording. */
const MEDIA =
  /^\[(?:picture|image|photo|video|audio|voice message|recording|file|document|attachment|sticker|contact card|location|media|\d+ attachments?)\b[^\]\n]{0,200}\]$/i;
const MOST_READ = 4_000;

export function guardQuestion(text: string, agentName: string | null): NotForTheModel | undefined {
  const lines = text.slice(0, MOST_READ).split("\n");
  const folded = foldText(lines.filter((line) => !MEDIA.test(line.trim())).join("\n"));
  if (folded === "") return "nothing_to_read";
  if (ASKS_IF_AUTOMATED.some((pattern) => pattern.test(folded))) return "asks_if_automated";
  if (isBareCall(folded) || ASKS_FOR_PERSON.some((pattern) => pattern.test(folded))) return "asks_for_person";
  return asksForAgent(folded, agentName) ? "asks_for_person" : undefined;
}

/** One word, as the announcement offers it. */
const isBareCall = (folded: string): boolean =>
  /^(?:(?:a|an|un|una|une|the|live|real|vrai[e]?) )*(?:agent|agente|human|humain|humano|humana|person|persona|personne|operator|representative|realtor|broker|asesor|conseiller|courtier)(?:,? (?:please|pls|now|por favor|svp|s'il vous plait))?[.!? ]*$/.test(
    folded,
  );

const EN_WHO =
  "(?:(?:a|an|another|some|any|the|your|my|real|actual|live|human|licensed|different) )*(?:human|person|someone|somebody|human being|agent|representative|rep|realtor|broker|operator|manager|supervisor|boss|staff|member of staff)";
const FR_WHO =
  "(?:(?:a|avec|un|une|a une|a un|le|la|votre|mon|vrai|vraie|autre) )*(?:humain|humaine|etre humain|personne|quelqu'un|agent|agente|conseiller|conseillere|courtier|courtiere|responsable|proprietaire)";
const ES_WHO =
  "(?:(?:un|una|algun|alguna|el|la|su|mi|ser|otra|otro) )*(?:persona|humano|humana|alguien|agente|asesor|asesora|representante|corredor|corredora|encargado|gerente)";

const ASKS_FOR_PERSON: readonly RegExp[] = [
  new RegExp(
    `\\b(?:talk|speak|chat|connect(?: me)?|transfer(?: me)?|put me through|get through|switch(?: me)?|pass me|hand me over) (?:to|with|on to) ${EN_WHO}\\b`,
  ),
  new RegExp(
    `\\b(?:want|need|prefer|get me|give me|rather have|find me) ${EN_WHO}\\b(?! (?:who|that|with|to (?:buy|sell|rent)))`,
  ),
  /\b(?:is there|are there|isn't there) (?:a |an |any |some )?(?:real |actual |live |human )+(?:person|people|human|agent|being)?/,
  /\b(?:real|actual|live) (?:person|human|human being|agent),? (?:please|pls|now)\b/,
  /\b(?:can|could|would|will|have|let|get) (?:someone|somebody|an agent|a person|a human|a realtor|your agent|the agent|anyone|anybody)(?: please)? (?:call|ring|phone|contact|reach|text|talk|speak)\b/,
  /(?<!(?:not|n't|never) (?:ever )?)\bcall me(?: back)?(?= ?[.!?,]| please| now| today| tonight| tomorrow| at \d| on | asap| later| when | instead| anytime|$)/,
  /\b(?:no|not|stop|enough|hate|don't want|tired of|sick of)\b.{0,25}\b(?:bots?|robots?|machines?|automated (?:replies|messages|assistant|system)|talking to (?:a )?(?:computer|ai))\b/,
  new RegExp(`\\b(?:parler|discuter|echanger|causer|communiquer) (?:directement )?${FR_WHO}\\b`),
  /\b(?:veux|voudrais|prefere|besoin d')\s?(?:avoir )?(?:un|une)? ?(?:vrai |vraie )?(?:humain|humaine|etre humain|vraie personne|conseiller|courtier)\b/,
  /\b(?:rappelez|rappelle|appelez|appelle|telephonez)-?(?: ?)moi\b/,
  /\bvrai(?:e)? (?:personne|humain|agent|conseiller)\b/,
  new RegExp(
    `\\b(?:hablar|comunicar(?:me)?|conversar|platicar|comuniqueme|paseme|conecteme) con ${ES_WHO}\\b`,
  ),
  /\b(?:quiero|necesito|prefiero) (?:a )?(?:un|una) (?:persona|humano|ser humano|agente|asesor|asesora)\b/,
  /\bpersona (?:real|de verdad)\b/,
  /\b(?:llameme|llamame|llamenme|me puede[ns]? llamar|que me llamen?)\b/,
];

const EN_MACHINE =
  "(?:(?:a|an|the|really|actually|even|just|some|some kind of|real|actual|live|chat) )*(?:bot|chatbot|robot|ai|a\\.i\\.|machine|computer|chatgpt|gpt|automated|automatic|human|human being|person|program|recording|llm|language model|virtual assistant)";

const ASKS_IF_AUTOMATED: readonly RegExp[] = [
  new RegExp(
    `\\b(?:are|r|aren't|is|isn't) (?:you|u|ya|this|it) ${EN_MACHINE}\\b(?! (?:who|that|at|in|from|for|available|i can))`,
  ),
  new RegExp(
    `^(?:so )?(?:you|u|this is|you're|ur) ${EN_MACHINE} ?(?:or (?:a |an )?(?:real |human |actual )?(?:person|human|bot|robot|machine|what))? ?\\?`,
  ),
  new RegExp(
    `\\b(?:am i|i'm|im|i am) (?:talking|speaking|chatting|texting|writing) (?:to|with) ${EN_MACHINE}\\b`,
  ),
  /\b(?:bot|robot|ai|human|real person) or (?:a |an |not |real |actual )*(?:bot|robot|ai|human|person|machine)?/,
  /^(?:chat)?bot ?\?+$/,
  /\bwho am i (?:talking|speaking|chatting|texting) (?:to|with)\b/,
  /\b(?:es-tu|etes-vous|vous etes|tu es|t'es|c'est|est-ce que (?:vous etes|tu es|c'est)|je parle (?:a|avec)|parle-je a) (?:bien |vraiment |encore )?(?:un |une )?(?:vrai |vraie )?(?:robot|bot|chatbot|humain|humaine|ia|machine|ordinateur|personne|repondeur|etre humain)\b/,
  /\b(?:eres|es usted|usted es|es esto|esto es|sois|estoy hablando con|hablo con) (?:un |una )?(?:verdadero |verdadera )?(?:robot|bot|chatbot|humano|humana|maquina|persona|ia|inteligencia artificial|computadora)\b/,
];

/** "Is Ann there?", "let me speak to Ann", "can Ann call me". */
function asksForAgent(folded: string, agentName: string | null): boolean {
  const first = firstName(agentName);
  if (first === null) return false;
  const name = foldText(first).replace(/[.\-']/g, "\\$&");
  return [
    `\\b(?:talk|speak|chat|connect me|transfer me|put me through|parler|hablar|comunicarme|discuter) (?:to|with|a|avec|con) ${name}\\b(?!'s)`,
    `\\b(?:is|where is|where's|get|get me|want|need) ${name}[.?! ]*$`,
    `\\b(?:is|get|want|need|ask|tell|have|let|can|could|would|will) ${name}\\b(?!'s).{0,20}\\b(?:there|available|around|here|call|phone|ring|text|contact|reach|get back|reply)\\b`,
    `\\b(?:est-ce que )?${name} (?:est la|est disponible|peut|pourrait|puede|podria|esta disponible|esta ahi)\\b`,
  ].some((pattern) => new RegExp(pattern).test(folded));
}
