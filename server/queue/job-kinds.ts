// Every kind of background work: its payload, how often and how fast it is tried again, how urgent it is. No handlers:
// those live two floors up (server/jobs), so that whoever enqueues never imports what runs.
import { z } from "zod";
import type { BackoffPolicy } from "../base/backoff.ts";
import { OUTREACH_LANE } from "./outreach-pause.ts";

export interface JobKind<S extends z.ZodType = z.ZodType> {
  readonly payload: S;
  /** Tries before the job is set aside as dead. */
  readonly maxAttempts: number;
  readonly backoff: BackoffPolicy;
  /** Higher is claimed first. A person waiting for a call goes before writing notes. */
  readonly priority: number;
  /** The lane of every job of this kind, unless it is given one. */
  readonly laneKey?: string;
}

const kind = <S extends z.ZodType>(definition: JobKind<S>): JobKind<S> => definition;
const engagementOnly = z.strictObject({ engagement_id: z.string() });

const campaignOnly = z.strictObject({ campaign_id: z.string() });

export const JOB_KINDS = {
  /** Hands an accepted engagement to its provider. */
  "launch-engagement": kind({
    payload: engagementOnly,
    maxAttempts: 6,
    backoff: { firstMs: 1_000, factor: 3, maxMs: 120_000 },
    priority: 100,
    laneKey: OUTREACH_LANE,
  }),
  /** Asks the provider how a running engagement stands. */
  "poll-engagement": kind({
    payload: engagementOnly,
    maxAttempts: 30,
    backoff: { firstMs: 2_000, factor: 2, maxMs: 300_000 },
    priority: 80,
  }),
  /** Finds or introduces the person in the CRM when only a number or address is known. */
  "resolve-person": kind({
    payload: engagementOnly,
    maxAttempts: 12,
    backoff: { firstMs: 1_000, factor: 2, maxMs: 600_000 },
    priority: 60,
  }),
  /** Writes one activity to the CRM, once. */
  "sync-activity": kind({
    payload: z.strictObject({ activity_id: z.string() }),
    maxAttempts: 14,
    backoff: { firstMs: 1_000, factor: 2, maxMs: 900_000 },
    priority: 50,
  }),
  /** Learns whose account each key of a tenant belongs to. */
  "learn-accounts": kind({
    payload: z.strictObject({ tenant: z.string() }),
    maxAttempts: 8,
    backoff: { firstMs: 2_000, factor: 3, maxMs: 600_000 },
    priority: 70,
  }),
  /** Reads a Smart List, page by page, into a campaign. */
  "read-campaign": kind({
    payload: campaignOnly,
    maxAttempts: 12,
    backoff: { firstMs: 1_000, factor: 2, maxMs: 120_000 },
    priority: 75,
  }),
  /** Puts a reviewed campaign's people in line. */
  "queue-campaign": kind({
    payload: campaignOnly,
    maxAttempts: 6,
    backoff: { firstMs: 1_000, factor: 3, maxMs: 120_000 },
    priority: 75,
  }),
  /** Counts results, releases whoever is next at the campaigns' pace, ends them. */
  "pace-campaigns": kind({
    payload: z.strictObject({ tenant: z.string(), account: z.string().nullable() }),
    maxAttempts: 1_000,
    backoff: { firstMs: 500, factor: 2, maxMs: 60_000 },
    priority: 95,
  }),
  /** Hands a chunk of a campaign to a provider that takes many at once. */
  "hand-over-chunk": kind({
    payload: z.strictObject({ campaign_id: z.string(), chunk: z.string() }),
    maxAttempts: 8,
    backoff: { firstMs: 1_000, factor: 3, maxMs: 120_000 },
    priority: 90,
    laneKey: OUTREACH_LANE,
  }),
  /** Does what a webhook's event calls for. */
  "process-delivery": kind({
    payload: z.strictObject({ delivery_id: z.number() }),
    maxAttempts: 14,
    backoff: { firstMs: 1_000, factor: 2, maxMs: 900_000 },
    priority: 85,
  }),
  /** Forwards a delivery to one target; how often and when is the forward's own (webhooks/fan-out). */
  "forward-delivery": kind({
    payload: z.strictObject({ forward_id: z.number() }),
    maxAttempts: 50,
    backoff: { firstMs: 1_000, factor: 2, maxMs: 600_000 },
    priority: 30,
  }),
  /** Looks for start tags whose webhook never came. */
  "catch-up": kind({
    payload: z.strictObject({ tenant: z.string() }),
    maxAttempts: 8,
    backoff: { firstMs: 5_000, factor: 3, maxMs: 600_000 },
    priority: 30,
  }),
  /** Compares the webhooks registered at the CRM with those that are wanted. */
  "check-slots": kind({
    payload: z.strictObject({ tenant: z.string() }),
    maxAttempts: 4,
    backoff: { firstMs: 10_000, factor: 4, maxMs: 600_000 },
    priority: 20,
  }),
  /** Sends one further message of an outreach: a reply, an automated answer, a confirmation. */
  "send-message": kind({
    payload: z.strictObject({ message_id: z.string() }),
    maxAttempts: 8,
    backoff: { firstMs: 1_000, factor: 3, maxMs: 120_000 },
    priority: 98,
  }),
  /** Has the language model answer what a contact wrote. */
  "answer-contact": kind({
    payload: engagementOnly,
    maxAttempts: 3,
    backoff: { firstMs: 2_000, factor: 3, maxMs: 30_000 },
    priority: 96,
  }),
  /** Ends a conversation in which nothing was said for long enough. */
  "close-conversation": kind({
    payload: engagementOnly,
    maxAttempts: 8,
    backoff: { firstMs: 5_000, factor: 3, maxMs: 600_000 },
    priority: 40,
  }),
  /** Sets or takes away the opt-out tag on the person in the CRM. */
  "mirror-opt-out": kind({
    payload: z.strictObject({ suppression_id: z.number(), lifted: z.boolean() }),
    maxAttempts: 14,
    backoff: { firstMs: 1_000, factor: 2, maxMs: 900_000 },
    priority: 55,
  }),
  /** Reads what came into a brokerage's mailbox since the last look. */
  "read-mailbox": kind({
    payload: z.strictObject({ tenant: z.string() }),
    maxAttempts: 5,
    backoff: { firstMs: 15_000, factor: 2, maxMs: 900_000 },
    priority: 45,
  }),
  /** Asks a carrier for what contacts wrote, where it cannot tell it by itself. */
  "read-inbound": kind({
    payload: z.strictObject({ tenant: z.string() }),
    maxAttempts: 5,
    backoff: { firstMs: 15_000, factor: 2, maxMs: 900_000 },
    priority: 45,
  }),
  /** Drops what has been kept long enough. */
  housekeeping: kind({
    payload: z.strictObject({}),
    maxAttempts: 3,
    backoff: { firstMs: 60_000, factor: 2, maxMs: 600_000 },
    priority: 1,
  }),
} as const;

export type JobKindName = keyof typeof JOB_KINDS;
export type JobPayload<K extends JobKindName> = z.output<(typeof JOB_KINDS)[K]["payload"]>;
