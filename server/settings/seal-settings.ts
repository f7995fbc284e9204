// The envelope around one saved generation of the settings: how a copy proves that it is whole.
// Called by read-generations (open) and write-generation (seal).
import { z } from "zod";
import { sha256Hex } from "../base/hmac.ts";

/** Layout of the envelope itself; the settings inside have their own version (see upgrade.ts). */
export const ENVELOPE_FORMAT = 1;

const envelopeSchema = z.object({
  format: z.literal(ENVELOPE_FORMAT),
  generation: z.number().int().min(1),
  saved_at: z.iso.datetime(),
  checksum: z.string(),
  settings: z.record(z.string(), z.unknown()),
});

export interface OpenedSettings {
  /** Counts up with every save; the highest good one is used. */
  readonly generation: number;
  /** ISO time of the save. */
  readonly savedAt: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

export type SealedRead =
  | { readonly kind: "good"; readonly opened: OpenedSettings }
  | { readonly kind: "damaged"; readonly why: string }
  | { readonly kind: "newer"; readonly format: number };

/** The text of one generation's file. */
export function sealSettings(settings: unknown, generation: number, savedAt: string): string {
  const checksum = checksumOf(settings);
  const envelope = { format: ENVELOPE_FORMAT, generation, saved_at: savedAt, checksum, settings };
  return `${JSON.stringify(envelope, null, 2)}\n`;
}

/** Reads one generation's text; never throws. `why` completes "the copy …". */
export function openSealedSettings(text: string): SealedRead {
  if (text.trim() === "") return { kind: "damaged", why: "is empty" };
  const value = parseJson(text);
  if (value === undefined) return { kind: "damaged", why: "is cut short or garbled" };
  const format = z
    .object({
      format: z
        .number()
        .int()
        .min(ENVELOPE_FORMAT + 1),
    })
    .safeParse(value);
  if (format.success) return { kind: "newer", format: format.data.format };
  const envelope = envelopeSchema.safeParse(value);
  if (!envelope.success) return { kind: "damaged", why: "is not a settings file of the gateway" };
  const { generation, saved_at, checksum, settings } = envelope.data;
  if (checksum !== checksumOf(settings)) {
    return { kind: "damaged", why: "was damaged or changed by something other than the gateway" };
  }
  return { kind: "good", opened: { generation, savedAt: saved_at, settings } };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const checksumOf = (settings: unknown): string => sha256Hex(canonicalJson(settings));

/** JSON with sorted keys and no spaces, so that equal settings have equal checksums however they were written. */
export function canonicalJson(value: unknown): string {
  return (
    JSON.stringify(value, (_key, inner: unknown) =>
      inner !== null && typeof inner === "object" && !Array.isArray(inner)
        ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
        : inner,
    ) ?? "null"
  );
}
