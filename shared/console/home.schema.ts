// GET /api/home?tenant=&since= : is everything working, what happened today, what waits for a person.
// GET /api/session : whether this window may change anything.
import { z } from "zod";
import { lampSchema } from "../admin-api.ts";
import { severitySchema } from "../journal.schema.ts";
import { channelSchema, engagementStatusSchema } from "../values.ts";
import { actionSchema, evidenceSchema } from "./action.schema.ts";
import { outreachStateSchema } from "./outreach.schema.ts";

/** `since`: where "today" begins for the viewer (their midnight); the last 24 hours when left out. At most 48 hours back. */
export const homeQuerySchema = z.object({
  tenant: z.string().optional(),
  since: z.iso.datetime().optional(),
});

/** How a result is coloured: reached · missed (nobody answered, not now) · refused by a rule · failed · still open. */
export const OUTCOME_GROUPS = ["reached", "missed", "refused", "failed", "open"] as const;
export const outcomeGroupSchema = z.enum(OUTCOME_GROUPS);
export type OutcomeGroup = z.infer<typeof outcomeGroupSchema>;

const groupCounts = z.object({
  reached: z.number(),
  missed: z.number(),
  refused: z.number(),
  failed: z.number(),
  open: z.number(),
});

export const needSchema = z.object({
  /** Stays the same while the cause does. */
  id: z.string(),
  severity: severitySchema,
  tenant: z.string().nullable(),
  sentence: z.string(),
  remedy: z.string(),
  action: actionSchema.nullable(),
  evidence: evidenceSchema.nullable(),
});
export type Need = z.infer<typeof needSchema>;

/** One outreach in a sentence; its story is GET /api/story?engagement_id=. */
export const latestStorySchema = z.object({
  engagement_id: z.string(),
  tenant: z.string(),
  person_id: z.string().nullable(),
  /** Name, else number or address. */
  who: z.string(),
  channel: channelSchema,
  status: engagementStatusSchema,
  outcome: z.string().nullable(),
  group: outcomeGroupSchema,
  /** "Ann One reached Nivia by phone: connected, 2 min" */
  sentence: z.string(),
  at: z.iso.datetime(),
});

export const homeSchema = z.object({
  version: z.string(),
  started_at: z.iso.datetime(),
  lamps: z.object({
    public_address: lampSchema,
    follow_up_boss: lampSchema,
    channels: lampSchema,
    outreach: lampSchema,
  }),
  outreach: outreachStateSchema,
  today: z.object({
    since: z.iso.datetime(),
    started: z.number(),
    groups: groupCounts,
    /** outcome → outreaches; "open" for those still going. */
    outcomes: z.record(z.string(), z.number()),
    /** One per hour from `since` to now; the last may have just begun. */
    hours: z.array(z.object({ from: z.iso.datetime(), groups: groupCounts })),
    /** Written to Follow Up Boss, waiting to be, given up. */
    records: z.object({ written: z.number(), waiting: z.number(), dead: z.number() }),
  }),
  queue: z.object({ waiting: z.number(), running: z.number(), dead: z.number() }),
  needs_you: z.array(needSchema),
  stories: z.array(latestStorySchema),
});
export type Home = z.infer<typeof homeSchema>;

export const sessionSchema = z.object({
  /** True for a support link: every change is refused with a sentence. */
  read_only: z.boolean(),
  /** When a support link ends; null for the console itself. */
  until: z.iso.datetime().nullable(),
});
export type Session = z.infer<typeof sessionSchema>;
