// The text of a chat completion and what it used, out of the dialects of OpenAI, Ollama, LM Studio and vLLM. Called by
// ask-model. Tool calls, reasoning and refusals are nobody's answer: without text there is none.
import { z } from "zod";
import { GatewayError } from "../base/errors.ts";
import { parseJson } from "./parse-json.ts";
import { MaybeAnswered } from "./send-to-model.ts";

export interface TokenUse {
  readonly in: number;
  readonly out: number;
}

export interface Completion {
  /** Without the model's thoughts, trimmed; "" when it said nothing. */
  readonly text: string;
  /** null when the server does not count. */
  readonly use: TokenUse | null;
}

const part = z.union([
  z.string(),
  z.looseObject({ type: z.string().optional(), text: z.string().optional() }),
]);
const count = z.number().min(0).max(100_000_000);
const completionSchema = z.looseObject({
  choices: z
    .array(
      z.looseObject({ message: z.looseObject({ content: z.union([z.string(), z.array(part)]).nullish() }) }),
    )
    .min(1),
  usage: z.looseObject({ prompt_tokens: count, completion_tokens: count }).nullish().catch(null),
});

/** @throws GatewayError model_bad_answer when it is no chat completion. */
export function readCompletion(text: string): Completion {
  const parsed = completionSchema.safeParse(parseJson(text));
  const choice = parsed.data?.choices[0];
  if (!parsed.success || !choice)
    throw new GatewayError("model_bad_answer", {
      sentence: "The language model's server answered with something that is no chat completion.",
      cause: new MaybeAnswered(),
    });
  const { usage } = parsed.data;
  return {
    text: withoutThoughts(joinParts(choice.message.content)).trim(),
    use: usage ? { in: usage.prompt_tokens, out: usage.completion_tokens } : null,
  };
}

function joinParts(content: string | z.output<typeof part>[] | null | undefined): string {
  if (typeof content === "string") return content;
  const texts = (content ?? []).map((entry) => {
    if (typeof entry === "string") return entry;
    return entry.type === undefined || entry.type === "text" ? (entry.text ?? "") : "";
  });
  return texts.join("");
}

/**
 * What comes after the last thought. Some servers swallow the opening mark, some cut a thought off at the limit: then
 * nothing was said.
 */
function withoutThoughts(text: string): string {
  const end = [...text.matchAll(/<\/think(?:ing)?>/gi)].at(-1);
  const said = end ? text.slice(end.index + end[0].length) : text;
  const begun = /<think(?:ing)?>/i.exec(said);
  return begun ? said.slice(0, begun.index) : said;
}
