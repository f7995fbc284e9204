// How often one person may be contacted: counted over channels and doors, offered again from the first free moment, kept
// when two wait for the same person, and in campaigns.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sayInstant } from "../../server/base/say-instant.ts";
import { buildPhone } from "../../server/sandbox/build-account.ts";
import { isOver } from "../helpers/campaign-checks.ts";
import { campaignClient, campaignQuery } from "../helpers/campaign-client.ts";
import {
  addList,
  addPeople,
  ask,
  BY_PERSON,
  click,
  decisionsOn,
  expectOneRowEach,
  ledgerOf,
  moveTo,
  type RulesWorld,
  refusalOf,
  startRulesWorld,
} from "../helpers/contact-rules.ts";
import { type StartAnswer, waitFor } from "../helpers/embed-client.ts";
import {
  admin,
  controlOutreach,
  readOutreach,
  startOutreach,
  untilOver,
} from "../helpers/talk-to-gateway.ts";

const [CALLED, TEXTED, TWICE, FREE] = [9001, 9002, 9003, 9004];
const phoneOf = (id: number): string => `+1416555013${id % 10}`;

let at: RulesWorld;
beforeAll(async () => {
  at = await startRulesWorld("2026-11-24T17:00:00Z", {
    contact_caps: { calls: { per_day: 1 }, texts: { per_week: 2 }, email: { per_day: 1 } },
  });
  await at.gateway.apply({ tenants: [{ domain_name: "fub-solo", contact_hours: "always" }] });
  addPeople(
    at,
    [CALLED, TEXTED, TWICE, FREE].map((id) => ({ id, phone: phoneOf(id) })),
  );
});
afterAll(() => at.close());

const idOf = ({ status, body }: StartAnswer): string => {
  expect(status, JSON.stringify(body)).toBe(202);
  return body.engagement_id ?? "";
};
const DAY_MS = 86_400_000;
const later = (iso: string | null, days: number): string =>
  new Date(Date.parse(iso ?? "") + days * DAY_MS).toISOString();

describe("a cap", () => {
  test("on calls counts phone and WhatsApp, all numbers and doors, and nothing else", async () => {
    const first = await untilOver(at, idOf(await click(at, CALLED)));
    const free = later(first.started_at, 1);
    const person = at.account.people.find(({ id }) => id === CALLED);
    person?.phones.push(buildPhone("(647) 555-0140", { isPrimary: 0 }));
    const again: readonly (() => Promise<StartAnswer>)[] = [
      () => click(at, CALLED),
      () => click(at, CALLED, { channel: "wvoice" }),
      () => click(at, CALLED, { contact: "+16475550140" }),
      () => ask(at, { phone_number: phoneOf(CALLED) }),
      () => ask(at, { person_id: CALLED }, { path: BY_PERSON }),
    ];
    for (const attempt of again) {
      const refused = await attempt();
      expect(refused).toMatchObject({ status: 422, body: { error: { code: "contact_cap" } } });
      expect(refused.body.error?.message).toBe(
        `This person was called once in the last 24 hours, which is as often as the brokerage allows. Possible again from ${sayInstant(Date.parse(free), "America/Toronto")}.`,
      );
      const { engagement_id = "", next_allowed_at } = refusalOf(refused);
      expect(next_allowed_at).toBe(free);
      expect(await decisionsOn(at, engagement_id)).toEqual(["queue refused contact_cap"]);
    }
    await untilOver(at, idOf(await click(at, CALLED, { channel: "sms" })));

    const next = idOf(await click(at, CALLED, { scheduled_time: free }));
    moveTo(at, later(free, 0));
    expect(await untilOver(at, next)).toMatchObject({ outcome: "connected" });
  });

  test("on texts counts SMS, WhatsApp and chat of a week; what was canceled before it went out does not count", async () => {
    const canceled = idOf(
      await click(at, TEXTED, {
        channel: "sms",
        scheduled_time: later(new Date(at.clock.now()).toISOString(), 1),
      }),
    );
    await controlOutreach(at, canceled, "cancel");
    const first = await untilOver(at, idOf(await click(at, TEXTED, { channel: "sms" })));
    await untilOver(at, idOf(await click(at, TEXTED, { channel: "wmsg" })));
    for (const channel of ["chat", "sms", "wmsg"])
      expect(refusalOf(await click(at, TEXTED, { channel }))).toMatchObject({
        rule: "contact_cap",
        next_allowed_at: later(first.started_at, 7),
      });
  });

  test("on e-mail counts an address in any spelling", async () => {
    await untilOver(at, await startOutreach(at, { email_address: "Ann@People.example" }));
    const again = await ask(at, { email_address: "ann@people.example" });
    expect(again.body.error?.message).toContain("was e-mailed once in the last 24 hours");
  });

  test("is asked again right before launch: of two that waited, one goes out", async () => {
    await admin(at, "POST", "/outreach/pause", {});
    const ids = [idOf(await click(at, TWICE)), idOf(await ask(at, { phone_number: phoneOf(TWICE) }))];
    await admin(at, "POST", "/outreach/resume", {});
    const overs = await Promise.all(ids.map((id) => untilOver(at, id)));
    expect(overs.map(({ outcome }) => outcome).toSorted()).toEqual(["connected", "contact_cap"]);
    const told = await Promise.all(ids.map((id) => decisionsOn(at, id)));
    expect(told.toSorted()).toEqual([
      ["queue allowed", "launch allowed"],
      ["queue allowed", "launch refused contact_cap"],
    ]);
  });

  test("skips people of a campaign, each with a line in the ledger", async () => {
    const ann = await campaignClient(at.url, campaignQuery({ account: at.account, userId: 2 }));
    const order = { smart_list_id: addList(at, [TWICE, FREE]), click_id: "capped-01" };
    expect((await ann.preflight(order)).body).toMatchObject({ will_queue: 1, skipped: { contact_cap: 1 } });
    const { body } = await ann.start(order);
    expect(await ann.until(body.batch_id, isOver)).toMatchObject({ done: 1, outcomes: { connected: 1 } });
    const rows = (await ledgerOf(at, {})).filter(({ campaign_id }) => campaign_id === body.batch_id);
    expect(rows.map(({ person_id, stage, rule }) => `${person_id} ${stage} ${rule}`).toSorted()).toEqual(
      [`${TWICE} queue contact_cap`, `${FREE} queue null`, `${FREE} launch null`].toSorted(),
    );
  });

  test("of a state's law holds without one of the brokerage's, for each brokerage by itself", async () => {
    const florida = { phone_number: "+13055550139" };
    const solo = { key: at.setup.tenants?.[1]?.call_management_api_key ?? "" };
    const call = async () => {
      const response = await fetch(`${at.url}/integration/start`, {
        method: "POST",
        headers: { authorization: `Bearer ${solo.key}`, "content-type": "application/json" },
        body: JSON.stringify({ domain_name: "fub-solo", ...florida }),
      });
      return { status: response.status, body: (await response.json()) as StartAnswer["body"] };
    };
    for (let calls = 0; calls < 3; calls++) {
      const id = idOf(await call());
      await waitFor(
        "its end",
        async () => (await readOutreach(at, id, "fub-solo")).completed_at ?? undefined,
      );
    }
    const fourth = await call();
    expect(fourth.body.error?.message).toContain("which is as often as is allowed there (Florida)");
    expect(await untilOver(at, idOf(await ask(at, florida)))).toMatchObject({ outcome: "connected" });
  });
});

test("each attempt and each refusal is in the ledger once", () => expectOneRowEach(at));
