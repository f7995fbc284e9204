// May data that come out of a backup file go on by themselves, or may others have reached people since? Only a move's file
// may, once, while it is fresh, and not where its gateway has been since. Called by stage-backup.

export interface MoveFacts {
  readonly kind: "backup" | "move";
  /** When the file was made, by the clock of the computer that made it; epoch ms. */
  readonly madeAt: number;
  /** Now, epoch ms. */
  readonly at: number;
  /** It was made or used in this data folder before. */
  readonly known: boolean;
  /** Since when the gateway of this folder is on another computer, epoch ms; null when it is here. */
  readonly awaySince: number | null;
}

/** Longer after it was made, a move's file is taken for a backup like any other: much may have happened since. */
const FRESH_MS = 24 * 3_600_000;
/** Clocks of two computers differ; one that is further ahead would keep a file fresh for ever. */
const SKEW_MS = 10 * 60_000;

export function goesOn({ kind, madeAt, at, known, awaySince }: MoveFacts): boolean {
  if (kind !== "move" || known) return false;
  const age = at - madeAt;
  if (age < -SKEW_MS || age >= FRESH_MS) return false;
  // Moved away and back again; what is older than the move away is not from where it went.
  return awaySince === null || madeAt > awaySince;
}
