// Messages.json: send one, look it up, list them, cancel a scheduled one or blank out its text.
import { readNumber } from "../format-values.ts";
import { bareNumber, isWhatsapp, type TwilioMessage, WHATSAPP } from "../messages/message-types.ts";
import { sendMessage } from "../messages/send-message.ts";
import { checkMessage } from "./check-message.ts";
import { textField } from "./check-parameters.ts";
import { timeFilter } from "./filter-times.ts";
import { pageList } from "./page-list.ts";
import type { Operation, RestRequest } from "./rest-request.ts";
import { shapeMessage } from "./shape-message.ts";
import { refuse } from "./twilio-errors.ts";

export const createMessage: Operation = ({ state, account, form }) => {
  const checked = checkMessage(state, account, form);
  if ("refused" in checked) return checked.refused;
  return { status: 201, body: shapeMessage(sendMessage(state, checked)) };
};

const ownMessage = ({ state, account, sid }: RestRequest): TwilioMessage | undefined =>
  state.messages.find((message) => message.sid === sid && message.accountSid === account.sid);

export const fetchMessage: Operation = (request) => {
  const message = ownMessage(request);
  return message ? { status: 200, body: shapeMessage(message) } : refuse(20404, request.path);
};

export const listMessages: Operation = ({ state, account, path, query }) => {
  const sent = timeFilter(query, "DateSent");
  if (!sent) return refuse(20001, "a time of the filter cannot be read");
  const [to, from] = [addressField(textField(query, "To")), addressField(textField(query, "From"))];
  const found = state.messages.filter(
    (message) =>
      message.accountSid === account.sid &&
      (to === undefined || message.to === to) &&
      (from === undefined || message.from === from) &&
      sent(message.sentAt),
  );
  return pageList({ name: "messages", path, query }, found, shapeMessage);
};

function addressField(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const number = readNumber(bareNumber(text)) ?? bareNumber(text);
  return isWhatsapp(text) ? `${WHATSAPP}${number}` : number;
}

export const updateMessage: Operation = (request) => {
  const { form, state } = request;
  const message = ownMessage(request);
  if (!message) return refuse(20404, request.path);
  if (textField(form, "Body") !== undefined) return refuse(20001, "Body can only be blanked out");
  if (textField(form, "Status") === "canceled") {
    if (message.status !== "scheduled") return refuse(30409);
    message.status = "canceled";
  }
  if (form.Body) message.body = "";
  message.updatedAt = state.clock.now();
  state.touch();
  return { status: 200, body: shapeMessage(message) };
};
