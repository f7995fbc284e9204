// Takes in one page of a Smart List: its people, and where the next page begins, in one transaction. Lists move while
// they are read; where that was seen, the list is read through once more, so that nobody on a later page is missed.
import type { Channel } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import type { CrmListPage } from "../crm/crm.ts";
import type { Trx } from "../db/schema.ts";
import { enqueuePace } from "../engagements/tell-campaign.ts";
import { type AddedMembers, addMembers } from "./add-members.ts";
import { type CampaignRow, findCampaign, updateCampaign } from "./campaign.store.ts";
import type { CampaignDeps } from "./campaign-deps.ts";
import { decidePerson } from "./decide-member.ts";
import { enqueueQueueing } from "./enqueue-steps.ts";
import { queueMembers } from "./queue-members.ts";

/** Readings of a list that keeps moving. */
const MOST_PASSES = 3;
/** Pages in a row without anybody new: a cursor that never ends. */
const MOST_BARREN_PAGES = 20;

/**
 * Undefined when the campaign is not being read at this place any more (paused, canceled, read by somebody else).
 * @throws GatewayError crm_bad_answer when the cursor never ends.
 */
export async function storePage(
  deps: CampaignDeps,
  expected: CampaignRow,
  page: CrmListPage,
): Promise<CampaignRow | undefined> {
  const after = await deps.db.transaction().execute(async (trx) => {
    const campaign = await findCampaign(trx, expected.id);
    if (!campaign || !isSamePlace(campaign, expected)) return undefined;
    const now = deps.clock.now();
    const tenant = deps.settings.tenant(campaign.tenant);
    const candidates = page.people.map((person) => decidePerson(person, campaign.channel as Channel));
    const channel = (campaign.channel ?? "phone") as Channel;
    const added = await addMembers(deps, trx, campaign, candidates, {
      tenant,
      now,
      channelOf: () => channel,
    });
    const change = nextPlace(campaign, page, added);
    const stored = { ...campaign, ...change };
    await updateCampaign(trx, campaign.id, change, now);
    if (stored.stage === "reading" && change.stage === undefined) return stored;
    return finishPage(deps, trx, campaign, stored);
  });
  deps.bus.emit("campaign:changed", { campaignId: expected.id, tenant: expected.tenant });
  return after;
}

export const isReading = ({ status, stage }: CampaignRow): boolean =>
  (stage === "reading" && status === "checking") ||
  (stage === "reading_and_queueing" && status === "queueing");

const isSamePlace = (now: CampaignRow, then: CampaignRow): boolean =>
  isReading(now) && now.cursor === then.cursor && now.pass === then.pass && now.pages === then.pages;

type Change = Partial<Omit<CampaignRow, "id">>;

function nextPlace(campaign: CampaignRow, page: CrmListPage, added: AddedMembers): Change {
  const again = campaign.pass > 1;
  const barren = added.added === 0 ? campaign.barren_pages + 1 : 0;
  if (!again && page.next !== null && barren > MOST_BARREN_PAGES) {
    throw new GatewayError("crm_bad_answer", {
      sentence:
        "Follow Up Boss keeps sending the same people again, so the list could not be read to its end.",
    });
  }
  const members = campaign.members + added.added;
  const resized = campaign.total !== null && page.total !== null && page.total !== campaign.total;
  const moved = campaign.moved === 1 || resized || (again ? added.added > 0 : added.known > 0);
  const change: Change = {
    members,
    will_queue: campaign.will_queue + added.willQueue,
    skipped: campaign.skipped + added.skipped,
    later: campaign.later + added.later,
    opens_at: earliest(campaign.opens_at, added.opensAt),
    total: page.total ?? campaign.total,
    cursor: page.next,
    pages: campaign.pages + 1,
    barren_pages: barren,
    moved: moved ? 1 : 0,
    seen_twice: campaign.seen_twice + (again ? 0 : added.known),
    found_late: campaign.found_late + (again ? added.added : 0),
  };
  const endless = again && campaign.pages > members / 50 + 20;
  if (page.next !== null && !endless) return change;
  const missing = (page.total ?? 0) > members;
  if ((moved || missing) && campaign.pass < MOST_PASSES)
    return { ...change, cursor: null, pages: 0, barren_pages: 0, moved: 0, pass: campaign.pass + 1 };
  return { ...change, cursor: null, stage: campaign.stage === "reading" ? "read" : "queueing" };
}

const earliest = (a: number | null, b: number | null): number | null =>
  a === null ? b : b === null ? a : Math.min(a, b);

/** Where people are put in line as they are read, this page's go into it now; at the end the campaign moves on. */
async function finishPage(
  deps: CampaignDeps,
  trx: Trx,
  before: CampaignRow,
  stored: CampaignRow,
): Promise<CampaignRow> {
  const now = deps.clock.now();
  if (before.stage === "reading") {
    await updateCampaign(trx, stored.id, { status: "checked", checked_at: now }, now);
    await deps.journal.add(trx, {
      event: "campaign.reviewed",
      message: `The list “${stored.name}” was reviewed: ${stored.will_queue} of ${stored.members} people can be reached`,
      tenant: stored.tenant,
      userId: stored.user_id,
      channel: stored.channel,
      detail: { batch_id: stored.id },
    });
    return { ...stored, status: "checked" };
  }
  const queued = await queueMembers(deps, trx, stored);
  await enqueuePace(trx, stored, now);
  if (queued.stage === "queueing") await enqueueQueueing(trx, stored.id, now);
  if (queued.stage !== "queued" || queued.queued > 0) return queued;
  const { sentence, code } = new GatewayError("campaign_empty");
  const change = { status: "failed", stage: "over", message: sentence, error_code: code, ended_at: now };
  await updateCampaign(trx, stored.id, change, now);
  return { ...queued, ...change };
}
