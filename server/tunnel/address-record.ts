// Which public address was last in force, kept over restarts in a small file: a tunnel that opens anew under another
// address is told, since apps registered in Follow Up Boss still point at the earlier one.
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { type TunnelKind, tunnelKindSchema } from "../../shared/tunnel-settings.schema.ts";

const recordSchema = z.object({
  /** In force when last looked. */
  address: z.string().nullable().default(null),
  /** What the tunnel last gave, until it gives another. */
  tunnel: z.object({ kind: tunnelKindSchema, url: z.string() }).nullable().default(null),
  /** What the outside may still use; null when nothing is known. */
  moved: z.object({ from: z.string(), at: z.number() }).nullable().default(null),
});
type Record_ = z.infer<typeof recordSchema>;

export interface AddressRecord {
  /** Address the tunnel of this kind gave last. */
  lastOf(kind: TunnelKind): string | undefined;
  noteTunnel(kind: TunnelKind, url: string): void;
  /** Notes what is in force; returns the address before where it moved. */
  note(address: string | undefined): string | undefined;
  /** The move nobody said was followed yet; `at` in epoch ms. */
  moved(): { readonly from: string; readonly at: number } | null;
  /** The apps were changed. */
  forgetMove(): void;
}

export interface AddressRecordDeps {
  readonly file: string;
  /** Epoch ms. */
  readonly now: () => number;
  readonly onError: (error: unknown) => void;
}

export function createAddressRecord({ file, now, onError }: AddressRecordDeps): AddressRecord {
  let record = read(file);
  const keep = (next: Record_): void => {
    record = next;
    try {
      writeFileSync(`${file}.tmp`, `${JSON.stringify(next)}\n`, { mode: 0o600 });
      renameSync(`${file}.tmp`, file);
    } catch (error) {
      onError(error);
    }
  };
  return {
    lastOf: (kind) => (record.tunnel?.kind === kind ? record.tunnel.url : undefined),
    noteTunnel: (kind, url) => {
      if (record.tunnel?.kind !== kind || record.tunnel.url !== url)
        keep({ ...record, tunnel: { kind, url } });
    },
    note: (address) => {
      const before = record.address;
      // No address is no move: the one before may come back.
      if (address === undefined || address === before) return undefined;
      keep({ ...record, address, moved: moveOf(record, address, now()) });
      return before ?? undefined;
    },
    moved: () => record.moved,
    forgetMove: () => keep({ ...record, moved: null }),
  };
}

/** The outside knows the address from before the first of several moves; back there, nothing has to be changed. */
function moveOf({ address, moved }: Record_, to: string, at: number): Record_["moved"] {
  const from = moved?.from ?? address;
  return from === null || from === to ? null : { from, at };
}

/** A file that cannot be read is as good as none: what it tells is a convenience. */
function read(file: string): Record_ {
  try {
    return recordSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return recordSchema.parse({});
  }
}
