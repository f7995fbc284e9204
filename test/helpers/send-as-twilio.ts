// Requests to the gateway's door as Twilio makes them through a tunnel: signed by its official SDK for the public address,
// arriving at the local one.
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import twilio from "twilio";

export interface SentAsTwilio {
  readonly publicUrl: string;
  /** With the query. */
  readonly path: string;
  readonly token: string;
  readonly params: Readonly<Record<string, string>>;
  /** What is signed; the public address of the path unless given. */
  readonly signed?: string;
  readonly method?: string;
  /** Sent instead of what was signed. */
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly unsigned?: boolean;
}

/** The status of the answer. */
export async function sendAsTwilio(url: string, sent: SentAsTwilio): Promise<number> {
  const { path, params, method = "POST", unsigned = false, signed = sent.publicUrl + path } = sent;
  const signature = twilio.getExpectedTwilioSignature(sent.token, signed, { ...params });
  const response = await fetch(url + path, {
    method,
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      ...(unsigned ? {} : { "x-twilio-signature": signature }),
      ...sent.headers,
    },
    ...(method === "GET" ? {} : { body: sent.body ?? new URLSearchParams(params).toString() }),
    redirect: "manual",
  });
  await response.arrayBuffer();
  return response.status;
}

const TABLES = ["carrier_events", "inbound_messages", "suppressions", "messages", "conversations"];

/** Rows of everything such a request could have written. */
export function countStored(dataDir: string): unknown[] {
  const database = new DatabaseSync(join(dataDir, "gateway.db"), { readOnly: true });
  try {
    return TABLES.map((table) => database.prepare(`SELECT count(*) AS rows FROM ${table}`).get()?.rows);
  } finally {
    database.close();
  }
}
