// Secrets in one encrypted file, for machines without a keychain: scrypt makes the key, AES-256-GCM seals all secrets
// together. Called by open-vault.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { deriveKey } from "../base/derive-key.ts";
import { canonicalJson } from "./seal-settings.ts";
import { type SecretVault, vaultUnavailable } from "./secret-vault.ts";
import { errorCode, writeFileDurably } from "./write-file-durably.ts";

/** 16 MB and about 40 ms on a slow desktop; the file says its own numbers, so they can be raised later. */
const SCRYPT = { N: 2 ** 14, r: 8, p: 1 } as const;

/** For AES-256. */
const KEY_BYTES = 32;

/** Only the one spelling of the bytes, so that no changed character goes unnoticed. */
const base64 = z.base64().refine((text) => Buffer.from(text, "base64").toString("base64") === text);

const headerShape = {
  format: z.literal(1),
  /** Whether GATEWAY_VAULT_KEY or the key file opens it. */
  opened_by: z.enum(["environment", "key_file"]),
  kdf: z.strictObject({
    name: z.literal("scrypt"),
    N: z
      .number()
      .int()
      .min(2 ** 10)
      .max(2 ** 18)
      // scrypt takes nothing else (RFC 7914).
      .refine((cost) => Number.isInteger(Math.log2(cost)), "must be a power of two"),
    r: z.number().int().min(1).max(16),
    p: z.number().int().min(1).max(4),
    salt: base64,
  }),
  cipher: z.literal("aes-256-gcm"),
};
const headerSchema = z.strictObject(headerShape);
const fileSchema = z.strictObject({ ...headerShape, iv: base64, tag: base64, data: base64 });
const secretsSchema = z.record(z.string(), z.string());

type Header = z.infer<typeof headerSchema>;
interface Unlocked {
  readonly header: Header;
  readonly key: Buffer;
  readonly secrets: Readonly<Record<string, string>>;
}

export interface FileVaultDeps {
  readonly dataDir: string;
  /** GATEWAY_VAULT_KEY; without it a key file beside the vault is used, made at the first save. */
  readonly vaultKey: string | undefined;
}

/** The vault in `<dataDir>/vault.json`. A file that does not open with its key is never written over. */
export function createFileVault(deps: FileVaultDeps): SecretVault {
  const path = join(deps.dataDir, "vault.json");
  let unlocked: Unlocked | undefined;
  let opening: Promise<Unlocked | undefined> | undefined;

  /** Two callers at once derive the key once; a failure is not remembered, so it can be put right and tried again. */
  const open = (): Promise<Unlocked | undefined> => {
    opening ??= openFile().finally(() => {
      opening = undefined;
    });
    return opening;
  };
  const openFile = async (): Promise<Unlocked | undefined> => {
    if (unlocked) return unlocked;
    const text = await readIfThere(path);
    if (text !== undefined) unlocked = await unlock(text, deps);
    return unlocked;
  };

  return {
    sentence: () => placeSentence(unlocked?.header.opened_by ?? sourceOf(deps), deps.vaultKey !== undefined),
    read: async (names) => {
      const secrets = (await open())?.secrets ?? {};
      return new Map(
        names.flatMap((name) => (Object.hasOwn(secrets, name) ? [[name, secrets[name] ?? ""]] : [])),
      );
    },
    save: async (changes) => {
      const base = (await open()) ?? (await begin(deps));
      const kept = Object.entries(base.secrets).filter(([name]) => !changes.has(name));
      const added = [...changes].filter((change): change is [string, string] => change[1] !== undefined);
      const secrets = Object.fromEntries([...kept, ...added]);
      await writeFileDurably(path, seal({ ...base, secrets }));
      unlocked = { ...base, secrets };
    },
  };
}

function seal({ header, key, secrets }: Unlocked): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  cipher.setAAD(Buffer.from(canonicalJson(header)));
  const data = Buffer.concat([cipher.update(JSON.stringify(secrets), "utf8"), cipher.final()]);
  const sealed = { ...header, iv: iv.toString("base64"), tag: cipher.getAuthTag().toString("base64") };
  return `${JSON.stringify({ ...sealed, data: data.toString("base64") }, null, 2)}\n`;
}

async function unlock(text: string, deps: FileVaultDeps): Promise<Unlocked> {
  const file = fileSchema.safeParse(parseJson(text));
  if (!file.success) throw vaultUnavailable(damagedSentence(deps.dataDir));
  const { iv, tag, data, ...header } = file.data;
  const passphrase = await passphraseFor(header.opened_by, deps);
  const key = await deriveKey(passphrase, header.kdf, KEY_BYTES).catch((error: unknown) => {
    throw vaultUnavailable(damagedSentence(deps.dataDir), error);
  });
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(iv, "base64"), { authTagLength: 16 });
    decipher.setAAD(Buffer.from(canonicalJson(header)));
    decipher.setAuthTag(Buffer.from(tag, "base64"));
    const plain = Buffer.concat([decipher.update(Buffer.from(data, "base64")), decipher.final()]);
    return { header, key, secrets: secretsSchema.parse(JSON.parse(plain.toString("utf8"))) };
  } catch (error) {
    throw vaultUnavailable(wrongKeySentence(header.opened_by, deps.dataDir), error);
  }
}

/** A vault that does not exist yet; its key file is made here, on disk before anything is sealed with it. */
async function begin(deps: FileVaultDeps): Promise<Unlocked> {
  const opened_by = sourceOf(deps);
  const keyPath = join(deps.dataDir, "vault.key");
  if (opened_by === "key_file" && (await readIfThere(keyPath)) === undefined) {
    await writeFileDurably(keyPath, `${randomBytes(32).toString("hex")}\n`);
  }
  const kdf = { name: "scrypt" as const, ...SCRYPT, salt: randomBytes(16).toString("base64") };
  const header: Header = { format: 1, opened_by, kdf, cipher: "aes-256-gcm" };
  return { header, key: await deriveKey(await passphraseFor(opened_by, deps), kdf, KEY_BYTES), secrets: {} };
}

const sourceOf = (deps: FileVaultDeps): Header["opened_by"] =>
  deps.vaultKey === undefined ? "key_file" : "environment";

async function passphraseFor(source: Header["opened_by"], deps: FileVaultDeps): Promise<string> {
  if (source === "environment") {
    if (deps.vaultKey !== undefined) return deps.vaultKey;
    throw vaultUnavailable(
      "The file with the keys (vault.json) is opened by GATEWAY_VAULT_KEY, which is not set. Set it as it was and restart the gateway.",
    );
  }
  const text = (await readIfThere(join(deps.dataDir, "vault.key")))?.trim();
  if (text) return text;
  throw vaultUnavailable(
    `The key file vault.key is missing or empty in ${deps.dataDir}, so vault.json cannot be opened. Restore it from a backup.`,
  );
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw vaultUnavailable(
      `${path} could not be read (${errorCode(error)}). Check that this user may read it.`,
      error,
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function placeSentence(source: Header["opened_by"], keyIsSet: boolean): string {
  if (source === "environment")
    return "Keys are kept in an encrypted file (vault.json) that GATEWAY_VAULT_KEY opens.";
  const unused = keyIsSet
    ? " GATEWAY_VAULT_KEY is set but not used, because the file was made without it."
    : "";
  return `Keys are kept in an encrypted file (vault.json), because this computer had no keychain. The key file that opens it (vault.key) lies beside it, so whoever can copy the data folder can read the keys.${unused}`;
}

const wrongKeySentence = (source: Header["opened_by"], dataDir: string): string =>
  source === "environment"
    ? `The file with the keys (vault.json in ${dataDir}) does not open: GATEWAY_VAULT_KEY is not the one it was made with, or the file is damaged. Nothing was changed. Set the right key or restore a backup.`
    : `The file with the keys (vault.json in ${dataDir}) does not open: vault.key is not the one it was made with, or a file is damaged. Nothing was changed. Restore both from a backup.`;

const damagedSentence = (dataDir: string): string =>
  `The file with the keys (vault.json in ${dataDir}) is damaged. It was left as it is. Restore a backup, or move it away and enter the keys again.`;
