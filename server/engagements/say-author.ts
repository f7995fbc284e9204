// Who wrote a row of a conversation, as people call them: told where the conversation is shown. Pure.

interface Agent {
  readonly id: string;
  readonly name: string;
}

/**
 * `author`: as stored with a message: "agent:<user id>", "agent" (somebody at the console), "automated", "system"; undefined
 * for null, which is a provider's own words.
 */
export function sayAuthor(author: string | null, agents: readonly Agent[]): string | undefined {
  if (author === null) return undefined;
  if (author === "system") return "The gateway";
  if (!author.startsWith("agent")) return "The assistant";
  const [, id] = author.split(":");
  if (id === undefined) return "Somebody at the console";
  return agents.find((agent) => agent.id === id)?.name || id;
}
