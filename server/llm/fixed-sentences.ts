// What the automated assistant says in our words rather than the model's: that it is automated, that an agent takes over,
// that it did not hear. Pure; called by answer-contact, and by whoever speaks first on a call.
import { type Channel, isVoice } from "../../shared/values.ts";
import type { Language } from "./guess-language.ts";

export interface Speaker {
  readonly agentName: string | null;
  /** As contacts know it; may be "". */
  readonly brokerage: string;
  readonly language: Language;
}

/** Said once, before the first automated words of a conversation (facts: Consent; disclose who is calling). */
export function announce(speaker: Speaker & { readonly channel: Channel }): string {
  const who = ownersOf(speaker);
  const { intro, wayOut } = ANNOUNCEMENTS[speaker.language];
  return `${intro(who)} ${isVoice(speaker.channel) ? wayOut.spoken : wayOut.written}`;
}

/** What the contact gets where the model has no answer or may not give one. Say it once; then the agent speaks. */
export function holdingReply(speaker: Speaker): string {
  const { thanks, later } = HOLDING[speaker.language];
  return `${thanks} ${later(personOf(speaker))}`;
}

/** The honest answer to "are you a bot?". */
export function admitAutomated(speaker: Speaker): string {
  const { yes, later } = HOLDING[speaker.language];
  return `${yes} ${later(personOf(speaker))}`;
}

/** On a call where nothing was understood. */
export const askAgain = (language: Language): string => ASK_AGAIN[language];

/** "Ann One at Maple Street", as far as is known. */
function ownersOf({ agentName, brokerage, language }: Speaker): string {
  if (agentName && brokerage) return `${agentName}${ANNOUNCEMENTS[language].at}${brokerage}`;
  return agentName || brokerage;
}

function personOf({ agentName, brokerage, language }: Speaker): string {
  return agentName || HOLDING[language].somebody(brokerage);
}

const ANNOUNCEMENTS = {
  en: {
    at: " at ",
    intro: (who: string) =>
      who ? `This is the automated assistant of ${who}.` : "This is an automated assistant.",
    wayOut: {
      written: "Reply AGENT at any time to reach a person.",
      spoken: "Say “agent” at any time to reach a person.",
    },
  },
  fr: {
    at: ", ",
    intro: (who: string) =>
      who ? `Ici l'assistant automatique de ${who}.` : "Ici un assistant automatique.",
    wayOut: {
      written: "Répondez AGENT à tout moment pour joindre une personne.",
      spoken: "Dites « agent » à tout moment pour joindre une personne.",
    },
  },
  es: {
    at: ", ",
    intro: (who: string) =>
      who ? `Este es el asistente automático de ${who}.` : "Este es un asistente automático.",
    wayOut: {
      written: "Responda AGENTE en cualquier momento para hablar con una persona.",
      spoken: "Diga «agente» en cualquier momento para hablar con una persona.",
    },
  },
} as const;

const HOLDING = {
  en: {
    thanks: "Thank you.",
    yes: "Yes, this is an automated assistant.",
    somebody: (brokerage: string) => (brokerage ? `Somebody from ${brokerage}` : "Somebody"),
    later: (who: string) => `${who} will get back to you personally.`,
  },
  fr: {
    thanks: "Merci.",
    yes: "Oui, je suis un assistant automatique.",
    somebody: (brokerage: string) => (brokerage ? `Quelqu'un de ${brokerage}` : "Quelqu'un"),
    later: (who: string) => `${who} vous répondra personnellement.`,
  },
  es: {
    thanks: "Gracias.",
    yes: "Sí, soy un asistente automático.",
    somebody: (brokerage: string) => (brokerage ? `Alguien de ${brokerage}` : "Alguien"),
    later: (who: string) => `${who} le responderá personalmente.`,
  },
} as const;

const ASK_AGAIN: Readonly<Record<Language, string>> = {
  en: "Sorry, I did not hear you. Could you say that again?",
  fr: "Désolé, je ne vous ai pas entendu. Pouvez-vous répéter ?",
  es: "Perdón, no le escuché. ¿Puede repetirlo?",
};
