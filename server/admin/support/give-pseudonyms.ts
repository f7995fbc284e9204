// One name for one thing throughout a bundle, that tells nothing about it: "tenant-1", "agent-2", "person-3".

export type Pseudonym = (kind: "tenant" | "agent" | "person" | "outreach" | "account", id: string) => string;

export function givePseudonyms(): Pseudonym {
  const given = new Map<string, string>();
  const counts = new Map<string, number>();
  return (kind, id) => {
    const key = `${kind}/${id}`;
    const known = given.get(key);
    if (known !== undefined) return known;
    const nth = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, nth);
    const name = `${kind}-${nth}`;
    given.set(key, name);
    return name;
  };
}
