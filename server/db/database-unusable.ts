// Why a database cannot be used, as one sentence. Called where it is opened and where its first question fails.
import { GatewayError, toError } from "../base/errors.ts";

/** What is a GatewayError already says why itself. */
export function databaseUnusable(file: string, cause: unknown): GatewayError {
  if (cause instanceof GatewayError) return cause;
  return new GatewayError("database_unusable", {
    sentence: `The database ${file} could not be opened: ${toError(cause).message}. Nothing in it was changed.`,
    cause,
  });
}
