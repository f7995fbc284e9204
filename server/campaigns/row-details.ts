// What a row of a batch chose for itself instead of the batch's own values, as it is kept with its member.
import { z } from "zod";
import { callTypeSchema, channelSchema } from "../../shared/values.ts";

export const rowDetailsSchema = z.strictObject({
  channel: channelSchema.optional(),
  type: callTypeSchema.optional(),
  instruction: z.string().optional(),
  /** Epoch ms before which it must not go out. */
  scheduledAt: z.number().optional(),
  actor: z
    .strictObject({
      userId: z.string().nullable(),
      name: z.string().nullable(),
      crmUserId: z.string().nullable(),
      actsWith: z.union([z.literal("tenant"), z.templateLiteral(["user:", z.string()])]),
      fromNumber: z.string().nullable(),
      /** The account the actor's key belongs to. */
      accountId: z.string().nullable().optional(),
    })
    .optional(),
  /** The address beside its number, the number beside its address. */
  otherContact: z.string().optional(),
  /** Where the row stands in its file; a row of JSON is known by its place. */
  line: z.number().optional(),
  /** Why the row is not used, in a sentence. */
  problem: z.string().optional(),
  /** Fields only a provider understands, passed on as they came (e-mail templates, language). */
  extras: z.record(z.string(), z.unknown()).optional(),
});
export type RowDetails = z.infer<typeof rowDetailsSchema>;

export function readRowDetails(text: string | null): RowDetails {
  return text === null ? {} : rowDetailsSchema.parse(JSON.parse(text));
}
