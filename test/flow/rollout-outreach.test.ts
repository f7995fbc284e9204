// Outreach of a brokerage whose CRM is reached through Rollout: starts by person and by number, records in the CRM, a first
// reading that is not over, and what cannot be done through Rollout, in words.
import { createHmac } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { rolloutWorld } from "../../server/sandbox/rollout/demo-rollout.ts";
import { openSigned, waitFor } from "../helpers/embed-client.ts";
import { type RolloutTest, startRollout, testRollout } from "../helpers/start-rollout.ts";
import {
  admin,
  integratorKey,
  journalOf,
  listed,
  startOutreach,
  untilCrm,
  untilOver,
  untilQuiet,
} from "../helpers/talk-to-gateway.ts";

describe("outreach through Rollout", () => {
  let at: RolloutTest;
  afterEach(() => at.close());

  const startFromPerson = async (body: Readonly<Record<string, unknown>>) => {
    const response = await fetch(`${at.url}/integration/followupboss/start-from-person`, {
      method: "POST",
      headers: { authorization: `Bearer ${integratorKey(at)}`, "content-type": "application/json" },
      body: JSON.stringify({ domain_name: "fub-test", ...body }),
    });
    return {
      status: response.status,
      body: (await response.json()) as { engagement_id?: string; error?: { code: string; message: string } },
    };
  };
  const agentsKnown = () =>
    waitFor("the agents to be known", async () => {
      const started = await admin<{ entries: { event: string }[] }>(at, "GET", "/journal?limit=50");
      return at.sandbox.rollout.requests.some(({ path }) => path === "/users") && started.status === 200
        ? true
        : undefined;
    }).then(() => untilQuiet(at));

  it("starts by the person's id, and attributes the call to the agent's user there", async () => {
    at = await startRollout();
    await agentsKnown();
    const answer = await startFromPerson({ person_id: at.demo.people.nivia, external_user_id: "u1" });
    expect(answer.status).toBe(202);
    await untilCrm(at, answer.body.engagement_id ?? "", "written");
    expect(at.account.calls).toMatchObject([
      { personId: at.demo.people.nivia, userId: at.demo.users.ann, fromNumber: "+14165550111" },
    ]);
    const nobody = await startFromPerson({ person_id: "0197f65e-0000-7000-8000-000000000000" });
    expect(nobody).toMatchObject({ status: 404, body: { error: { code: "person_not_found" } } });
  });

  it("finds the person by number, however it was typed there, and adds who is not there", async () => {
    at = await startRollout();
    const known = await startOutreach(at, { phone_number: "+14165550102" });
    await untilCrm(at, known, "written");
    expect(at.account.calls).toMatchObject([{ personId: at.demo.people.busy, outcome: "Busy" }]);
    const people = at.account.people.length;
    const fresh = await startOutreach(at, {
      phone_number: "+14165550190",
      client_name: "Maria del Mar Ortiz",
    });
    await untilCrm(at, fresh, "written");
    expect(at.account.people).toHaveLength(people + 1);
    const added = at.account.people.at(-1);
    expect(added).toMatchObject({ firstName: "Maria", lastName: "del Mar Ortiz" });
    expect(at.account.calls.map(({ personId }) => personId)).toContain(added?.id);
  });

  it("writes messages as notes that say whose they are, since a note has no user there", async () => {
    at = await startRollout();
    const id = await startOutreach(at, {
      phone_number: "+16475550131",
      channel: "sms",
      external_user_id: "u2",
    });
    await untilOver(at, id);
    await untilCrm(at, id, "written");
    await untilQuiet(at);
    expect(at.account.notes.length).toBeGreaterThan(0);
    expect(at.account.notes.every(({ personId }) => personId === at.demo.people.nivia)).toBe(true);
    expect(at.account.notes[0]?.subject).toMatch(/^SMS \(/);
    expect(at.account.notes[0]?.body).toContain("By Ben Two.");
    expect(at.account.calls).toEqual([]);
  });

  it("writes one call where the answer to the writing was lost", async () => {
    at = await startRollout();
    at.sandbox.rollout.faults.add({
      times: 1,
      kind: "timeout-after-storing",
      method: "POST",
      path: "/calls",
    });
    const id = await startOutreach(at, { phone_number: "+16475550131" });
    await untilCrm(at, id, "written", 30_000);
    expect(at.account.calls).toHaveLength(1);
  });

  it("waits while the account is read for the first time, and goes on when Rollout says it is done", async () => {
    const { credentialId } = rolloutWorld();
    at = await startRollout({ notReady: [credentialId] });
    expect(await testRollout(at)).toMatchObject({ success: false, code: "crm_syncing" });
    const delivery = at.sandbox.rollout.completeSync(
      credentialId,
      `${at.url}/integration/rollout/sync-completed`,
    );
    await waitFor("the notice to be taken", () => (delivery.state === "delivered" ? true : undefined));
    await waitFor("the agents to be linked", () =>
      at.sandbox.rollout.requests.some(({ path, status }) => path === "/users" && status === 200)
        ? true
        : undefined,
    );
    expect((await journalOf(at, "limit=50")).map(({ event }) => event)).toContain("rollout.sync_completed");
    expect(await testRollout(at)).toMatchObject({ success: true });
  });

  it("takes a notice about an account nobody has entered, and says what to do", async () => {
    at = await startRollout();
    const body = JSON.stringify({ credential: { id: "cred_new", appKey: "hubspot" }, consumers: [] });
    const post = (signature: string) =>
      fetch(`${at.url}/integration/rollout/sync-completed`, {
        method: "POST",
        headers: { "x-rollout-signature": signature },
        body,
      });
    const right = createHmac("sha256", at.demo.options.clientSecret)
      .update(Buffer.from(body).toString("base64"))
      .digest("hex");
    expect((await post("0".repeat(64))).status).toBe(401);
    expect((await post(right)).status).toBe(200);
    const told = (await journalOf(at, "limit=50")).find(({ event }) => event === "rollout.unknown_account");
    expect(told?.message).toContain("rollout_credential_id");
  });

  it("refuses forged deliveries, unknown brokerages and other methods", async () => {
    at = await startRollout();
    const body = JSON.stringify({ eventId: "e1", event: "peopleUpdated", resourceIds: [] });
    const post = (tenant: string, headers: Record<string, string>) =>
      fetch(`${at.url}/integration/rollout/webhook/${tenant}`, { method: "POST", headers, body });
    expect((await post("fub-test", {})).status).toBe(401);
    expect((await post("fub-test", { "x-rollout-signature": "0".repeat(64) })).status).toBe(401);
    expect((await post("nobody", { "x-rollout-signature": "0".repeat(64) })).status).toBe(404);
    expect((await fetch(`${at.url}/integration/rollout/webhook/fub-test`)).status).toBe(405);
    const kept = await waitFor("the refused ones", async () => {
      const page = await admin<{ rejected: { source: string; reason: string }[] }>(
        at,
        "GET",
        "/rejected-deliveries",
      );
      return page.body.rejected.length === 2 ? page.body.rejected : undefined;
    });
    expect(kept.map(({ source, reason }) => [source, reason]).sort()).toEqual([
      ["rollout", "mismatch"],
      ["rollout", "missing"],
    ]);
  });

  it("says what it cannot do: the apps, single events", async () => {
    at = await startRollout();
    const page = await openSigned(at.url, {
      account: at.sandbox.fub.account("fub-test"),
      userId: 2,
      personId: 101,
    });
    expect(page.model.state).toBe("tenant_not_found");
    expect(page.model.problem?.sentence).toContain("through Rollout");
    const event = await admin<{ error: { code: string; message: string } }>(at, "POST", "/deliveries/fetch", {
      tenant: "fub-test",
      event_id: "0197f65e-0000-7000-8000-000000000000",
    });
    expect(event).toMatchObject({ status: 422, body: { error: { code: "crm_unsupported" } } });
  });

  it("writes nothing onto a stranger when the brokerage changes its CRM in the middle", async () => {
    at = await startRollout();
    const { domain_name, crm_sync_provider, rollout_credential_id } = at.setup.tenants?.[0] ?? {};
    const withRollout = {
      tenants: [{ domain_name: domain_name ?? "", crm_sync_provider, rollout_credential_id }],
    };
    // From Follow Up Boss to Rollout: what was begun there belongs to people there.
    await at.gateway.apply({
      tenants: [
        {
          domain_name: "fub-test",
          crm_sync_provider: "followup_boss",
          fub_api_key: at.world.keys.fubTest.ownerKey,
        },
      ],
    });
    at.sandbox.fub.faults.add({ times: 1_000, kind: "status", status: 503, path: "/calls" });
    const id = (await startFromPerson({ person_id: "107" })).body.engagement_id ?? "";
    await untilOver(at, id);
    await at.gateway.apply(withRollout);
    await untilCrm(at, id, "dead", 25_000);
    expect([at.account.notes, at.account.calls]).toEqual([[], []]);
    const dead = (await journalOf(at, "limit=100")).find(({ event }) => event === "activity.dead");
    expect(dead?.message).toContain("another account");
    expect((await listed(at, `search=${id}`)).engagements[0]?.crm_state).toBe("dead");
  });
});
