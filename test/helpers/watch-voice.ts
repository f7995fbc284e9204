// Calls over the pretend Twilio as a brokerage sees them through the whole gateway: asked for as another program does, watched
// at Twilio's phones, read back from the person in Follow Up Boss.
import { expect } from "vitest";
import type { SandboxCall } from "../../server/sandbox/sandbox-types.ts";
import type { TwilioCall } from "../../server/sandbox/twilio/voice/call-types.ts";
import { type Suppression, suppressionPageSchema } from "../../shared/console/contact-rules.schema.ts";
import type { Engagement } from "../../shared/engagement.schema.ts";
import type { TestWorld } from "./start-gateway.ts";
import {
  admin,
  journalOf,
  type Reachable,
  startOutreach,
  untilCrm,
  untilOver,
  untilQuiet,
} from "./talk-to-gateway.ts";

export const ANN = "+14165550111";
export const BEN = "+14165550122";
export const SAM = "+14165550132";
export const NIVIA = "+16475550131";

/** Ann calls somebody, unless `more` says otherwise. Returns the engagement's id. */
export const startCall = (world: Reachable, phone_number: string, more: Record<string, unknown> = {}) =>
  startOutreach(world, {
    ...{ phone_number, channel: "phone", type: "conversational", external_user_id: "u1" },
    ...more,
  });

/** The calls the gateway asked Twilio for, and those that were dialled from within them. */
export const placedCalls = ({ sandbox }: Pick<TestWorld, "sandbox">): TwilioCall[] =>
  sandbox.twilio.calls.filter(({ parentCallSid }) => parentCallSid === null);
export const callsTo = ({ sandbox }: Pick<TestWorld, "sandbox">, number: string): TwilioCall[] =>
  sandbox.twilio.calls.filter(({ to }) => to === number || to === `whatsapp:${number}`);

/** How often Twilio was asked to place a call. */
export const asksForCalls = ({ sandbox }: Pick<TestWorld, "sandbox">): number =>
  sandbox.twilio.requests.filter(({ method, path }) => method === "POST" && path.endsWith("/Calls.json"))
    .length;

/** What Twilio said to a phone, in all its calls. */
export const heardAt = (world: Pick<TestWorld, "sandbox">, number: string): string[] =>
  callsTo(world, number).flatMap(({ heard }) =>
    heard.flatMap(({ by, kind, text }) => (by === "twilio" && kind === "say" ? [text] : [])),
  );

/** Call records in Follow Up Boss about a number. */
export const recordsOf = ({ sandbox }: Pick<TestWorld, "sandbox">, number: string): SandboxCall[] =>
  sandbox.fub.account("fub-test").calls.filter(({ phone }) => phone === number);

/** How often Follow Up Boss was asked to add a call record, and to change one. */
export const recordRequests = ({ sandbox }: Pick<TestWorld, "sandbox">, method: "POST" | "PUT") =>
  sandbox.fub.requests.filter((one) => one.method === method && one.path.startsWith("/calls"));

/** Calls and waits until it is over, Twilio has told all and nothing is left to be written. */
export async function callToEnd(
  world: TestWorld,
  phone: string,
  more: Record<string, unknown> = {},
): Promise<Engagement> {
  const id = await startCall(world, phone, more);
  const ended = await untilOver(world, id);
  if (ended.status === "completed") await untilCrm(world, id, "written");
  await world.sandbox.twilio.settle();
  await untilQuiet(world);
  return ended;
}

/** Twilio would frown at nothing that was asked or answered, and nobody was turned away at the door. */
export async function expectClean(world: TestWorld): Promise<void> {
  expect(world.sandbox.twilio.violations).toEqual([]);
  expect(await journalOf(world, "event=twilio.refused")).toEqual([]);
}

/** Who is not to be contacted any more at the test brokerage. */
export async function suppressionsOf(world: Reachable): Promise<Suppression[]> {
  const answer = await admin<unknown>(world, "GET", "/suppressions?tenant=fub-test");
  return suppressionPageSchema.parse(answer.body).suppressions;
}
