// Smart List campaigns: how fast a list of 10,000 is read at Follow Up Boss's real limits, what an opening page notices of
// it, how many outreaches the engine carries, and what 100,000 people in line weigh.
import { setTimeout as delay } from "node:timers/promises";
import { loadSandbox } from "../../server/index.ts";
import { type BenchGateway, startBenchGateway } from "./bench-gateway.ts";
import { type Measure, quantile, round } from "./measure.ts";

const LIST = 10_000;
const LARGE_LIST = 100_000;
/** What the limit of 250 requests in ten seconds allows with 100 people a page. */
const LIMIT_PER_SECOND = 2_500;
const OPENS_PER_SECOND = 20;

export async function measureCampaigns(): Promise<Measure[]> {
  const gateway = await startBenchGateway();
  try {
    const account = gateway.sandbox.fub.account("fub-test");
    const { embedAddress, growList } = await loadSandbox();
    const list = growList(account, { count: LIST, listName: "Ten thousand" }).list;
    const page = await openCampaign(gateway);
    const embed = embedAddress(gateway.url, account, 2, 107);
    await openWhile(embed, delay(1_000));
    const idle = await openWhile(embed, delay(4_000));
    const reading = await measureReading(gateway, page, { listId: list.id, embed, idle });
    const engine = await measureEngine(page, list.id);
    return [...reading, ...engine];
  } finally {
    await gateway.close();
  }
}

interface Reading {
  readonly listId: number;
  readonly embed: string;
  readonly idle: readonly number[];
}

async function measureReading(
  gateway: BenchGateway,
  page: CampaignPage,
  { listId, embed, idle }: Reading,
): Promise<Measure[]> {
  // The window starts empty: what was asked before must not count as the list's.
  await delay(10_500);
  const refusedBefore = tooMany(gateway);
  const started = performance.now();
  const review = page.post("preflight", bodyFor(listId, "review"));
  const during = await openWhile(embed, review);
  const { total } = (await review) as { total: number };
  const seconds = (performance.now() - started) / 1000;
  if (total !== LIST) throw new Error(`the review counted ${total} people`);
  const perSecond = total / seconds;
  const [quiet, busy] = [quantile(idle, 0.5), quantile(during, 0.5)];
  return [
    {
      name: "people of a Smart List read",
      value: round(perSecond, 0),
      unit: "/s",
      ratio: round(perSecond / LIMIT_PER_SECOND),
      of: "what the limit sustains",
    },
    {
      name: "429 answers while it was read",
      value: tooMany(gateway) - refusedBefore,
      unit: "",
      ratio: null,
      of: null,
    },
    {
      name: "embed open p50 meanwhile",
      value: round(busy),
      unit: "ms",
      ratio: round(busy / quiet),
      of: "idle p50",
    },
    {
      name: "embed open p95 meanwhile",
      value: round(quantile(during, 0.95)),
      unit: "ms",
      ratio: round(quantile(during, 0.95) / quantile(idle, 0.95)),
      of: "idle p95",
    },
  ];
}

async function measureEngine(page: CampaignPage, listId: number): Promise<Measure[]> {
  const started = performance.now();
  const { batch_id } = (await page.post("start", bodyFor(listId, "review"))) as { batch_id: string };
  await page.until(batch_id, ({ status }) => status === "completed");
  const perSecond = LIST / ((performance.now() - started) / 1000);
  return [
    { name: "campaign outreaches carried", value: round(perSecond, 0), unit: "/s", ratio: null, of: null },
  ];
}

/** On a gateway of its own, which has nothing else to remember. */
export async function measureQueued(): Promise<Measure[]> {
  const gateway = await startBenchGateway();
  try {
    const account = gateway.sandbox.fub.account("fub-test");
    const { growList } = await loadSandbox();
    const { list } = growList(account, { count: LARGE_LIST, listName: "A hundred thousand" });
    await delay(3_000);
    return await queueAll(gateway, await openCampaign(gateway), list.id);
  } finally {
    await gateway.close();
  }
}

async function queueAll(gateway: BenchGateway, page: CampaignPage, listId: number): Promise<Measure[]> {
  const before = gateway.residentMb();
  const body = { ...bodyFor(listId, "large"), channel: "email", pace: { per_minute: 1 } };
  const { batch_id } = (await page.post("start", body)) as { batch_id: string };
  await page.until(batch_id, ({ status }) => status === "running");
  const after = gateway.residentMb();
  return [
    {
      name: "resident memory with 100,000 in line",
      value: round(after, 1),
      unit: "MB",
      ratio: round(after / before),
      of: "idle",
    },
  ];
}

const bodyFor = (listId: number, click: string) => ({
  smart_list_id: String(listId),
  channel: "phone",
  call_type: "informational",
  click_id: `bench-${click}`,
});

const tooMany = ({ sandbox }: BenchGateway): number =>
  sandbox.fub.requests.filter(({ status }) => status === 429).length;

interface CampaignPage {
  post(path: string, body: unknown): Promise<unknown>;
  until(id: string, reached: (campaign: { status: string }) => boolean): Promise<void>;
}

async function openCampaign(gateway: BenchGateway): Promise<CampaignPage> {
  const account = gateway.sandbox.fub.account("fub-test");
  const { embedAddress } = await loadSandbox();
  const html = await (await fetch(embedAddress(gateway.url, account, 2, null, "campaign"))).text();
  const { session } = JSON.parse(/id="embed-model">(.*?)<\/script>/s.exec(html)?.[1] ?? "{}") as {
    session: string;
  };
  const root = `${gateway.url}/integration/followupboss/campaign`;
  const headers = { authorization: `Bearer ${session}`, "content-type": "application/json" };
  const read = async (response: Response): Promise<unknown> => {
    if (!response.ok) throw new Error(`the answer was ${response.status}: ${await response.text()}`);
    return response.json();
  };
  return {
    post: async (path, body) =>
      read(await fetch(`${root}/${path}`, { method: "POST", headers, body: JSON.stringify(body) })),
    until: async (id, reached) => {
      for (;;) {
        const campaign = (await read(await fetch(`${root}/${id}`, { headers }))) as { status: string };
        if (reached(campaign)) return;
        if (["failed", "canceled"].includes(campaign.status)) throw new Error(`it ${campaign.status}`);
        await delay(1000);
      }
    },
  };
}

/** Opens a page 20 times a second until `end`; the times it took, in ms. */
async function openWhile(address: string, end: Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  const pending: Promise<void>[] = [];
  const state = { over: false };
  const stop = (): void => {
    state.over = true;
  };
  void end.then(stop, stop);
  while (!state.over) {
    pending.push(timeOf(address).then((ms) => void samples.push(ms)));
    await delay(1000 / OPENS_PER_SECOND);
  }
  await Promise.all(pending);
  return samples;
}

async function timeOf(address: string): Promise<number> {
  const started = performance.now();
  const response = await fetch(address);
  const text = await response.text();
  if (!response.ok || !text.includes('"state":"ready"')) throw new Error("the page was not ready");
  return performance.now() - started;
}
