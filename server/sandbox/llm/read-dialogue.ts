// What the pretend model understands of a request: the system's words, what was last said to it, and which JSON is wanted.
// Used by its personas. Knows no prompt in particular: it reads fences and field names as any model would.
import type { CompletionRequest } from "./check-completion.ts";

export interface Dialogue {
  system: string;
  /** What the contact says now. */
  last: string;
  /** Everything in user messages. */
  everything: string;
  /** Fields the system's words ask for. */
  wants: "reply" | "summary" | "text";
}

export function readDialogue({ messages }: CompletionRequest): Dialogue {
  const textOf = ({ content }: CompletionRequest["messages"][number]): string =>
    typeof content === "string" ? content : content.map(({ text }) => text).join("");
  const spoken = (role: string): string[] => messages.filter((message) => message.role === role).map(textOf);
  const system = spoken("system").join("\n");
  const user = spoken("user");
  const wants = system.includes('"reply"') ? "reply" : system.includes('"summary"') ? "summary" : "text";
  return { system, last: lastFenced(user.at(-1) ?? ""), everything: user.join("\n"), wants };
}

/** The last text between <<<NAME and NAME>>>, or all of it. */
function lastFenced(text: string): string {
  const fenced = [...text.matchAll(/<<<(\w+)\n([\s\S]*?)\n\1>>>/g)].at(-1);
  return (fenced?.[2] ?? text).trim();
}
