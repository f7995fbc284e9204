// The tables of catch-up as the stores see them. Conventions as in schema.ts, which they are part of.

/** Until when a tag's carriers are known to have been looked after. account: "" for the brokerage's. */
export interface TagSweepTable {
  tenant: string;
  account: string;
  /** As plainTag writes it. */
  tag: string;
  /** When the last sweep that came to its end began. */
  swept_at: number;
}

/** Who was seen to carry a tag. */
export interface TagCarrierTable {
  tenant: string;
  account: string;
  tag: string;
  person_id: string;
  seen_at: number;
}
