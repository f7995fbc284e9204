// Batches of other programs: a thousand rows, each checked by itself, as the agent it names, at the time it names.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readBatch, submitBatch, untilBatchEnded } from "../helpers/bulk-client.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { createShiftingClock } from "../helpers/shifting-clock.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { integratorKey } from "../helpers/talk-to-gateway.ts";

let world: TestWorld;
const clock = createShiftingClock();
beforeAll(async () => {
  world = await startTestWorld({ clock });
});
afterAll(() => world.close());

const fub = () => world.sandbox.fub.account("fub-test");
const row = (n: number, more: Readonly<Record<string, unknown>> = {}) => ({
  phone_number: `+1905555${n}`,
  instruction: "Invite to the open house",
  ...more,
});
const refused = (status: number, code: string) => ({ status, body: { error: { code } } });

describe("a batch", () => {
  test("is answered to the letter, goes out, and is found again", async () => {
    const answer = await submitBatch(world, [row(2100), row(2101, { name: null, scheduled_time: null })], {
      call_type: "conversational",
      campaign_name: "Spring invitations",
      source_system: "twenty",
      source_org_id: "workspace-1",
      source_object: "person",
      language: "fr",
      some_field_of_theirs: true,
    });
    expect(answer).toEqual({
      status: 200,
      body: {
        success: true,
        batch_id: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        queued_calls: 2,
        skipped_calls: 0,
        errors: [],
        message: expect.stringMatching(/^Batch created with 2 .+\.$/),
      },
    });
    expect(await untilBatchEnded(world, answer.body.batch_id)).toMatchObject({
      batch_id: answer.body.batch_id,
      domain_name: "fub-test",
      source: "bulk",
      name: "Spring invitations",
      call_type: "conversational",
      status: "completed",
      total: 2,
      queued_calls: 2,
      done: 2,
      outcomes: { no_answer: 1, connected: 1 },
      skipped: {},
      errors: [],
    });
  });

  test("names each row that cannot be used, by its number, and the others go out", async () => {
    const rows: readonly (readonly [unknown, string?])[] = [
      [row(2200)],
      [row(2201, { instruction: "  " }), "instruction"],
      [{ phone_number: "+19055552202" }, "instruction"],
      [row(2203, { phone_number: "12" }), "number"],
      [row(2200, { phone_number: "(905) 555-2200" }), "earlier row"],
      [row(0, { phone_number: undefined, call_type: "conversational" }), "neither a number nor"],
      [row(0, { phone_number: undefined, email: "c@people.example", channel: "sms" }), "no phone number"],
      [
        row(0, { phone_number: undefined, email: "a@people.example", call_type: "conversational" }),
        "informational",
      ],
      [row(0, { phone_number: undefined, email: "not one" }), "address"],
      [row(0, { phone_number: undefined, email_address: "b@people.example" })],
      [row(2204, { channel: "fax" }), "channel"],
      [row(2205, { user_phone_number: "+14165559999" }), "user_phone_number"],
      [row(2206, { scheduled_time: "tomorrow" }), "scheduled_time"],
      [row(2207, { source_record_id: { a: 1 } }), "source_record_id"],
      [null, "row"],
      ["text", "row"],
      [row(2208, { channel: "sms", colour: "red" })],
    ];
    const { status, body } = await submitBatch(
      world,
      rows.map(([one]) => one),
    );
    const wrong = rows.flatMap(([, says], index) => (says === undefined ? [] : [{ says, index }]));
    expect(status).toBe(200);
    expect(body).toMatchObject({ queued_calls: 3, skipped_calls: wrong.length });
    expect(body.errors).toHaveLength(wrong.length);
    for (const [n, { says, index }] of wrong.entries()) {
      expect(body.errors[n]).toMatch(new RegExp(`^Row ${index + 1}: skipped — .+`));
      expect(body.errors[n]).toContain(says);
    }
    const batch = await untilBatchEnded(world, body.batch_id);
    expect(batch).toMatchObject({ total: rows.length, done: 3, errors: body.errors });
    expect(Object.values(batch.skipped).reduce((a, b) => a + b, 0)).toBe(wrong.length);
  });

  test("of which no row can be used is over at once", async () => {
    const { body } = await submitBatch(world, [row(1, { phone_number: "1" })]);
    expect(body).toMatchObject({
      queued_calls: 0,
      skipped_calls: 1,
      message: expect.stringContaining("Nothing"),
    });
    expect((await untilBatchEnded(world, body.batch_id)).status).toBe("completed");
  });
});

describe("rows", () => {
  test("go out as the agent whose phone they name: number, key and user in Follow Up Boss", async () => {
    const { body } = await submitBatch(
      world,
      [
        row(2300, { user_phone_number: "(416) 555-0111", source_record_id: 107 }),
        row(2301, { user_phone_number: "+14165550122", source_record_id: "108" }),
        row(2302, { user_phone_number: "416-555-0100", source_record_id: "101" }),
        row(2303, { source_record_id: "102" }),
      ],
      { source_system: "followupboss" },
    );
    expect(body).toMatchObject({ queued_calls: 4, errors: [] });
    await untilBatchEnded(world, body.batch_id);
    const calls = await waitFor("four records", () => {
      const found = fub().calls.filter(({ toNumber }) => /^\+1905555230[0-3]$/.test(toNumber ?? ""));
      return found.length === 4 ? found : undefined;
    });
    const told = calls.map((call) => [
      call.toNumber,
      call.personId,
      call.createdById,
      call.userId,
      call.fromNumber,
    ]);
    expect(told.sort()).toEqual([
      ["+19055552300", 107, 2, 2, "+14165550111"],
      ["+19055552301", 108, 3, 3, "+14165550122"],
      ["+19055552302", 101, 1, 1, "+14165550100"],
      ["+19055552303", 102, 1, 1, "+14165550100"],
    ]);
  });

  test("wait for the time they name, in every form it is written", async () => {
    const at = new Date(Math.floor(clock.now() / 60_000) * 60_000 + 90 * 60_000);
    const [date = "", time = ""] = at.toLocaleString("sv").split(" ");
    const [year = "", month = "", day = ""] = date.split("-");
    const forms = [
      at.toISOString(),
      at.toISOString().replace("Z", "+00:00"),
      `${date} ${time.slice(0, 5)}`,
      `${date}T${time}`,
      `${Number(month)}/${Number(day)}/${year} ${at.toLocaleTimeString("en-US", { hour: "numeric", minute: "2-digit" })}`,
    ];
    const { body } = await submitBatch(world, [
      row(2400),
      ...forms.map((scheduled_time, n) => row(2411 + n, { scheduled_time })),
    ]);
    expect(body).toMatchObject({ queued_calls: 6, errors: [] });
    await waitFor("the one that is due", async () =>
      (await readBatch(world, body.batch_id)).done === 1 ? true : undefined,
    );
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(await readBatch(world, body.batch_id)).toMatchObject({ status: "running", done: 1, active: 0 });
    clock.shift(91 * 60_000);
    // Anything that happens lets the gateway look at its clock.
    await submitBatch(world, [row(2450)]);
    expect(await untilBatchEnded(world, body.batch_id)).toMatchObject({ done: 6 });
  });
});

describe("the same request again", () => {
  const headers = { "idempotency-key": "order-1" };
  test("is the same batch, also ten at once; another one is refused", async () => {
    const rows = [row(2500), row(2501), row(2500)];
    const first = await submitBatch(world, rows, {}, { headers });
    const more = await Promise.all(
      Array.from({ length: 10 }, () => submitBatch(world, rows, {}, { headers })),
    );
    for (const again of more)
      expect(again.body).toMatchObject({
        batch_id: first.body.batch_id,
        queued_calls: 2,
        errors: first.body.errors,
      });
    expect(await submitBatch(world, [row(2502)], {}, { headers })).toMatchObject(
      refused(409, "idempotency_key_reused"),
    );
    const theirs = integratorKey(world, "fub-solo");
    const other = await submitBatch(world, rows, { domain_name: "fub-solo" }, { headers, key: theirs });
    expect(other.status).toBe(200);
    expect(other.body.batch_id).not.toBe(first.body.batch_id);
    const without = await submitBatch(world, rows);
    expect(without.body.batch_id).not.toBe(first.body.batch_id);
  });
});
