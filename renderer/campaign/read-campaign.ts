// Checks that what came over the wire can be shown by the campaign page, without a schema library.
import type {
  Campaign,
  CampaignPerson,
  PeoplePage,
  Preflight,
  SmartList,
} from "../../shared/campaign.schema.ts";
import { readField, readText } from "../ui/read-field.ts";

const numbers = (value: unknown, keys: readonly string[]): boolean =>
  keys.every((key) => typeof readField(value, key) === "number");
const texts = (value: unknown, keys: readonly string[]): boolean =>
  keys.every((key) => readText(value, key) !== null);
const counts = (value: unknown, keys: readonly string[]): boolean =>
  keys.every((key) => {
    const record = readField(value, key);
    return (
      typeof record === "object" &&
      record !== null &&
      Object.values(record).every((count) => typeof count === "number")
    );
  });

/** The review as the list's check answers it, or null where a field the page relies on is missing. */
export const readPreflight = (value: unknown): Preflight | null =>
  texts(value, ["batch_id", "status"]) &&
  numbers(value, ["total", "will_queue", "eta_seconds", "checked", "waiting_hours"]) &&
  counts(value, ["skipped"])
    ? (value as Preflight)
    : null;

export const readCampaign = (value: unknown): Campaign | null =>
  readPreflight(value) !== null &&
  texts(value, ["name", "call_type"]) &&
  numbers(value, ["queued_calls", "skipped_calls", "done", "active", "retries_waiting"]) &&
  numbers(value, ["records_waiting", "records_failed"]) &&
  counts(value, ["outcomes", "refused_later"])
    ? (value as Campaign)
    : null;

const isPerson = (value: unknown): boolean =>
  numbers(value, ["position", "attempts"]) && texts(value, ["name", "state"]);

/** The rows that can be shown; null where it is no list. */
export const readPeople = (value: unknown): readonly CampaignPerson[] | null =>
  Array.isArray(value) ? value.filter(isPerson) : null;

export function readPeoplePage(value: unknown): PeoplePage | null {
  const people = readPeople(readField(value, "people"));
  const next = readField(value, "next");
  return people === null ? null : { people: [...people], next: typeof next === "number" ? next : null };
}

export function readLists(value: unknown): readonly SmartList[] | null {
  const lists = readField(value, "smart_lists");
  return Array.isArray(lists) ? lists.filter((list) => texts(list, ["id", "name"])) : null;
}

export function readRecent(value: unknown): readonly Campaign[] | null {
  const campaigns = readField(value, "campaigns");
  return Array.isArray(campaigns)
    ? campaigns.map(readCampaign).filter((campaign) => campaign !== null)
    : null;
}

/** People per list; lists whose size could not be told are left out. */
export function readSizes(value: unknown): ReadonlyMap<string, number> | null {
  const sizes = readField(value, "sizes");
  if (typeof sizes !== "object" || sizes === null) return null;
  return new Map(
    Object.entries(sizes).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}
