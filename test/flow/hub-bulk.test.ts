// A batch handed to the pretend Hub: what is sent, what a bad answer means, and how its notices find their outreach.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../server/base/clock.ts";
import type { ChannelOrder, ChannelProvider } from "../../server/channels/channel.ts";
import { createHub } from "../../server/channels/hub/create-hub.ts";
import { HUB_KEY } from "../../server/sandbox/hub/create-hub-world.ts";
import { platformSchema } from "../../shared/settings.schema.ts";
import { connectHub, hubEngagement, sendNotice } from "../helpers/connect-hub.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { controlOutreach, readOutreach, startOutreach } from "../helpers/talk-to-gateway.ts";

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld();
});
afterEach(() => world.close());

const SAM = "+14165550132";
const NIVIA = "+16475550131";

const order = (more: Partial<ChannelOrder> = {}): ChannelOrder => ({
  engagementId: "e-1",
  tenant: "fub-test",
  channel: "phone",
  type: "informational",
  instruction: "The open house",
  contact: SAM,
  personId: "108",
  personName: "Sam Okafor",
  agentName: "Ann One",
  userId: "u1",
  fromNumber: "+14165550111",
  brokerage: "Fub Test Realty",
  inCampaign: false,
  attempt: 1,
  ...more,
});

describe("a batch", () => {
  const hubAt = (url: string, key = HUB_KEY): ChannelProvider =>
    createHub({
      clock: systemClock,
      platform: () => platformSchema.parse({}),
      access: () => ({ url, key }),
      bulkTimeoutMs: 300,
    });
  const submit = async (orders: ChannelOrder[], extras: Record<string, unknown>[] = [], key?: string) => {
    const { bulk } = hubAt(`${world.sandboxUrl}/hub`, key);
    return bulk?.start({ tenant: "fub-test", name: "Spring", type: "informational", orders, extras });
  };

  it("carries each person with the agent's number and the words the Hub wants", async () => {
    const mail = order({
      channel: "email",
      contact: "nivia@people.example",
      personId: "107",
      personName: null,
    });
    const type = "appointment_booking";
    const answer = await submit(
      [order(), mail, order({ contact: NIVIA, instruction: " ", type, fromNumber: null, personId: null })],
      [{ scheduled_time: "2026-06-01T10:00:00Z" }, { email_subject: "Spring", email: "else@people.example" }],
    );
    const [batch] = world.sandbox.hub.batches;
    expect(answer).toEqual({ batchReference: batch?.batch_id, refused: [], queued: 3 });
    expect(batch?.body).toEqual({
      domain_name: "fub-test",
      call_type: "informational",
      campaign_name: "Spring",
      source_system: "followupboss",
      source_org_id: "fub-test",
      source_object: "person",
      rows: [
        {
          scheduled_time: "2026-06-01T10:00:00Z",
          instruction: "The open house",
          phone_number: SAM,
          name: "Sam Okafor",
          channel: "phone",
          call_type: "informational",
          user_phone_number: "+14165550111",
          source_record_id: "108",
        },
        {
          email_subject: "Spring",
          instruction: "The open house",
          email: "nivia@people.example",
          channel: "email",
          call_type: "informational",
          user_phone_number: "+14165550111",
          source_record_id: "107",
        },
        {
          instruction: "Appointment booking",
          phone_number: NIVIA,
          name: "Sam Okafor",
          channel: "phone",
          call_type: "appointment_booking",
        },
      ],
    });
  });

  it("comes back with the rows the Hub left out", async () => {
    world.sandbox.hub.behaviours.set(NIVIA, { rowRefused: "customer opted out" });
    expect(await submit([order(), order({ contact: NIVIA }), order()])).toMatchObject({
      queued: 1,
      refused: [
        { index: 1, sentence: "The Aventora Hub left this person out: customer opted out." },
        { index: 2, sentence: "The Aventora Hub left this person out: duplicate customer." },
      ],
    });
  });

  it.each([
    ["never answered, though queued", { silent: "queued" }, "provider_fate_unknown"],
    ["never answered and lost", { silent: "lost" }, "provider_fate_unknown"],
    ["broken off", { silent: "queued", hangsUp: true }, "provider_fate_unknown"],
    ["answered with 503", { fails: 503 }, "provider_fate_unknown"],
    ["answered with 429", { fails: 429 }, "provider_unavailable"],
    ["answered with 401", { fails: 401 }, "provider_refused"],
  ] as const)("%s: %o means %s", async (_how, bulk, code) => {
    world.sandbox.hub.bulk = { ...bulk };
    await expect(submit([order()])).rejects.toMatchObject({ code });
    expect(world.sandbox.hub.batches).toHaveLength(1);
  });

  it("is certainly not done with a wrong key, at a Hub that is not there, or when it is too large", async () => {
    await expect(submit([order()], [], "wrong")).rejects.toMatchObject({ code: "provider_refused" });
    const many = Array.from({ length: 1001 }, () => order());
    await expect(submit(many)).rejects.toMatchObject({ code: "provider_refused" });
    const nobody = hubAt("http://127.0.0.1:1").bulk?.start({
      ...{ tenant: "fub-test", name: "", type: "informational" as const },
      ...{ orders: [order()], extras: [] },
    });
    await expect(nobody).rejects.toMatchObject({ code: "provider_unavailable" });
    expect(world.sandbox.hub.batches).toHaveLength(0);
  });
});

describe("an outreach handed over in a batch", () => {
  /** As the campaign leaves it: launched, known by the batch's name only. */
  async function handOver(batch: string, more: Record<string, unknown> = {}): Promise<string> {
    const id = await startOutreach(world, { phone_number: SAM, ...more });
    await hubEngagement(world, SAM);
    await expect.poll(async () => (await readOutreach(world, id)).status).toBe("queued");
    const database = new DatabaseSync(join(world.dataDir, "gateway.db"));
    database.prepare("UPDATE engagements SET provider_ref = ? WHERE id = ?").run(`bulk:${batch}`, id);
    database.close();
    return id;
  }
  const person = { source_system: "followupboss", source_record_id: "108" };
  const notice = {
    engagement_id: "hub-row-1",
    person_id: "108",
    contact_identifier: SAM,
    channel: "phone",
    direction: "outbound",
    status: "in_progress",
  };
  const result = async (more: object) => (await sendNotice(world, { ...notice, ...more })).body.result;
  beforeEach(async () => {
    await connectHub(world);
    world.sandbox.hub.behaviour = { never: true };
    world.sandbox.hub.stepMs = 60_000;
  });

  it("is found by its first notice, which names it, and by that name from then on", async () => {
    const id = await handOver("b-1", person);
    for (const foreign of [
      { person_id: "999" },
      { channel: "sms" },
      { direction: "inbound" },
      { contact_identifier: NIVIA },
      { started_at: "2020-01-01T00:00:00Z" },
    ]) {
      expect(await result(foreign)).toBe("unknown");
    }
    expect(await result({})).toBe("recorded");
    expect((await readOutreach(world, id)).status).toBe("in_progress");
    // Another one to the same contact is not ours any more.
    expect(await result({ engagement_id: "hub-row-2" })).toBe("unknown");
    const end = { contact_identifier: null, person_id: null, status: "completed", outcome: "connected" };
    expect(await result(end)).toBe("recorded");
    expect(await readOutreach(world, id)).toMatchObject({ status: "completed", outcome: "connected" });
  });

  it("is not guessed when two could be meant", async () => {
    const ids = [await handOver("b-1", person), await handOver("b-2", person)];
    expect(await result({})).toBe("unknown");
    for (const id of ids) expect((await readOutreach(world, id)).status).toBe("queued");
  });

  it("cannot be paused, nor is the Hub asked about it, before the Hub has named it", async () => {
    const id = await handOver("b-1", person);
    const refused = await controlOutreach(world, id, "pause");
    expect(refused.status).toBe(409);
    expect(JSON.stringify(refused.body)).toContain("has not begun it yet");
    expect(await result({})).toBe("recorded");
  });
});
