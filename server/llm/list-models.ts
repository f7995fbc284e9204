// Does the model server answer with this key, and which models has it? The connection test of the console and its list of
// models to choose from.
import { z } from "zod";
import { GatewayError } from "../base/errors.ts";
import type { ModelAccess } from "./model-access.ts";
import { modelRefusal } from "./model-refusal.ts";
import { parseJson } from "./parse-json.ts";
import { type ModelDeps, sendToModel } from "./send-to-model.ts";

/** OpenAI's form; everybody has it. */
const modelsSchema = z.looseObject({ data: z.array(z.looseObject({ id: z.string().min(1).max(200) })) });
const MOST_MODELS = 500;
const TIMEOUT_MS = 10_000;

/** Names in the alphabet's order, each once. @throws as askModel. */
export async function listModels(
  deps: ModelDeps,
  access: ModelAccess,
  signal?: AbortSignal,
): Promise<string[]> {
  const reply = await sendToModel(deps, {
    access,
    method: "GET",
    path: "/models",
    timeoutMs: TIMEOUT_MS,
    ...(signal ? { signal } : {}),
  });
  if (reply.status < 200 || reply.status > 299) throw modelRefusal(access, reply, deps.clock.now());
  const parsed = modelsSchema.safeParse(parseJson(reply.text));
  if (!parsed.success)
    throw new GatewayError("model_bad_answer", {
      sentence: "This address answers, but not with a list of language models. Most addresses end in /v1.",
    });
  return [...new Set(parsed.data.data.map(({ id }) => id))].toSorted().slice(0, MOST_MODELS);
}
