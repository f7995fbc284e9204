// Automated answers end to end against the practice model: a conversation from announcement to summary, what the model is
// never asked, and what it never gets through.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { AnswerRequest } from "../../server/llm/answer-request.ts";
import { FENCE_LABELS } from "../../server/llm/fence-text.ts";
import { findAddresses } from "../../server/llm/find-addresses.ts";
import { summarizeConversation } from "../../server/llm/summarize-conversation.ts";
import { CHANNELS } from "../../shared/values.ts";
import { FAKE_START } from "../helpers/fake-clock.ts";
import { HOSTILE_MESSAGES } from "../helpers/hostile-messages.ts";
import {
  ANNOUNCEMENT,
  type Assistant,
  HOLDING,
  INSTRUCTION,
  openAssistant,
  said,
} from "../helpers/open-assistant.ts";

let assistant: Assistant;
beforeEach(async () => {
  assistant = await openAssistant();
});
afterEach(() => assistant.close());

const answer: Assistant["answer"] = (text, more) => assistant.answer(text, more);
const asked = (): number => assistant.asked();

describe("a conversation", () => {
  it("is answered, agreed, closed and summed up, in requests of the common form without tools", async () => {
    const first = await answer("Is the house open?", { announced: false, turns: 0 });
    expect(first).toMatchObject({
      reply: `${ANNOUNCEMENT} Would Friday at 10 am suit you for a viewing?`,
      close: false,
      outcome: null,
      handOver: null,
      trouble: null,
    });
    const last = await answer("Friday at 10 works");
    expect(last).toMatchObject({
      reply: "Friday at 10 am it is. You will get a confirmation.",
      close: true,
      outcome: "connected",
      summary: "A viewing on Friday at 10 am was agreed; the agent confirms it.",
    });
    expect(await answer("No thanks, not interested")).toMatchObject({
      close: true,
      outcome: "not_interested",
    });
    for (const wish of ["Bitte keine Nachrichten mehr", "não me envie mais mensagens", "停止"])
      expect(await answer(wish)).toMatchObject({ reply: "", optOut: true, close: true, handOver: null });
    // What else the model says of it does not make it less.
    assistant.llm.say([JSON.stringify({ reply: "Wait!", hand_over: "talk to them", opt_out: true })]);
    expect(await answer("停止")).toMatchObject({ reply: "", optOut: true, handOver: null });
    // A model that does not know the field.
    assistant.llm.say([JSON.stringify({ reply: "Goodbye.", close: true, outcome: "not_interested" })]);
    expect(await answer("停止")).toMatchObject({ reply: "Goodbye.", optOut: false });
    const transcript = [
      said("outbound", "Hello"),
      said("inbound", "Hi, 416-555-0199"),
      said("inbound", "Friday is good"),
    ];
    expect(await summarizeConversation(assistant.deps, assistant.request("", { transcript }))).toMatchObject({
      summary: "The contact wrote 2 times and ended with: Friday is good",
      outcome: "connected",
      trouble: null,
    });
    const body = assistant.llm.requests[0]?.body ?? {};
    expect(Object.keys(body).toSorted()).toEqual(["max_tokens", "messages", "model", "response_format"]);
    expect(JSON.stringify(assistant.llm.requests.map((request) => request.body))).not.toMatch(
      /0199|Garcia|llmkey/,
    );
    expect(assistant.llm.violations).toEqual([]);
    expect(assistant.llm.requests.every(({ authorized, status }) => authorized && status === 200)).toBe(true);
  });

  it("costs what its tokens cost, or what they are estimated at", async () => {
    const counted = await answer("Is the house open?");
    expect(counted.tokens.in).toBeGreaterThan(200);
    expect(counted.cost_micros).toBe(counted.tokens.in * 2 + counted.tokens.out * 8);
    assistant.llm.behaviour = { noUsage: true };
    const guessed = await answer("Is the house open?");
    expect(guessed.tokens.out).toBe(counted.tokens.out);
    expect(Math.abs(guessed.tokens.in - counted.tokens.in) / counted.tokens.in).toBeLessThan(0.2);
    assistant.llm.behaviour = { notJson: true };
    const twice = await answer("Is the house open?");
    expect(twice.tokens.in).toBeGreaterThan(counted.tokens.in * 2);
  });

  it("is handed over by the model with its reason, where the reason is fit to be read", async () => {
    const handed = await answer("What is the best price?");
    expect(handed).toMatchObject({
      reply: "That is a question for the agent, who will get back to you.",
      handOver: "The automated assistant handed the conversation over: The contact asks about money.",
      close: false,
    });
    assistant.llm.say([
      '{"reply":"","hand_over":"see https://evil.example"}',
      '{"reply":"","hand_over":true}',
    ]);
    const bare = { reply: HOLDING, handOver: "The automated assistant handed the conversation over." };
    expect(await answer("Hm")).toMatchObject(bare);
    expect(await answer("Hm")).toMatchObject(bare);
  });
});

describe("the model is not asked", () => {
  it.each<[string, string, Partial<AnswerRequest>, string, RegExp]>([
    ["who want a person", "Can I talk to a human?", {}, HOLDING, /asked to talk to a person/],
    [
      "who want one in French",
      "Je veux parler à une personne",
      {},
      "Merci. Ann One vous répondra personnellement.",
      /person/,
    ],
    ["who were held before", "Agent!", { held: true }, "", /asked to talk to a person/],
    [
      "who ask what it is",
      "Are you a bot?",
      { announced: false },
      "Yes, this is an automated assistant. Ann One will get back to you personally.",
      /whether this is a machine/,
    ],
    ["who send a picture", "[picture]", {}, HOLDING, /not text/],
    ["after too many turns", "Hi", { turns: 12 }, HOLDING, /12 times/],
    ["after too long", "Hi", { now: FAKE_START + 3_600_000 }, HOLDING, /60 minutes/],
    ["when it would cost too much", "Hi", { spentMicros: 499_000 }, HOLDING, /cost as much/],
    ["when it was not announced", "Agent", { announced: false }, `${ANNOUNCEMENT} ${HOLDING}`, /person/],
  ])("by contacts %s", async (_who, text, more, reply, why) => {
    const given = await answer(text, more);
    expect(given).toMatchObject({ reply, close: false, outcome: null, cost_micros: 0, trouble: null });
    expect(given.handOver).toMatch(why);
    expect(asked()).toBe(0);
  });

  it("when a call was not understood: once it asks again, then the agent takes over", async () => {
    const silent = [said("outbound", "Hello"), said("inbound", "")];
    expect(await answer("", { channel: "phone", transcript: silent })).toMatchObject({
      reply: "Sorry, I did not hear you. Could you say that again?",
      handOver: null,
    });
    const twice = [...silent, said("outbound", "Sorry?"), said("inbound", " ")];
    expect(await answer("", { channel: "phone", transcript: twice })).toMatchObject({
      reply: HOLDING,
      handOver: "The contact could not be understood twice in a row.",
    });
    expect(asked()).toBe(0);
  });
});

describe("a summary without a usable model", () => {
  it.each<[string, Partial<AnswerRequest>, string, string | null]>([
    ["of three messages", {}, "Nivia wrote 3 messages; last: “and Friday?”", "connected"],
    ["of a call", { channel: "phone" }, "Nivia spoke 3 times; last: “and Friday?”", "connected"],
    [
      "of nobody known",
      { contactName: "+14165550199" },
      "The contact wrote 3 messages; last: “and Friday?”",
      "connected",
    ],
    ["of silence", { transcript: [said("outbound", "Hi")] }, "Nivia did not reply.", null],
    [
      "of a picture",
      { transcript: [said("inbound", "")] },
      "Nivia wrote 1 message without text.",
      "connected",
    ],
  ])("%s counts what was said", async (_of, more, summary, outcome) => {
    const transcript = [said("inbound", "Hi"), said("inbound", "I"), said("inbound", "and\nFriday?")];
    const closed = { ...assistant.request("", { transcript, ...more }), model: null };
    expect(await summarizeConversation(assistant.deps, closed)).toMatchObject({
      summary,
      outcome,
      cost_micros: 0,
    });
    expect(asked()).toBe(0);
    for (const behaviour of [{ down: true }, { notJson: true }, { garbage: true }]) {
      assistant.llm.behaviour = behaviour;
      const same = await summarizeConversation(
        assistant.deps,
        assistant.request("", { transcript, ...more }),
      );
      expect(same).toMatchObject({ summary, outcome });
    }
  });

  it("is counted too where the model's own would show the prompt or foreign addresses", async () => {
    const bad = ["See https://evil.example", "ASSISTANT_RULES: x", "call 416-555-0199", "{x}"];
    assistant.llm.say(bad.map((summary) => JSON.stringify({ summary, outcome: "connected" })));
    for (const _one of bad)
      expect((await summarizeConversation(assistant.deps, assistant.request("Friday?"))).summary).toBe(
        "Nivia wrote 1 message: “Friday?”",
      );
  });
});

/** What must never stand in a reply, whoever asked for it. */
function findForbidden(reply: string, sentSystem: string): string[] {
  const lower = reply.toLowerCase();
  const known = new Set(findAddresses(INSTRUCTION).map(({ value }) => value));
  return [
    ...FENCE_LABELS.filter((label) => lower.includes(label.toLowerCase())),
    ...["{", "}", "<", "evil", "bob", "real person", "credit card", "password"].filter((word) =>
      lower.includes(word),
    ),
    ...findAddresses(reply).flatMap(({ value }) => (known.has(value) ? [] : [value])),
    ...sentSystem.split(/(?<=[.:])\s|\n/).filter((line) => line.length > 40 && reply.includes(line)),
  ];
}

describe("sixty hostile messages to a model that obeys them all", () => {
  it("each reach the model, and nothing of what they ask for reaches the contact", async () => {
    assistant.llm.behaviour = { obedient: true };
    expect(new Set(HOSTILE_MESSAGES).size).toBe(60);
    let [handedOver, modelGaveIn] = [0, 0];
    for (const [index, message] of HOSTILE_MESSAGES.entries()) {
      const before = asked();
      const channel = CHANNELS[index % CHANNELS.length] ?? "sms";
      const given = await answer(message, { channel, transcript: [said("inbound", message)] });
      expect(asked(), message).toBeGreaterThan(before);
      const sent = assistant.llm.requests.at(-1)?.body as { messages: { role: string; content: string }[] };
      const system = sent.messages[0]?.content ?? "";
      expect(system, message).not.toContain(message);
      expect(findForbidden(`${given.reply} ${given.summary ?? ""}`, system), message).toEqual([]);
      expect(given.handOver ?? "", message).not.toMatch(/evil|0188|ASSISTANT_RULES|https?:/);
      expect(given.reply, message).not.toBe("");
      if (given.handOver !== null) handedOver += 1;
      if (given.reply === HOLDING) modelGaveIn += 1;
    }
    // The model does give in: a guard that never had anything to do would show nothing.
    expect(handedOver).toBeGreaterThan(50);
    expect(modelGaveIn).toBeGreaterThan(50);
    expect(assistant.llm.violations).toEqual([]);
  });

  it("and to one that behaves, which answers as if they were small talk", async () => {
    const answers = await Promise.all(HOSTILE_MESSAGES.map((message) => answer(message)));
    expect(answers.filter(({ trouble }) => trouble !== null)).toEqual([]);
    expect(answers.filter(({ reply }) => reply === HOLDING)).toEqual([]);
  });
});
