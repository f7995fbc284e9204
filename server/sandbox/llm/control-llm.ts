// What another process may see of the pretend language model and have it do. Asked by the control door.
import { z } from "zod";
import type { LlmBehaviour, LlmWorld } from "./create-llm-world.ts";

const on = z.boolean();
const behaviourSchema = z
  .strictObject({
    slow: z.number().min(0),
    down: on,
    hang: on,
    rateLimited: z.int().min(0),
    refuses: z.int().min(400).max(599),
    redirects: z.url(),
    garbage: on,
    notJson: on,
    fenced: on,
    think: on,
    contentParts: on,
    obedient: on,
    huge: z.int().min(1).max(5_000_000),
    toolCalls: on,
    refusesResponseFormat: on,
    wantsMaxCompletionTokens: on,
    noUsage: on,
  })
  .partial();

const controlSchema = z.strictObject({
  /** Instead of the one before; {} makes it well-behaved. */
  behaviour: behaviourSchema.optional(),
  /** Added to what it will say next. */
  say: z
    .array(z.union([z.string(), z.strictObject({ status: z.int().min(200).max(599), body: z.json() })]))
    .optional(),
  /** Bearer key to ask for; null for none. */
  apiKey: z.string().min(1).nullable().optional(),
  models: z.array(z.string().min(1)).min(1).optional(),
});

/** The key stays inside. */
export const describeLlm = ({ models, behaviour, script, requests, violations }: LlmWorld) => ({
  models,
  behaviour,
  script,
  requests,
  violations,
});

/** Returns what is wrong with the request; undefined when it was done. */
export function controlLlm(world: LlmWorld, body: unknown): string | undefined {
  const parsed = controlSchema.safeParse(body);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const { behaviour, say, apiKey, models } = parsed.data;
  if (behaviour) {
    const given = Object.entries(behaviour).filter(([, value]) => value !== undefined);
    world.behaviour = Object.fromEntries(given) as LlmBehaviour;
  }
  if (say) world.say(say);
  if (apiKey !== undefined) world.apiKey = apiKey;
  if (models) world.models = models;
  return undefined;
}
