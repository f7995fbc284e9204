// The console's contract: the answers of the admin listener. Every answer is this machine's, behind token or cookie.
import { z } from "zod";
import { engagementSchema } from "./engagement.schema.ts";
import { journalEntrySchema } from "./journal.schema.ts";

/** One lamp of "is everything working?". grey = never seen, amber = proven before but not lately. */
export const lampSchema = z.object({
  state: z.enum(["ok", "warn", "bad", "unknown"]),
  sentence: z.string(),
  remedy: z.string().nullable(),
});
export type Lamp = z.infer<typeof lampSchema>;

export const checkSchema = lampSchema.extend({ id: z.string(), title: z.string() });
export type Check = z.infer<typeof checkSchema>;

export const statusSchema = z.object({
  version: z.string(),
  started_at: z.iso.datetime(),
  public_url: z.string(),
  server_url: z.string().nullable(),
  lamps: z.object({
    public_address: lampSchema,
    follow_up_boss: lampSchema,
    channels: lampSchema,
    outreach: lampSchema,
  }),
  /** Where keys are kept, said plainly. */
  vault: z.object({ kind: z.enum(["keychain", "file", "none"]), ok: z.boolean(), sentence: z.string() }),
  /** Settings repaired or defaulted at start, in words. */
  settings_notices: z.array(z.string()),
  environment_locks: z.array(z.string()),
  tenants: z.array(
    z.object({ domain_name: z.string(), track: z.string(), users: z.number(), embed_url: z.string() }),
  ),
  queue: z.object({ waiting: z.number(), running: z.number(), dead: z.number() }),
  today: z.object({
    engagements: z.number(),
    refused: z.number(),
    activities_waiting: z.number(),
    activities_dead: z.number(),
  }),
  needs_you: z.array(
    z.object({ sentence: z.string(), remedy: z.string(), engagement_id: z.string().nullable() }),
  ),
});
export type Status = z.infer<typeof statusSchema>;

export const engagementListSchema = z.object({
  engagements: z.array(
    engagementSchema.omit({ transcript: true, history: true }).extend({
      created_at: z.iso.datetime(),
      rule: z.string().nullable(),
      source: z.string(),
      /** The agent's name, or null when it went out for the brokerage. */
      by: z.string().nullable(),
      crm_state: z.enum(["none", "waiting", "written", "dead"]),
    }),
  ),
  next: z.string().nullable(),
});
export type EngagementList = z.infer<typeof engagementListSchema>;

export const journalPageSchema = z.object({
  entries: z.array(journalEntrySchema),
  next_before_seq: z.number().nullable(),
});

const waitersSchema = z.object({
  interactive: z.number(),
  launch: z.number(),
  sync: z.number(),
  listing: z.number(),
});

/** `GET /api/lanes`: what Follow Up Boss lets through per account, how much of it is used, and what waits for it. */
export const lanesSchema = z.object({
  lanes: z.array(
    z.object({
      /** FUB's account id; until it is known a stand-in for the key. */
      account: z.string(),
      context: z.string(),
      /** Requests per window. */
      limit: z.number(),
      windowMs: z.number(),
      used: z.number(),
      /** Requests that are held back right now. */
      waiting: z.number(),
      waitingBy: waitersSchema,
      /** Epoch ms until which the account is silent; null when it is not. */
      pausedUntil: z.number().nullable(),
      /** Pieces of background work that have to go through here. */
      queued_jobs: z.number(),
      /** Until all that waits now is through; 0 when nothing waits. */
      eta_seconds: z.number(),
    }),
  ),
});
export type Lanes = z.infer<typeof lanesSchema>;

/** Events of `GET /api/stream` (SSE): the event name and its data. */
export type StreamEvent =
  | { readonly event: "journal"; readonly data: z.infer<typeof journalEntrySchema>[] }
  | { readonly event: "engagement"; readonly data: { engagement_id: string } };
