// Texts over Twilio: sent as the agent, delivered, answered, and stopped by the contact; every word on the person.
import { afterEach, describe, expect, test } from "vitest";
import { startTwilioWorld, type TwilioTestWorld } from "../helpers/connect-twilio.ts";
import { waitFor } from "../helpers/embed-client.ts";
import {
  readOutreach,
  startOutreach,
  untilOutreach,
  untilOver,
  untilQuiet,
} from "../helpers/talk-to-gateway.ts";

let world: TwilioTestWorld;
afterEach(() => world.close());

const SAM = "+14165550132";
const account = () => world.sandbox.fub.account("fub-test");
const start = (more: Record<string, unknown> = {}) =>
  startOutreach(world, {
    phone_number: SAM,
    channel: "sms",
    type: "conversational",
    client_name: "Sam Okafor",
    instruction: "Are you still looking for a house?",
    external_user_id: "u1",
    ...more,
  });

describe("a text", () => {
  test("goes out from the agent's own number, is delivered, and the conversation is on the person", async () => {
    world = await startTwilioWorld();
    const id = await start();
    await untilOutreach(world, id, "delivered", ({ history }) =>
      history.some(({ event }) => event === "message_delivered"),
    );
    world.sandbox.twilio.text(SAM, world.account.annNumber, "Yes, with a garden");
    const answered = await untilOutreach(world, id, "answered", ({ transcript }) =>
      transcript.some(({ text }) => text === "Yes, with a garden"),
    );
    expect(answered.transcript[0]?.direction).toBe("outbound");
    await waitFor("the note", () => account().notes.find(({ body }) => body.includes("with a garden")));
    await untilQuiet(world);
    expect(await readOutreach(world, id)).toMatchObject({ status: "in_progress" });
    expect(world.sandbox.twilio.violations).toEqual([]);
  });

  test("stopped in free words refuses the next one, and the person carries the tag", async () => {
    world = await startTwilioWorld();
    const id = await start({ type: "informational" });
    expect(await untilOver(world, id)).toMatchObject({ status: "completed" });
    world.sandbox.twilio.text(SAM, world.account.annNumber, "please stop texting me");
    await untilOutreach(world, id, "stopped", ({ outcome }) => outcome === "not_interested");
    await waitFor(
      "the tag",
      () =>
        account()
          .people.find(({ id }) => id === 108)
          ?.tags.includes("Do Not Contact") || undefined,
    );
    await untilQuiet(world);
    await expect(start()).rejects.toThrow("opted_out");
  });
});
