// The calling hours in force, and what they say for a number at a moment.
import { join } from "node:path";
import type { ContactHours, HoursCheck } from "../../../shared/console/contact-rules.schema.ts";
import type { ContactHoursFile } from "../../../shared/contact-hours.schema.ts";
import { type Channel, isVoice } from "../../../shared/values.ts";
import { isoTime } from "../../base/clock.ts";
import { fieldError } from "../../base/parse.ts";
import { toE164 } from "../../base/phone-numbers.ts";
import { HOURS_FILE } from "../../contact/hours/read-hours-file.ts";
import { writeHoursFile } from "../../contact/hours/write-hours-file.ts";
import { zonesOf } from "../../contact/zones/number-place.ts";
import type { AdminDeps } from "../admin-deps.ts";

export function showHours(deps: AdminDeps): ContactHours {
  const { origin, file: inForce, problem } = deps.rules.hours.inForce();
  const { unknown, elsewhere } = inForce;
  return {
    origin,
    file: join(deps.dataDir, HOURS_FILE),
    problem,
    rules: [
      ...inForce.rules.map((rule) => ({ ...describe(rule), regions: `${rule.region} (${rule.name})` })),
      { ...describe(elsewhere), regions: "Elsewhere" },
      { ...describe(unknown), regions: `Unknown place (${unknown.zone})` },
    ],
  };
}

type Rule = Pick<ContactHoursFile["unknown"], "hours" | "source" | "as_of" | "status">;

function describe({ hours, source, as_of, status }: Rule): Omit<ContactHours["rules"][number], "regions"> {
  const { weekdays, saturday, sunday } = hours;
  const same = weekdays === saturday && weekdays === sunday;
  const window = same ? weekdays : `${weekdays}; Saturday ${saturday}; Sunday ${sunday}`;
  return { window, source, as_of, status };
}

/** Puts the rules into a file for editing; a file that is there already stays as it is. */
export async function writeHours(deps: AdminDeps): Promise<ContactHours> {
  await writeHoursFile(deps.dataDir);
  return showHours(deps);
}

export interface HoursQuestion {
  readonly number: string;
  readonly channel: Channel;
  /** Epoch ms. */
  readonly at: number;
}

/** @throws GatewayError invalid_request for what is no complete number. */
export function checkHours(deps: AdminDeps, { number, channel, at }: HoursQuestion): HoursCheck {
  const contact = toE164(number);
  if (contact === undefined) throw fieldError("number", "is not a complete phone number");
  const verdict = deps.rules.hours.at({ contact, kind: isVoice(channel) ? "calls" : "texts", at });
  return {
    contact,
    open: verdict.open,
    sentence: verdict.detail,
    until: verdict.open ? null : isoTime(verdict.until),
    zones: [...zonesOf(contact)],
  };
}
