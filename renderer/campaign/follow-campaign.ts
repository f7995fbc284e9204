// Keeps the progress page informed until nothing changes any more: by stream, else by asking for counts and the newest results.
import type { Campaign, CampaignPerson } from "../../shared/campaign.schema.ts";
import { isCampaignSettled } from "../ui/campaign-words.ts";
import { followStream, type Timing } from "../ui/follow-stream.ts";
import type { StreamMessage } from "../ui/parse-events.ts";
import type { Answer, Failure } from "../ui/read-answer.ts";
import type { CampaignApi } from "./campaign-api.ts";
import { readCampaign, readPeople } from "./read-campaign.ts";

export interface FollowCampaignDeps {
  readonly api: Pick<CampaignApi, "read" | "people" | "events">;
  readonly onCampaign: (campaign: Campaign) => void;
  /** Newest last. */
  readonly onResults: (people: readonly CampaignPerson[]) => void;
  readonly onTrouble: (failure: Failure | null, final: boolean) => void;
  readonly timing?: Timing;
}

/** Oldest first, by when the result came. */
const byTime = (people: readonly CampaignPerson[]): readonly CampaignPerson[] =>
  people.toSorted((left, right) => (left.at ?? "").localeCompare(right.at ?? ""));

/** Starts following; the returned function stops it. */
export function followCampaign(id: string, deps: FollowCampaignDeps): () => void {
  const stop = new AbortController();
  let left = false;
  let done = -1;

  /** What the stream may have brought to somebody else, or before it was opened. */
  const catchUp = async (): Promise<void> => {
    const answer = await deps.api.people(id, { state: "done", order: "latest" });
    if ("value" in answer && !left) deps.onResults(byTime(answer.value.people));
  };
  const takeCampaign = (campaign: Campaign | null): boolean => {
    if (campaign === null || stop.signal.aborted) return false;
    deps.onCampaign(campaign);
    if (isCampaignSettled(campaign)) {
      stop.abort();
      void catchUp();
    }
    return true;
  };
  const take = ({ event, data }: StreamMessage): boolean => {
    if (event === "campaign") return takeCampaign(readCampaign(JSON.parse(data)));
    const people = event === "results" ? readPeople(JSON.parse(data)) : null;
    if (people !== null) deps.onResults(people);
    return people !== null;
  };
  const ask = async (signal: AbortSignal): Promise<Answer<string>> => {
    const answer = await deps.api.read(id, signal);
    if ("failure" in answer) return answer;
    if (answer.value.done !== done && !signal.aborted) await catchUp();
    done = answer.value.done;
    takeCampaign(answer.value);
    return { value: JSON.stringify(answer.value) };
  };
  const openStream = async (signal: AbortSignal): Promise<Response> => {
    const response = await deps.api.events(id, signal);
    if (response.ok) void catchUp();
    return response;
  };
  void followStream({ openStream, take, ask, onTrouble: deps.onTrouble }, stop.signal, deps.timing);
  return () => {
    left = true;
    stop.abort();
  };
}
