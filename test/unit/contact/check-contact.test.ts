import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkContact } from "../../../server/contact/check-contact.ts";
import { addSuppression, type NewSuppression } from "../../../server/contact/suppression.store.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";
import { ANN, askFor, contactDeps, contacted, DAY, HOUR, NOON, wishOf } from "./contact-world.ts";

const NIGHT = Date.parse("2026-11-24T03:14Z");
const MORNING = Date.parse("2026-11-24T13:00Z");

describe("in this order", () => {
  test("nobody's rule objects: allowed, with what was looked at", async () => {
    const db = await openTestDatabase();
    expect(await checkContact(contactDeps(), db, askFor())).toEqual({
      decision: "allowed",
      detail: { hours: "10 am in America/New_York; calls are allowed 8 am-9 pm (US federal)" },
    });
  });

  test("each rule hides those after it", async () => {
    const db = await openTestDatabase();
    const deps = contactDeps({ contact_caps: { calls: { per_day: 1 } } });
    const everything = askFor({ at: NIGHT, consent: { phone: false }, tags: ["VIP", "do not  CONTACT "] });
    const ruleOf = async (question: typeof everything) => {
      const decision = await checkContact(deps, db, question);
      return decision.decision === "allowed" ? "allowed" : decision.rule;
    };
    await contacted(db, { started_at: NIGHT - HOUR });
    await addSuppression(db, wishOf());
    expect(await ruleOf(everything)).toBe("opted_out");
    const { tags: _tags, ...untagged } = everything;
    expect(await ruleOf(untagged)).toBe("opted_out");
    await addSuppression(db, wishOf({ kind: "do_not_call", source: "import" }));
    expect(await ruleOf(untagged)).toBe("do_not_call");
    const wished = { ...untagged, contact: "+12125550124", personId: null };
    expect(await ruleOf(wished)).toBe("no_consent");
    await contacted(db, { contact: "+12125550124", person_id: null, started_at: NIGHT - HOUR });
    const { consent: _consent, ...consented } = wished;
    expect(await ruleOf(consented)).toBe("contact_cap");
    expect(await ruleOf({ ...consented, contact: "+12125550125" })).toBe("outside_hours");
    expect(await ruleOf({ ...consented, contact: "+12125550125", at: MORNING })).toBe("allowed");
  });

  test("a brokerage that is not there reaches nobody", async () => {
    const db = await openTestDatabase();
    await expect(checkContact(contactDeps(), db, askFor({ tenant: "other" }))).rejects.toMatchObject({
      code: "tenant_not_found",
    });
  });
});

describe("by what the CRM and the settings say", () => {
  test("tags block, however they are written", async () => {
    const db = await openTestDatabase();
    const table = [
      [["Do Not Contact"], {}, "refused"],
      [["  do not   contact"], {}, "refused"],
      [["Lawyer"], { blocking_tags: ["LAWYER", "Deceased"] }, "refused"],
      [["Do Not Contact"], { opt_out_tag: "" }, "allowed"],
      [[""], { opt_out_tag: "" }, "allowed"],
      [["Hot lead"], {}, "allowed"],
    ] as const;
    for (const [tags, settings, decision] of table) {
      const deps = contactDeps({
        ...settings,
        blocking_tags: [...("blocking_tags" in settings ? settings.blocking_tags : [])],
      });
      expect(
        (await checkContact(deps, db, askFor({ tags }))).decision,
        `${tags} ${JSON.stringify(settings)}`,
      ).toBe(decision);
    }
  });

  test("consent that was declined refuses that way of reaching somebody, and no other", async () => {
    const db = await openTestDatabase();
    const table = [
      ["phone", ANN, { phone: false }, "refused"],
      ["wvoice", ANN, { phone: false }, "refused"],
      ["sms", ANN, { phone: false }, "allowed"],
      ["sms", ANN, { text: false }, "refused"],
      ["chat", ANN, { text: false }, "refused"],
      ["chat", "ann@example.com", { text: false }, "allowed"],
      ["chat", "ann@example.com", { email: false }, "refused"],
      ["email", "ann@example.com", { email: false, phone: true }, "refused"],
      ["phone", ANN, { phone: true }, "allowed"],
      ["phone", ANN, {}, "allowed"],
    ] as const;
    for (const [channel, contact, consent, decision] of table) {
      const answer = await checkContact(contactDeps(), db, askFor({ channel, contact, consent }));
      expect(answer.decision, `${channel} ${contact} ${JSON.stringify(consent)}`).toBe(decision);
      if (answer.decision === "refused") expect(answer.rule).toBe("no_consent");
    }
  });
});

describe("hours", () => {
  test("hold as the brokerage says, for calls and texts", async () => {
    const db = await openTestDatabase();
    const table = [
      [{}, "phone", ANN, true, "held"],
      [{}, "phone", ANN, false, "allowed"],
      [{ contact_hours: "always" }, "phone", ANN, false, "held"],
      [{ contact_hours: "never" }, "phone", ANN, true, "allowed"],
      [{}, "sms", ANN, true, "held"],
      [{}, "wmsg", ANN, true, "held"],
      [{}, "wvoice", ANN, true, "held"],
      [{}, "chat", ANN, true, "held"],
      [{}, "chat", "ann@example.com", true, "allowed"],
      [{}, "email", "ann@example.com", true, "allowed"],
    ] as const;
    for (const [settings, channel, contact, reachesPeople, decision] of table) {
      const answer = await checkContact(
        contactDeps(settings),
        db,
        askFor({ at: NIGHT, channel, contact, reachesPeople }),
      );
      expect(answer.decision, `${JSON.stringify(settings)} ${channel} ${contact} ${reachesPeople}`).toBe(
        decision,
      );
    }
  });

  test("say until when it is held, where the person is known to live too", async () => {
    const db = await openTestDatabase();
    expect(await checkContact(contactDeps(), db, askFor({ at: NIGHT }))).toEqual({
      decision: "held",
      rule: "outside_hours",
      until: MORNING,
      sentence: "Not at this hour: 10:14 pm in America/New_York; calls are allowed 8 am-9 pm (US federal).",
      detail: {
        hours: "10:14 pm in America/New_York; calls are allowed 8 am-9 pm (US federal)",
        until: "2026-11-24T13:00:00.000Z",
      },
    });
    const inCalifornia = askFor({ at: NOON, place: { regions: ["US-CA"] } });
    expect(await checkContact(contactDeps(), db, inCalifornia)).toMatchObject({ until: NOON + HOUR });
    const nowhere = askFor({ at: NOON, place: { zone: "Mars/Olympus" } });
    expect(await checkContact(contactDeps(), db, nowhere)).toMatchObject({ decision: "allowed" });
  });
});

describe("an answer to what they just wrote", () => {
  test("goes out at night and beyond caps, but never to somebody who wants no more", async () => {
    const db = await openTestDatabase();
    const deps = contactDeps({ contact_caps: { texts: { per_day: 1 } } });
    await contacted(db, { channel: "sms" });
    const answer = askFor({
      channel: "sms",
      at: NIGHT,
      answersThem: true,
      consent: { text: false },
      tags: ["Do Not Contact"],
    });
    expect(await checkContact(deps, db, answer)).toEqual({ decision: "allowed", detail: {} });
    await addSuppression(db, wishOf());
    expect(await checkContact(deps, db, answer)).toMatchObject({ rule: "opted_out" });
  });
});

describe("why, in a sentence for the agent", () => {
  test("with the day, and what they said", async () => {
    const db = await openTestDatabase();
    const table: readonly (readonly [Partial<NewSuppression>, string])[] = [
      [
        { source: "free_text", said: "please stop" },
        "Asked not to be contacted on May 3, 2026 (“please stop”).",
      ],
      [{ scope: "phone", said: null }, "Asked not to be contacted by Phone on May 3, 2026."],
      [{ source: "unsubscribe_link", said: "" }, "Unsubscribed by the link in a message on May 3, 2026."],
      [
        { source: "agent", said: "angry on the phone" },
        "An agent noted on May 3, 2026 that they do not want to be contacted (“angry on the phone”).",
      ],
      [
        { kind: "do_not_call", source: "import", said: null },
        "Stands on the brokerage's do-not-contact list since May 3, 2026.",
      ],
    ];
    for (const [index, [wish, sentence]] of table.entries()) {
      const contact = `+1212555020${index}`;
      await addSuppression(db, wishOf({ at: Date.parse("2026-05-03T18:00Z"), contact, ...wish }));
      expect(await checkContact(contactDeps(), db, askFor({ contact, personId: null }))).toMatchObject({
        sentence,
      });
    }
  });

  test("a tag is named as the CRM has it", async () => {
    const db = await openTestDatabase();
    expect(await checkContact(contactDeps(), db, askFor({ tags: ["do not contact "] }))).toMatchObject({
      sentence: "This person carries the tag “do not contact” in the CRM, so they are not contacted.",
    });
  });
});

test("whatever the channel and the hour: whoever wants no more is never allowed, and a hold ends when it says", async () => {
  const db = await openTestDatabase();
  const deps = contactDeps();
  await addSuppression(db, wishOf());
  const channels = fc.constantFrom("phone", "sms", "wmsg", "wvoice", "chat" as const);
  const instants = fc.integer({ min: NOON, max: NOON + 365 * DAY });
  await fc.assert(
    fc.asyncProperty(
      channels,
      instants,
      fc.constantFrom(ANN, "+13055550100", "+18505550100", "+18005550100"),
      async (channel, at, contact) => {
        const question = askFor({ channel, at, contact, personId: null });
        const decision = await checkContact(deps, db, question);
        if (contact === ANN) expect(decision).toMatchObject({ decision: "refused", rule: "opted_out" });
        if (decision.decision !== "held") return;
        expect((await checkContact(deps, db, { ...question, at: decision.until })).decision).toBe("allowed");
        expect((await checkContact(deps, db, { ...question, at: decision.until - 1 })).decision).toBe("held");
      },
    ),
    { numRuns: 100 },
  );
});
