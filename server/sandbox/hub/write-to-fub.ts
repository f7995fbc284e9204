// A Hub whose own Follow Up Boss sync is still on: it writes the same call or note the gateway would.
import type { HubEngagement } from "./create-hub-world.ts";

const OUTCOMES: Readonly<Record<string, string>> = {
  no_answer: "No Answer",
  voicemail: "Left Message",
  busy: "Busy",
  invalid_phone: "Bad Number",
  connected: "Interested",
  delivered: "Interested",
  not_interested: "Not Interested",
};

/** One call for voice, one note for everything else; failures are nobody's business here. */
export async function writeToFub(engagement: HubEngagement, apiKey: string, fubUrl: string): Promise<void> {
  const { snapshot, duration } = engagement;
  const personId = Number(snapshot.person_id);
  if (!Number.isInteger(personId) || personId < 1) return;
  const voice = ["phone", "wvoice"].includes(snapshot.channel);
  const body = voice
    ? {
        personId,
        phone: snapshot.contact_identifier,
        isIncoming: false,
        note: snapshot.summary,
        duration,
        ...(snapshot.outcome && { outcome: OUTCOMES[snapshot.outcome] }),
      }
    : { personId, subject: `Hub ${snapshot.channel}`, body: snapshot.summary };
  await fetch(`${fubUrl}/v1/${voice ? "calls" : "notes"}`, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      authorization: `Basic ${Buffer.from(`${apiKey}:`).toString("base64")}`,
      "X-System": "AventoraHub",
    },
    body: JSON.stringify(body),
  }).then((response) => response.arrayBuffer());
}
