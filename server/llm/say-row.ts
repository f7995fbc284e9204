// One row of a transcript as a prompt has it: a line of its own, cut, without numbers and addresses. Called by the writers
// of prompts.
import type { Channel } from "../../shared/values.ts";
import type { SaidLine } from "./answer-request.ts";
import { fenceLine } from "./fence-text.ts";
import { maskPrivate } from "./mask-private.ts";

/** Characters of one row; e-mails are longer than messages. */
export const mostOfRow = (channel: Channel): number => (channel === "email" ? 3_000 : 600);

export const sayRow = ({ direction, text }: SaidLine, channel: Channel): string =>
  `[${direction === "inbound" ? "contact" : "brokerage"}] ${sayText(text, mostOfRow(channel))}`;

/** "(nothing)" where nothing readable was said. */
export const sayText = (text: string, most: number): string =>
  // Cut twice: long texts are not searched for numbers, and a mark is longer than what it stands for.
  fenceLine(maskPrivate(text.slice(0, most * 2)), most) || "(nothing)";
