import { expect, test } from "vitest";
import { admitAutomated, announce, askAgain, holdingReply } from "../../../server/llm/fixed-sentences.ts";
import { guardQuestion } from "../../../server/llm/guard-question.ts";
import { guessLanguage, type Language } from "../../../server/llm/guess-language.ts";
import { CHANNELS } from "../../../shared/values.ts";

const ANN = { agentName: "Ann One", brokerage: "Maple Street Realty" };
const LANGUAGES: readonly Language[] = ["en", "fr", "es"];

test.each([
  [
    ANN,
    "This is the automated assistant of Ann One at Maple Street Realty. Reply AGENT at any time to reach a person.",
  ],
  [
    { ...ANN, agentName: null },
    "This is the automated assistant of Maple Street Realty. Reply AGENT at any time to reach a person.",
  ],
  [
    { ...ANN, brokerage: "" },
    "This is the automated assistant of Ann One. Reply AGENT at any time to reach a person.",
  ],
  [
    { agentName: null, brokerage: "" },
    "This is an automated assistant. Reply AGENT at any time to reach a person.",
  ],
])("the announcement for %j", (who, text) => {
  expect(announce({ ...who, language: "en", channel: "sms" })).toBe(text);
});

test("every announcement says that it is automated, and offers a word that the guard understands", () => {
  for (const language of LANGUAGES) {
    for (const channel of CHANNELS) {
      const text = announce({ ...ANN, language, channel });
      expect(text).toMatch(/automated|automatique|automático/);
      expect(text).toContain("Ann One");
      const word = /(?:Reply|Répondez|Responda|Say “|Dites « |Diga «)\s*(\w+)/.exec(text)?.[1] ?? "";
      expect(guardQuestion(word, null), text).toBe("asks_for_person");
    }
  }
});

test.each([
  [ANN, "en", "Thank you. Ann One will get back to you personally."],
  [
    { ...ANN, agentName: null },
    "en",
    "Thank you. Somebody from Maple Street Realty will get back to you personally.",
  ],
  [{ agentName: null, brokerage: "" }, "en", "Thank you. Somebody will get back to you personally."],
  [ANN, "fr", "Merci. Ann One vous répondra personnellement."],
  [ANN, "es", "Gracias. Ann One le responderá personalmente."],
] as const)("the holding reply of %j in %s", (who, language, text) => {
  expect(holdingReply({ ...who, language })).toBe(text);
});

test("asked whether it is a machine, it says yes in every language, and who will be in touch", () => {
  const said = LANGUAGES.map((language) => admitAutomated({ ...ANN, language }));
  expect(said[0]).toBe("Yes, this is an automated assistant. Ann One will get back to you personally.");
  expect(said[1]).toMatch(/^Oui, .*automatique\. Ann One/);
  expect(said[2]).toMatch(/^Sí, .*automático\. Ann One/);
  expect(new Set(LANGUAGES.map(askAgain)).size).toBe(3);
});

test.each<[string, Language]>([
  ["", "en"],
  ["Friday?", "en"],
  ["Can you tell me the price", "en"],
  ["Bonjour", "fr"],
  ["Est-ce que la maison est encore disponible ?", "fr"],
  ["Oui, c’est bon pour vendredi", "fr"],
  ["Hola", "es"],
  ["¿Puedo ver la casa mañana?", "es"],
  ["Sí gracias, el viernes", "es"],
  ["Hi, my name is José and I want the house on Rue des Pins", "en"],
])("%j is %s", (text, language) => {
  expect(guessLanguage([text])).toBe(language);
});
