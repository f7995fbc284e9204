// How an outreach by e-mail stands: a pure function of what is kept of it, in whichever order it came.

import type { CarrierEvent } from "../carrier-events.ts";
import type { ProviderSnapshot, SnapshotEvent } from "../channel.ts";
import { type Bounced, type MailFacts, type Refused, readFacts } from "./mail-events.ts";

/** null while nothing but the intention to send is known. `contact`: the address it goes to. */
export function mailSnapshot(events: readonly CarrierEvent[], contact: string): ProviderSnapshot | null {
  const facts = readFacts(events);
  const sent = facts.accepted.find(({ seq }) => seq === 1);
  const refused = facts.refused.find(({ seq }) => seq === 1);
  if (!sent && !refused) return null;
  const bounced = oldest(facts.bounces.filter((bounce) => bounce.permanent && concernsFirst(bounce, facts)));
  const failure = sent ? bounced : refused;
  const startedAt = oldest(facts.sending)?.at ?? sent?.at ?? refused?.at ?? null;
  return {
    status: failure ? "failed" : "completed",
    outcome: failure ? "failed" : "delivered",
    summary: failure
      ? `The e-mail did not arrive: ${reason(failure)}`
      : `E-mail sent: ${sent?.subject ?? ""}`,
    startedAt,
    completedAt: failure?.at ?? sent?.at ?? null,
    duration: 0,
    transcript: sent ? [{ at: sent.at, direction: "outbound", text: sent.text, key: sent.messageId }] : [],
    history: historyOf(facts, contact),
    seenAt: Math.max(...events.map(({ at }) => at)),
  };
}

// A report that names another of our messages concerns that one; one that names none is taken for the first.
function concernsFirst({ originalMessageId }: Bounced, { sending }: MailFacts): boolean {
  const named = sending.find(({ messageId }) => messageId === originalMessageId);
  return named === undefined || named.seq === 1;
}

// Of two at the same moment always the same one, in whichever order they were stored.
const oldest = <T extends { readonly at: number }>(facts: readonly T[]): T | undefined =>
  facts.toSorted(
    (left, right) => left.at - right.at || JSON.stringify(left).localeCompare(JSON.stringify(right)),
  )[0];

const reason = ({ said, status }: Bounced | Refused): string => said || status || "no reason was given";

function historyOf(facts: MailFacts, contact: string): SnapshotEvent[] {
  const sent = facts.accepted
    .filter(({ seq }) => seq === 1)
    .flatMap(({ at }) => [
      { at, event: "sent", detail: `The e-mail was sent to ${contact}` },
      { at, event: "delivered", detail: "The mail server accepted it" },
    ]);
  const refused = facts.refused
    .filter(({ seq }) => seq === 1)
    .map((fact) => ({
      at: fact.at,
      event: "bounced",
      detail: `The address refused the e-mail: ${reason(fact)}`,
    }));
  const reports = facts.bounces.map((fact) =>
    fact.permanent
      ? { at: fact.at, event: "bounced", detail: `The e-mail came back: ${reason(fact)}` }
      : { at: fact.at, event: "delayed", detail: `The e-mail is not delivered yet: ${reason(fact)}` },
  );
  const order = (line: SnapshotEvent): string => `${line.event} ${line.detail}`;
  return [...sent, ...refused, ...reports].toSorted(
    (left, right) =>
      left.at - right.at ||
      RANK.indexOf(left.event) - RANK.indexOf(right.event) ||
      order(left).localeCompare(order(right)),
  );
}

const RANK: readonly string[] = ["sent", "delivered", "delayed", "bounced"];
