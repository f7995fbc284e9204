// The single-contact app from outside: opens the page as Follow Up Boss does and talks as the page does.
import { buildContext } from "../../server/sandbox/build-context.ts";
import type { SandboxAccount } from "../../server/sandbox/sandbox-types.ts";
import { encodeContext, signContext } from "../../server/sandbox/sign-context.ts";
import type { EmbedModel } from "../../shared/embed.schema.ts";
import { type Engagement, engagementSchema } from "../../shared/engagement.schema.ts";
import { isTerminal } from "../../shared/values.ts";

const EMBED = "/integration/followupboss/embed";

export interface OpenedPage {
  readonly status: number;
  readonly html: string;
  readonly headers: Headers;
  readonly model: EmbedModel;
}

/** Opens the page with a raw query, exactly as given. */
export async function openPage(url: string, query: string): Promise<OpenedPage> {
  const response = await fetch(`${url}${EMBED}${query === "" ? "" : `?${query}`}`);
  const html = await response.text();
  const json = /<script type="application\/json" id="embed-model">(.*?)<\/script>/s.exec(html)?.[1];
  if (json === undefined)
    throw new Error(`no model in the page (status ${response.status}): ${html.slice(0, 300)}`);
  return { status: response.status, html, headers: response.headers, model: JSON.parse(json) as EmbedModel };
}

export interface SignedAs {
  readonly account: SandboxAccount;
  readonly userId: number;
  readonly personId: number | null;
  /** The account's single-contact app's secret unless given. */
  readonly secret?: string;
  readonly domainName?: string;
}

/** The query Follow Up Boss adds when this user opens this person. */
export function signedQuery(as: SignedAs): string {
  const user = as.account.users.find((candidate) => candidate.id === as.userId);
  const person = as.account.people.find((candidate) => candidate.id === as.personId);
  if (!user) throw new Error(`no user ${as.userId} in ${as.account.domain}`);
  const secret = as.secret ?? as.account.apps.find((app) => app.kind === "embed")?.secret ?? "";
  const context = encodeContext(buildContext({ account: as.account, user, ...(person ? { person } : {}) }));
  const domain = as.domainName === undefined ? "" : `domain_name=${as.domainName}&`;
  return `${domain}context=${context}&signature=${signContext(context, secret)}`;
}

export const openSigned = (url: string, as: SignedAs): Promise<OpenedPage> => openPage(url, signedQuery(as));

export interface StartAnswer {
  readonly status: number;
  readonly body: {
    engagement_id?: string;
    status?: string;
    error?: { code: string; message: string; details?: unknown };
  };
}

/** Clicks start on an opened page. */
export async function startOn(
  url: string,
  session: string,
  body: Readonly<Record<string, unknown>>,
): Promise<StartAnswer> {
  const response = await fetch(`${url}${EMBED}/start`, {
    method: "POST",
    headers: { authorization: `Bearer ${session}`, "content-type": "application/json" },
    body: JSON.stringify({
      call_type: "informational",
      channel: "phone",
      click_id: crypto.randomUUID(),
      ...body,
    }),
  });
  return { status: response.status, body: (await response.json()) as StartAnswer["body"] };
}

export async function readOn(url: string, session: string, id: string): Promise<Engagement> {
  const response = await fetch(`${url}${EMBED}/engagements/${id}`, {
    headers: { authorization: `Bearer ${session}` },
  });
  if (!response.ok) throw new Error(`reading ${id}: ${response.status} ${await response.text()}`);
  return engagementSchema.parse(await response.json());
}

/** Waits until `look` gives something; fails with `what` after `limitMs`. */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined> | T | undefined,
  limitMs = 15_000,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`gave up waiting for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Follows an engagement to its end. */
export const untilEnded = (url: string, session: string, id: string): Promise<Engagement> =>
  waitFor(`the end of ${id}`, async () => {
    const engagement = await readOn(url, session, id);
    return isTerminal(engagement.status) ? engagement : undefined;
  });
