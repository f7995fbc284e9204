// Chats in which the practice model answers, from the contact's side: opened, written in, and what the model was asked.
import { openChatPage, sayInChat } from "./chat-client.ts";
import { onTestListener, type TalkWorld, untilConversation } from "./connect-talk.ts";
import { waitFor } from "./embed-client.ts";
import { startOutreach } from "./talk-to-gateway.ts";

export const ANNOUNCEMENT =
  "This is the automated assistant of Ann One at Maple Street Realty. Reply AGENT at any time to reach a person.";
export const HOLDING = "Thank you. Ann One will get back to you personally.";

export interface AutomatedChat {
  readonly id: string;
  readonly link: string;
  /** What the contact writes. */
  say(text: string): Promise<void>;
  /** What stands on the page, the invitation aside: [who, text]. */
  words(): Promise<[from: "contact" | "machine" | "agent", text: string][]>;
  /** Waits for the page to show so many words. */
  untilWords(count: number): ReturnType<AutomatedChat["words"]>;
}

let lastNumber = 0;

/** Ann's, with somebody nobody knows yet. */
export async function openAutomatedChat(
  world: TalkWorld,
  more: Readonly<Record<string, unknown>> = {},
): Promise<AutomatedChat> {
  lastNumber += 1;
  const id = await startOutreach(world, {
    phone_number: `+1647555${String(1200 + lastNumber)}`,
    channel: "chat",
    type: "appointment_booking",
    external_user_id: "u1",
    client_name: "Casey Contact",
    instruction: "Find a day for a viewing of 12 Maple Street.",
    ...more,
  });
  const { chat_link } = await untilConversation(world, id, "open", ({ can_reply }) => can_reply);
  const link = onTestListener(world, chat_link ?? "");
  const words: AutomatedChat["words"] = async () => {
    const { chat } = (await openChatPage(link)).model;
    const from = ({ direction, automated }: { direction: string; automated: boolean }) =>
      direction === "inbound" ? "contact" : automated ? "machine" : "agent";
    return (chat?.messages ?? []).slice(1).map((message) => [from(message), message.text]);
  };
  return {
    id,
    link,
    words,
    say: async (text) => void (await sayInChat(link, text)),
    untilWords: async (count) => {
      let last: Awaited<ReturnType<typeof words>> = [];
      return waitFor(`${count} words in the chat`, async () => {
        last = await words();
        return last.length >= count ? last : undefined;
      }).catch((error: unknown) => {
        throw new Error(`${String(error)}: there are ${JSON.stringify(last)}`);
      });
    },
  };
}

/** Everything the model was ever told. */
export const toldModel = (world: TalkWorld): string =>
  world.llm.requests.map(({ body }) => JSON.stringify(body)).join("\n");

/** The contact's words it was asked to answer last. */
export function lastQuestion(world: TalkWorld): string {
  const { messages } = (world.llm.requests.at(-1)?.body ?? {}) as { messages?: { content: string }[] };
  return /<<<CONTACT_MESSAGE\n(.*?)\nCONTACT_MESSAGE>>>/s.exec(messages?.at(-1)?.content ?? "")?.[1] ?? "";
}

/** Waits for the model to have got one more request than `before`. */
export const untilAsked = (world: TalkWorld, before: number): Promise<true> =>
  waitFor("the model to be asked", () => (world.llm.requests.length > before ? true : undefined));
