// What failed, as one plain sentence on stderr and an exit code. Called by every way of starting the gateway without a window.
import { createProcessLog, earlyLogLevel, GatewayError, sayFileError } from "../server/index.ts";

/** What nobody foresaw goes to the log as well, with its stack: the sentence is for a person, the line before it for us. */
export function sayFailure(error: unknown): void {
  process.exitCode = 1;
  const write = (text: string): void => void process.stderr.write(text);
  const foreseen = error instanceof GatewayError;
  if (!foreseen) createProcessLog(earlyLogLevel(process.env), write).error("main", "not foreseen", error);
  write(foreseen ? `${error.sentence}\n${detailLines(error.details)}` : `${sentenceFor(error)}\n`);
}

function sentenceFor(error: unknown): string {
  const file = sayFileError(error);
  if (file !== undefined) return `The gateway cannot go on: ${file}.`;
  const message = error instanceof Error ? error.message : String(error);
  return `Something went wrong in the gateway: ${message.split("\n")[0]}`;
}

/** Field problems of a refused setup, a line each. */
function detailLines(details: unknown): string {
  if (!Array.isArray(details)) return "";
  const lines = details.map(
    (detail: { path?: unknown; message?: unknown }) =>
      `  ${String(detail.path ?? "")}: ${String(detail.message ?? "")}\n`,
  );
  return lines.join("");
}
