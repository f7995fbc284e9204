// Calling hours of single starts, from every door: refused with the next allowed time, accepted for it, waiting for it by
// tag, asked again right before anything goes out; over the end of daylight saving time, by every zone somebody may be in.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  addPeople,
  ask,
  BY_PERSON,
  click,
  decisionsOn,
  expectOneRowEach,
  letDueGoOut,
  moveTo,
  type RulesWorld,
  refusalOf,
  startRulesWorld,
} from "../helpers/contact-rules.ts";
import { openSigned, waitFor } from "../helpers/embed-client.ts";
import { deliveryBody, postWebhook } from "../helpers/post-webhook.ts";
import {
  admin,
  controlOutreach,
  journalOf,
  listed,
  readOutreach,
  untilOutreach,
  untilOver,
} from "../helpers/talk-to-gateway.ts";

// Friday, 4 pm in Toronto. Daylight saving time ends there on Sunday, 1 November, at 2 am.
const BEGINS = "2026-10-30T20:00:00Z";
/** Calls in Ontario: 9 am-9:30 pm on weekdays, 10 am-6 pm on weekends (CRTC). */
const TORONTO = "+14165550137";

let at: RulesWorld;
beforeAll(async () => {
  at = await startRulesWorld(BEGINS);
  addPeople(at, [
    { id: 9001, phone: "(416) 555-0151" },
    { id: 9002, phone: "(416) 555-0152", state: "California" },
    { id: 9003, phone: "(305) 555-0153" },
    { id: 9004, phone: "(416) 555-0154" },
  ]);
});
afterAll(() => at.close());

const idOf = (answer: Awaited<ReturnType<typeof ask>>): string => {
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 202, body: { status: "accepted" } });
  return answer.body.engagement_id ?? "";
};

describe("an agent's click", () => {
  test("too late where they are: refused with the time there and the next allowed one, which is then accepted and kept", async () => {
    moveTo(at, "2026-10-31T01:35:00Z");
    const refused = await click(at, 9001);
    expect(refused).toMatchObject({ status: 422, body: { error: { code: "outside_hours" } } });
    expect(refused.body.error?.message).toBe(
      "Not at this hour: 9:35 pm in America/Toronto; calls are allowed 9 am-9:30 pm (Canada).",
    );
    const { engagement_id = "", next_allowed_at } = refusalOf(refused);
    expect(next_allowed_at).toBe("2026-10-31T14:00:00.000Z");
    expect(await decisionsOn(at, engagement_id)).toEqual(["queue refused outside_hours"]);
    const { model } = await openSigned(at.url, { account: at.account, userId: 2, personId: 9001 });
    expect(model.contacts?.[0]?.hours?.phone).toMatchObject({
      opens_at: next_allowed_at,
      opens: "10 am tomorrow, their time",
    });

    const id = idOf(await click(at, 9001, { scheduled_time: next_allowed_at }));
    expect(await readOutreach(at, id)).toMatchObject({ status: "queued", waits_until: next_allowed_at });
    moveTo(at, "2026-10-31T13:55:00Z");
    await letDueGoOut(at);
    expect(await readOutreach(at, id)).toMatchObject({ status: "queued", started_at: null });
    moveTo(at, "2026-10-31T14:00:00Z");
    const over = await untilOver(at, id);
    expect(over).toMatchObject({ outcome: "connected" });
    expect(Date.parse(over.started_at ?? "")).toBeGreaterThanOrEqual(Date.parse(next_allowed_at ?? ""));
    expect(await decisionsOn(at, id)).toEqual(["queue allowed", "launch allowed"]);
  });
});

describe("another program's start", () => {
  test("on the last evening of daylight saving time is offered 10 am by the clocks of the next day", async () => {
    moveTo(at, "2026-10-31T22:30:00Z");
    const body = { phone_number: TORONTO };
    const refused = await ask(at, body, { key: "once-more" });
    expect(refused.status).toBe(422);
    expect(refused.body.error?.message).toContain("6:30 pm in America/Toronto; calls are allowed 10 am-6 pm");
    expect(refusalOf(refused)).toMatchObject({
      rule: "outside_hours",
      next_allowed_at: "2026-11-01T15:00:00.000Z",
    });
    // The same start asked for again is the same refusal, the offered time included.
    expect(await ask(at, body, { key: "once-more" })).toEqual(refused);

    // For a time in closed hours it is refused as well, and told when after that.
    const tooEarly = await ask(at, { ...body, scheduled_time: "2026-11-01T14:59:59Z" });
    expect(tooEarly.body.error?.message).toContain("9:59 am in America/Toronto");
    expect(refusalOf(tooEarly).next_allowed_at).toBe("2026-11-01T15:00:00.000Z");

    const id = idOf(await ask(at, { ...body, scheduled_time: "2026-11-01T10:00:00-05:00" }));
    moveTo(at, "2026-11-01T14:30:00Z");
    await letDueGoOut(at);
    expect(await readOutreach(at, id)).toMatchObject({ status: "queued" });
    moveTo(at, "2026-11-01T15:00:00Z");
    expect(await untilOver(at, id)).toMatchObject({ outcome: "connected" });
  });

  test("to a number of which no place is known waits for the hours that are safe everywhere", async () => {
    const refused = await ask(at, { phone_number: "+18005550138" });
    expect(refused.body.error?.message).toContain(
      "calls are allowed 11 am-9 pm (place of the number unknown)",
    );
    expect(refusalOf(refused).next_allowed_at).toBe("2026-11-01T16:00:00.000Z");
  });

  test("of a person who lives in another zone needs every rule to allow it in both", async () => {
    // Ontario's number is asked by Canada's hours on the clocks of California, too.
    const refused = await ask(at, { person_id: 9002 }, { path: BY_PERSON });
    expect(refused.body.error?.message).toMatch(
      /^Not at this hour: 7(:\d\d)? am in America\/Los_Angeles, 10/,
    );
    expect(refusalOf(refused).next_allowed_at).toBe("2026-11-01T18:00:00.000Z");
    // Saturdays and Sundays end earlier in Toronto than in California.
    const evening = { person_id: 9002, scheduled_time: "2026-11-01T23:30:00Z" };
    const late = await ask(at, evening, { path: BY_PERSON });
    expect(late.body.error?.message).toContain("6:30 pm in America/Toronto");
    expect(refusalOf(late).next_allowed_at).toBe("2026-11-02T17:00:00.000Z");
    const by = { path: BY_PERSON };
    idOf(await ask(at, { person_id: 9002, scheduled_time: "2026-11-02T17:00:00Z" }, by));
  });

  test("by e-mail has no hours", async () => {
    moveTo(at, "2026-11-02T04:00:00Z");
    const id = idOf(await ask(at, { email_address: "night@people.example" }));
    expect(await untilOver(at, id)).toMatchObject({ outcome: "delivered" });
    for (const channel of ["sms", "wmsg", "wvoice", "phone"])
      expect(refusalOf(await ask(at, { phone_number: TORONTO, channel })).rule).toBe("outside_hours");
  });
});

test("a tag set at night waits for the hours of each, and goes out by itself", async () => {
  const tagged = [9001, 9002, 9003];
  for (const person of at.account.people) if (tagged.includes(person.id)) person.tags.push("Aventora Call");
  const body = deliveryBody("peopleTagsCreated", tagged, { data: { tags: ["Aventora Call"] } });
  expect(await postWebhook(at.url, "fub-test", body)).toMatchObject({ status: 200 });
  const waiting = await Promise.all(
    [
      [9001, "2026-11-02T14:00:00.000Z"],
      [9002, "2026-11-02T17:00:00.000Z"],
      [9003, "2026-11-02T13:00:00.000Z"],
    ].map(async ([person, until]) => {
      const id = await outreachOf(Number(person));
      const waits = await untilOutreach(at, id, "waiting", ({ status }) => status === "queued");
      expect(waits.waits_until).toBe(until);
      expect(waits.history[0]?.detail).toContain(`it waits for their hours, until ${until}`);
      return id;
    }),
  );
  const [toronto = "", california = "", florida = ""] = waiting;
  moveTo(at, "2026-11-02T13:00:01Z");
  await untilOver(at, florida);
  expect(await readOutreach(at, toronto)).toMatchObject({ status: "queued" });
  moveTo(at, "2026-11-02T14:00:01Z");
  await untilOver(at, toronto);
  expect(await readOutreach(at, california)).toMatchObject({ status: "queued" });
  moveTo(at, "2026-11-02T17:00:01Z");
  await untilOver(at, california);
  for (const id of waiting)
    expect(await decisionsOn(at, id)).toEqual(["queue held outside_hours", "launch allowed"]);
});

/** A person's outreach by tag, once its delivery was handled. */
const outreachOf = (personId: number): Promise<string> =>
  waitFor(`the start of ${personId}`, async () => {
    const { engagements } = await listed(at, "limit=50");
    return engagements.find(({ person_id, source }) => person_id === String(personId) && source === "tag")
      ?.engagement_id;
  });

test("what was accepted in time and became too late waits, may be canceled meanwhile, and is asked again", async () => {
  moveTo(at, "2026-11-03T02:00:00Z");
  await admin(at, "POST", "/outreach/pause", {});
  const [first, second] = [idOf(await click(at, 9004)), idOf(await ask(at, { phone_number: TORONTO }))];
  moveTo(at, "2026-11-03T03:00:00Z");
  await admin(at, "POST", "/outreach/resume", {});
  for (const id of [first, second]) {
    const held = await untilOutreach(at, id, "held", ({ history }) =>
      history.some(({ event }) => event === "held"),
    );
    expect(held).toMatchObject({ status: "queued", waits_until: "2026-11-03T14:00:00.000Z" });
    expect(held.history.at(-1)?.detail).toContain("10 pm in America/Toronto");
  }
  expect(await journalOf(at, "event=engagement.held")).toHaveLength(2);
  await controlOutreach(at, second, "cancel");
  moveTo(at, "2026-11-03T14:00:00Z");
  expect(await untilOver(at, first)).toMatchObject({ outcome: "connected" });
  expect(await readOutreach(at, second)).toMatchObject({ status: "canceled", started_at: null });
  expect(await decisionsOn(at, first)).toEqual([
    "queue allowed",
    "launch held outside_hours",
    "launch allowed",
  ]);
  expect(await decisionsOn(at, second)).toEqual(["queue allowed", "launch held outside_hours"]);
});

test("each attempt and each refusal is in the ledger once", () => expectOneRowEach(at));
