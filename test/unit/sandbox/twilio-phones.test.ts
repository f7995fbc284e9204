import { expect, onTestFinished, test } from "vitest";
import { createSandbox } from "../../../server/sandbox/create-sandbox.ts";
import { demoWorld } from "../../../server/sandbox/demo/demo-world.ts";
import { PHONES_SCRIPT } from "../../../server/sandbox/pages/phones-script.ts";
import { demoTwilio } from "../../../server/sandbox/twilio/demo-twilio.ts";
import { CONTACT } from "../../helpers/open-twilio-sandbox.ts";
import { send } from "./open-sandbox.ts";

const OWN = "+14165550180";

async function openPhones() {
  const demo = demoTwilio();
  const sandbox = createSandbox({ accounts: demoWorld().accounts, twilio: { ...demo.options, speed: 0 } });
  const { url } = await sandbox.listen(0);
  onTestFinished(() => sandbox.close());
  const { accountSid, authToken } = demo.brokerage;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`;
  const type = "application/x-www-form-urlencoded";
  const api = async (path: string, form: Record<string, string>) =>
    send(
      `${url}/twilio/2010-04-01/Accounts/${accountSid}${path}`,
      "POST",
      new URLSearchParams(form).toString(),
      {
        ...{ authorization, "content-type": type },
      },
    );
  const post = (path: string, body: object) => send(`${url}/phones/${path}`, "POST", body);
  const phones = async () => (await send(`${url}/phones/state.json`, "GET")).body.phones;
  return { url, world: sandbox.twilio, api, post, phones, demo };
}

const about = (what: string): string => `${encodeURIComponent(CONTACT)}/${what}`;

test("the page has labels for everything, fits any width, and is linked from the people", async () => {
  const { url } = await openPhones();
  const { body, status } = await send(`${url}/phones`, "GET");
  expect(status).toBe(200);
  for (const part of [
    ...['<meta name="viewport" content="width=device-width', '<label for="open-number">', 'role="status"'],
    ...['role="log" aria-label="Messages"', 'role="log" aria-label="What is said"', 'aria-label="Keypad"'],
    ...['aria-label="Pound"', "Decline (busy)", "Let it ring", "Voicemail", "Hang up"],
  ])
    expect(body).toContain(part);
  expect(body.match(/<button(?! )/g)).toHaveLength(3);
  expect((await send(url, "GET")).body).toContain('<a href="/phones">');
  // It has to be script at all, and puts no text into the page as HTML.
  expect(() => new Function(PHONES_SCRIPT)).not.toThrow();
  expect(PHONES_SCRIPT).not.toContain("innerHTML");
});

test("a phone shows whose it is, rings, is answered, hears and says, and hangs up", async () => {
  const { world, api, post, phones } = await openPhones();
  expect(await phones()).toEqual([]);
  expect((await post("open", { number: "416 555 0131" })).status).toBe(200);
  await post(about("by-hand"), { byHand: true });
  expect(await phones()).toMatchObject([
    { number: CONTACT, title: "(416) 555-0131", live: true, call: null, messages: [] },
  ]);
  const question = `<Response><Gather input="speech dtmf" timeout="600"><Say>Buy &lt;b&gt; or sell?</Say></Gather></Response>`;
  await api("/Calls.json", { To: CONTACT, From: "+14165550111", Twiml: question });
  await world.until(() => world.phone(CONTACT).calls[0]?.state === "ringing");
  expect((await phones())[0].call).toMatchObject({
    state: "ringing",
    live: true,
    words: "Ringing: Ann One (agent), (416) 555-0111 calls.",
  });
  expect((await post(about("act"), { act: "press", keys: "1" })).body.error).toMatch(
    /not ringing or talking/,
  );
  expect((await post(about("act"), { act: "answer" })).status).toBe(200);
  await world.until(() => world.calls[0]?.asking !== null);
  expect((await phones())[0].call).toMatchObject({ state: "talking", asksKeys: true, asksSpeech: true });
  for (const wrong of [{ act: "press", keys: "x" }, { act: "say", text: " " }, { act: "explode" }, {}])
    expect((await post(about("act"), wrong)).status).toBe(400);
  await post(about("act"), { act: "say", text: "Sell" });
  await world.settle();
  const [phone] = await phones();
  expect(phone.call).toMatchObject({ state: "over", live: false, words: "Call ended." });
  expect(phone.call.heard).toEqual([
    { words: "Buy <b> or sell?", mine: false },
    { words: "Sell", mine: true },
  ]);
});

test("messages arrive and are written, as a text or on WhatsApp, to whom one can write", async () => {
  const { world, api, post, phones, demo } = await openPhones();
  await api("/Messages.json", { To: "+16475550131", From: OWN, Body: "Hello" });
  await world.settle();
  const [phone] = await phones();
  expect(phone).toMatchObject({ title: "Nivia Guerra, (647) 555-0131", live: false });
  expect(phone.messages).toMatchObject([
    { text: "Hello", words: "Text from (416) 555-0180", mine: false },
    { text: "Yes, that sounds good.", words: "Text to (416) 555-0180", mine: true },
  ]);
  expect(phone.others[0]).toEqual({ address: OWN, words: "(416) 555-0180" });
  const whatsapp = `whatsapp:${demo.brokerage.whatsappNumber}`;
  expect((await post(about("text"), { to: whatsapp, body: "Hi there" })).status).toBe(200);
  expect(world.messages.at(-1)).toMatchObject({
    from: `whatsapp:${CONTACT}`,
    to: whatsapp,
    direction: "inbound",
  });
  for (const wrong of [{ to: "+14165550199", body: "x" }, { to: OWN, body: "" }, { to: OWN }])
    expect((await post(about("text"), wrong)).status).toBe(400);
  expect((await post("open", { number: "nobody" })).status).toBe(400);
});

test("all new phones can be answered by hand, and the control door does what the pages do", async () => {
  const { url, world, api, post } = await openPhones();
  const control = (body: object) => send(`${url}/__control/twilio`, "POST", body);
  await post("all-by-hand", { byHand: true });
  await api("/Calls.json", { To: CONTACT, From: OWN, Twiml: "<Response><Pause length='9'/></Response>" });
  await world.until(() => world.phone(CONTACT).calls[0]?.state === "ringing");
  expect((await control({ act: { number: CONTACT, what: { act: "decline" } } })).status).toBe(200);
  await world.settle();
  expect(world.calls[0]?.status).toBe("busy");
  const done = await control({
    settings: { livePhones: false, signedPort: "added" },
    faults: [{ kind: "status", path: "/Calls.json", status: 500 }],
    callbackFaults: [{ kind: "lost", of: ["message-status"] }],
    personas: { [CONTACT]: { rings: "busy", sms: { undelivered: 30003 } } },
    number: { phoneNumber: OWN, smsUrl: "http://127.0.0.1:9/x" },
    text: { from: CONTACT, to: OWN, body: "Hello" },
  });
  expect(done.body.error).toBeUndefined();
  expect((await api("/Calls.json", { To: CONTACT, From: OWN, Twiml: "<Response/>" })).status).toBe(500);
  await world.settle();
  const seen = (await send(`${url}/__control/twilio`, "GET")).body;
  expect(seen).toMatchObject({
    messages: [{ body: "Hello" }],
    alerts: [{ code: 11205 }],
    phones: [{ number: CONTACT }],
  });
  expect(JSON.stringify(seen)).not.toContain(world.accounts[0]?.authToken);
  for (const wrong of [
    { speed: 0 },
    { text: { from: CONTACT, to: "+14165550199", body: "x" } },
    { act: { number: CONTACT, what: { act: "answer" } } },
  ])
    expect((await control(wrong)).status).toBe(400);
  await send(`${url}/__control/reset`, "POST", {});
  expect([world.messages, world.settings.signedPort]).toEqual([[], "as_given"]);
});
