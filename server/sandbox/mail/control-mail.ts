// What another process may see of the pretend mail servers and have contacts do. Asked by the control door.
import { z } from "zod";
import type { MailWorld, ReceivedMail } from "./mail-types.ts";

const answerSchema = z.strictObject({
  text: z.string(),
  plus: z.boolean().optional(),
  threading: z.boolean().optional(),
  quote: z.enum(["below", "above", "none"]).optional(),
  htmlOnly: z.boolean().optional(),
});
const controlSchema = z.strictObject({
  /** Opens the servers. */
  open: z.literal(true).optional(),
  logins: z
    .array(
      z.strictObject({
        user: z.string().min(1),
        password: z.string().min(1),
        address: z.email(),
        plusAddresses: z.boolean().default(true),
        keepsSent: z.boolean().default(true),
      }),
    )
    .min(1)
    .optional(),
  /** How contacts answer by themselves, by address. */
  answers: z.record(z.string(), answerSchema).optional(),
  slowMs: z.number().min(0).optional(),
  /** Answers a mail as the contact who got it. */
  reply: answerSchema.extend({ id: z.int() }).optional(),
  /** Puts a mail into a mailbox as it is. */
  deliver: z.strictObject({ to: z.email(), raw: z.string() }).optional(),
});

/** Where the servers listen, and what went over them; passwords stay inside. */
export function describeMail(world: MailWorld) {
  return {
    ports: world.ports,
    logins: world.logins.map(({ password: _password, ...login }) => login),
    received: world.received.map(describeReceived),
    returned: world.returned,
  };
}

const describeReceived = ({ raw, mail, ...received }: ReceivedMail) => ({
  ...received,
  subject: mail.subject ?? "",
  text: mail.text ?? "",
  raw: raw.toString("latin1"),
});

/** In the order of the schema. Returns what is wrong with the request; undefined when it was done. */
export async function controlMail(world: MailWorld, body: unknown): Promise<string | undefined> {
  const parsed = controlSchema.safeParse(body);
  if (!parsed.success) return z.prettifyError(parsed.error);
  const { open, logins, answers, slowMs, reply, deliver } = parsed.data;
  const mail = world.received.find(({ id }) => id === reply?.id);
  if (reply && !mail) return `There is no e-mail ${reply.id}.`;
  if (logins) world.logins = logins;
  if (open) await world.open();
  if (slowMs !== undefined) world.slowMs = slowMs;
  for (const [address, answer] of Object.entries(answers ?? {})) world.answers.set(address, given(answer));
  if (reply && mail && !(await world.reply(mail, reply.text, given(reply))))
    return "Nobody has the address it answers.";
  if (deliver && !world.deliver(deliver.to, deliver.raw)) return `Nobody has the address ${deliver.to}.`;
  return undefined;
}

/** What zod calls optional may be undefined; the world's types mean absent. */
function given<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as never;
}
