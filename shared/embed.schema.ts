// What the single-contact page in Follow Up Boss and the server say to each other.
import { z } from "zod";
import { clickIdSchema } from "./click-id.schema.ts";
import { type Engagement, engagementSchema } from "./engagement.schema.ts";
import { type Channel, callTypeSchema, channelSchema } from "./values.ts";

/** One number or address of the person, and whether it may be used on which channels. */
export const embedContactSchema = z.object({
  /** What the page sends back to choose it: E.164 or the address. */
  value: z.string(),
  /** As people read it: "(416) 555-0111". */
  label: z.string(),
  kind: z.enum(["phone", "email"]),
  /** "mobile", "home", "work" …, as FUB has it. */
  type: z.string(),
  primary: z.boolean(),
  /** Channels this contact can be used on right now. */
  channels: z.array(channelSchema),
  /** Why it is greyed out or to be used with care ("Landline", "Belongs to Jo (relationship)"). */
  note: z.string().nullable(),
  /** Channels on which it is too early or too late at the moment, where the contact is: when that ends, and in words. */
  hours: z
    .partialRecord(
      channelSchema,
      z.object({
        opens_at: z.iso.datetime(),
        /** "8:00 am tomorrow, their time". */
        opens: z.string(),
        /** Why: the local time and the rule. */
        sentence: z.string(),
      }),
    )
    .optional(),
});
export type EmbedContact = z.infer<typeof embedContactSchema>;

/** A short row of "last outreaches to this person". */
export const recentEngagementSchema = engagementSchema
  .pick({
    engagement_id: true,
    status: true,
    outcome: true,
    channel: true,
    type: true,
    user_id: true,
    contact: true,
  })
  .extend({ at: z.iso.datetime(), by: z.string(), summary: z.string().nullable() });
export type RecentEngagement = z.infer<typeof recentEngagementSchema>;

/** The JSON in `<script id="embed-model">`. `state` is "ready" or an error code; all else only where it applies. */
export interface EmbedModel {
  readonly session: string;
  readonly state: string;
  /** Shown when state is not "ready": what happened, what to tell the admin, word for word, and support details. */
  readonly problem?: {
    readonly title: string;
    readonly sentence: string;
    readonly remedy: string;
    readonly support: Readonly<Record<string, string>>;
  };
  /** FUB's preview of the app: everything is shown, nothing can be started. */
  readonly preview?: boolean;
  readonly tenant?: string;
  readonly person?: { readonly id: string; readonly name: string };
  readonly contacts?: readonly EmbedContact[];
  /** Why a channel cannot be used for this person; absent channels can. */
  readonly blocked?: Readonly<Partial<Record<Channel, string>>>;
  /** Who the outreach goes out as. `warning` when it is not the agent's own identity. */
  readonly agent?: {
    readonly name: string;
    readonly from: string | null;
    /** "matched by phone" … */
    readonly matched: string;
    readonly warning: string | null;
  };
  readonly recent?: readonly RecentEngagement[];
  /** This person's outreach that is still running, if any: the page goes on showing it. */
  readonly running?: Engagement | null;
}

export const embedStartSchema = z.strictObject({
  call_type: callTypeSchema,
  channel: channelSchema,
  instruction: z.string().trim().max(4000).optional(),
  click_id: clickIdSchema,
  /** One of the model's contacts (`value`); the person's first usable one when left out. */
  contact: z.string().max(320).optional(),
  /** Not before this time: what a refusal for hours offered, or later. */
  scheduled_time: z.iso.datetime({ offset: true }).optional(),
});
export type EmbedStart = z.infer<typeof embedStartSchema>;
