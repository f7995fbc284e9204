// What another process may see of the pretend Twilio and have it do. Asked by the control door.
import { z } from "zod";
import type { TwilioWorld } from "./create-twilio-world.ts";
import { describePhones } from "./phones/describe-phones.ts";
import type { TwilioNumber } from "./twilio-types.ts";
import { WEBHOOK_KINDS } from "./webhooks/webhook-types.ts";

const ms = z.number().min(0);
const turnSchema = z.strictObject({
  digits: z.string().optional(),
  says: z.string().optional(),
  hangsUp: z.boolean().optional(),
  afterMs: ms.optional(),
});
const deliverySchema = z.union([
  z.enum(["sent", "delivered", "read"]),
  z.strictObject({ undelivered: z.int() }),
  z.strictObject({ failed: z.int() }),
]);
const scriptSchema = z
  .strictObject({
    rings: z.enum(["answers", "no_answer", "busy", "rejects", "invalid", "live"]),
    answersAfterMs: ms,
    answeredBy: z.enum(["human", "machine", "fax", "unknown"]),
    greetingMs: ms,
    greetingEnds: z.enum(["beep", "silence", "other"]),
    turns: z.array(turnSchema),
    afterwards: turnSchema,
    talksMs: ms,
    staysMs: ms.nullable(),
    verifies: z.boolean(),
    refusal: z
      .strictObject({ code: z.int().optional(), status: z.int().optional(), times: z.int().min(1) })
      .nullable(),
    sms: deliverySchema,
    landline: z.boolean(),
    whatsapp: deliverySchema,
    whatsappCalls: z.boolean(),
    replies: z.array(z.string()),
    replyAfterMs: ms,
  })
  .partial();
const faultSchema = z.strictObject({
  method: z.string().optional(),
  path: z.string().optional(),
  times: z.int().min(1).default(1),
  kind: z.enum(["429", "status", "timeout-after-storing", "timeout-before", "reset", "html", "delay"]),
  status: z.int().min(100).max(599).optional(),
  retryAfter: ms.optional(),
  delayMs: ms.optional(),
});
const callbackFaultSchema = z.strictObject({
  kind: z.enum(["lost", "twice", "late", "last", "wrong_token", "wrong_host"]),
  of: z.array(z.enum(WEBHOOK_KINDS)).optional(),
  sid: z.string().optional(),
  url: z.string().optional(),
  times: z.int().min(1).default(1),
  delayMs: ms.optional(),
});
const actSchema = z.discriminatedUnion("act", [
  z.strictObject({ act: z.enum(["answer", "voicemail", "decline", "ignore", "hang_up"]) }),
  z.strictObject({ act: z.literal("press"), keys: z.string().min(1) }),
  z.strictObject({ act: z.literal("say"), text: z.string().min(1) }),
]);
const controlSchema = z.strictObject({
  settings: z
    .strictObject({
      speed: ms,
      livePhones: z.boolean(),
      webhookTimeoutMs: ms,
      signedPort: z.enum(["as_given", "added", "removed"]),
    })
    .partial()
    .optional(),
  faults: z.array(faultSchema).optional(),
  callbackFaults: z.array(callbackFaultSchema).optional(),
  personas: z.record(z.string(), scriptSchema).optional(),
  /** Where a number of an account announces what comes in. */
  number: z
    .strictObject({ phoneNumber: z.string(), smsUrl: z.string().optional(), voiceUrl: z.string().optional() })
    .optional(),
  text: z.strictObject({ from: z.string(), to: z.string(), body: z.string() }).optional(),
  ring: z.strictObject({ from: z.string(), to: z.string() }).optional(),
  act: z.strictObject({ number: z.string(), what: actSchema }).optional(),
});

/** Everything but credentials: tokens and keys stay inside. */
export function describeTwilio(world: TwilioWorld) {
  const { calls, messages, recordings, requests, callbacks, alerts, violations, optOuts } = world;
  return {
    ...{ calls, messages, recordings, requests, callbacks, alerts, violations, optOuts },
    accounts: world.accounts.map(({ authToken: _token, apiKeys: _keys, ...rest }) => rest),
    phones: describePhones(world),
  };
}

/** In the order of the schema. Returns what is wrong with the request; undefined when it was done. */
export function controlTwilio(world: TwilioWorld, body: unknown): string | undefined {
  const parsed = controlSchema.safeParse(body);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const { settings, faults, callbackFaults, personas, number, text, ring, act } = parsed.data;
  for (const to of [number?.phoneNumber, text?.to, ring?.to])
    if (to !== undefined && !isKnown(world, to)) return `Nobody at the pretend Twilio has ${to}.`;
  Object.assign(world.settings, withoutUndefined(settings ?? {}));
  for (const fault of faults ?? []) world.faults.add(withoutUndefined(fault));
  for (const fault of callbackFaults ?? []) world.callbackFaults.add(withoutUndefined(fault));
  for (const [phone, script] of Object.entries(personas ?? {}))
    world.setPersona(phone, withoutUndefined(script) as Parameters<TwilioWorld["setPersona"]>[1]);
  if (number) Object.assign(findNumber(world, number.phoneNumber) ?? {}, withoutUndefined(number));
  if (text) world.text(text.from, text.to, text.body);
  if (ring) world.ring(ring.from, ring.to);
  if (act && !world.act(act.number, act.what)) return `The phone ${act.number} is in no state for that.`;
  return undefined;
}

const findNumber = (world: TwilioWorld, number: string): TwilioNumber | undefined =>
  world.accounts.flatMap(({ numbers }) => numbers).find(({ phoneNumber }) => phoneNumber === number);

const isKnown = (world: TwilioWorld, address: string): boolean =>
  findNumber(world, address) !== undefined ||
  world.accounts.some(({ whatsappSenders }) =>
    whatsappSenders.some(({ number }) => `whatsapp:${number}` === address),
  );

/** What zod calls optional may be undefined; the world's types mean absent. */
function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as never;
}
