// What a person has to know about backups and restores: the gateway goes on from an earlier moment, it went on elsewhere, or
// there has been no backup for long.
import type { Need } from "../../shared/console/home.schema.ts";
import { isoTime } from "../base/clock.ts";
import type { AdminDeps } from "./admin-deps.ts";
import { PLACES } from "./console-places.ts";

const DAY_MS = 86_400_000;
const WITHOUT_DAYS = 30;

type BackupFacts = Pick<AdminDeps, "db" | "clock">;

/** Most urgent of all: until somebody looks, nothing goes out. */
export async function restoreNeeds({ db }: Pick<BackupFacts, "db">): Promise<Need[]> {
  const open = await db
    .selectFrom("backup_events")
    .selectAll()
    .where("kind", "in", ["restore", "undo", "take_back", "move_out"])
    .where("settled_at", "is", null)
    .orderBy("at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (!open) return [];
  const from = sayWhen(Number(open.made_at));
  const base = { severity: "error" as const, tenant: null };
  const evidence = { journal_seq: null, engagement_id: null, at: isoTime(Number(open.at)) };
  if (open.kind === "move_out")
    return [
      {
        ...base,
        id: "moved",
        sentence: `This gateway was moved to another computer ${sayWhen(Number(open.at))}. Nothing new is started here.`,
        remedy: "If it is to go on here again, take it back.",
        action: PLACES.backup("Take it back"),
        evidence,
      },
    ];
  const who = `${count(Number(open.waiting), "outreach", "outreaches")}${Number(open.people) > 0 ? ` (${open.people} of them of campaigns)` : ""}`;
  return [
    {
      ...base,
      id: "restored",
      sentence: `${OPENINGS[open.kind] ?? ""} ${from}, when ${who} waited. Outreach is paused.`,
      remedy:
        "Make sure that no other copy of this gateway runs, then go on: whoever was reached since then is found and not contacted again. Wishes not to be contacted that were made since then may be missing here.",
      action: PLACES.backup("Check and go on"),
      evidence,
    },
  ];
}

const OPENINGS: Readonly<Record<string, string>> = {
  restore: "This gateway was restored from a backup made",
  undo: "A restore was undone: this gateway goes on as it was",
  take_back: "This gateway was taken back; it goes on as it was",
};

const count = (n: number, one: string, more: string): string => `${n} ${n === 1 ? one : more}`;

/** As this computer's clock shows it, since the console is opened where the gateway runs. */
function sayWhen(at: number): string {
  return `on ${new Intl.DateTimeFormat("en-US", { dateStyle: "medium", timeStyle: "short" }).format(at)}`;
}

/** Last of all, and only once there is something to lose. */
export async function backupNeeds({ db, clock }: BackupFacts): Promise<Need[]> {
  const last = await db
    .selectFrom("backup_events")
    .select((select) => select.fn.max("at").as("at"))
    .where("kind", "=", "backup")
    .executeTakeFirst();
  const first = await db
    .selectFrom("engagements")
    .select("created_at as at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  const since = last?.at ?? first?.at;
  if (since == null || clock.now() - Number(since) < WITHOUT_DAYS * DAY_MS) return [];
  return [
    {
      id: "backup",
      severity: "warn",
      tenant: null,
      sentence:
        last?.at == null
          ? "There is no backup of this gateway yet."
          : `The last backup of this gateway was made ${sayWhen(Number(last.at))}.`,
      remedy: "Make one and keep it on another disk.",
      action: PLACES.backup("Make a backup"),
      evidence: null,
    },
  ];
}
