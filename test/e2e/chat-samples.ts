// Chats the browser tests of the contact's page show: every state of it, and hard names and words.
import type { ChatMessage, ChatState } from "../../shared/chat.schema.ts";

const ago = (seconds: number): string => new Date(Date.now() - seconds * 1000).toISOString();

export const said = (
  text: string,
  direction: ChatMessage["direction"],
  seconds = 0,
  automated = false,
): ChatMessage => ({ at: ago(seconds), direction, text, automated });

export const FIRST: ChatState = {
  brokerage: "Fub Test Realty",
  agent: "Ann One",
  messages: [
    said(
      "Hi Nivia, this is Ann One's assistant at Fub Test Realty. You asked about 12 Elm Street: would Saturday at ten suit you?",
      "outbound",
      120,
      true,
    ),
  ],
  open: true,
  closed: null,
};

export const UNDER_WAY: ChatState = {
  ...FIRST,
  messages: [
    ...FIRST.messages.map((message) => ({ ...message, at: ago(93_600) })),
    said("Yes, but can we make it eleven?\nMy brother comes along.", "inbound", 90_000),
    said("Of course. I will hand you over to Ann, who knows the house.", "outbound", 89_900, true),
    said("Hi Nivia, Ann here. Eleven it is. See you at the gate!", "outbound", 500),
    said("Great, thank you <b>so</b> much", "inbound", 200),
  ],
};

export const LONG: ChatState = {
  ...FIRST,
  messages: Array.from({ length: 60 }, (_, index) =>
    said(`Message number ${index}`, index % 3 === 0 ? "inbound" : "outbound", 6000 - index * 60),
  ),
};

export const HARD: ChatState = {
  brokerage: "وكالة العقارات الحديثة في تورونتو والمنطقة الكبرى",
  agent: "Wolfeschlegelsteinhausenbergerdorff Konstantinopolitanischer-Featherstonehaugh",
  messages: [
    said("مرحبا! هل يناسبك يوم السبت الساعة العاشرة؟", "outbound", 400, true),
    said("نعم، شكرا 12 Elm Street", "inbound", 300),
    said(`https://maps.example/${"a-very-long-address-".repeat(8)}`, "outbound", 200),
    said(
      "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft ".repeat(2),
      "inbound",
      100,
    ),
  ],
  open: true,
  closed: null,
};

export const EMPTY: ChatState = { ...FIRST, agent: FIRST.brokerage, messages: [] };
export const CLOSED: ChatState = {
  ...UNDER_WAY,
  messages: [
    ...UNDER_WAY.messages,
    said("STOP", "inbound", 60),
    said("You will not be contacted by Fub Test Realty any more.", "outbound", 58, true),
  ],
  open: false,
  closed: "You asked not to be contacted any more, so this chat is closed.",
};
export const EXPIRED = "This link is not open any more. Ask the brokerage for a new one.";
