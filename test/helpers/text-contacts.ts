// Contacts of the practice brokerage who are written to over the pretend Twilio: people of their own in the pretend Follow Up
// Boss with a phone that is quiet unless its script says otherwise, and what they and the gateway know of each other.
import { buildEmail, buildPerson, buildPhone } from "../../server/sandbox/build-account.ts";
import type { SandboxNote } from "../../server/sandbox/sandbox-types.ts";
import type { PhoneMessage } from "../../server/sandbox/twilio/phones/describe-phones.ts";
import { ordinaryScript, type PhoneScript } from "../../server/sandbox/twilio/phones/phone-script.ts";
import { type Suppression, suppressionPageSchema } from "../../shared/console/contact-rules.schema.ts";
import { type Conversation, conversationSchema } from "../../shared/conversation.schema.ts";
import type { Engagement } from "../../shared/engagement.schema.ts";
import type { TwilioTestWorld } from "./connect-twilio.ts";
import { type OpenedPage, openSigned, waitFor } from "./embed-client.ts";
import type { TestWorld } from "./start-gateway.ts";
import { admin, type Reachable, startOutreach, untilOutreach } from "./talk-to-gateway.ts";

/** User ids in Follow Up Boss; u1 and u2 at the gateway. */
const [ANN, BEN] = [2, 3];

export interface Contact {
  /** Person id in Follow Up Boss. */
  readonly id: number;
  readonly number: string;
  readonly email: string;
}

type Sandboxed = Pick<TestWorld, "sandbox">;

export const people = ({ sandbox }: Sandboxed) => sandbox.fub.account("fub-test").people;

/** A phone on which everything arrives and from which nothing comes, whatever its digits. */
export const quietScript = (): PhoneScript => ({ ...ordinaryScript(), replies: [] });

/** `nth`: another one for each contact of a test file, from 10 to 899. */
export function addContact(
  world: Sandboxed,
  nth: number,
  script: Partial<PhoneScript> = {},
  known = true,
): Contact {
  const number = `+1647555${1_000 + nth}`;
  const contact = { id: 5_000 + nth, number, email: `contact${nth}@people.example` };
  world.sandbox.twilio.setPersona(number, { ...quietScript(), ...script });
  if (known)
    people(world).push(
      buildPerson({
        ...{ id: contact.id, firstName: "Robin", lastName: `No${nth}` },
        ...{ assignedUserId: ANN, collaborators: [ANN, BEN] },
        ...{ phones: [buildPhone(number)], emails: [buildEmail(contact.email)] },
      }),
    );
  return contact;
}

/** A text in Ann's name, unless `more` says otherwise. */
export const textTo = (at: Reachable, { number }: Contact, more: Readonly<Record<string, unknown>> = {}) =>
  startOutreach(at, {
    ...{ phone_number: number, channel: "sms", type: "conversational", external_user_id: "u1" },
    ...{ client_name: "Robin", instruction: "Are you still looking for a house?" },
    ...more,
  });

export const hasLine = (event: string) => (engagement: Engagement) =>
  engagement.history.some((line) => line.event === event);

export const untilDelivered = (at: Reachable, id: string): Promise<Engagement> =>
  untilOutreach(at, id, "delivered", hasLine("message_delivered"));

/** They write to Ann's number, unless to another. */
export function write(
  world: TwilioTestWorld,
  { number }: Contact,
  body: string,
  to = world.account.annNumber,
) {
  return world.sandbox.twilio.text(number, to, body);
}

/** What arrived on their phone, notices of Twilio's included. */
export const received = ({ sandbox }: Sandboxed, { number }: Contact): PhoneMessage[] =>
  sandbox.twilio.phone(number).messages.filter(({ direction }) => direction === "received");

export const tagsOf = (world: Sandboxed, { id }: Contact): string[] =>
  people(world).find((person) => person.id === id)?.tags ?? [];

export const notesOf = ({ sandbox }: Sandboxed, { id }: Contact): SandboxNote[] =>
  sandbox.fub.account("fub-test").notes.filter(({ personId }) => personId === id);

export const untilNoted = (world: Sandboxed, contact: Contact, text: string): Promise<SandboxNote> =>
  waitFor(`a note of “${text}”`, () => notesOf(world, contact).find(({ body }) => body.includes(text)));

export const untilTagged = (world: Sandboxed, contact: Contact, on = true): Promise<true> =>
  waitFor(`the tag ${on ? "on" : "off"} ${contact.id}`, () =>
    tagsOf(world, contact).includes("Do Not Contact") === on ? true : undefined,
  );

export async function suppressions(
  at: Reachable,
  search: string,
  state: "active" | "all" = "active",
): Promise<Suppression[]> {
  const query = new URLSearchParams({ tenant: "fub-test", search, state });
  return suppressionPageSchema.parse((await admin(at, "GET", `/suppressions?${query}`)).body).suppressions;
}

export async function conversation(at: Reachable, id: string): Promise<Conversation> {
  return conversationSchema.parse((await admin(at, "GET", `/engagements/${id}/conversation`)).body);
}

/** The app in Follow Up Boss on this person's page, opened by Ann. */
export async function openAs(world: TestWorld, { id }: Contact): Promise<OpenedPage["model"]> {
  const account = world.sandbox.fub.account("fub-test");
  return (await openSigned(world.url, { account, userId: ANN, personId: id })).model;
}

/** What the page posts for an outreach of its own: `messages` or `conversation`. */
export async function postOn(
  { url }: Pick<TestWorld, "url">,
  session: string,
  path: string,
  body: unknown,
): Promise<{ status: number; body: { message_id?: string; error?: { code: string; message: string } } }> {
  const response = await fetch(`${url}/integration/followupboss/embed/engagements/${path}`, {
    method: "POST",
    headers: { authorization: `Bearer ${session}`, "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as never };
}
