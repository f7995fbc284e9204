import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { openSandbox, send } from "./open-sandbox.ts";

/** A Hub that tells a real receiver, and the shortest way to hand it a batch. */
async function openBulk() {
  const told: Record<string, unknown>[] = [];
  const receiver = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    told.push(JSON.parse(text));
    response.end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void receiver.close());
  const { url, sandbox } = await openSandbox();
  const { hub } = sandbox;
  hub.webhooks["*"] = { url: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`, secret: "s" };
  hub.stepMs = 1;
  const ask = (method: string, path: string, body?: unknown, key = "sandbox-hub-key") =>
    send(`${url}/hub/bulk-calls${path}`, method, body, { authorization: `Bearer ${key}` });
  const submit = (rows: unknown, more: object = {}, key?: string) =>
    ask("POST", "/submit", { domain_name: "fub-test", rows, ...more }, key);
  return { hub, told, ask, submit };
}

const row = (ending: number, more: object = {}) => ({
  instruction: "The open house",
  phone_number: `+1416555${String(ending).padStart(4, "0")}`,
  source_record_id: String(ending),
  ...more,
});

test("each queued row becomes an engagement of its own, told like a single start", async () => {
  const { hub, told, ask, submit } = await openBulk();
  const { status, body } = await submit([row(2001), row(2042, { channel: "sms" })], { campaign_name: "May" });
  expect(status).toBe(200);
  expect(body).toEqual({
    success: true,
    batch_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    queued_calls: 2,
    skipped_calls: 0,
    errors: [],
    message: "Batch created with 2 calls. Processing will start shortly.",
  });
  await hub.settle();
  const ends = told.filter((notice) => notice.status === "completed");
  expect(ends).toHaveLength(2);
  expect(ends.find(({ person_id }) => person_id === "2001")).toMatchObject({
    contact_identifier: "+14165552001",
    direction: "outbound",
    channel: "phone",
    type: "informational",
    outcome: "no_answer",
  });
  expect(ends.find(({ person_id }) => person_id === "2042")).toMatchObject({ channel: "sms" });
  expect(new Set(ends.map(({ engagement_id }) => engagement_id)).size).toBe(2);
  expect((await ask("GET", `/batches/${body.batch_id}`)).body).toMatchObject({
    file_name: "May",
    status: "completed",
  });
  expect((await ask("GET", "/batches")).body.batches).toHaveLength(1);
  expect((await ask("GET", "/batches/none")).status).toBe(404);
  expect(hub.batches[0]).toMatchObject({ status: 200, left: 0, body: { campaign_name: "May" } });
});

test("rows it does not take are named, the others go out", async () => {
  const { hub, submit } = await openBulk();
  hub.behaviours.set("+14165552049", { rowRefused: "customer opted out" });
  const { body } = await submit([
    row(2041),
    row(2042, { instruction: "" }),
    row(2041, { phone_number: "(416) 555-2041" }),
    row(2043, { phone_number: undefined }),
    row(2044, { channel: "email", email: "a@people.example", call_type: "conversational" }),
    row(2049),
    row(2045, { channel: "email", email_address: "b@people.example" }),
  ]);
  expect(body.errors).toEqual([
    "Row 2: skipped — instruction is missing or not valid",
    "Row 3: skipped — duplicate customer",
    "Row 4: skipped — phone_number is required",
    "Row 5: skipped — email supports informational only",
    "Row 6: skipped — customer opted out",
  ]);
  expect([body.queued_calls, body.skipped_calls]).toEqual([2, 5]);
  await hub.settle();
  expect(hub.engagements.size).toBe(2);
});

test("a wrong key, too many rows or none are refused as a whole", async () => {
  const { hub, submit } = await openBulk();
  expect((await submit([row(2041)], {}, "wrong")).status).toBe(403);
  expect((await submit([])).status).toBe(400);
  expect((await submit([row(2041)], { domain_name: "" })).status).toBe(400);
  const many = Array.from({ length: 1001 }, (_, index) => row(2041 + index));
  expect((await submit(many)).status).toBe(400);
  expect((await submit(many.slice(1))).body.queued_calls).toBe(1000);
  await hub.settle();
  expect(hub.engagements.size).toBe(1000);
});

test.each([
  [{ fails: 503 }, 503, 0],
  [{ fails: 401 }, 401, 0],
  [{ silent: "queued", hangsUp: true }, null, 1],
  [{ silent: "lost", hangsUp: true }, null, 0],
] as const)("asked to misbehave with %o it answers %s and starts %i", async (bulk, answered, started) => {
  const { hub, submit } = await openBulk();
  hub.bulk = { ...bulk };
  const status = await submit([row(2041)]).then(
    (answer) => answer.status,
    () => null,
  );
  expect(status).toBe(answered);
  await hub.settle();
  expect(hub.engagements.size).toBe(started);
  expect(hub.batches).toHaveLength(1);
});

test("a pace of its own: at most so many rows are under way at once", async () => {
  const { hub, told, submit } = await openBulk();
  hub.bulk = { atOnce: 3, startsAfterMs: 5 };
  hub.stepMs = 3;
  await submit(Array.from({ length: 20 }, (_, index) => row(2040 + index)));
  const underWay = () => [...hub.engagements.values()].filter((one) => one.snapshot.status !== "completed");
  const seen: number[] = [];
  while (told.filter(({ status }) => status === "completed").length < 20) {
    seen.push(underWay().length);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  expect(Math.max(...seen)).toBe(3);
});
