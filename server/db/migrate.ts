// Numbered steps that bring the tables to this version, all in one transaction. A step is never edited once released.
import { type Migration, Migrator } from "kysely/migration";
import { GatewayError } from "../base/errors.ts";
import type { Dialect } from "./create-table.ts";
import { foundation } from "./migrations/0001-foundation.ts";
import { campaigns } from "./migrations/0002-campaigns.ts";
import { webhooks } from "./migrations/0003-webhooks.ts";
import { fanOut } from "./migrations/0004-fan-out.ts";
import { catchUp } from "./migrations/0005-catch-up.ts";
import { crashes } from "./migrations/0006-crashes.ts";
import { consoleTables } from "./migrations/0007-console.ts";
import { channelTables } from "./migrations/0008-channels.ts";
import { restores } from "./migrations/0009-restores.ts";
import { secondContact } from "./migrations/0010-second-contact.ts";
import { extras } from "./migrations/0011-extras.ts";
import type { Db } from "./schema.ts";

const STEPS: Readonly<Record<string, (dialect: Dialect) => Migration>> = {
  "0001-foundation": (dialect) => ({ up: (db) => foundation(db, dialect) }),
  "0002-campaigns": (dialect) => ({ up: (db) => campaigns(db, dialect) }),
  "0003-webhooks": (dialect) => ({ up: (db) => webhooks(db, dialect) }),
  "0004-fan-out": (dialect) => ({ up: (db) => fanOut(db, dialect) }),
  "0005-catch-up": (dialect) => ({ up: (db) => catchUp(db, dialect) }),
  "0006-crashes": () => ({ up: crashes }),
  "0007-console": (dialect) => ({ up: (db) => consoleTables(db, dialect) }),
  "0008-channels": (dialect) => ({ up: (db) => channelTables(db, dialect) }),
  "0009-restores": (dialect) => ({ up: (db) => restores(db, dialect) }),
  "0010-second-contact": () => ({ up: secondContact }),
  "0011-extras": () => ({ up: extras }),
};

/** The newest step this program knows: what its database is after an update. */
export const LAST_STEP = Object.keys(STEPS).at(-1) ?? "";

/** False for the tables of a newer program. */
export const knowsStep = (name: string): boolean => Object.hasOwn(STEPS, name);

const migrator = (db: Db, dialect: Dialect): Migrator =>
  new Migrator({
    db,
    provider: {
      getMigrations: async () =>
        Object.fromEntries(Object.entries(STEPS).map(([name, step]) => [name, step(dialect)])),
    },
  });

/** Names of the steps not yet taken. @throws GatewayError when the tables are of a newer version than this program. */
export async function pendingMigrations(db: Db, dialect: Dialect): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some((table) => table.name === "kysely_migration")) return Object.keys(STEPS);
  const taken = await takenSteps(db);
  const unknown = taken.find((name) => !(name in STEPS));
  if (unknown !== undefined) {
    throw new GatewayError("database_unusable", {
      sentence: `The database was last used by a newer version of the gateway (it has the step ${unknown}). Start that version, or restore a backup made with this one.`,
    });
  }
  const all = await migrator(db, dialect).getMigrations();
  return all.filter((step) => step.executedAt === undefined).map((step) => step.name);
}

async function takenSteps(db: Db): Promise<string[]> {
  const rows = await db
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom("kysely_migration")
    .select("name")
    .execute();
  return rows.map((row) => row.name);
}

/** The last step taken where these are missing; undefined for a database without tables. */
export const stepBefore = (pending: readonly string[]): string | undefined =>
  Object.keys(STEPS).at(-1 - pending.length);

/** Up to and with the step `to`. */
export async function migrate(db: Db, dialect: Dialect, to = LAST_STEP): Promise<void> {
  const { error } = await migrator(db, dialect).migrateTo(to);
  if (error !== undefined) throw error;
}
