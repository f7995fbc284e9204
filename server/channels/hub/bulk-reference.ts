// What stands for the Hub's id of an outreach that was handed over in a batch, until the Hub's first notice names it.

const PREFIX = "bulk:";

/** `bulk:<batch_id>`; kept as provider_ref. */
export const bulkReference = (batchId: string): string => `${PREFIX}${batchId}`;

/** True: the Hub knows no engagement by this name, so nothing can be asked of it yet. */
export const isBulkReference = (reference: string): boolean => reference.startsWith(PREFIX);

/** First and last text (exclusive) of the references that start so: lets an index find them. */
export const BULK_REFERENCES = { from: PREFIX, below: "bulk;" } as const;
