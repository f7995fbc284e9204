// A CSV file at the door: as a form with a file, or as the body itself with the other fields in the address.
import express, { type RequestHandler } from "express";
import multer, { MulterError } from "multer";
import { GatewayError } from "../base/errors.ts";
import { fieldError } from "../base/parse.ts";

export interface Upload {
  readonly file: { readonly name: string | undefined; readonly content: Buffer };
  readonly fields: Readonly<Record<string, unknown>>;
}

const MOST_BYTES = 5_000_000;
/** As long as a batch's own name may be. */
const LONGEST_NAME = 200;

/** Middleware that leaves an Upload in `response.locals.upload`. */
export function readUpload(): RequestHandler[] {
  const form = multer({
    storage: multer.memoryStorage(),
    // Browsers send file names in UTF-8 without saying so.
    defParamCharset: "utf8",
    limits: { fileSize: MOST_BYTES, files: 1, fields: 20, fieldSize: 10_000, parts: 25 },
  }).single("file");
  const raw = express.raw({ type: ["text/csv", "application/csv"], limit: MOST_BYTES });
  const pick: RequestHandler = (request, response, next) => {
    if (request.is("multipart/form-data")) return form(request, response, (error) => next(refusal(error)));
    if (request.is(["text/csv", "application/csv"])) return raw(request, response, next);
    throw new GatewayError("unsupported_media_type", {
      sentence: "Send the file as multipart/form-data (field “file”) or as text/csv.",
    });
  };
  const keep: RequestHandler = (request, response, next) => {
    response.locals.upload = request.file
      ? {
          file: {
            name: request.file.originalname.slice(0, LONGEST_NAME).toWellFormed(),
            content: request.file.buffer,
          },
          fields: { ...(request.body as Record<string, unknown>) },
        }
      : rawUpload(request.body, request.query);
    next();
  };
  return [pick, keep];
}

function rawUpload(body: unknown, query: Readonly<Record<string, unknown>>): Upload {
  if (!Buffer.isBuffer(body) || body.length === 0) throw fieldError("file", "is missing");
  return { file: { name: undefined, content: body }, fields: query };
}

// Errors of the form's reader in the product's words; anything else goes on as it is.
function refusal(error: unknown): unknown {
  if (error === undefined || error === null) return undefined;
  if (error instanceof MulterError) {
    if (error.code === "LIMIT_FILE_SIZE") return new GatewayError("payload_too_large");
    if (error.code === "LIMIT_UNEXPECTED_FILE")
      return fieldError("file", "send one file in the field “file”");
    return new GatewayError("invalid_request", { sentence: "The form has too many or too large fields." });
  }
  return new GatewayError("invalid_request", { sentence: "The form could not be read.", cause: error });
}
