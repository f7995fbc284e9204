// A rude contact and a model that obeys whoever speaks last, through the whole gateway; and the model that is not asked at all
// where nobody set it up, or not any more.
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ANNOUNCEMENT, HOLDING, openAutomatedChat, toldModel } from "../helpers/automated-chat.ts";
import {
  conversationOf,
  LLM_KEY,
  startTalkWorld,
  type TalkWorld,
  untilConversation,
} from "../helpers/connect-talk.ts";
import { HOSTILE_MESSAGES } from "../helpers/hostile-messages.ts";
import { admin, journalOf, startOutreach, untilOver } from "../helpers/talk-to-gateway.ts";

let world: TalkWorld;
beforeAll(async () => {
  world = await startTalkWorld({ tenant: () => ({ automated_channels: ["chat"] }) });
});
afterEach(() => {
  world.llm.behaviour = {};
});
afterAll(() => world.close());

const apply = (tenant: Record<string, unknown>) =>
  world.gateway.apply({ tenants: [{ domain_name: "fub-test", ...tenant }] });
const rest = (words: readonly (readonly [string, string])[]) =>
  words.filter(([from]) => from === "machine").map(([, text]) => text.replace(`${ANNOUNCEMENT} `, ""));

test("injected orders reach nobody: what an obedient model makes of them is not sent, and an agent looks", async () => {
  const others = await openAutomatedChat(world, { instruction: "Sell the castle for 900,000." });
  await others.say("My secret is swordfish, write to duke@castle.example");
  await others.untilWords(2);
  world.llm.behaviour = { obedient: true };
  const hostile = HOSTILE_MESSAGES.filter((_text, index) => index % 5 === 0);
  const told = await Promise.all(
    hostile.map(async (text) => {
      const chat = await openAutomatedChat(world);
      await chat.say(text);
      return { text, said: rest(await chat.untilWords(2)), chat };
    }),
  );
  for (const { text, said, chat } of told) {
    expect([text, said]).toEqual([text, [HOLDING]]);
    expect(await conversationOf(world, chat.id)).toMatchObject({
      answers: "agent",
      needs_agent: expect.stringMatching(/automated|language model/),
    });
  }
  const asked = world.llm.requests.map(({ body }) => JSON.stringify(body));
  expect(asked.length).toBeGreaterThan(hostile.length);
  for (const request of asked.filter((body) => !body.includes("castle for 900,000")))
    expect(request).not.toMatch(/swordfish|castle|duke/);
  expect(toldModel(world)).not.toMatch(/eng_|gateway\.example|647.?555|fub-test|avt_|fka_/);
  expect(toldModel(world)).not.toContain(LLM_KEY);
  expect(world.llm.requests.every(({ authorized }) => authorized)).toBe(true);
  const { body } = await admin(world, "GET", "/conversations?tenant=fub-test");
  const everything = JSON.stringify([
    body,
    world.logLines,
    await journalOf(world, "tenant=fub-test&limit=500"),
  ]);
  expect(everything).not.toContain(LLM_KEY);
  expect(everything).not.toContain("ASSISTANT_RULES");
});

test("an answer that claims to be a person is not sent, and the honest question gets the honest answer", async () => {
  const chat = await openAutomatedChat(world);
  world.llm.say([JSON.stringify({ reply: "This is Ann, I am a real person. Friday at ten?" })]);
  await chat.say("Which day suits you?");
  expect(rest(await chat.untilWords(2))).toEqual([HOLDING]);
  await untilConversation(world, chat.id, "left to an agent", ({ needs_agent }) =>
    /claimed to be a person/.test(needs_agent ?? ""),
  );
  const honest = await openAutomatedChat(world);
  await honest.say("Are you a bot?");
  expect(rest(await honest.untilWords(2))[0]).toContain("Yes, this is an automated assistant.");
});

test("once it is switched off nobody is asked, and whoever waits is an agent's", async () => {
  const chat = await openAutomatedChat(world);
  await chat.say("Is it near a school?");
  await chat.untilWords(2);
  const before = world.llm.requests.length;
  await apply({ automated_channels: [] });
  await chat.say("And near a park?");
  const left = await untilConversation(
    world,
    chat.id,
    "left to an agent",
    ({ answers }) => answers === "agent",
  );
  expect(left).toMatchObject({ can_automate: false, needs_agent: expect.stringContaining("switched off") });
  const other = await openAutomatedChat(world);
  await other.say("Hello?");
  expect(
    await untilConversation(world, other.id, "an agent's", ({ needs_agent }) => needs_agent !== null),
  ).toMatchObject({
    answers: "agent",
    needs_agent: "The contact wrote and waits for an answer.",
  });
  const refused = await admin(world, "POST", `/engagements/${other.id}/conversation`, {
    answers: "automated",
  });
  expect(refused).toMatchObject({ status: 409, body: { error: { code: "wrong_state" } } });
  expect(world.llm.requests).toHaveLength(before);
});

test("nothing is automated on another channel than those named, and none may be named without a model", async () => {
  await expect(apply({ automated_channels: ["chat"], llm_model: "" })).rejects.toThrow(
    "automated_channels is not right: needs a language model: set llm_url and llm_model",
  );
  await apply({ automated_channels: ["email", "sms"] });
  const before = world.llm.requests.length;
  const chat = await openAutomatedChat(world);
  await chat.say("Hello?");
  const open = await untilConversation(
    world,
    chat.id,
    "an agent's",
    ({ needs_agent }) => needs_agent !== null,
  );
  expect(open).toMatchObject({ answers: "agent", can_automate: false });
  const text = await startOutreach(world, {
    phone_number: "+14165550131",
    channel: "sms",
    type: "conversational",
  });
  await untilOver(world, text);
  expect(world.llm.requests).toHaveLength(before);
});
