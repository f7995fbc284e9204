// What a contact said by e-mail: the text of their mail, with the words of theirs that stand in its subject where the text is
// empty or where they are a wish to be left alone. Pure; called by read-mail before anything looks for wishes.
import type { IncomingMail } from "../channels/smtp/incoming-mail.ts";
import { recognizeWish } from "../contact/recognize-opt-out.ts";

const ANSWERS = /^\s*(?:(?:re|fwd?|fw|aw|wg|tr|rv|sv|antw|rif|ref)\s*(?:\[\d{1,3}\])?\s*:|\[external\])\s*/i;
const AROUND = /^[\s:;,|–—-]+|[\s:;,|–—-]+$/g;
const ATTACHMENT = /^\[attachment: .*\]$/;

/** `sentSubjects`: of what they were written, which comes back with every answer. */
export function mailWords(
  { subject, text }: Pick<IncomingMail, "subject" | "text">,
  sentSubjects: readonly string[],
): string {
  const own = ownSubject(subject, sentSubjects);
  if (own === "") return text;
  const joined = [own, text].filter(Boolean).join("\n");
  if (text.split("\n").every((line) => line.trim() === "" || ATTACHMENT.test(line))) return joined;
  // What they wrote below says it more clearly: START under a subject that was STOP once.
  if (recognizeWish(text).wish !== null || recognizeWish(own).wish !== "stop") return text;
  // "Cancel" above "our viewing on Friday" is no such wish.
  return recognizeWish(joined).wish === "stop" ? joined : text;
}

/** Without marks of answering and forwarding, and without our own subject. */
function ownSubject(subject: string, sentSubjects: readonly string[]): string {
  let own = bareSubject(subject);
  for (const sent of sentSubjects.map(bareSubject).filter(Boolean)) {
    const at = own.toLowerCase().indexOf(sent.toLowerCase());
    if (at >= 0) own = `${own.slice(0, at)} ${own.slice(at + sent.length)}`;
  }
  return own.replaceAll(AROUND, "");
}

function bareSubject(subject: string): string {
  let bare = subject;
  while (ANSWERS.test(bare)) bare = bare.replace(ANSWERS, "");
  return bare.trim();
}
