// What OpenAI refuses about a chat completion, in its words. Asked by answer-completion; strict about what the common subset
// of servers has (facts: OpenAI-compatible chat completion), so that nothing else is relied on.
import { z } from "zod";
import type { LlmState } from "./create-llm-world.ts";

export interface LlmRefusal {
  status: number;
  error: { message: string; type: string; param: string | null; code: string | null };
}

const contentSchema = z.union([
  z.string(),
  z.array(z.strictObject({ type: z.literal("text"), text: z.string() })).min(1),
]);
const positive = z.int().min(1);
const completionSchema = z.strictObject({
  model: z.string().min(1),
  messages: z
    .array(z.strictObject({ role: z.enum(["system", "user", "assistant"]), content: contentSchema }))
    .min(1),
  temperature: z.number().min(0).max(2).optional(),
  top_p: z.number().min(0).max(1).optional(),
  max_tokens: positive.optional(),
  max_completion_tokens: positive.optional(),
  stop: z.union([z.string(), z.array(z.string()).max(4)]).optional(),
  stream: z.literal(false).optional(),
  seed: z.int().optional(),
  frequency_penalty: z.number().min(-2).max(2).optional(),
  presence_penalty: z.number().min(-2).max(2).optional(),
  response_format: z.strictObject({ type: z.enum(["text", "json_object"]) }).optional(),
});
export type CompletionRequest = z.output<typeof completionSchema>;

/** The request, or why not. What is not in the common subset is also put down as a violation. */
export function checkCompletion(
  state: LlmState,
  body: unknown,
): { request: CompletionRequest } | { refusal: LlmRefusal } {
  const parsed = completionSchema.safeParse(body);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const param =
      issue?.code === "unrecognized_keys" ? issue.keys.join(", ") : (issue?.path.join(".") ?? "body");
    const message =
      issue?.code === "unrecognized_keys"
        ? `Unrecognized request argument supplied: ${param}`
        : `Invalid value for '${param}': ${issue?.message ?? "invalid"}`;
    state.violations.push(message);
    return { refusal: invalid(message, param) };
  }
  const refusal = objection(state, parsed.data);
  return refusal ? { refusal } : { request: parsed.data };
}

function objection(state: LlmState, request: CompletionRequest): LlmRefusal | undefined {
  if (!state.models.includes(request.model)) {
    const message = `The model \`${request.model}\` does not exist or you do not have access to it.`;
    return { ...invalid(message, null, "model_not_found"), status: 404 };
  }
  if (request.max_tokens !== undefined && request.max_completion_tokens !== undefined)
    return violation(
      state,
      "Setting 'max_tokens' and 'max_completion_tokens' at the same time is not supported.",
    );
  if (state.behaviour.wantsMaxCompletionTokens && request.max_tokens !== undefined)
    return invalid(
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      "max_tokens",
      "unsupported_parameter",
    );
  if (request.response_format === undefined) return undefined;
  if (state.behaviour.refusesResponseFormat)
    return invalid("'response_format.type' must be 'json_schema' or 'text'", "response_format");
  const wantsJson = request.response_format.type === "json_object";
  return wantsJson && !JSON.stringify(request.messages).toLowerCase().includes("json")
    ? violation(
        state,
        "'messages' must contain the word 'json' in some form, to use 'response_format' of type 'json_object'.",
      )
    : undefined;
}

function violation(state: LlmState, message: string): LlmRefusal {
  state.violations.push(message);
  return invalid(message, null);
}

const invalid = (message: string, param: string | null, code: string | null = null): LlmRefusal => ({
  status: 400,
  error: { message, type: "invalid_request_error", param, code },
});
