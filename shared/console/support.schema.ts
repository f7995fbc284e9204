// Help from outside: GET /api/support-bundle (a download without anybody's key, phone, e-mail or name in it), and links
// that let somebody look without changing anything: POST, GET /api/support-links, DELETE /api/support-links/:id.
import { z } from "zod";

export const supportLinkBodySchema = z.strictObject({
  /** How long it opens. */
  minutes: z.number().int().min(5).max(1440).default(60),
});

export const supportLinkSchema = z.object({
  id: z.string(),
  created_at: z.iso.datetime(),
  until: z.iso.datetime(),
  /** When something was last read with it; null when it was not opened yet. */
  last_used_at: z.iso.datetime().nullable(),
});
export type SupportLink = z.infer<typeof supportLinkSchema>;

/** Answer of POST: the address is told once and can not be read again. */
export const newSupportLinkSchema = supportLinkSchema.extend({ url: z.string() });
export type NewSupportLink = z.infer<typeof newSupportLinkSchema>;

export const supportLinksSchema = z.object({ links: z.array(supportLinkSchema) });

/** Names of people and brokerages are replaced by "tenant-1", "agent-2", "person-3", the same throughout one bundle. */
export const supportBundleSchema = z.object({
  made_at: z.iso.datetime(),
  versions: z.record(z.string(), z.string()),
  settings: z.record(z.string(), z.unknown()),
  doctor: z.array(z.record(z.string(), z.unknown())),
  problems: z.array(z.record(z.string(), z.unknown())),
  secret_doctor: z.array(z.record(z.string(), z.unknown())),
  counts: z.record(z.string(), z.unknown()),
  lanes: z.array(z.record(z.string(), z.unknown())),
  journal: z.array(z.record(z.string(), z.unknown())),
});
export type SupportBundle = z.infer<typeof supportBundleSchema>;
