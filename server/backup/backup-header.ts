// The beginning of a backup file: what it is, when and by which program it was made, and how its key is derived. It is
// readable without the passphrase, and everything after it vouches for it. Called by write-backup and read-backup.
import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { BACKUP_KINDS, type BackupAbout } from "../../shared/console/backup.schema.ts";
import { GatewayError } from "../base/errors.ts";

/** Layout of the file; a program refuses a higher number than its own. */
export const BACKUP_FORMAT = 1;
const MAGIC = Buffer.from("AVENTORA GATEWAY BACKUP\n", "latin1");
const DIGEST = 32;
const MOST_HEADER = 16_384;
/** What scrypt may be asked for by a file: 1 GB. */
const MOST_MEMORY = 2 ** 30;

export const backupHeaderSchema = z
  .strictObject({
    format: z.literal(BACKUP_FORMAT),
    id: z.string().min(8).max(64),
    kind: z.enum(BACKUP_KINDS),
    program: z.string().max(64),
    /** The moment the data are from. */
    made_at: z.iso.datetime(),
    /** The last step of the database's tables. */
    schema: z.string().max(64),
    secrets: z.boolean(),
    kdf: z.strictObject({
      name: z.literal("scrypt"),
      N: z
        .number()
        .int()
        .min(2 ** 10)
        .max(2 ** 20)
        .refine((cost) => Number.isInteger(Math.log2(cost))),
      r: z.number().int().min(1).max(16),
      p: z.number().int().min(1).max(4),
      salt: z.base64(),
    }),
    cipher: z.literal("aes-256-gcm"),
    /** Bytes of content in each sealed piece but the last. */
    chunk: z
      .number()
      .int()
      .min(64)
      .max(2 ** 22),
    /** The fixed part of every piece's nonce: 7 bytes. */
    nonce: z.base64().refine((text) => Buffer.from(text, "base64").length === 7),
  })
  .refine(({ kdf }) => 128 * kdf.N * kdf.r <= MOST_MEMORY);
export type BackupHeader = z.infer<typeof backupHeaderSchema>;

/** `bytes` are what the pieces vouch for. */
export interface ReadHeader {
  readonly header: BackupHeader;
  readonly bytes: Buffer;
  /** Proves the passphrase. */
  readonly proof: Buffer;
}

/** Magic, length, JSON, a checksum that tells damage, a keyed digest that tells the wrong passphrase. */
export function writeHeader(header: BackupHeader, proofKey: Buffer): { bytes: Buffer; file: Buffer } {
  const text = Buffer.from(JSON.stringify(header), "utf8");
  const length = Buffer.alloc(4);
  length.writeUInt32BE(text.length);
  const bytes = Buffer.concat([MAGIC, length, text]);
  return { bytes, file: Buffer.concat([bytes, sha256(bytes), proofOf(bytes, proofKey)]) };
}

/** @throws GatewayError backup_unusable: no backup, damaged, or of a newer program. */
export async function readHeader(read: (bytes: number) => Promise<Buffer>): Promise<ReadHeader> {
  const start = await read(MAGIC.length + 4);
  if (start.length < MAGIC.length + 4 || !start.subarray(0, MAGIC.length).equals(MAGIC))
    throw unusable("This file is not a backup of the gateway.");
  const length = start.readUInt32BE(MAGIC.length);
  if (length > MOST_HEADER) throw damaged();
  const rest = await read(length + 2 * DIGEST);
  if (rest.length < length + 2 * DIGEST) throw cut();
  const bytes = Buffer.concat([start, rest.subarray(0, length)]);
  if (!timingSafeEqual(sha256(bytes), rest.subarray(length, length + DIGEST))) throw damaged();
  const proof = rest.subarray(length + DIGEST);
  return { header: parseHeader(rest.subarray(0, length).toString("utf8")), bytes, proof };
}

export const provesPassphrase = ({ bytes, proof }: ReadHeader, proofKey: Buffer): boolean =>
  timingSafeEqual(proof, proofOf(bytes, proofKey));

const sha256 = (bytes: Buffer): Buffer => createHash("sha256").update(bytes).digest();
const proofOf = (bytes: Buffer, key: Buffer): Buffer => createHmac("sha256", key).update(bytes).digest();

function parseHeader(text: string): BackupHeader {
  const value = parseJson(text);
  const format = z.object({ format: z.number() }).safeParse(value);
  if (format.success && format.data.format > BACKUP_FORMAT)
    throw newer(`its format is ${format.data.format}`);
  const header = backupHeaderSchema.safeParse(value);
  if (!header.success) throw damaged();
  return header.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const aboutBackup = (header: BackupHeader): BackupAbout => ({
  id: header.id,
  kind: header.kind,
  made_at: header.made_at,
  program: header.program,
  secrets: header.secrets,
});

export const unusable = (sentence: string, cause?: unknown): GatewayError =>
  new GatewayError("backup_unusable", { sentence: `${sentence} Nothing was changed.`, cause });

export const damaged = (cause?: unknown): GatewayError =>
  unusable("The backup file is damaged: it is not as it was written.", cause);

export const cut = (): GatewayError =>
  unusable("The backup file is not complete: its end is missing. Was it copied to the end?");

export const newer = (what: string): GatewayError =>
  unusable(
    `The backup was made by a newer version of the gateway (${what}). Install that version or a later one, then restore it.`,
  );
