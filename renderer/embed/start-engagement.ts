// Sends one start to the gateway, again where no answer came, always as the same click: a double click, a lost
// answer or a second press after an outage is one outreach. The form calls it.
import type { EmbedStart } from "../../shared/embed.schema.ts";
import { readText } from "../ui/read-field.ts";
import { type Answer, type Failure, readAnswer, UNREACHABLE } from "./read-answer.ts";

export type StartChoices = Omit<EmbedStart, "click_id">;
/** Sends the body; rejects where no answer came in time. */
export type PostStart = (body: EmbedStart) => Promise<Response>;
export interface StartDeps {
  readonly post: PostStart;
  readonly newClickId: () => string;
  readonly sleep: (ms: number) => Promise<void>;
}
export type StartEngagement = (choices: StartChoices) => Promise<Answer<string>>;

const PAUSES_MS = [1000, 3000];
/** The gateway may or may not have taken it, or said to come again: the next try must be the same click. */
const undecided = ({ code, status }: Failure): boolean =>
  code === UNREACHABLE.code || status === 429 || status >= 500;

/** Answers the engagement id. Changed choices are a new click; equal ones keep theirs until the gateway decided. */
export function createStarter(deps: StartDeps): StartEngagement {
  let open: { key: string; clickId: string } | null = null;

  return async (choices) => {
    const key = JSON.stringify(choices);
    if (open === null || open.key !== key) open = { key, clickId: deps.newClickId() };
    const body: EmbedStart = { ...choices, click_id: open.clickId };
    let answer = await readAnswer(() => deps.post(body));
    for (const pause of PAUSES_MS) {
      if (!("failure" in answer) || answer.failure.code !== UNREACHABLE.code) break;
      await deps.sleep(pause);
      answer = await readAnswer(() => deps.post(body));
    }
    if ("failure" in answer) {
      if (!undecided(answer.failure)) open = null;
      return answer;
    }
    open = null;
    const id = readText(answer.value, "engagement_id");
    return id === null ? { failure: UNREACHABLE } : { value: id };
  };
}

/** A random id for a click; `randomUUID` exists only on https and localhost. */
export function randomClickId(): string {
  if (typeof crypto.randomUUID === "function") return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
