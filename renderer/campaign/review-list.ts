// Has a list checked before anything is started, and says how far it has come until every person was looked at.
import type { Campaign, CampaignBody, Preflight } from "../../shared/campaign.schema.ts";
import type { Answer, Failure } from "../ui/read-answer.ts";
import type { CampaignApi } from "./campaign-api.ts";

/** The review, with what only the campaign itself tells where it was asked. */
export type Reviewed = Preflight & Partial<Pick<Campaign, "from" | "message">>;
export interface ReviewDeps {
  readonly api: Pick<CampaignApi, "preflight" | "read">;
  readonly onProgress: (reviewed: Reviewed) => void;
  readonly sleep: (ms: number) => Promise<void>;
}

const POLL_MS = 700;
/** So many lost answers in a row are waited for before it is said. */
const PATIENCE = 8;

const stopped = (reviewed: Reviewed): Failure => ({
  code: "review_stopped",
  message: reviewed.message ?? "The list could not be read to its end.",
  status: 0,
});

/** Ends with "checked", a failure, or null when `signal` was aborted. */
export async function reviewList(
  body: CampaignBody,
  deps: ReviewDeps,
  signal: AbortSignal,
): Promise<Answer<Reviewed> | null> {
  let answer: Answer<Reviewed> = await deps.api.preflight(body, signal);
  let id: string | null = null;
  let lost = 0;
  while (!signal.aborted) {
    if ("failure" in answer) {
      lost += 1;
      const temporary =
        answer.failure.status === 0 || answer.failure.status === 429 || answer.failure.status >= 500;
      if (id === null || !temporary || lost > PATIENCE) return answer;
    } else {
      lost = 0;
      id = answer.value.batch_id;
      if (answer.value.status === "failed" || answer.value.status === "canceled")
        return { failure: stopped(answer.value) };
      if (answer.value.status !== "checking") return answer;
      deps.onProgress(answer.value);
    }
    await deps.sleep(POLL_MS * (lost + 1));
    if (!signal.aborted) answer = await deps.api.read(id, signal);
  }
  return null;
}
