// What stands on a person in the CRM, read back: by whoever must know whether somebody else wrote it.

/** A note or call that stands on a person. */
export interface CrmRecord {
  readonly id: string;
  /** Everything written in it. */
  readonly text: string;
  /** Epoch ms; null when the CRM does not say. */
  readonly at: number | null;
}

export interface RecordQuery {
  readonly kind: "notes" | "calls";
  /** Epoch ms. */
  readonly since: number;
}
