// Everything the campaign page asks of the gateway, as answers the page can show. One place knows the addresses.
import type {
  Campaign,
  CampaignBody,
  PeoplePage,
  Preflight,
  SmartList,
} from "../../shared/campaign.schema.ts";
import { type Answer, readAnswer, UNREACHABLE } from "../ui/read-answer.ts";
import { readText } from "../ui/read-field.ts";
import { sendClick } from "../ui/send-click.ts";
import {
  readCampaign,
  readLists,
  readPeoplePage,
  readPreflight,
  readRecent,
  readSizes,
} from "./read-campaign.ts";

/** Sends a request to a path below `campaign/`, with the session. */
export type Send = (path: string, request: RequestInit) => Promise<Response>;
export type CampaignAction = "pause" | "resume" | "cancel";
export interface PeopleFilter {
  readonly state: "skipped" | "reached" | "done";
  readonly reason?: string;
  readonly after?: number;
  /** Newest results first, in place of the list's order. */
  readonly order?: "latest";
}
export interface CampaignApi {
  lists(): Promise<Answer<readonly SmartList[]>>;
  sizes(ids: readonly string[]): Promise<Answer<ReadonlyMap<string, number>>>;
  recent(): Promise<Answer<readonly Campaign[]>>;
  /** Waits a second for short lists; long ones answer "checking". */
  preflight(body: CampaignBody, signal: AbortSignal): Promise<Answer<Preflight>>;
  read(id: string, signal?: AbortSignal): Promise<Answer<Campaign>>;
  people(id: string, filter: PeopleFilter): Promise<Answer<PeoplePage>>;
  /** The whole list as CSV text. */
  csv(id: string): Promise<Answer<string>>;
  /** Answers the campaign's id. */
  start(body: CampaignBody): Promise<Answer<string>>;
  act(id: string, action: CampaignAction): Promise<Answer<Campaign>>;
  events(id: string, signal: AbortSignal): Promise<Response>;
}

const ANSWER_MS = 15_000;
const SLOW_ANSWER_MS = 60_000;
const WAIT_SECONDS = 1;

const checked = <T>(answer: Answer<unknown>, read: (value: unknown) => T | null): Answer<T> => {
  if ("failure" in answer) return answer;
  const value = read(answer.value);
  return value === null ? { failure: UNREACHABLE } : { value };
};

/** `sleep` waits milliseconds between tries of a start whose answer was lost. */
export function createCampaignApi(send: Send, sleep: (ms: number) => Promise<void>): CampaignApi {
  const within = (ms: number, signal?: AbortSignal): AbortSignal =>
    signal ? AbortSignal.any([signal, AbortSignal.timeout(ms)]) : AbortSignal.timeout(ms);
  const get = (path: string, signal?: AbortSignal): Promise<Answer<unknown>> =>
    readAnswer(() => send(path, { signal: within(ANSWER_MS, signal) }));
  const post = (path: string, body: unknown, signal: AbortSignal): Promise<Response> =>
    send(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
      signal,
    });
  const at = (id: string): string => encodeURIComponent(id);

  return {
    lists: async () => checked(await get("lists"), readLists),
    sizes: async (ids) => checked(await get(`lists/sizes?ids=${ids.map(at).join(",")}`), readSizes),
    recent: async () => checked(await get("recent"), readRecent),
    preflight: async (body, signal) => {
      const ask = { ...body, wait_seconds: WAIT_SECONDS };
      return checked(
        await readAnswer(() => post("preflight", ask, within(ANSWER_MS, signal))),
        readPreflight,
      );
    },
    read: async (id, signal) => checked(await get(at(id), signal), readCampaign),
    people: async (id, filter) => {
      const asked = Object.entries(filter).map(([key, value]) => [key, String(value)]);
      return checked(await get(`${at(id)}/people?${new URLSearchParams(asked)}`), readPeoplePage);
    },
    csv: async (id) =>
      checked(
        await readAnswer(
          () => send(`${at(id)}/people.csv`, { signal: within(SLOW_ANSWER_MS) }),
          (response) => response.text(),
        ),
        (value) => (typeof value === "string" ? value : null),
      ),
    start: async (body) =>
      checked(await sendClick(() => post("start", body, within(ANSWER_MS)), sleep), (value) =>
        readText(value, "batch_id"),
      ),
    act: async (id, action) =>
      checked(await sendClick(() => post(`${at(id)}/${action}`, {}, within(ANSWER_MS)), sleep), readCampaign),
    events: (id, signal) => send(`${at(id)}/events`, { signal }),
  };
}
