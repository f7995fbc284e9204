// The words for one entry of the do-not-contact list. Columns, drawer and dialogs say it with them.
import type { Suppression } from "../../../shared/console/contact-rules.schema.ts";
import { sayContact } from "../../ui/say-contact.ts";
import { CHANNEL_NAMES, sayCode } from "../../ui/wording.ts";
import { LIST } from "../texts/contact.ts";

/** The number or address as people write it, else the person. */
export const whoOf = ({ contact, person_id }: Suppression): string =>
  contact === null ? LIST.person(person_id ?? "") : sayContact(contact);
export const saySource = (source: string): string => LIST.sources[source] ?? sayCode(source);
export const sayScope = (scope: string): string =>
  scope === "all" ? LIST.allChannels : ((CHANNEL_NAMES as Record<string, string>)[scope] ?? sayCode(scope));
/** "console: agreed in writing" of the gateway in words. */
export function sayBy(by: string): string {
  const [, who = "", why = ""] = /^(\w+)(: .*)?$/s.exec(by) ?? [];
  return LIST.by[who] === undefined ? by : `${LIST.by[who]}${why}`;
}
const stateOf = ({ ended_at }: Suppression): string =>
  ended_at === null ? LIST.states.active : LIST.states.ended;
export const suppressionName = (row: Suppression): string =>
  LIST.row(whoOf(row), LIST.kinds[row.kind], stateOf(row));
