import { expect, test } from "vitest";
import { mailWords } from "../../../server/conversations/mail-words.ts";

const SENT = ["A message from Ann Lee", "Re: A message from Ann Lee"];
test.each([
  ["STOP", "", "STOP"],
  ["Re: A message from Ann Lee", "", ""],
  ["Re: A message from Ann Lee", "Yes please.", "Yes please."],
  ["Aw: RE[2]: a message from ann lee - STOP", "", "STOP"],
  ["Call me tomorrow", "", "Call me tomorrow"],
  ["Unsubscribe me", "[attachment: logo.png]", "Unsubscribe me\n[attachment: logo.png]"],
  ["Unsubscribe", "Thanks, Jane", "Unsubscribe\nThanks, Jane"],
  ["Please take me off your list", "Thanks, Jane", "Please take me off your list\nThanks, Jane"],
  ["Fwd: Viewing", "Friday at ten?", "Friday at ten?"],
  ["Cancel", "Can we move our viewing to Friday?", "Can we move our viewing to Friday?"],
  ["Re: STOP", "START", "START"],
])("under the subject %j, %j is %j", (subject, text, words) => {
  expect(mailWords({ subject, text }, SENT)).toBe(words);
});
