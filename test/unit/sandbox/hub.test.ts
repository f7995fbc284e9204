import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import type { HubBehaviour } from "../../../server/sandbox/hub/create-hub-world.ts";
import { openSandbox, send } from "./open-sandbox.ts";

interface Received {
  secret: string | undefined;
  payload: Record<string, unknown>;
}

/** A sandbox whose Hub tells a real receiver, and the shortest way to start something there. */
async function openHub(behaviour: HubBehaviour = {}) {
  const received: Received[] = [];
  const receiver = createServer((request, response) => {
    let text = "";
    request.on("data", (chunk) => {
      text += chunk;
    });
    request.on("end", () => {
      received.push({
        secret: request.headers["x-aventora-webhook-secret"] as string | undefined,
        payload: JSON.parse(text),
      });
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void receiver.close());
  const open = await openSandbox();
  const { hub } = open.sandbox;
  const { port } = receiver.address() as AddressInfo;
  hub.webhooks["*"] = { url: `http://127.0.0.1:${port}/hook`, secret: "shared" };
  hub.stepMs = 5;
  hub.behaviour = behaviour;
  const request = (method: string, path: string, body?: unknown, key = "sandbox-hub-key") =>
    send(`${open.url}/hub/integration${path}`, method, body, { authorization: `Bearer ${key}` });
  const start = (phone_number: string, more: object = {}) =>
    request("POST", "/start", {
      domain_name: "fub-test",
      type: "informational",
      channel: "phone",
      phone_number,
      ...more,
    });
  return { ...open, hub, received, request, start };
}

const statuses = (received: Received[]) => received.map(({ payload }) => payload.status);

test("a start is accepted at once, then told in full snapshots with the secret and without a delivery id", async () => {
  const { hub, received, request, start } = await openHub();
  const { status, body } = await start("+14165550131", { source_record_id: 107, instruction: "The viewing" });
  expect([status, body]).toEqual([202, { engagement_id: expect.any(String), status: "accepted" }]);
  await hub.settle();
  expect(statuses(received)).toEqual(["accepted", "in_progress", "completed"]);
  expect(received.map(({ payload }) => payload.event_type)).toEqual([
    "engagement.created",
    "engagement.updated",
    "engagement.updated",
  ]);
  expect(new Set(received.map(({ secret }) => secret))).toEqual(new Set(["shared"]));
  const last = received[2]?.payload ?? {};
  expect(Object.keys(last).toSorted()).toEqual(
    [
      ...[
        "engagement_id",
        "person_id",
        "status",
        "outcome",
        "summary",
        "started_at",
        "completed_at",
        "history",
      ],
      ...["transcript", "channel", "type", "contact_identifier", "direction", "call_sid", "domain_name"],
      ...["sent_at", "delivery_type", "event_type"],
    ].toSorted(),
  );
  expect(last).toMatchObject({ engagement_id: body.engagement_id, person_id: "107", outcome: "connected" });
  const polled = (await request("GET", `/engagements/${body.engagement_id}`)).body;
  expect(last).toMatchObject(polled);
  expect(hub.starts[0]?.body).toMatchObject({ phone_number: "+14165550131", instruction: "The viewing" });
});

test("a wrong key is 403, a start without anybody to reach is 400, an unknown engagement is 404", async () => {
  const { hub, request, start } = await openHub();
  expect((await request("POST", "/start", {}, "wrong")).status).toBe(403);
  expect((await start("")).status).toBe(400);
  const email = { channel: "email", email_address: "a@people.example" };
  expect((await start("", { ...email, type: "conversational" })).status).toBe(400);
  expect((await request("GET", "/engagements/none")).status).toBe(404);
  expect(hub.starts.map(({ status }) => status)).toEqual([400, 400]);
  expect(hub.engagements.size).toBe(0);
});

test("the last two digits decide the outcome, on every channel", async () => {
  const { hub, received, start } = await openHub();
  const outcome = async (phone: string, more?: object) => {
    received.length = 0;
    await start(phone, more);
    await hub.settle();
    return received.at(-1)?.payload.outcome;
  };
  expect(await outcome("+14165550101")).toBe("no_answer");
  expect(await outcome("+14165550102")).toBe("busy");
  expect(await outcome("+14165550103")).toBe("voicemail");
  expect(await outcome("+14165550104")).toBe("invalid_phone");
  expect(await outcome("+14165550105")).toBe("not_interested");
  expect(await outcome("+14165550107", { channel: "sms" })).toBe("delivered");
  expect(received.at(-1)?.payload.transcript).toHaveLength(3);
  expect(await outcome("", { channel: "email", email_address: "bounce@people.example" })).toBe("failed");
  expect(await outcome("", { channel: "email", email_address: "ok@people.example" })).toBe("delivered");
  expect((await start("+14165550106")).status).toBe(503);
  expect(await outcome("+14165550106")).toBe("connected");
});

test("webhooks may come twice, late, out of order, with a wrong secret or never", async () => {
  const { hub, received, request, start } = await openHub({ twice: true });
  const told = async (behaviour: HubBehaviour) => {
    received.length = 0;
    hub.behaviour = behaviour;
    const { body } = await start("+14165550131");
    await hub.settle();
    const { status } = (await request("GET", `/engagements/${body.engagement_id}`)).body;
    expect(status).toBe("completed");
    return statuses(received);
  };
  expect(await told({ twice: true })).toEqual(
    ["accepted", "in_progress", "completed"].flatMap((status) => [status, status]),
  );
  expect(await told({ outOfOrder: true })).toEqual(["completed", "in_progress", "accepted"]);
  const before = performance.now();
  expect(await told({ late: 150 })).toHaveLength(3);
  expect(performance.now() - before).toBeGreaterThan(140);
  expect(await told({ never: true })).toEqual([]);
  await told({ wrongSecret: true });
  expect(received.every(({ secret }) => secret !== "shared")).toBe(true);
});

test("one contact may behave differently from the rest", async () => {
  const { hub, received, start } = await openHub();
  hub.behaviours.set("+14165550131", { never: true });
  await start("+14165550131");
  await start("+14165550132");
  await hub.settle();
  expect(new Set(received.map(({ payload }) => payload.contact_identifier))).toEqual(
    new Set(["+14165550132"]),
  );
});

test("a start may fail, or be stored although its answer never comes", async () => {
  const { hub, received, url, start } = await openHub({ startFails: 502 });
  expect((await start("+14165550131")).status).toBe(502);
  expect(hub.engagements.size).toBe(0);
  hub.behaviour = { startTimesOut: true };
  const attempt = fetch(`${url}/hub/integration/start`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer sandbox-hub-key" },
    body: JSON.stringify({ domain_name: "fub-test", phone_number: "+14165550131" }),
    signal: AbortSignal.timeout(200),
  });
  await expect(attempt).rejects.toThrow(/timeout/i);
  await hub.settle();
  expect(hub.starts.at(-1)).toMatchObject({ status: null, engagement_id: expect.any(String) });
  expect(statuses(received).at(-1)).toBe("completed");
});

test("statuses may be spelled oddly or be words nobody knows", async () => {
  const { hub, received, start } = await openHub({ unknownStatuses: true });
  await start("+14165550131");
  await hub.settle();
  expect(statuses(received)).toEqual(["accepted", "warming_up", "Done"]);
});

test("pause holds an engagement, resume lets it go on, cancel ends it", async () => {
  const { hub, received, request, start } = await openHub();
  // Long enough to act in between on a busy machine.
  hub.stepMs = 500;
  const { engagement_id } = (await start("+14165550131")).body;
  const act = (action: string) => request("POST", `/engagements/${engagement_id}/${action}`);
  expect((await act("resume")).status).toBe(409);
  expect((await act("pause")).body.status).toBe("paused");
  expect((await act("pause")).status).toBe(409);
  await hub.settle();
  expect(statuses(received)).toEqual(["accepted", "paused"]);
  expect((await act("resume")).body.status).toBe("accepted");
  await hub.settle();
  expect(statuses(received).slice(2)).toEqual(["accepted", "in_progress", "completed"]);
  const history = (received.at(-1)?.payload.history ?? []) as { event: string }[];
  const events = history.map(({ event }) => event);
  expect(events).toEqual(["created", "pause", "resume", "dialing", "connected"]);
  expect((await act("cancel")).status).toBe(409);
  const other = (await start("+14165550132")).body.engagement_id;
  await request("POST", `/engagements/${other}/cancel`);
  await hub.settle();
  expect(received.at(-1)?.payload).toMatchObject({
    engagement_id: other,
    status: "canceled",
    outcome: "canceled",
  });
});

test("a call that came in is told under its call_sid, which nobody started", async () => {
  const { hub, received, request, url } = await openHub();
  const inbound = { domain_name: "fub-test", phone_number: "+14165550131", text: "Hi" };
  const sid = (await send(`${url}/__control/hub`, "POST", { inbound })).body.call_sid;
  await hub.settle();
  expect(received).toHaveLength(1);
  expect(received[0]?.payload).toMatchObject({
    engagement_id: sid,
    call_sid: sid,
    direction: "inbound",
    status: "completed",
  });
  expect((await request("GET", `/engagements/${sid}`)).status).toBe(200);
  expect(hub.starts).toEqual([]);
});

test("a Hub that still syncs by itself writes calls and notes to Follow Up Boss", async () => {
  const { hub, sandbox, keys, start } = await openHub();
  hub.writesToFub = { apiKey: keys.fubTest.ownerKey };
  await start("+14165550103", { source_record_id: "103" });
  await start("+14165550131", { source_record_id: "107", channel: "sms" });
  await hub.settle();
  const account = sandbox.fub.account("fub-test");
  expect(account.calls).toEqual([
    expect.objectContaining({ personId: 103, outcome: "Left Message", systemName: "AventoraHub" }),
  ]);
  expect(account.notes).toEqual([expect.objectContaining({ personId: 107, subject: "Hub sms" })]);
});

test("after a reset nothing of the old days arrives", async () => {
  const { hub, received, start } = await openHub({ late: 60 });
  await start("+14165550131");
  hub.reset();
  await hub.settle();
  expect(received).toEqual([]);
  expect([hub.starts, hub.deliveries, hub.behaviour]).toEqual([[], [], {}]);
});
