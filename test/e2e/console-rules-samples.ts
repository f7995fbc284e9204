// What the browser tests of the contact rules show: hours, a do-not-contact list of every kind, a ledger, ten thousand rows.
import type { ContactHours, LedgerRow, Suppression } from "../../shared/console/contact-rules.schema.ts";
import { CHANNEL_ANSWERS } from "./console-channel-samples.ts";
import { ago, HEBREW } from "./console-samples.ts";
import type { Answers, Asked } from "./console-stub.ts";

export const HOURS: ContactHours = {
  origin: "built-in",
  file: "/var/lib/aventora/contact-hours.json",
  problem: null,
  rules: [
    {
      ...{ regions: "US (US federal)", window: "08:00-21:00", source: "47 CFR 64.1200(c)(1)" },
      ...{ as_of: "2026-11-20", status: "unreviewed" },
    },
    {
      ...{
        regions: "US-FL (Florida)",
        window: "08:00-20:00",
        source: "Fla. Stat. § 501.616(6)(a)",
      },
      ...{ as_of: "2026-11-20", status: "reviewed" },
    },
    {
      ...{ regions: "CA (Canada)", window: "09:00-21:30; Saturday 10:00-18:00; Sunday 10:00-18:00" },
      ...{ source: "CRTC Unsolicited Telecommunications Rules, part III, section 23", as_of: "2026-11-20" },
      status: "unreviewed",
    },
  ],
};
export const HOURS_FILE: ContactHours = { ...HOURS, origin: "file" };

const CHECK = {
  ...{ contact: "+13055550123", open: false, until: new Date(Date.now() + 36e5 * 9).toISOString() },
  sentence: "10:14 pm in America/New_York; calls are allowed 8 am-8 pm (Florida)",
  zones: ["America/New_York", "America/Chicago"],
};

export const entry = (id: number, changes: Partial<Suppression> = {}): Suppression => ({
  ...{ id, tenant: "fub-test", kind: "opt_out", contact: "+14165550123", person_id: "812", scope: "all" },
  ...{ source: "keyword", said: "STOP", engagement_id: "e-2", created_by: null, created_at: ago(9000 - id) },
  ...{ ended_at: null, ended_by: null },
  ...changes,
});
export const ENTRIES: Suppression[] = [
  entry(7, {
    ...{ source: "free_text", scope: "sms" },
    said: "Please don't text me any more, I have found a house. Thank you very much for your help all the same!",
  }),
  entry(6, {
    ...{ kind: "do_not_call", contact: "+442079460958", source: "import", said: "list.csv, line 12" },
    ...{ engagement_id: null, created_by: "console", person_id: null },
  }),
  entry(5, { contact: null, person_id: "4711", source: "crm_tag", said: HEBREW, engagement_id: null }),
  entry(4, {
    ...{ contact: "bartholomew.featherstonehaugh-cholmondeley.the-third@a-very-long-estate-agency.example" },
    ...{ source: "unsubscribe_link", said: null },
  }),
  entry(3, { ended_at: ago(500), ended_by: "contact: START by SMS" }),
];

/** GET /suppressions over `all`, newest first. */
export const suppressionsOf =
  (all: readonly Suppression[]) =>
  ({ query }: Asked) => {
    const [kind, search, state] = [query.get("kind"), query.get("search"), query.get("state") ?? "active"];
    const before = Number(query.get("before") ?? Number.MAX_SAFE_INTEGER);
    const found = all.filter(
      (one) =>
        one.id < before &&
        (!kind || one.kind === kind) &&
        (!search || (one.contact ?? "").includes(search.replace(/[^\d@a-z.]/gi, ""))) &&
        (state === "all" || (state === "ended") === (one.ended_at !== null)),
    );
    const page = found.slice(0, Number(query.get("limit") ?? 50));
    const active = all.filter((one) => one.ended_at === null);
    const count = (of: Suppression["kind"]) => active.filter((one) => one.kind === of).length;
    return {
      suppressions: page,
      next: page.length < found.length ? (page.at(-1)?.id ?? null) : null,
      counts: { opt_out: count("opt_out"), do_not_call: count("do_not_call") },
    };
  };

export const attempt = (id: number, changes: Partial<LedgerRow> = {}): LedgerRow => ({
  ...{ id, at: ago(9000 - id), engagement_id: "e-2", campaign_id: null, channel: "phone" },
  ...{ contact: "+14165550123", person_id: "812", user_id: "u1", stage: "launch", decision: "allowed" },
  ...{ rule: null, detail: "2:05 pm in America/Toronto; calls are allowed 9 am-9:30 pm (Canada)" },
  ...changes,
});
export const ATTEMPTS: LedgerRow[] = [
  attempt(9),
  attempt(8, {
    ...{ decision: "held", rule: "outside_hours", campaign_id: "c-1" },
    detail: "10:14 pm in America/New_York; calls are allowed 8 am-8 pm (Florida). It goes out at 8 am.",
  }),
  attempt(7, { decision: "refused", rule: "opted_out", channel: "sms", stage: "message", detail: null }),
  attempt(6, {
    ...{ decision: "refused", rule: "contact_cap", channel: "email", stage: "queue" },
    contact: "bartholomew.featherstonehaugh-cholmondeley.the-third@a-very-long-estate-agency.example",
    detail: "2 e-mails today; at most 2 a day.",
  }),
  attempt(5, { decision: "refused", rule: "no_phone", contact: null, stage: "queue", detail: null }),
];

/** GET /ledger over `all`, newest first. */
export const ledgerOf =
  (all: readonly LedgerRow[]) =>
  ({ query }: Asked) => {
    const [decision, rule] = [query.get("decision"), query.get("rule")];
    const before = Number(query.get("before") ?? Number.MAX_SAFE_INTEGER);
    const found = all.filter(
      (one) => one.id < before && (!decision || one.decision === decision) && (!rule || one.rule === rule),
    );
    const rows = found.slice(0, Number(query.get("limit") ?? 100));
    return { rows, next: rows.length < found.length ? (rows.at(-1)?.id ?? null) : null };
  };

export const RULES_ANSWERS: Answers = {
  ...CHANNEL_ANSWERS,
  "GET /contact-hours": HOURS,
  "POST /contact-hours/file": HOURS_FILE,
  "GET /contact-hours/check": CHECK,
  "GET /suppressions": suppressionsOf(ENTRIES),
  "GET /ledger": ledgerOf(ATTEMPTS),
};
