// GET /api/tenants/:slug/guide : the guide of the brokerage's track, each step with what was observed of it.
// PUT /api/tenants/:slug/guide/:step ticks what cannot be observed. GET /api/tenants/:slug/track-change?to= .
import { z } from "zod";
import { actionSchema, evidenceSchema } from "./action.schema.ts";

export const stepStateSchema = z.enum(["proven", "failed", "waiting", "ticked"]);
export type StepState = z.infer<typeof stepStateSchema>;

export const guideStepSchema = z.object({
  /** "A1.2"; the same step of two agents has the same id. */
  id: z.string(),
  /** The agent it is about; null for the brokerage. */
  user_id: z.string().nullable(),
  title: z.string(),
  /** proof: the gateway finds out by itself. tick: a person says so. */
  kind: z.enum(["proof", "tick"]),
  optional: z.boolean(),
  state: stepStateSchema,
  /** What was seen, or what is missing. */
  sentence: z.string(),
  /** When it was seen or ticked; null while waiting. */
  at: z.iso.datetime().nullable(),
  evidence: evidenceSchema.nullable(),
  /** What to do in Follow Up Boss, one line each; empty when nothing. */
  in_crm: z.array(z.string()),
  /** What to copy there. */
  copy: z.array(z.object({ label: z.string(), text: z.string() })),
  /** Fields to fill in here: "platform.SERVER_URL", "tenant.fub_api_key", "user.default_broker_phone". */
  here: z.array(z.string()),
  action: actionSchema.nullable(),
});
export type GuideStep = z.infer<typeof guideStepSchema>;

export const guideSectionSchema = z.object({
  /** "platform", "A1" … "A4", "B1" … "B3", "checklist", "tags". */
  id: z.string(),
  title: z.string(),
  /** stepper: done one after the other. table: one row per check, one column per agent (A4, B3). list: a checklist. */
  layout: z.enum(["stepper", "table", "list"]),
  steps: z.array(guideStepSchema),
});

export const guideSchema = z.object({
  tenant: z.string(),
  track: z.enum(["A", "B"]),
  /** In the settings' order; columns of the tables. */
  agents: z.array(z.object({ user_id: z.string(), name: z.string() })),
  sections: z.array(guideSectionSchema),
  progress: z.object({ done: z.number(), of: z.number() }),
});
export type Guide = z.infer<typeof guideSchema>;

/** Refused for steps of kind proof. Answers the guide. */
export const tickStepSchema = z.strictObject({
  done: z.boolean(),
  user_id: z.string().max(100).nullable().optional(),
});

/** What becomes different; nothing is changed by asking. */
export const trackChangeSchema = z.object({
  from: z.enum(["A", "B"]),
  to: z.enum(["A", "B"]),
  changes: z.array(z.string()),
  /** What must be done afterwards, in order. */
  todo: z.array(z.string()),
  /** Stays as it is: agents, phones, keys, what was synced. */
  keeps: z.array(z.string()),
});
export type TrackChange = z.infer<typeof trackChangeSchema>;
