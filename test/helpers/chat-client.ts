// The contact's chat page from outside: opens the link, writes as the page does, follows its stream.
import type { ChatModel, ChatState } from "../../shared/chat.schema.ts";

export interface OpenedChat {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
  readonly model: ChatModel;
}

export async function openChatPage(link: string): Promise<OpenedChat> {
  const response = await fetch(link);
  const html = await response.text();
  const json = /<script type="application\/json" id="chat-model">(.*?)<\/script>/s.exec(html)?.[1];
  if (json === undefined)
    throw new Error(`no model in the page (status ${response.status}): ${html.slice(0, 300)}`);
  return { status: response.status, html, headers: response.headers, model: JSON.parse(json) as ChatModel };
}

export interface ChatAnswer {
  readonly status: number;
  readonly body: ChatState & { readonly error?: { readonly code: string; readonly message: string } };
}

export async function writeInChat(link: string, body: unknown): Promise<ChatAnswer> {
  const response = await fetch(`${link}/messages`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as ChatAnswer["body"] };
}

/** One message of the contact's, by a click of its own. @throws when it is not taken. */
export async function sayInChat(link: string, text: string): Promise<ChatState> {
  const answer = await writeInChat(link, { text, click_id: crypto.randomUUID() });
  if (answer.status !== 202) throw new Error(`not taken: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}
