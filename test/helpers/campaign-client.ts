// The campaign app from outside: opens the page as Follow Up Boss does and talks as the page does.
import { buildContext } from "../../server/sandbox/build-context.ts";
import { encodeContext, signContext } from "../../server/sandbox/sign-context.ts";
import {
  type Campaign,
  type CampaignModel,
  type CampaignStarted,
  campaignSchema,
  campaignStartedSchema,
  type PeoplePage,
  type Preflight,
  peoplePageSchema,
  preflightSchema,
} from "../../shared/campaign.schema.ts";
import { type SignedAs, waitFor } from "./embed-client.ts";

const CAMPAIGN = "/integration/followupboss/campaign";

/** The query Follow Up Boss adds when this user opens the campaign app; no person unless one is named. */
export function campaignQuery(as: Omit<SignedAs, "personId"> & { personId?: number | null }): string {
  const user = as.account.users.find((candidate) => candidate.id === as.userId);
  const person = as.account.people.find((candidate) => candidate.id === as.personId);
  if (!user) throw new Error(`no user ${as.userId} in ${as.account.domain}`);
  const secret = as.secret ?? as.account.apps.find((app) => app.kind === "campaign")?.secret ?? "";
  const context = encodeContext(buildContext({ account: as.account, user, ...(person ? { person } : {}) }));
  const domain = as.domainName === undefined ? "" : `domain_name=${as.domainName}&`;
  return `${domain}context=${context}&signature=${signContext(context, secret)}`;
}

export async function openCampaignPage(url: string, query: string): Promise<CampaignModel> {
  const response = await fetch(`${url}${CAMPAIGN}?${query}`);
  const html = await response.text();
  const json = /<script type="application\/json" id="embed-model">(.*?)<\/script>/s.exec(html)?.[1];
  if (response.status !== 200 || json === undefined)
    throw new Error(`no model in the page (status ${response.status}): ${html.slice(0, 300)}`);
  return JSON.parse(json) as CampaignModel;
}

export interface ErrorAnswer {
  readonly error: { readonly code: string; readonly message: string; readonly details?: unknown };
}

export interface Answer<T> {
  readonly status: number;
  readonly body: T & Partial<ErrorAnswer>;
}

/** One opened page's conversation with the gateway. */
export interface CampaignClient {
  readonly model: CampaignModel;
  preflight(body: Readonly<Record<string, unknown>>): Promise<Answer<Preflight>>;
  start(body: Readonly<Record<string, unknown>>): Promise<Answer<CampaignStarted>>;
  read(id: string): Promise<Campaign>;
  people(id: string, query?: string): Promise<PeoplePage>;
  control(id: string, control: "pause" | "resume" | "cancel"): Promise<Answer<Campaign>>;
  get(path: string): Promise<Response>;
  /** Waits until the campaign has one of these states, or the test holds. */
  until(id: string, reached: (campaign: Campaign) => boolean, limitMs?: number): Promise<Campaign>;
}

export async function campaignClient(url: string, query: string): Promise<CampaignClient> {
  return clientOf(url, await openCampaignPage(url, query));
}

export function clientOf(url: string, model: CampaignModel): CampaignClient {
  const headers = { authorization: `Bearer ${model.session}`, "content-type": "application/json" };
  const post = async <T>(path: string, body: unknown): Promise<Answer<T>> => {
    const response = await fetch(`${url}${CAMPAIGN}${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Answer<T>["body"] };
  };
  const get = (path: string): Promise<Response> => fetch(`${url}${CAMPAIGN}${path}`, { headers });
  const read = async (id: string): Promise<Campaign> => {
    const response = await get(`/${id}`);
    if (!response.ok) throw new Error(`reading ${id}: ${response.status} ${await response.text()}`);
    return campaignSchema.parse(await response.json());
  };
  const filled = (body: Readonly<Record<string, unknown>>) => ({
    channel: "phone",
    call_type: "informational",
    click_id: crypto.randomUUID(),
    ...body,
  });
  return {
    model,
    preflight: async (body) => {
      const answer = await post<Preflight>("/preflight", filled(body));
      if (answer.status < 300) preflightSchema.parse(answer.body);
      return answer;
    },
    start: async (body) => {
      const answer = await post<CampaignStarted>("/start", filled(body));
      if (answer.status < 300) campaignStartedSchema.parse(answer.body);
      return answer;
    },
    read,
    people: async (id, query = "") =>
      peoplePageSchema.parse(await (await get(`/${id}/people${query}`)).json()),
    control: (id, control) => post<Campaign>(`/${id}/${control}`, {}),
    get,
    until: (id, reached, limitMs) =>
      waitFor(
        `campaign ${id}`,
        async () => {
          const campaign = await read(id);
          return reached(campaign) ? campaign : undefined;
        },
        limitMs,
      ),
  };
}
