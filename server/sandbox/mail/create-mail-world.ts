// The state of the pretend mail servers, with direct access for tests, and what contacts do with what they get. Built by
// create-sandbox; the servers themselves are opened when somebody needs them.
import type { SandboxClock } from "../sandbox-types.ts";
import { checkMail } from "./check-mail.ts";
import type { MailLogin, MailPorts, MailWorld, ReceivedMail } from "./mail-types.ts";
import { makeCertificate } from "./make-certificate.ts";
import { type OpenedImap, openImap } from "./open-imap.ts";
import { type OpenedSmtp, openSmtp, type TakenMail } from "./open-smtp.ts";
import { type WrittenMail, writeBounce, writeReply, writeVacation } from "./write-contact-mail.ts";

/** The demo brokerage's account. */
export const practiceLogin = (): MailLogin => ({
  user: "office@fub-test.example",
  password: "practice-mail",
  address: "office@fub-test.example",
  plusAddresses: true,
  keepsSent: true,
});

interface Opened {
  readonly smtp: OpenedSmtp;
  readonly imap: OpenedImap;
  readonly ports: MailPorts;
}

export function createMailWorld(clock: SandboxClock): MailWorld {
  const held: { opening: Promise<Opened> | null; opened: Opened | null; lastId: number } = {
    opening: null,
    opened: null,
    lastId: 0,
  };
  const world: MailWorld = {
    ...freshState(),
    get ports() {
      return held.opened?.ports ?? null;
    },
    open: async () => {
      held.opening ??= openServers(world, (taken) => take(world, clock, taken, ++held.lastId, held.opened));
      const opened = await held.opening.catch((error: unknown) => {
        held.opening = null;
        throw error;
      });
      held.opened = opened;
      return opened.ports;
    },
    deliver: (to, raw) => putInto(world, held.opened, to, Buffer.from(raw), clock.now()),
    reply: async (mail, text, options = {}) => {
      const written = await writeReply(mail, text, options, clock.now());
      return sendBack(world, held.opened, { written, text, answers: mail.id }, clock.now());
    },
    renumber: (user) => held.opened?.imap.renumber(user),
    reset: () => {
      held.opened?.imap.clear();
      Object.assign(world, freshState());
    },
    close: async () => {
      const opened = await held.opening?.catch(() => null);
      held.opening = null;
      held.opened = null;
      await Promise.all([opened?.smtp.close(), opened?.imap.close()]);
    },
  };
  return world;
}

const freshState = (): Pick<MailWorld, "logins" | "answers" | "slowMs" | "received" | "returned"> => ({
  logins: [practiceLogin()],
  answers: new Map(),
  slowMs: 5_000,
  received: [],
  returned: [],
});

async function openServers(world: MailWorld, takeOne: (taken: TakenMail) => Promise<void>): Promise<Opened> {
  const made = makeCertificate();
  const logins = (): readonly MailLogin[] => world.logins;
  const [smtp, imap] = await Promise.all([
    openSmtp({ logins, slowMs: () => world.slowMs, take: takeOne }, made),
    openImap(logins, made),
  ]);
  const ports = { smtp: smtp.smtp, smtps: smtp.smtps, imap: imap.imap, imaps: imap.imaps };
  return { smtp, imap, ports: { ...ports, certificate: made.certificate } };
}

const domainOf = (address: string): string => address.split("@").at(-1)?.toLowerCase() ?? "";

async function take(
  world: MailWorld,
  clock: SandboxClock,
  { login, session, to, raw }: TakenMail,
  id: number,
  opened: Opened | null,
): Promise<void> {
  const { default: PostalMime } = await import("postal-mime");
  const { mailFrom, smtpUtf8, bodyType, dsn } = session.envelope;
  const from = mailFrom === false ? "" : mailFrom.address;
  const circumstances = {
    domain: domainOf(login.address),
    sender: from,
    smtpUtf8: smtpUtf8 === true,
    eightBit: bodyType === "8bitmime",
  };
  const received: ReceivedMail = {
    id,
    at: clock.now(),
    user: login.user,
    from,
    to,
    envelopeId: dsn?.envid ?? null,
    raw,
    mail: await PostalMime.parse(raw),
    violations: checkMail(raw, circumstances),
  };
  world.received.push(received);
  if (login.keepsSent) opened?.imap.append(login.user, "Sent", raw, clock.now());
  await actAsContact(world, opened, received, clock.now());
}

async function actAsContact(
  world: MailWorld,
  opened: Opened | null,
  received: ReceivedMail,
  at: number,
): Promise<void> {
  const name = (received.to.split("@")[0] ?? "").toLowerCase();
  const send = (written: WrittenMail | null, text: string): boolean =>
    written !== null && sendBack(world, opened, { written, text, answers: received.id }, at);
  if (name === "late-bounce") send(writeBounce(received, at), "(could not be delivered)");
  if (name === "vacation") send(await writeVacation(received, at), "(away)");
  const answer =
    world.answers.get(received.to) ?? (name === "reply" ? { text: "Thank you, that sounds good." } : null);
  if (answer !== null) send(await writeReply(received, answer.text, answer, at), answer.text);
}

interface Back {
  readonly written: WrittenMail;
  readonly text: string;
  readonly answers: number;
}

function sendBack(
  world: MailWorld,
  opened: Opened | null,
  { written, text, answers }: Back,
  at: number,
): boolean {
  const arrived = putInto(world, opened, written.to, written.raw, at);
  if (arrived) world.returned.push({ at, answers, to: written.to, text });
  return arrived;
}

/** The first login's mailbox whose domain it is; marks only where the login takes them. */
function putInto(world: MailWorld, opened: Opened | null, to: string, raw: Buffer, at: number): boolean {
  const login = world.logins.find(({ address }) => domainOf(address) === domainOf(to));
  const marked = (to.split("@")[0] ?? "").includes("+");
  if (!opened || !login || (marked && !login.plusAddresses)) return false;
  const delivered = Buffer.concat([Buffer.from(`Delivered-To: ${to}\r\n`), raw]);
  opened.imap.append(login.user, "INBOX", delivered, at);
  return true;
}
