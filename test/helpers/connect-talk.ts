// Puts the pretend mail servers and the pretend language model behind a running test gateway: the brokerage's e-mail goes
// over the one and is read from the other, contacts chat on the gateway's own page, and the model may answer them.
import { systemClock } from "../../server/base/clock.ts";
import type { LlmWorld } from "../../server/sandbox/llm/create-llm-world.ts";
import { LLM_MODEL } from "../../server/sandbox/llm/create-llm-world.ts";
import type { MailPorts, MailWorld, ReceivedMail } from "../../server/sandbox/mail/mail-types.ts";
import { openSettings } from "../../server/settings/open-settings.ts";
import type { Conversation } from "../../shared/conversation.schema.ts";
import type { TenantSetup } from "../../shared/setup.schema.ts";
import { waitFor } from "./embed-client.ts";
import { createFastClock } from "./fast-clock.ts";
import type { ShiftingClock } from "./shifting-clock.ts";
import { startTestWorld, type TestWorld, type TestWorldOptions, testEnvironment } from "./start-gateway.ts";
import { admin, type Reachable } from "./talk-to-gateway.ts";

/** What is written into messages; no address of this machine. */
export const PUBLIC_URL = "https://gateway.example";
export const MAIL_PASSWORD = "practice-mail";
export const LLM_KEY = "llmkey-4f9a77c1e2";
/** Waiting for a mailbox, a note or a model that gives no answer takes seconds of its time, not of ours. */
const SPEED = 10;

export interface TalkWorld extends TestWorld {
  readonly clock: ShiftingClock;
  readonly mail: MailWorld;
  readonly llm: LlmWorld;
}

export interface TalkGiven extends Omit<TestWorldOptions, "setup" | "clock"> {
  /** Beside the practice mail account, the chat and the practice model's address. */
  readonly tenant?: (world: TestWorld, ports: MailPorts) => Partial<TenantSetup>;
}

/** Calling hours aside. The model answers on the channels `tenant` names, so on none unless it does. */
export async function startTalkWorld({ tenant, ...given }: TalkGiven = {}): Promise<TalkWorld> {
  const clock = createTalkClock();
  const world = await startTestWorld({ ...given, clock });
  const { mail, llm } = world.sandbox;
  const ports = await mail.open();
  llm.apiKey = LLM_KEY;
  // Its limits are counted in our seconds, which the gateway's run ahead of.
  const { limits } = world.sandbox.fub.options;
  const plenty = { registered: 20_000, unregistered: 20_000 };
  Object.assign(limits, { global: plenty, events: plenty, notes: plenty, "PUT.people": plenty });
  await world.gateway.apply({
    platform: { SERVER_URL: PUBLIC_URL },
    tenants: [
      {
        domain_name: "fub-test",
        brokerage_name: "Maple Street Realty",
        contact_hours: "never",
        channels: { email: "smtp", chat: "chat" },
        ...practiceMail(ports),
        ...practiceModel(world.sandboxUrl),
        users: [{ id: "u1", mail_from: "ann@fub-test.example" }],
        ...tenant?.(world, ports),
      },
    ],
  });
  return { ...world, clock, mail, llm };
}

function createTalkClock(): ShiftingClock {
  const fast = createFastClock(SPEED);
  let shifted = 0;
  return {
    ...fast,
    now: () => fast.now() + shifted,
    shift: (ms) => {
      shifted += ms;
    },
  };
}

export const practiceMail = (ports: MailPorts): Partial<TenantSetup> => ({
  mail_from: "office@fub-test.example",
  postal_address: "1 Main St, Toronto",
  smtp_host: "127.0.0.1",
  smtp_port: ports.smtp,
  smtp_security: "none",
  smtp_user: "office@fub-test.example",
  smtp_password: MAIL_PASSWORD,
  imap_host: "127.0.0.1",
  imap_port: ports.imap,
  imap_security: "none",
});

export const practiceModel = (sandboxUrl: string): Partial<TenantSetup> => ({
  llm_url: `${sandboxUrl}/llm/v1`,
  llm_model: LLM_MODEL,
  llm_api_key: LLM_KEY,
});

/** The e-mail somebody gets next, or got. */
export const untilMail = (
  world: Pick<TalkWorld, "mail">,
  to: string,
  fits: (mail: ReceivedMail) => boolean = () => true,
): Promise<ReceivedMail> =>
  waitFor(`an e-mail to ${to}`, () =>
    world.mail.received.find((received) => received.to === to && fits(received)),
  );

/** Headers by their names in lower case. */
export const headersOf = ({ mail }: ReceivedMail): Readonly<Record<string, string>> =>
  Object.fromEntries(mail.headers.map(({ key, value }) => [key, value]));

/** The gateway looks into the mailbox now rather than at its next minute, as after settings changed. */
export async function readMailNow(world: Pick<TalkWorld, "gateway">): Promise<void> {
  await world.gateway.apply({ tenants: [{ domain_name: "fub-test" }] });
}

/** A link of a message, on the listener of this test. */
export const onTestListener = (world: Pick<TalkWorld, "url">, link: string): string =>
  link.replace(PUBLIC_URL, world.url);

export async function conversationOf(at: Reachable, id: string): Promise<Conversation | null> {
  const answer = await admin<Conversation | null>(at, "GET", `/engagements/${id}/conversation`);
  if (answer.status !== 200) throw new Error(`${id}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

/** Waits until the conversation is as `fits` wants it. */
export function untilConversation(
  at: Reachable,
  id: string,
  what: string,
  fits: (conversation: Conversation) => boolean,
): Promise<Conversation> {
  let last: Conversation | null = null;
  return waitFor(`the conversation of ${id} to be ${what}`, async () => {
    last = await conversationOf(at, id);
    return last !== null && fits(last) ? last : undefined;
  }).catch((error: unknown) => {
    throw new Error(`${String(error)}: it is ${JSON.stringify(last)}`);
  });
}

/** The key all marks and links of this gateway are made with. */
export async function linkKeyOf(world: Pick<TalkWorld, "dataDir" | "sandboxUrl">): Promise<string> {
  const settings = await openSettings({
    dataDir: world.dataDir,
    environment: testEnvironment(world.sandboxUrl),
    flags: {},
    clock: systemClock,
    log: () => undefined,
    readOnly: true,
  });
  return settings.secret("internal/link_key") ?? "";
}
