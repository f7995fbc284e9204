// Outreach at the Hub that a person has to decide about: what the Hub forgot, and what it says of somebody else's.
import { afterEach, beforeEach, expect, it } from "vitest";
import { connectHub, hubEngagement, sendNotice } from "../helpers/connect-hub.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { controlOutreach, readOutreach, startOutreach, untilOutreach } from "../helpers/talk-to-gateway.ts";

let world: TestWorld;
beforeEach(async () => {
  world = await startTestWorld();
});
afterEach(() => world.close());

const SAM = "+14165550132";

it("the Hub has forgotten is parked, can be watched again, and can be canceled here", async () => {
  await connectHub(world, { pollSeconds: 0.1 });
  world.sandbox.hub.behaviour = { never: true };
  world.sandbox.hub.stepMs = 60_000;
  const id = await startOutreach(world, { phone_number: SAM });
  const at = await hubEngagement(world, SAM);
  const known = [...world.sandbox.hub.engagements].find(([, one]) => one === at);
  world.sandbox.hub.engagements.clear();
  const isParked = ({ parked_reason }: { parked_reason?: string | undefined }) => parked_reason !== undefined;
  const parked = await untilOutreach(world, id, "parked", isParked);
  expect(parked.parked_reason).toContain("no longer answers");

  // The Hub remembers again: resuming only asks how it stands.
  if (known) world.sandbox.hub.engagements.set(...known);
  const resumed = await controlOutreach(world, id, "resume");
  expect(resumed.body).toMatchObject({ status: "in_progress" });
  world.sandbox.hub.engagements.clear();
  await untilOutreach(world, id, "parked again", isParked);
  expect((await controlOutreach(world, id, "cancel")).body).toMatchObject({
    status: "canceled",
    outcome: "canceled",
  });
  expect(world.sandbox.fub.account("fub-test").calls).toEqual([]);
});

it("somebody else's outreach to the same number is not taken for one whose start got no answer", async () => {
  await connectHub(world);
  world.sandbox.hub.behaviours.set(SAM, { startTimesOut: true, never: true });
  const id = await startOutreach(world, {
    phone_number: SAM,
    source_system: "followupboss",
    source_record_id: "108",
  });
  await hubEngagement(world, SAM);
  const notice = {
    engagement_id: "hub-other",
    contact_identifier: SAM,
    channel: "phone",
    direction: "outbound",
    status: "in_progress",
  };
  for (const foreign of [
    { person_id: "999" },
    { started_at: "2020-01-01T00:00:00Z" },
    { channel: "sms" },
    { direction: "inbound" },
  ]) {
    expect(await sendNotice(world, { ...notice, ...foreign })).toMatchObject({
      status: 200,
      body: { result: "unknown" },
    });
  }
  expect((await readOutreach(world, id)).status).toBe("accepted");
  expect(await sendNotice(world, { ...notice, person_id: "108" })).toMatchObject({
    body: { result: "recorded" },
  });
  expect((await readOutreach(world, id)).status).toBe("in_progress");
});
