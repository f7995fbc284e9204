// What stands for the Hub's id of an outreach that was handed over in a batch, until the Hub's first notice names it:
// `bulk:<batch_id>`, kept as provider_ref.

const PREFIX = "bulk:";

/** True: the Hub knows no engagement by this name, so nothing can be asked of it yet. */
export const isBulkReference = (reference: string): boolean => reference.startsWith(PREFIX);

/** All of these references stand between the two texts; an index can look for them so. */
export const BULK_REFERENCES = { from: PREFIX, below: "bulk;" } as const;
