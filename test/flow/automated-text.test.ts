// The language model in texts over the pretend Twilio: answered from the agent's own number, left to a person on request, and
// silent after STOP.
import { expect, onTestFinished, test } from "vitest";
import { ANNOUNCEMENT, HOLDING } from "../helpers/automated-chat.ts";
import { conversationOf, LLM_KEY, practiceModel, untilConversation } from "../helpers/connect-talk.ts";
import { startTwilioWorld } from "../helpers/connect-twilio.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { createFastClock } from "../helpers/fast-clock.ts";
import { readOutreach, startOutreach, untilOutreach } from "../helpers/talk-to-gateway.ts";
import { suppressions } from "../helpers/text-contacts.ts";

const SAM = "+14165550132";
const NIVIA = "+16475550131";
const LENA = "+16475550177";

test("a text is answered by the model as a text, until a person is asked for or nothing more is wanted", async () => {
  const world = await startTwilioWorld({ clock: createFastClock(4) });
  onTestFinished(() => world.close());
  const { llm, twilio } = world.sandbox;
  llm.apiKey = LLM_KEY;
  for (const number of [SAM, NIVIA, LENA]) twilio.setPersona(number, { replies: [] });
  await world.gateway.apply({
    tenants: [{ domain_name: "fub-test", automated_channels: ["sms"], ...practiceModel(world.sandboxUrl) }],
  });
  const own = world.account.annNumber;
  const start = (phone: string, name: string) =>
    startOutreach(world, {
      ...{ phone_number: phone, client_name: name, channel: "sms", external_user_id: "u1" },
      ...{ type: "appointment_booking", instruction: "Find a day for a viewing of 12 Maple Street." },
    });
  const texts = async (id: string, count: number) =>
    (
      await untilOutreach(world, id, `${count} texts long`, ({ transcript }) => transcript.length >= count)
    ).transcript.map(({ direction, text }) => [direction, text]);

  const [id, other] = [await start(SAM, "Sam Okafor"), await start(NIVIA, "Nivia Guerra")];
  await Promise.all([texts(id, 1), texts(other, 1)]);
  twilio.text(SAM, own, "Yes please, call 416-555-0177");
  expect((await texts(id, 3)).slice(1)).toEqual([
    ["inbound", "Yes please, call 416-555-0177"],
    ["outbound", `${ANNOUNCEMENT} Would Friday at 10 am suit you for a viewing?`],
  ]);
  twilio.text(SAM, own, "agent");
  expect((await texts(id, 5)).at(-1)).toEqual(["outbound", HOLDING]);
  expect(await untilConversation(world, id, "Ann's", ({ answers }) => answers === "agent")).toMatchObject({
    needs_agent: "The contact asked to talk to a person.",
  });

  twilio.text(NIVIA, own, "Please stop texting me");
  await untilOutreach(world, other, "declined", ({ outcome }) => outcome === "not_interested");
  await waitFor("the confirmation", async () =>
    (await readOutreach(world, other)).transcript.find(({ text }) => text.includes("will not be contacted")),
  );
  expect(await conversationOf(world, other)).toMatchObject({ answers: "nobody", needs_agent: null });
  expect(llm.requests).toHaveLength(1);

  // In words only the model understands: the same, confirmed in the gateway's words.
  const third = await start(LENA, "Lena Okoro");
  await texts(third, 1);
  twilio.text(LENA, own, "Bitte keine Nachrichten mehr");
  expect((await texts(third, 3)).slice(1)).toEqual([
    ["inbound", "Bitte keine Nachrichten mehr"],
    ["outbound", expect.stringContaining("will not be contacted by Maple Street Realty any more")],
  ]);
  expect(await readOutreach(world, third)).toMatchObject({ status: "completed", outcome: "not_interested" });
  expect(await conversationOf(world, third)).toMatchObject({ answers: "nobody", needs_agent: null });
  expect(await suppressions(world, LENA)).toMatchObject([
    { source: "free_text", scope: "all", said: "Bitte keine Nachrichten mehr" },
  ]);
  await expect(start(LENA, "Lena Okoro")).rejects.toThrow("opted_out");
  const told = JSON.stringify(llm.requests.map(({ body }) => body));
  expect(told).not.toMatch(/555|eng_|AC[0-9a-f]{32}/);
  expect([twilio.violations, llm.violations]).toEqual([[], []]);
});
