import { describe, expect, test } from "vitest";
import { checkContact } from "../../../server/contact/check-contact.ts";
import { countContacts } from "../../../server/contact/count-contacts.ts";
import { lastContactAt } from "../../../server/engagements/last-contact.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";
import { ANN, askFor, contactDeps, contacted, DAY, HOUR, NOON, plansOf } from "./contact-world.ts";

describe("caps", () => {
  test("of the brokerage count what went out to the number or the person, by group, in rolling days and weeks", async () => {
    const db = await openTestDatabase();
    const deps = contactDeps({ contact_caps: { calls: { per_day: 2, per_week: 3 }, texts: { per_day: 1 } } });
    const ask = (more = {}) => checkContact(deps, db, askFor(more));
    await contacted(db, { started_at: NOON - 2 * HOUR });
    await contacted(db, { started_at: NOON - 30 * HOUR, channel: "wvoice" });
    await contacted(db, { started_at: NOON - HOUR, rule: "opted_out" });
    await contacted(db, { started_at: NOON - HOUR, launch_state: "none" });
    await contacted(db, { started_at: NOON - HOUR, tenant: "other" });
    await contacted(db, { started_at: NOON - HOUR, contact: "+12125550199", crm_account_id: "2" });
    expect(await ask()).toMatchObject({ decision: "allowed" });
    const byPerson = await contacted(db, {
      started_at: null,
      created_at: NOON - HOUR,
      contact: "+13055550100",
    });
    expect(await ask()).toEqual({
      decision: "refused",
      rule: "contact_cap",
      until: NOON - 30 * HOUR + 7 * DAY,
      sentence:
        "This person was called 3 times in the last 7 days, which is as often as the brokerage allows. Possible again from Nov 29, 2026, 4:00 am EST.",
      detail: {
        cap: { group: "calls", most: 3, days: 7, rule: null },
        until: "2026-11-29T09:00:00.000Z",
      },
    });
    expect(await ask({ except: byPerson })).toMatchObject({ decision: "allowed" });
    expect(await ask({ channel: "sms" })).toMatchObject({ decision: "allowed" });
    expect(await ask({ personId: null })).toMatchObject({ decision: "allowed" });
    expect(await ask({ at: NOON - 30 * HOUR + 7 * DAY })).toMatchObject({ rule: "outside_hours" });
    await contacted(db, { channel: "chat" });
    expect(await ask({ channel: "wmsg" })).toMatchObject({ rule: "contact_cap", until: NOON - HOUR + DAY });
  });

  test("of a state hold where hours do: three calls a day in Florida", async () => {
    const db = await openTestDatabase();
    const FLORIDA = "+13055550123";
    const calls = { contact: FLORIDA, person_id: null };
    for (const hours of [1, 2, 3]) await contacted(db, { ...calls, started_at: NOON - hours * HOUR });
    const question = askFor({ contact: FLORIDA, personId: null });
    expect(await checkContact(contactDeps(), db, question)).toMatchObject({
      rule: "contact_cap",
      until: NOON - 3 * HOUR + DAY,
      sentence: expect.stringContaining("as often as is allowed there (Florida)"),
    });
    expect(await checkContact(contactDeps(), db, { ...question, channel: "sms" })).toMatchObject({
      decision: "allowed",
    });
    expect(await checkContact(contactDeps({ contact_hours: "never" }), db, question)).toMatchObject({
      decision: "allowed",
    });
    const moved = askFor({ contact: ANN, personId: null, place: { regions: ["US-FL"] } });
    for (const hours of [1, 2, 3]) await contacted(db, { person_id: null, started_at: NOON - hours * HOUR });
    expect(await checkContact(contactDeps(), db, moved)).toMatchObject({ rule: "contact_cap" });
  });

  test("leave out calls that ended because the agent was not there: nobody was dialled", async () => {
    const db = await openTestDatabase();
    const FLORIDA = "+13055550123";
    const question = askFor({ contact: FLORIDA, personId: null });
    const ids: string[] = [];
    for (const hours of [1, 2, 3, 4])
      ids.push(await contacted(db, { contact: FLORIDA, person_id: null, started_at: NOON - hours * HOUR }));
    expect(await checkContact(contactDeps(), db, question)).toMatchObject({ rule: "contact_cap" });
    for (const [index, event] of ["agent_no_answer", "agent_busy", "agent_failed"].entries())
      await db
        .insertInto("engagement_events")
        .values({ engagement_id: ids[index] ?? "", at: NOON - HOUR, event, detail: "" })
        .execute();
    expect(await checkContact(contactDeps(), db, question)).toMatchObject({ decision: "allowed" });
    const key = { tenant: "acme", channel: "phone", contact: FLORIDA, personId: null, crmAccountId: null };
    expect(await lastContactAt(db, key)).toBe(NOON - 4 * HOUR);
  });

  test("an address is the same in small and capital letters", async () => {
    const db = await openTestDatabase();
    await contacted(db, { channel: "email", contact: "Ann@example.com", person_id: null });
    const key = {
      tenant: "acme",
      personId: null,
      crmAccountId: null,
      group: "email",
      since: NOON - DAY,
    } as const;
    for (const contact of ["Ann@example.com", "ann@example.com", "ANN@EXAMPLE.COM"])
      expect(await countContacts(db, { ...key, contact })).toBe(1);
    expect(await countContacts(db, { ...key, contact: "bo@example.com" })).toBe(0);
  });

  test("count by index, whatever else the brokerage has done", async () => {
    const db = await openTestDatabase();
    const question = {
      tenant: "acme",
      contact: ANN,
      personId: "107",
      crmAccountId: "1",
      group: "calls",
      since: 0,
    } as const;
    const plans = await plansOf(db, (logged) => countContacts(logged, question));
    expect(plans).toContain("engagements_contact");
    expect(plans).toContain("engagements_person");
    expect(plans).not.toMatch(/SCAN|engagements_time|engagements_status/);
    const byAddress = { ...question, contact: "Ann@Example.com", group: "email" } as const;
    const withAddress = await plansOf(db, (logged) => countContacts(logged, byAddress));
    expect(withAddress).toContain("engagements_address");
    expect(withAddress).not.toMatch(/SCAN|engagements_time|engagements_status/);
  });
});
