// What the campaign page in Follow Up Boss and the server say to each other: a Smart List reached over one channel.
import { z } from "zod";
import { clickIdSchema } from "./click-id.schema.ts";
import type { EmbedModel } from "./embed.schema.ts";
import { paceSchema } from "./pace.schema.ts";
import { callTypeSchema, channelSchema } from "./values.ts";

/** Channels of the campaign app (seed 000, "Bulk Smart List campaign"). */
export const CAMPAIGN_CHANNELS = ["phone", "sms", "email"] as const;
export const campaignChannelSchema = z.enum(CAMPAIGN_CHANNELS);
export type CampaignChannel = z.infer<typeof campaignChannelSchema>;

/** Outcomes after which somebody may be tried again. Whoever was reached, or refused, is not. */
export const RETRY_OUTCOMES = ["no_answer", "busy", "voicemail", "failed"] as const;

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time like 09:00");

export const retrySchema = z.strictObject({
  outcomes: z.array(z.enum(RETRY_OUTCOMES)).min(1).max(RETRY_OUTCOMES.length),
  /** Further tries after the first. */
  times: z.number().int().min(1).max(5),
  after_minutes: z.number().int().min(1).max(10_080),
  /** Tries start only between these times of day, in `timezone` (IANA; the gateway's own when left out). */
  hours: z
    .strictObject({
      from: timeOfDay,
      to: timeOfDay,
      timezone: z.string().max(60).refine(isTimezone, "is not a known time zone").optional(),
    })
    .refine(({ from, to }) => from < to, "must end after it begins")
    .optional(),
});
export type Retry = z.infer<typeof retrySchema>;

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}

const idText = z.union([z.string().trim().min(1).max(32), z.number().int().nonnegative()]).transform(String);

/** POST …/campaign/preflight and /start. The same `click_id` is the same campaign: start runs what was reviewed. */
export const campaignBodySchema = z.strictObject({
  smart_list_id: idText,
  channel: campaignChannelSchema,
  call_type: callTypeSchema,
  instruction: z.string().trim().max(4000).optional(),
  click_id: clickIdSchema,
  pace: paceSchema.optional(),
  retry: retrySchema.optional(),
});
export type CampaignBody = z.output<typeof campaignBodySchema>;

/** Preflight only: how long the answer may wait for the end of the list; then `status` is "checking". */
export const preflightBodySchema = campaignBodySchema.extend({
  wait_seconds: z.number().min(0).max(55).optional(),
});

/** `checking` and `checked` are the review, before anything is started. */
export const CAMPAIGN_STATUSES = [
  "checking",
  "checked",
  "queueing",
  "running",
  "paused",
  "completed",
  "canceled",
  "failed",
] as const;
export const campaignStatusSchema = z.enum(CAMPAIGN_STATUSES);
export type CampaignStatus = z.infer<typeof campaignStatusSchema>;

/** Skip reasons beyond the contact rules: second in the list with this number or address; in the trash by now. */
export const SKIP_REASONS = ["duplicate_number", "duplicate_address", "trashed"] as const;

const counts = z.record(z.string(), z.number());

/** GET …/campaign/:batch_id, and every `campaign` event of its stream. Times ISO 8601 UTC. */
export const campaignSchema = z.object({
  batch_id: z.string(),
  status: campaignStatusSchema,
  /** People on the list as far as known; final once the list was read. */
  total: z.number(),
  /** People who were put in line. Equals the review's `will_queue` once queueing is over. */
  queued_calls: z.number(),
  skipped_calls: z.number(),
  /** Of queued_calls: over, further tries included. */
  done: z.number(),
  outcomes: counts,
  /** Reasons nobody was put in line for, by person. */
  skipped: counts,
  /** Of `outcomes`: refused by a rule after the review. */
  refused_later: counts,
  /** Until all of it is done, its records in Follow Up Boss included. 0 when it is. */
  eta_seconds: z.number(),
  /** People read from Follow Up Boss so far. */
  checked: z.number(),
  /** Before the start: how many would be put in line. */
  will_queue: z.number(),
  /** Being reached right now. */
  active: z.number(),
  /** In line, but it is too early or too late where they are (or their own time has not come): they wait for it. */
  waiting_hours: z.number(),
  /** When the first of those may be reached; null where nobody waits. */
  opens_at: z.iso.datetime().nullable(),
  /** Waiting for their next try. */
  retries_waiting: z.number(),
  /** Notes or calls not yet written to Follow Up Boss. */
  records_waiting: z.number(),
  /** Records of this campaign that could not be written; "go on" and the console try them again. */
  records_failed: z.number(),
  name: z.string(),
  smart_list_id: z.string().nullable(),
  channel: channelSchema.nullable(),
  call_type: callTypeSchema,
  instruction: z.string(),
  from: z.string().nullable(),
  pace: paceSchema,
  retry: retrySchema.nullable(),
  /** Why it stopped, or what a person should know; a sentence. */
  message: z.string().nullable(),
  /** What was seen when the list changed while it was read; a sentence. */
  list_changes: z.string().nullable(),
  /** A stopped one that can go on. */
  can_resume: z.boolean(),
  created_at: z.iso.datetime(),
  started_at: z.iso.datetime().nullable(),
  ended_at: z.iso.datetime().nullable(),
});
export type Campaign = z.infer<typeof campaignSchema>;

/** Answer of preflight: 200 when the list was read to its end, 202 with "checking" when `wait_seconds` ended first. */
export const preflightSchema = campaignSchema
  .pick({
    batch_id: true,
    status: true,
    total: true,
    will_queue: true,
    skipped: true,
    eta_seconds: true,
    checked: true,
    waiting_hours: true,
    opens_at: true,
    from: true,
  })
  .extend({ list_changes: z.string().nullable() });
export type Preflight = z.infer<typeof preflightSchema>;

/** 202 of start (seed 000; facts of the Hub's bulk API). */
export const campaignStartedSchema = z.object({
  batch_id: z.string(),
  status: campaignStatusSchema,
  queued_calls: z.number(),
  skipped_calls: z.number(),
  errors: z.array(z.string()),
  message: z.string(),
});
export type CampaignStarted = z.infer<typeof campaignStartedSchema>;

/** skipped: never put in line · waiting: in line · active · retry: waiting for another try · done. */
export const MEMBER_STATES = ["skipped", "waiting", "active", "retry", "done"] as const;

/** One person of a campaign: …/campaign/:batch_id/people, and the `results` events of its stream. */
export const campaignPersonSchema = z.object({
  position: z.number(),
  person_id: z.string().nullable(),
  name: z.string(),
  /** E.164 or address; null when there was none to use. */
  contact: z.string().nullable(),
  state: z.enum(MEMBER_STATES),
  /** Why skipped: a contact rule or one of SKIP_REASONS. */
  reason: z.string().nullable(),
  outcome: z.string().nullable(),
  attempts: z.number(),
  engagement_id: z.string().nullable(),
  /** When the result came, or the next try is due. */
  at: z.iso.datetime().nullable(),
});
export type CampaignPerson = z.infer<typeof campaignPersonSchema>;

/** GET …/campaign/:batch_id/people?state=&reason=&outcome=&after= : in the list's order, 100 at a time. */
export const peopleQuerySchema = z.object({
  /** "reached": everybody who is not skipped, whatever became of them. */
  state: z.enum([...MEMBER_STATES, "reached"]).optional(),
  /** In the list's order, or the newest results first (one page). */
  order: z.enum(["list", "latest"]).default("list"),
  reason: z.string().max(60).optional(),
  outcome: z.string().max(60).optional(),
  after: z.coerce.number().int().min(-1).default(-1),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});
export type PeopleQuery = z.output<typeof peopleQuerySchema>;
export const peoplePageSchema = z.object({
  people: z.array(campaignPersonSchema),
  /** `after` of the next page; null on the last. */
  next: z.number().nullable(),
});
export type PeoplePage = z.infer<typeof peoplePageSchema>;

export const smartListSchema = z.object({ id: z.string(), name: z.string() });
export type SmartList = z.infer<typeof smartListSchema>;

/** GET …/campaign/lists */
export const smartListsSchema = z.object({ smart_lists: z.array(smartListSchema) });
/** GET …/campaign/lists/sizes?ids=1,2 (at most 20): people per list, null where it could not be told. */
export const listSizesSchema = z.object({ sizes: z.record(z.string(), z.number().nullable()) });
/** GET …/campaign/recent: this agent's campaigns, running ones first. */
export const recentCampaignsSchema = z.object({ campaigns: z.array(campaignSchema) });

/** The JSON in `<script id="embed-model">` of the campaign page. */
export interface CampaignModel
  extends Pick<EmbedModel, "session" | "state" | "problem" | "preview" | "tenant"> {
  readonly agent?: NonNullable<EmbedModel["agent"]>;
  readonly smart_lists?: readonly SmartList[];
  /** Why the lists could not be read, a sentence; the page offers to try again. */
  readonly lists_problem?: string | null;
  /** This agent's last campaigns, running ones first. */
  readonly campaigns?: readonly Campaign[];
}
