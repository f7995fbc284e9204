// Refused embeds, kept for the secret doctor: what was tried, never a secret or what was signed. Anybody can send such
// ones, so the same is counted, their number is bounded, and none of them makes a page wait for the disk.
import type { Clock } from "../base/clock.ts";
import { sha256Hex } from "../base/hmac.ts";
import type { EmbedContext } from "../crm/followupboss/decode-embed-context.ts";
import type { Db } from "../db/schema.ts";
import type { ExplainedRefusal, RefusedSignature } from "./explain-refusal.ts";

export interface RefusedEmbed extends ExplainedRefusal, Pick<RefusedSignature, "app" | "tenant"> {
  readonly context: EmbedContext | null;
}

export interface RefusedEmbeds {
  note(refused: RefusedEmbed): void;
  /** Resolves when all that was noted is stored. */
  flush(): Promise<void>;
}

const KEPT = 300;
const MOST_WAITING = 100;
const GATHER_MS = 250;
const LONGEST_DOMAIN = 100;

interface Waiting {
  readonly row: ReturnType<typeof rowOf>;
  times: number;
  at: number;
}

export function createRefusedEmbeds(deps: {
  readonly db: Db;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
}): RefusedEmbeds {
  const waiting = new Map<string, Waiting>();
  let storing: Promise<void> | undefined;

  const store = async (): Promise<void> => {
    await deps.clock.sleep(GATHER_MS);
    storing = undefined;
    const batch = [...waiting.values()];
    waiting.clear();
    await deps.db.transaction().execute(async (trx) => {
      for (const { row, times, at } of batch) {
        await trx
          .insertInto("embed_refusals")
          .values({ ...row, times, first_at: at, last_at: at })
          .onConflict((conflict) =>
            conflict
              .column("print")
              .doUpdateSet((set) => ({ times: set("embed_refusals.times", "+", times), last_at: at })),
          )
          .execute();
      }
      await prune(trx);
    });
  };

  return {
    note: (refused) => {
      const row = rowOf(refused);
      const known = waiting.get(row.print);
      const at = deps.clock.now();
      if (known) {
        known.times += 1;
        known.at = at;
        return;
      }
      // A flood of different ones is told by its first hundred.
      if (waiting.size >= MOST_WAITING) return;
      waiting.set(row.print, { row, times: 1, at });
      storing ??= store().catch(deps.onError);
    },
    flush: async () => {
      await storing;
    },
  };
}

function rowOf({ app, tenant, context, mistake, tried, fits, fitsHow }: RefusedEmbed) {
  const row = {
    app,
    tenant: tenant?.domain_name ?? null,
    account_domain: context?.account.domain?.slice(0, LONGEST_DOMAIN) ?? null,
    mistake,
    tried: JSON.stringify(tried),
    fits,
    fits_how: fitsHow,
  };
  return { ...row, print: sha256Hex(JSON.stringify(row)) };
}

async function prune(db: Pick<Db, "selectFrom" | "deleteFrom">): Promise<void> {
  const oldest = await db
    .selectFrom("embed_refusals")
    .select("last_at")
    .orderBy("last_at", "desc")
    .offset(KEPT)
    .limit(1)
    .executeTakeFirst();
  if (oldest) await db.deleteFrom("embed_refusals").where("last_at", "<=", oldest.last_at).execute();
}
