// The pretend Twilio against Twilio's own OpenAPI: it takes the parameters that document lists, and answers what it says.
// The document is not part of this project: TWILIO_OPENAPI names the file. Without it the tests are skipped and say so.
import { describe, expect, it } from "vitest";
import { KNOWN_PARAMETERS, type ParameterType } from "../../server/sandbox/twilio/rest/known-parameters.ts";
import {
  checkTwilioAnswer,
  type OpenApiSchema,
  operationOf,
  twilioOpenApi,
} from "../helpers/check-twilio-answer.ts";
import { CONTACT, type Form, openTwilioSandbox } from "../helpers/open-twilio-sandbox.ts";

const OWN = "+14165550180";

/** Fields of a form, or of a query, with their schemas. */
function declared(name: string): Record<string, OpenApiSchema> {
  const [method = "", path = ""] = name.split(" ");
  const operation = operationOf(method, path);
  if (!operation) throw new Error(`Twilio's file has no ${name}`);
  if (method === "POST")
    return operation.requestBody?.content?.["application/x-www-form-urlencoded"]?.schema.properties ?? {};
  const query = (operation.parameters ?? []).filter((parameter) => parameter.in === "query");
  return Object.fromEntries(query.map((parameter) => [parameter.name, parameter.schema]));
}

function wordsOf(schema: OpenApiSchema): readonly string[] | undefined {
  const name = schema.$ref?.replace("#/components/schemas/", "");
  const found = name === undefined ? schema : twilioOpenApi?.components.schemas[name];
  return found?.enum as readonly string[] | undefined;
}

/** Whether the sandbox takes a parameter for what the document says it is. Words it lists are the sandbox's words. */
function agrees(type: ParameterType, schema: OpenApiSchema): boolean {
  const words = wordsOf(schema);
  if (words)
    return type === "method" || (typeof type === "object" && `${type.toSorted()}` === `${words.toSorted()}`);
  if (schema.type === "array") return type === "texts";
  if (schema.type === "integer" || schema.type === "number") return type === schema.type;
  if (schema.type === "boolean") return type === "flag";
  // Texts whose words only the description names, or that are truth values in all but type.
  return type === "text" || type === "url" || type === "flag" || typeof type === "object";
}

describe.skipIf(!twilioOpenApi)("against Twilio's OpenAPI", () => {
  it.each(Object.keys(KNOWN_PARAMETERS))(
    "%s takes the parameters that are declared, as what they are",
    (name) => {
      const schemas = declared(name);
      const known = KNOWN_PARAMETERS[name] ?? {};
      expect(Object.keys(known).toSorted()).toEqual(Object.keys(schemas).toSorted());
      expect(
        Object.keys(known).filter((each) => !agrees(known[each] ?? "text", schemas[each] ?? {})),
      ).toEqual([]);
    },
  );

  it("answers calls in every state as declared", async () => {
    const { call, world, customer } = await openTwilioSandbox({
      scripts: { "+14165550133": { rings: "live" } },
    });
    // Each answer is judged by `call` itself.
    const start = (form: Form) => call("POST", "/Calls.json", { From: OWN, Twiml: "<Response/>", ...form });
    for (const ending of ["01", "02", "03", "04", "31"])
      await start({ To: `+141655501${ending}`, Record: "true", MachineDetection: "Enable" });
    await start({
      To: CONTACT,
      Twiml: `<Response><Dial record="record-from-answer">${CONTACT}</Dial></Response>`,
    });
    await world.settle();
    const live = await start({ To: "+14165550133", Twiml: "<Response><Pause length='500'/></Response>" });
    await call("GET", `/Calls/${live.body.sid}.json`);
    await world.until(() => world.phone("+14165550133").calls[0]?.state === "ringing");
    const statuses = (await call("GET", "/Calls.json")).body.calls.map(
      ({ status }: { status: string }) => status,
    );
    expect(new Set(statuses)).toEqual(new Set(["no-answer", "busy", "completed", "failed", "ringing"]));
    await call("POST", `/Calls/${live.body.sid}.json`, { Status: "canceled" });
    await world.settle();
    let recordings = 0;
    for (const { sid } of world.calls) {
      expect((await call("GET", `/Calls/${sid}.json`)).status).toBe(200);
      recordings += (await call("GET", `/Calls/${sid}/Recordings.json`)).body.recordings.length;
    }
    expect(recordings).toBeGreaterThan(2);
    expect((await call("GET", "/Calls.json", { PageSize: 3 })).body.next_page_uri).toMatch(/^\/2010-04-01\//);
    expect(customer.requests).toEqual([]);
  });

  it("answers messages in every state as declared", async () => {
    const scripts = { "+14165550134": { landline: true }, "+14165550135": { sms: { failed: 30008 } } };
    const { call, world, demo } = await openTwilioSandbox({ scripts });
    const { messagingServiceSid, whatsappNumber, contentSid } = demo.brokerage;
    const text = (form: Form) =>
      call("POST", "/Messages.json", { Body: "Hello", To: CONTACT, From: OWN, ...form });
    for (const To of ["+14165550103", "+14165550134", "+14165550135"]) await text({ To });
    await text({ From: "", MessagingServiceSid: messagingServiceSid });
    await text({ MediaUrl: ["https://pictures.example/1.jpg"] });
    await text({
      From: `whatsapp:${whatsappNumber}`,
      To: `whatsapp:${CONTACT}`,
      Body: "",
      ContentSid: contentSid,
    });
    const sendAt = new Date(world.clock.now() + 3_600_000).toISOString();
    await text({ From: "", MessagingServiceSid: messagingServiceSid, ScheduleType: "fixed", SendAt: sendAt });
    await world.settle();
    const { messages } = (await call("GET", "/Messages.json")).body;
    const statuses = new Set(messages.map(({ status }: { status: string }) => status));
    expect(statuses).toEqual(
      new Set(["sent", "undelivered", "failed", "delivered", "read", "received", "scheduled"]),
    );
    for (const { sid } of world.messages) await call("GET", `/Messages/${sid}.json`);
  });

  it("answers the account, its numbers and caller IDs as declared", async () => {
    const { call, world, demo } = await openTwilioSandbox();
    expect((await call("GET", ".json")).body.sid).toBe(demo.brokerage.accountSid);
    const { incoming_phone_numbers: numbers } = (await call("GET", "/IncomingPhoneNumbers.json")).body;
    expect(numbers).toHaveLength(3);
    await call("GET", `/IncomingPhoneNumbers/${numbers[0].sid}.json`);
    await call("POST", `/IncomingPhoneNumbers/${numbers[0].sid}.json`, { VoiceUrl: "https://gw.example/in" });
    await call("POST", "/OutgoingCallerIds.json", { PhoneNumber: demo.brokerage.unverifiedNumber });
    await world.settle();
    const { outgoing_caller_ids: callerIds } = (await call("GET", "/OutgoingCallerIds.json")).body;
    expect(callerIds).toHaveLength(2);
    await call("GET", `/OutgoingCallerIds/${callerIds[0].sid}.json`);
    await call("POST", `/OutgoingCallerIds/${callerIds[0].sid}.json`, { FriendlyName: "Ben" });
    expect((await call("DELETE", `/OutgoingCallerIds/${callerIds[0].sid}.json`)).status).toBe(204);
  });

  it("the judge itself finds what is wrong", async () => {
    const { call } = await openTwilioSandbox();
    const good = await call("POST", "/Messages.json", { Body: "Hello", To: CONTACT, From: OWN });
    const judge = (change: object) => () =>
      checkTwilioAnswer("POST", "/Messages.json", { ...good, body: { ...good.body, ...change } });
    expect(judge({})).not.toThrow();
    for (const change of [
      ...[
        { extra: 1 },
        { sid: "SM1" },
        { num_segments: 1 },
        { status: "done" },
        { date_created: "2026-05-04T12:00:00Z" },
      ],
      ...[{ to: undefined }, { error_code: "30005" }, { direction: null }],
    ])
      expect(judge(change), JSON.stringify(change)).toThrow();
  });
});
