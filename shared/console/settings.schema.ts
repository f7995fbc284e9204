// GET and POST /api/settings, DELETE /api/tenants/:slug[/users/:id], POST /api/undo/:token: what is set and what a save
// did. Secrets are named and described, never told.
import { z } from "zod";
import { platformSchema, tenantSchema } from "../settings.schema.ts";

/** What may be known of a secret that is set. */
export const secretFactsSchema = z.object({
  /** Null when the environment sets it. */
  set_at: z.iso.datetime().nullable(),
  /** Its last two characters; null when it has fewer than 16 or cannot be read. */
  hint: z.string().nullable(),
  from: z.enum(["vault", "environment"]),
  /** When something was last seen that depended on it; null when never since it was set. */
  last_used: z.object({ at: z.iso.datetime(), accepted: z.boolean(), sentence: z.string() }).nullable(),
});
export type SecretFacts = z.infer<typeof secretFactsSchema>;

export const embedUrlsSchema = z.object({ embed: z.string(), campaign: z.string(), webhook: z.string() });

export const settingsViewSchema = z.object({
  /** Changes with every change of the settings or of a secret, by whoever; goes back with a save. */
  revision: z.string(),
  /** What is in force: the file's values under the environment's. */
  platform: platformSchema,
  tenants: z.array(tenantSchema),
  /**
   * By name, only those that are set: "platform/FUB_SYSTEM_KEY", "tenant/<slug>/fub_api_key",
   * "user/<slug>/<user id>/fub_api_key".
   */
  secrets: z.record(z.string(), secretFactsSchema),
  /** Platform settings and secrets that cannot be changed here; `by` completes "is fixed by …". */
  locks: z.array(z.object({ name: z.string(), by: z.string() })),
  vault: z.object({ kind: z.enum(["keychain", "file", "none"]), ok: z.boolean(), sentence: z.string() }),
  /** What was repaired when the settings were read, in sentences. */
  notices: z.array(z.string()),
  /** By slug; Track B's carry `domain_name`. Without a public address they begin with this machine's. */
  embed_urls: z.record(z.string(), embedUrlsSchema),
  /** Whether embed_urls can be reached by Follow Up Boss: a public address is set. */
  public_address_set: z.boolean(),
});
export type SettingsView = z.infer<typeof settingsViewSchema>;

/**
 * `setup` has the shape of setup.json (shared/setup.schema.ts) and holds only what changes; "" removes a secret.
 * `revision` null saves over whatever is there; only for the very first save and for "keep mine".
 */
export const saveSettingsSchema = z.strictObject({ revision: z.string().nullable(), setup: z.unknown() });

export const savedSettingsSchema = z.object({
  revision: z.string(),
  /** One line per platform, tenant and user: {what: "tenant acme", result: "updated"}. */
  changes: z.array(z.object({ what: z.string(), result: z.enum(["created", "updated", "unchanged"]) })),
  /** Settings that take effect only after a restart. */
  needs_restart: z.array(z.string()),
});
export type SavedSettings = z.infer<typeof savedSettingsSchema>;

/**
 * `details` of the error settings_changed. `path` is "platform.SERVER_URL", "tenants.acme.fub_sync_contacts",
 * "tenants.acme.users.u1.email", "tenants.acme" (added or removed altogether), or a secret: "secrets.tenant/acme/fub_api_key".
 * `theirs` is the value now, null for what is gone, "added" for a whole brokerage or agent; left out for a secret.
 */
export const settingsChangedSchema = z.object({
  revision: z.string(),
  changed: z.array(z.object({ path: z.string(), theirs: z.unknown().optional() })),
});

/** DELETE /tenants/:slug and /tenants/:slug/users/:id take {revision} in the body. */
export const removeSchema = z.strictObject({ revision: z.string().nullable() });
export const removedSchema = z.object({
  revision: z.string(),
  undo: z.object({ token: z.string(), until: z.iso.datetime() }),
  /** What went with it, in sentences: "3 outreaches that were waiting were canceled." */
  said: z.array(z.string()),
});
export type Removed = z.infer<typeof removedSchema>;
export const undoneSchema = z.object({ revision: z.string(), sentence: z.string() });
