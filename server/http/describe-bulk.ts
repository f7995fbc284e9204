// The batches' part of the OpenAPI document. Put into it by describe-api.ts, from the schemas bulk.routes.ts parses with.
import { z } from "zod";
import {
  BULK_COLUMNS,
  batchListSchema,
  batchSchema,
  bulkAnswerSchema,
  bulkRowSchema,
  bulkSubmitSchema,
  bulkUploadSchema,
  MOST_ROWS,
} from "../../shared/bulk.schema.ts";

/** Rows are named as they should be; the route takes any and tells which it cannot use. */
export const BULK_SCHEMAS = {
  BulkRow: bulkRowSchema,
  BulkSubmit: bulkSubmitSchema.extend({ rows: z.array(bulkRowSchema).min(1).max(MOST_ROWS) }),
  BulkUpload: bulkUploadSchema,
  BulkAnswer: bulkAnswerSchema,
  Batch: batchSchema,
  BatchList: batchListSchema,
} as const;

const json = (name: keyof typeof BULK_SCHEMAS) => ({
  "application/json": { schema: { $ref: `#/components/schemas/${name}` } },
});
const answer = (description: string, name: keyof typeof BULK_SCHEMAS, errors: object) => ({
  "200": { description, content: json(name) },
  ...errors,
});
const inQuery = (name: string, description: string, schema: object) => ({
  name,
  in: "query",
  required: false,
  description,
  schema,
});

const FILE = {
  type: "object",
  required: ["file"],
  properties: { file: { type: "string", contentMediaType: "text/csv" } },
};
const ACCEPTED = "What is in line, and each row that is not, with the reason.";

/** `key` is the Idempotency-Key parameter, `id` the one of the path, `errors` what every route may answer. */
export function describeBulk(key: object, id: object, errors: object): Readonly<Record<string, unknown>> {
  return {
    "/bulk-calls/submit": {
      post: {
        operationId: "submitBatch",
        summary: `Start up to ${MOST_ROWS} outreaches at once`,
        description: "A row that cannot be used does not stop the others.",
        parameters: [key],
        requestBody: { required: true, content: json("BulkSubmit") },
        responses: answer(ACCEPTED, "BulkAnswer", errors),
      },
    },
    "/bulk-calls/upload": {
      post: {
        operationId: "uploadBatch",
        summary: "The same from a CSV file",
        description: `The first line names the columns: ${BULK_COLUMNS.join(", ")}. As text/csv, the other fields go in the address.`,
        parameters: [key],
        requestBody: {
          required: true,
          content: {
            "multipart/form-data": { schema: { allOf: [{ $ref: "#/components/schemas/BulkUpload" }, FILE] } },
            "text/csv": { schema: { type: "string" } },
          },
        },
        responses: answer(ACCEPTED, "BulkAnswer", errors),
      },
    },
    "/bulk-calls/batches": {
      get: {
        operationId: "listBatches",
        summary: "The brokerage's batches and campaigns, newest first",
        parameters: [
          inQuery("before", "The “next” of the page before.", { type: "string", maxLength: 64 }),
          inQuery("limit", "Batches per page.", { type: "integer", minimum: 1, maximum: 100, default: 20 }),
        ],
        responses: answer("One page of them.", "BatchList", errors),
      },
    },
    "/bulk-calls/batches/{id}": {
      get: {
        operationId: "readBatch",
        summary: "How a batch stands, and what was wrong with its rows",
        parameters: [id],
        responses: answer("The batch.", "Batch", errors),
      },
    },
  };
}
