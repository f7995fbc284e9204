// Until the gateway can keep its data in PostgreSQL, whoever asks for it is told so: their data would otherwise go, unnoticed,
// into a file nobody backs up. Called before the database is opened, by whatever opens it.
import { GatewayError } from "../base/errors.ts";

/** @throws GatewayError settings_invalid when DATABASE_URL is set; the address, which may hold a password, is not repeated. */
export function refuseOtherDatabase(environment: Readonly<Record<string, string | undefined>>): void {
  if (!environment.DATABASE_URL?.trim()) return;
  throw new GatewayError("settings_invalid", {
    sentence:
      "DATABASE_URL is set, but this version of the gateway keeps its data only in its own file, gateway.db in the data folder; unset DATABASE_URL to go on with that.",
  });
}
