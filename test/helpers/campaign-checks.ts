// What must hold of every campaign, whatever happened to it: counts that add up, everybody reached exactly once.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "vitest";
import type { SandboxAccount, SandboxPerson } from "../../server/sandbox/sandbox-types.ts";
import type { Campaign } from "../../shared/campaign.schema.ts";

export const isOver = ({ status }: Campaign): boolean => ["completed", "failed", "canceled"].includes(status);

export const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((total, n) => total + n, 0);

/** The numbers of one that ended: everybody is queued or skipped, everybody queued is done once. */
export function expectAddsUp(campaign: Campaign): void {
  const { total, queued_calls, skipped_calls, done, outcomes, skipped } = campaign;
  expect({ total, done, outcomes: sum(outcomes), skipped: sum(skipped) }).toEqual({
    total: queued_calls + skipped_calls,
    done: queued_calls,
    outcomes: queued_calls,
    skipped: skipped_calls,
  });
  expect(campaign).toMatchObject({ active: 0, retries_waiting: 0 });
}

export interface StoredOutreach {
  readonly id: string;
  readonly person_id: string;
  readonly contact: string;
  readonly status: string;
  readonly outcome: string | null;
  readonly campaign_state: string;
  readonly launch_attempts: number;
  readonly parked_reason: string | null;
  readonly from_number: string | null;
  readonly acts_with: string;
  readonly crm_account_id: string | null;
  /** How often it was dialled. */
  readonly dialled: number;
}

/** A campaign's outreaches as they are stored, in the order of the list. */
export function storedOutreaches(dataDir: string, campaignId: string): StoredOutreach[] {
  const database = new DatabaseSync(join(dataDir, "gateway.db"), { readOnly: true });
  try {
    const rows = database
      .prepare(
        `SELECT id, person_id, contact, status, outcome, campaign_state, launch_attempts, parked_reason, from_number,
           acts_with, crm_account_id,
           (SELECT count(*) FROM engagement_events e WHERE e.engagement_id = engagements.id AND event = 'dialling') AS dialled
         FROM engagements WHERE campaign_id = ? ORDER BY campaign_position, id`,
      )
      .all(campaignId);
    return rows as unknown as StoredOutreach[];
  } finally {
    database.close();
  }
}

/** One call record for each of these people and none twice; `people` in any order. */
export function expectOneCallEach(
  account: SandboxAccount,
  people: readonly Pick<SandboxPerson, "id">[],
): void {
  const ids = new Set(people.map(({ id }) => id));
  const called = account.calls.map(({ personId }) => personId).filter((id) => ids.has(id));
  expect(called.toSorted((a, b) => a - b)).toEqual([...ids].sort((a, b) => a - b));
}
