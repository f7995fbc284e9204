// GET /api/secret-doctor?tenant= : why embedded apps did not verify. Names of secrets only, never a secret.
import { z } from "zod";
import { actionSchema } from "./action.schema.ts";

export const embedAppSchema = z.enum(["embed", "campaign"]);

/** One secret that may have signed, in the order of seed 000. */
export const secretCandidateSchema = z.object({
  /** "tenant/acme/fub_embedded_app_secret": the secret's name in the settings. */
  name: z.string(),
  /** "the brokerage's single-contact app secret" */
  label: z.string(),
  /** False: not set, so not tried. */
  set: z.boolean(),
});

/** The likely mistake, most telling first. */
export const SECRET_MISTAKES = [
  "other_app",
  "blanks",
  "wrong_tenant",
  "system_key",
  "no_secret",
  "damaged",
  "not_from_fub",
  "unknown",
] as const;
export const secretMistakeSchema = z.enum(SECRET_MISTAKES);
export type SecretMistake = z.infer<typeof secretMistakeSchema>;

export const refusedEmbedSchema = z.object({
  id: z.number(),
  first_at: z.iso.datetime(),
  last_at: z.iso.datetime(),
  /** How often the same was refused. */
  times: z.number(),
  app: embedAppSchema,
  tenant: z.string().nullable(),
  /** Domain of the Follow Up Boss account, as the unproven context says. */
  account_domain: z.string().nullable(),
  /** What was tried, in order. */
  tried: z.array(secretCandidateSchema),
  /** The secret that would have fitted, and how ("as it is", "without the blanks around it"); null when none does. */
  fits: z
    .object({ name: z.string(), label: z.string(), app: embedAppSchema.nullable(), how: z.string() })
    .nullable(),
  mistake: secretMistakeSchema,
  sentence: z.string(),
  remedy: z.string(),
  action: actionSchema.nullable(),
  /** An app of this kind opened for this brokerage after it, so it is mended. */
  solved: z.boolean(),
});
export type RefusedEmbed = z.infer<typeof refusedEmbedSchema>;

export const secretDoctorSchema = z.object({
  /** Newest first. */
  refused: z.array(refusedEmbedSchema),
  /** Per brokerage: what would be tried now, in order, and when the app last opened. */
  orders: z.array(
    z.object({
      tenant: z.string(),
      app: embedAppSchema,
      candidates: z.array(secretCandidateSchema),
      last_opened: z.iso.datetime().nullable(),
      /** Label of the secret that verified then. */
      verified_by: z.string().nullable(),
    }),
  ),
});
export type SecretDoctor = z.infer<typeof secretDoctorSchema>;
