// Starts one outreach, however often it is pressed or has to be sent again. The form calls it.
import type { EmbedStart } from "../../shared/embed.schema.ts";
import { type Answer, UNREACHABLE } from "../ui/read-answer.ts";
import { readText } from "../ui/read-field.ts";
import { isUndecided, sendClick } from "../ui/send-click.ts";

export type StartChoices = Omit<EmbedStart, "click_id">;
/** Sends the body; rejects where no answer came in time. */
export type PostStart = (body: EmbedStart) => Promise<Response>;
export interface StartDeps {
  readonly post: PostStart;
  readonly newClickId: () => string;
  readonly sleep: (ms: number) => Promise<void>;
}
export type StartEngagement = (choices: StartChoices) => Promise<Answer<string>>;

/** Answers the engagement id. Changed choices are a new click; equal ones keep theirs until the gateway decided. */
export function createStarter(deps: StartDeps): StartEngagement {
  let open: { key: string; clickId: string } | null = null;

  return async (choices) => {
    const key = JSON.stringify(choices);
    if (open === null || open.key !== key) open = { key, clickId: deps.newClickId() };
    const body: EmbedStart = { ...choices, click_id: open.clickId };
    const answer = await sendClick(() => deps.post(body), deps.sleep);
    if ("failure" in answer) {
      if (!isUndecided(answer.failure)) open = null;
      return answer;
    }
    open = null;
    const id = readText(answer.value, "engagement_id");
    return id === null ? { failure: UNREACHABLE } : { value: id };
  };
}
