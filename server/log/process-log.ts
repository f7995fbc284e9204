// The process log on stderr: for the person who runs the program. What happened to people's outreach is in the journal.
import { type Logger, pino } from "pino";
import { platformFields } from "../../shared/settings.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { redactText } from "../base/redact-text.ts";

export interface ProcessLog {
  debug(room: string, message: string): void;
  info(room: string, message: string): void;
  warn(room: string, message: string): void;
  /** `thrown` is written with its causes; texts are redacted. */
  error(room: string, message: string, thrown?: unknown): void;
}

/** How much is to be said before the settings are read; what the environment says of it is checked with them. */
export const earlyLogLevel = (environment: Readonly<Record<string, string | undefined>>): string =>
  platformFields.LOG_LEVEL.catch("info").parse(environment.LOG_LEVEL?.trim() || undefined);

export function createProcessLog(level: string, write: (line: string) => void): ProcessLog {
  const logger: Logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write });
  return {
    debug: (room, message) => logger.debug({ room }, redactText(message)),
    info: (room, message) => logger.info({ room }, redactText(message)),
    warn: (room, message) => logger.warn({ room }, redactText(message)),
    error: (room, message, thrown) => logger.error({ room, ...describeThrown(thrown) }, redactText(message)),
  };
}

function describeThrown(thrown: unknown): Record<string, unknown> {
  if (thrown === undefined) return {};
  if (!(thrown instanceof Error)) return { error: redactText(String(thrown)) };
  const cause = thrown.cause === undefined ? {} : { cause: describeThrown(thrown.cause) };
  const code = thrown instanceof GatewayError ? { code: thrown.code } : {};
  return { ...code, error: redactText(thrown.message), stack: redactText(thrown.stack ?? ""), ...cause };
}
