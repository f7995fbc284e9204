// An automated assistant over a real socket: the practice model, a clock the test moves, and the log that is looked through
// for secrets when it closes.
import { expect } from "vitest";
import { answerContact } from "../../server/llm/answer-contact.ts";
import type { AnswerRequest, AutomatedAnswer, SaidLine } from "../../server/llm/answer-request.ts";
import type { ModelAccess } from "../../server/llm/model-access.ts";
import type { ModelDeps } from "../../server/llm/send-to-model.ts";
import { createProcessLog } from "../../server/log/process-log.ts";
import { createSandbox } from "../../server/sandbox/create-sandbox.ts";
import { LLM_MODEL, type LlmWorld } from "../../server/sandbox/llm/create-llm-world.ts";
import { createFakeClock, FAKE_START, type FakeClock } from "./fake-clock.ts";

export const MODEL_KEY = "llmkey-4f9a77c1e2";
export const INSTRUCTION =
  "Offer a viewing of 12 Maple Street, see https://maple.example/12 or call 416-555-0111.";
export const HOLDING = "Thank you. Ann One will get back to you personally.";
export const ANNOUNCEMENT =
  "This is the automated assistant of Ann One at Maple Street Realty. Reply AGENT at any time to reach a person.";

export const said = (direction: SaidLine["direction"], text: string): SaidLine => ({
  direction,
  text,
  at: FAKE_START,
});

export interface Assistant {
  readonly llm: LlmWorld;
  readonly clock: FakeClock;
  readonly deps: ModelDeps;
  readonly logged: readonly string[];
  readonly model: ModelAccess;
  request(text: string, more?: Partial<AnswerRequest>): AnswerRequest;
  answer(text: string, more?: Partial<AnswerRequest>): Promise<AutomatedAnswer>;
  /** Requests the model got. */
  asked(): number;
  /** Of the model only. */
  stop(): Promise<void>;
  close(): Promise<void>;
}

export async function openAssistant(): Promise<Assistant> {
  const sandbox = createSandbox();
  const { url } = await sandbox.listen(0);
  sandbox.llm.apiKey = MODEL_KEY;
  const clock = createFakeClock();
  const logged: string[] = [];
  const deps = { clock, log: createProcessLog("debug", (line) => void logged.push(line)) };
  const model = {
    url: `${url}/llm/v1`,
    model: LLM_MODEL,
    key: MODEL_KEY,
    tokensField: "max_tokens" as const,
  };
  const request: Assistant["request"] = (text, more = {}) => ({ ...usual(text), model, ...more });
  return {
    llm: sandbox.llm,
    clock,
    deps,
    logged,
    model,
    request,
    answer: (text, more) => answerContact(deps, request(text, more)),
    asked: () => sandbox.llm.requests.length,
    stop: () => sandbox.close(),
    close: async () => {
      await sandbox.close();
      expect(clock.sleepers()).toBe(0);
      expect(logged.join("\n")).not.toMatch(new RegExp(`${MODEL_KEY}|Maple|Hello|Ann|416555`));
    },
  };
}

const usual = (text: string): Omit<AnswerRequest, "model"> => ({
  channel: "sms",
  callType: "appointment_booking",
  instruction: INSTRUCTION,
  contactName: "Nivia Garcia",
  agentName: "Ann One",
  brokerage: "Maple Street Realty",
  transcript: [said("outbound", "Hello Nivia, would a viewing suit you?"), said("inbound", text)],
  limits: { maxTurns: 12, maxMinutes: 60, maxCostMicros: 500_000, priceIn: 2, priceOut: 8 },
  spentMicros: 0,
  turns: 1,
  startedAt: FAKE_START,
  now: FAKE_START,
  zone: "America/Toronto",
  announced: true,
  held: false,
});
