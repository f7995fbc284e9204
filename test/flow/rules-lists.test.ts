// Whom not to contact: a list from a file, entries of the console. Nobody on it is reached by any door, on
// any channel, in a campaign, or where they waited already; taking somebody off takes two steps.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type AddSuppression,
  addedSuppressionSchema,
  endedSuppressionSchema,
  type Imported,
  importedSchema,
  type Suppression,
  suppressionPageSchema,
} from "../../shared/console/contact-rules.schema.ts";
import { askAdmin } from "../helpers/admin-client.ts";
import { isOver } from "../helpers/campaign-checks.ts";
import { campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import { askConsole, refusalIn, tellConsole } from "../helpers/console-client.ts";
import {
  addList,
  addPeople,
  ask,
  BY_PERSON,
  click,
  decisionsOn,
  expectOneRowEach,
  ledgerOf,
  type RulesWorld,
  refusalOf,
  startRulesWorld,
} from "../helpers/contact-rules.ts";
import { openSigned, waitFor } from "../helpers/embed-client.ts";
import { admin, untilOver } from "../helpers/talk-to-gateway.ts";

const [LISTED, FREE, WAITS, IN_LINE, ASKED] = [9001, 9002, 9003, 9004, 9005];
const phoneOf = (id: number): string => `+1416555013${id % 10}`;

let at: RulesWorld;
beforeAll(async () => {
  at = await startRulesWorld("2026-11-24T17:00:00Z");
  addPeople(
    at,
    [LISTED, FREE, WAITS, IN_LINE, ASKED].map((id) => ({ id, phone: phoneOf(id) })),
  );
});
afterAll(() => at.close());

async function importList(text: string, name = "list.csv"): Promise<Imported> {
  const query = new URLSearchParams({ tenant: "fub-test", name });
  const response = await fetch(`${at.adminUrl}/api/suppressions/import?${query}`, {
    method: "POST",
    headers: { authorization: `Bearer ${at.adminToken}`, "content-type": "text/csv" },
    body: text,
  });
  expect(response.status).toBe(200);
  return importedSchema.parse(await response.json());
}
const listedAs = async (search: string, state = "active"): Promise<readonly Suppression[]> =>
  (
    await askConsole(
      at,
      suppressionPageSchema,
      `/suppressions?${new URLSearchParams({ tenant: "fub-test", search, state })}`,
    )
  ).suppressions;
const enter = async (entry: Omit<AddSuppression, "tenant" | "scope" | "note">) => {
  const answer = await tellConsole(at, "POST", "/suppressions", { tenant: "fub-test", ...entry });
  return { status: answer.status, ...addedSuppressionSchema.parse(answer.body) };
};
const end = (id: number, body: unknown) => tellConsole(at, "POST", `/suppressions/${id}/end`, body);
const tagsOf = (id: number) => at.account.people.find((person) => person.id === id)?.tags ?? [];
const asAnn = () => campaignClient(at.url, campaignQuery({ account: at.account, userId: 2 }));

describe("a list from a file", () => {
  test("takes what it understands, names the lines it does not, and is the same list the second time", async () => {
    const text = [
      "Phone,Reason",
      '(416) 555-0131,"asked us, twice"',
      "not a number,",
      "416-555-0139,",
      "+1 416 555 0131,",
      "12,",
      "late@people.example,",
    ].join("\r\n");
    expect(await importList(text)).toEqual({
      added: 3,
      known: 1,
      invalid: [
        { line: 3, text: "not a number," },
        { line: 6, text: "12," },
      ],
      more_invalid: 0,
    });
    expect(await importList(text)).toMatchObject({ added: 0, known: 4 });
    expect(await listedAs(phoneOf(LISTED))).toMatchObject([
      { kind: "do_not_call", scope: "all", source: "import", said: "asked us, twice" },
    ]);
  });

  test("keeps its people from being reached on every channel, by every door", async () => {
    const said = "Stands on the brokerage's do-not-contact list since Nov 24, 2026 (“asked us, twice”).";
    for (const channel of ["phone", "sms", "wmsg", "wvoice", "chat"]) {
      for (const refused of [
        await click(at, LISTED, { channel }),
        await ask(at, { phone_number: "416.555.0131", channel }),
        await ask(at, { person_id: LISTED, channel }, { path: BY_PERSON }),
      ]) {
        expect(refused).toMatchObject({
          status: 422,
          body: { error: { code: "do_not_call", message: said } },
        });
        const { engagement_id = "" } = refusalOf(refused);
        expect(await decisionsOn(at, engagement_id)).toEqual(["queue refused do_not_call"]);
      }
    }
    const address = await ask(at, { email_address: "Late@People.example" });
    expect(refusalOf(address).rule).toBe("do_not_call");
    const { model } = await openSigned(at.url, { account: at.account, userId: 2, personId: LISTED });
    expect(model.contacts?.[0]).toMatchObject({ channels: [], note: "On the do-not-contact list" });
    expect(at.account.calls).toEqual([]);
  });

  test("is looked at in campaigns, and again for whoever waited already", async () => {
    await admin(at, "POST", "/outreach/pause", {});
    const single = (await click(at, WAITS)).body.engagement_id ?? "";
    const ann = await asAnn();
    const smart_list_id = addList(at, [LISTED, FREE, IN_LINE]);
    const review = await ann.preflight({ smart_list_id, click_id: "reviewed-1" });
    expect(review.body).toMatchObject({ will_queue: 2, skipped: { do_not_call: 1 } });
    expect(await ledgerOf(at, { rule: "do_not_call", search: phoneOf(LISTED) })).toHaveLength(15);
    const { body } = await ann.start({ smart_list_id, click_id: "reviewed-1" });
    await ann.until(body.batch_id, ({ status }) => status === "running");
    // Kept out of a campaign that was really started: that is a refusal like any other.
    expect((await ledgerOf(at, { search: phoneOf(LISTED) }))[0]).toMatchObject({
      campaign_id: body.batch_id,
      engagement_id: null,
      person_id: String(LISTED),
      user_id: "u1",
      stage: "queue",
      decision: "refused",
      rule: "do_not_call",
    });

    expect(await importList(`${phoneOf(WAITS)}\n${phoneOf(IN_LINE)}\n`)).toMatchObject({ added: 2 });
    await admin(at, "POST", "/outreach/resume", {});
    expect(await untilOver(at, single)).toMatchObject({ status: "failed", outcome: "do_not_call" });
    expect(await decisionsOn(at, single)).toEqual(["queue allowed", "launch refused do_not_call"]);
    const over = await ann.until(body.batch_id, isOver);
    expect(over).toMatchObject({ done: 2, outcomes: { connected: 1, do_not_call: 1 } });
    const people = (await ann.people(body.batch_id)).people;
    const kept = people.find(({ person_id }) => person_id === String(IN_LINE))?.engagement_id ?? "";
    expect(await decisionsOn(at, kept)).toEqual(["queue allowed", "launch refused do_not_call"]);
    const called = new Set(at.account.calls.map(({ personId }) => personId));
    for (const person of [LISTED, WAITS, IN_LINE]) expect(called).not.toContain(person);
  });

  test("lets somebody go in two steps, and says what still holds", async () => {
    const [entry] = await listedAs(phoneOf(LISTED));
    const id = entry?.id ?? 0;
    const { suppression: second } = await enter({ kind: "do_not_call", contact: "416 555 0131" });
    const first = await end(id, { reason: "they called us" });
    expect(endedSuppressionSchema.parse(first.body)).toMatchObject({
      ended: false,
      sentence: expect.stringContaining("outreach may reach them again"),
      suppression: { ended_at: null },
    });
    for (const [body, path] of [
      [{ reason: "they called us", confirm: "+14165550132" }, "confirm"],
      [{ reason: " ", confirm: phoneOf(LISTED) }, "reason"],
    ] as const)
      expect(refusalIn(await end(id, body))).toMatchObject({
        status: 400,
        code: "invalid_request",
        details: [{ path }],
      });
    expect(refusalOf(await click(at, LISTED)).rule).toBe("do_not_call");

    const confirmed = { reason: "they called us", confirm: "(416) 555-0131" };
    expect((await end(id, confirmed)).body).toMatchObject({
      ended: true,
      sentence: "This entry has ended. Another one still keeps them from being contacted.",
      suppression: { ended_by: "console: they called us" },
    });
    expect(refusalIn(await end(id, confirmed))).toMatchObject({ status: 409, code: "wrong_state" });
    expect(refusalOf(await click(at, LISTED)).rule).toBe("do_not_call");
    expect((await end(second.id, confirmed)).body).toMatchObject({
      sentence: "They may be contacted again from now on.",
    });
    const started = await click(at, LISTED);
    expect(await untilOver(at, started.body.engagement_id ?? "")).toMatchObject({ outcome: "connected" });
    expect(await listedAs(phoneOf(LISTED), "ended")).toHaveLength(2);
  });
});

describe("an opt-out entered at the console", () => {
  test("is a tag on the person, which goes when the last such entry ends", async () => {
    const { status, suppression, added } = await enter({ kind: "opt_out", contact: phoneOf(ASKED) });
    expect({ status, added, source: suppression.source }).toEqual({
      status: 201,
      added: true,
      source: "console",
    });
    expect(await enter({ kind: "opt_out", contact: phoneOf(ASKED) })).toMatchObject({
      status: 200,
      added: false,
    });
    await waitFor("the tag", () => (tagsOf(ASKED).includes("Do Not Contact") ? true : undefined));
    expect((await click(at, ASKED)).body.error).toMatchObject({
      code: "opted_out",
      message: expect.stringContaining("on the list of people not to be contacted"),
    });
    expect((await end(suppression.id, {})).body).toMatchObject({
      sentence: expect.stringContaining("only if they themselves have agreed"),
    });
    await end(suppression.id, { reason: "agreed by letter", confirm: phoneOf(ASKED) });
    await waitFor("the tag to go", () => (tagsOf(ASKED).includes("Do Not Contact") ? undefined : true));
    expect((await click(at, ASKED)).status).toBe(202);
  });
});

test("each attempt and each refusal is in the ledger once", () => expectOneRowEach(at));

test("all of it is in the journal, and none of it names a number", async () => {
  const response = await askAdmin(at, "/api/journal?limit=500&search=whom not to contact");
  const text = await response.text();
  expect(text).toContain("was imported (list.csv): 3 added, 1 known before, 2 lines not understood");
  expect(text).not.toContain("555");
});
