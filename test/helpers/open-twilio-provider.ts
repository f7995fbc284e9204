// The provider for Twilio beside the pretend one, over real sockets and a real database: a door that verifies and takes in
// what Twilio sends, and a keeper that polls and keeps what was reported, as the core does.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type {
  ChannelOrder,
  ChannelProvider,
  ProviderAnswer,
  ProviderSnapshot,
} from "../../server/channels/channel.ts";
import type { TwilioParams } from "../../server/channels/twilio/callback-params.ts";
import { createTwilio } from "../../server/channels/twilio/create-twilio.ts";
import { parseInbound, type TwilioInbound } from "../../server/channels/twilio/inbound-messages.ts";
import {
  readAgentSenders,
  readOwnSenders,
  readTwilioAccount,
} from "../../server/channels/twilio/twilio-account.ts";
import type { CallbackResult, TwilioCallbacks } from "../../server/channels/twilio/twilio-callbacks.ts";
import type { TwilioDeps } from "../../server/channels/twilio/twilio-deps.ts";
import { readTwilioRoute, twilioUrl } from "../../server/channels/twilio/twilio-routes.ts";
import { verifyTwilio } from "../../server/channels/twilio/verify-twilio.ts";
import type { TwilioOptions } from "../../server/sandbox/twilio/create-twilio-state.ts";
import type { TwilioCall } from "../../server/sandbox/twilio/voice/call-types.ts";
import { type TenantSettings, tenantSchema } from "../../shared/settings.schema.ts";
import { createFakeClock, type FakeClock } from "./fake-clock.ts";
import { openTestDatabase } from "./open-test-database.ts";
import { type OpenTwilio, openTwilioSandbox } from "./open-twilio-sandbox.ts";

const LINK_KEY = "the key of this installation";
/** Real ms Twilio is given where a test lets it say nothing. */
export const IMPATIENT = { timeoutMs: 1_500 } as const;
/** Real ms a test waits for something that has to happen. */
const PATIENCE_MS = 20_000;

export interface ProviderOptions {
  /** Settings of the brokerage beside its account and number. */
  readonly settings?: object;
  /** Of the agents; Ann is u1, Ben u2. */
  readonly users?: readonly object[];
  /** Twilio cannot call: everything is polled, on the clock the test moves. */
  readonly noUrl?: boolean;
  /** Other brokerages of the same gateway. */
  readonly others?: readonly TenantSettings[];
  readonly twilio?: TwilioOptions;
  readonly more?: Partial<TwilioDeps>;
}

/** An outreach as the core keeps it: the first end stays. */
export interface Kept {
  reference: string | null;
  last: ProviderSnapshot | null;
  end: ProviderSnapshot | null;
  nextPollAt: number | null;
}

export interface OpenProvider {
  readonly sandbox: OpenTwilio;
  readonly clock: FakeClock;
  readonly deps: TwilioDeps;
  readonly provider: ChannelProvider & TwilioCallbacks;
  /** Why requests were turned away at the door, and what was taken in. */
  readonly refused: string[];
  readonly taken: CallbackResult[];
  readonly inbound: TwilioInbound[];
  /** Where Twilio announces messages to the brokerage. */
  readonly inboundUrl: string;
  /** Answers a spoken turn; set by tests of conversations. */
  talk: (order: ChannelOrder, result: CallbackResult) => Promise<string>;
  order(more?: Partial<ChannelOrder>): ChannelOrder;
  /** Starts it, and keeps what is reported of it. */
  start(order: ChannelOrder): Promise<Kept>;
  kept(order: ChannelOrder): Kept;
  /** Lets time and polls go on until it has ended. */
  untilOver(order: ChannelOrder): Promise<ProviderSnapshot>;
  until(isSo: () => boolean): Promise<void>;
  /** Lets time go by for work that waits for it. */
  run<T>(work: Promise<T>): Promise<T>;
  /** Lets so much time go by, polling when it is time. */
  pass(ms: number, stepMs?: number): Promise<void>;
  /** The legs Twilio dialled for calls. */
  legs(): TwilioCall[];
}

export async function openTwilioProvider(options: ProviderOptions = {}): Promise<OpenProvider> {
  const clock = createFakeClock();
  const speed = options.noUrl ? { speed: 1 } : {};
  const sandbox = await openTwilioSandbox({ ...speed, ...options.twilio }, clock);
  const { brokerage } = sandbox.demo;
  const settings = tenantSchema.parse({
    ...{ domain_name: "acme", twilio_account_sid: brokerage.accountSid, twilio_number: brokerage.number },
    users: options.users ?? [{ id: "u1", name: "Ann" }],
    ...options.settings,
  });
  const address = { url: "" };
  const deps: TwilioDeps = {
    ...{ db: await openTestDatabase(), clock, linkKey: LINK_KEY, timeoutMs: 10_000 },
    account: () =>
      readTwilioAccount(settings, (name) =>
        name === "twilio_auth_token" ? sandbox.demo.brokerage.authToken : undefined,
      ),
    sender: (_tenant, id) => readAgentSenders(settings.users.find((user) => user.id === id)),
    ownSenders: () => readOwnSenders(settings, options.others ?? []),
    publicUrl: () => (options.noUrl ? undefined : address.url),
    baseUrl: () => `${sandbox.url}/twilio`,
    lastInboundAt: async () => null,
    openingText: ({ instruction }) => `Hello, this is Ann. ${instruction}`,
    splitText: (text, most) => text.match(new RegExp(`[^]{1,${most}}`, "g")) ?? [],
    ...options.more,
  };
  const provider = createTwilio(deps);
  const orders = new Map<string, ChannelOrder>();
  const keeping = new Map<string, Kept>();

  const keep = (order: ChannelOrder, answer: ProviderAnswer): void => {
    const kept = keptOf(order);
    kept.reference = answer.reference;
    kept.last = answer.snapshot;
    if (isOver(answer.snapshot)) kept.end ??= answer.snapshot;
    kept.nextPollAt = answer.nextPollAt;
  };
  const keptOf = ({ engagementId }: ChannelOrder): Kept => {
    const known = keeping.get(engagementId) ?? { reference: null, last: null, end: null, nextPollAt: null };
    keeping.set(engagementId, known);
    return known;
  };
  const pollDue = async (): Promise<void> => {
    for (const [id, kept] of keeping) {
      const order = orders.get(id);
      const due = kept.nextPollAt !== null && kept.nextPollAt <= clock.now();
      if (order && due && !kept.end && kept.reference !== null)
        keep(order, await provider.poll(order, kept.reference));
    }
  };
  const step = async (ms: number): Promise<void> => {
    await clock.advance(ms);
    await pollDue();
  };

  const opened: OpenProvider = {
    ...{ sandbox, clock, deps, provider, refused: [], taken: [], inbound: [] },
    inboundUrl: "",
    talk: async () => "<Response/>",
    order: (more = {}) => {
      const order: ChannelOrder = { ...ORDER, engagementId: `eng_${orders.size + 1}`, ...more };
      orders.set(order.engagementId, order);
      return order;
    },
    start: async (order) => {
      orders.set(order.engagementId, order);
      keep(order, await whileTimePasses(clock, provider.start(order)));
      return keptOf(order);
    },
    kept: keptOf,
    untilOver: async (order) => {
      const stop = Date.now() + PATIENCE_MS;
      while (!keptOf(order).end) {
        if (Date.now() > stop) throw new Error(`not over: ${JSON.stringify(keptOf(order))}`);
        if (!options.noUrl) await settled(sandbox);
        if (!keptOf(order).end) await step(500);
      }
      const { end } = keptOf(order);
      if (!end) throw new Error("no end");
      return end;
    },
    run: (work) => whileTimePasses(clock, work),
    until: async (isSo) => {
      const stop = Date.now() + PATIENCE_MS;
      while (!isSo()) {
        if (Date.now() > stop) throw new Error("it never was so");
        if (options.noUrl) await step(500);
        else await wait(5);
      }
    },
    pass: async (ms, stepMs = 1_000) => {
      for (let left = ms; left > 0; left -= stepMs) await step(Math.min(stepMs, left));
    },
    legs: () => sandbox.world.calls.filter(({ parentCallSid }) => parentCallSid !== null),
  };
  address.url = await openDoor(deps, opened, orders, keep);
  return Object.assign(opened, {
    inboundUrl: twilioUrl(address.url, LINK_KEY, { kind: "inbound", tenant: "acme" }),
  });
}

const ORDER: ChannelOrder = {
  ...{
    engagementId: "",
    tenant: "acme",
    channel: "phone",
    type: "conversational",
    instruction: "About ten.",
  },
  ...{ contact: "+14165550131", personId: "7", personName: "Jane Doe", agentName: "Ann", brokerage: "Acme" },
  ...{ userId: "u1", fromNumber: "+14165550111", inCampaign: false, attempt: 1 },
};

const isOver = (snapshot: ProviderSnapshot | null): boolean =>
  snapshot !== null && ["completed", "failed", "canceled"].includes(snapshot.status ?? "");

/** Phones answered by hand keep a call going: then only what is on its way is waited for. */
const settled = (sandbox: OpenTwilio): Promise<unknown> => Promise.race([sandbox.world.settle(), wait(50)]);

async function whileTimePasses<T>(clock: FakeClock, work: Promise<T>): Promise<T> {
  const state = { done: false };
  const finish = () => {
    state.done = true;
  };
  work.then(finish, finish);
  while (!state.done) {
    await wait(2);
    if (!state.done && clock.sleepers() > 0) await clock.advance(250);
  }
  return work;
}

/** As the gateway's own: what is not signed for this address, with this token, is turned away. */
async function openDoor(
  deps: TwilioDeps,
  opened: OpenProvider,
  orders: ReadonlyMap<string, ChannelOrder>,
  keep: (order: ChannelOrder, answer: ProviderAnswer) => void,
): Promise<string> {
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readText(request);
    const path = request.url ?? "";
    const params = paramsOf(body);
    const account = deps.account("acme");
    const route = readTwilioRoute(LINK_KEY, path);
    if (!account || !route) return void response.writeHead(404).end();
    const verified = await verifyTwilio({
      publicUrl: deps.publicUrl() ?? "",
      accountSid: account.sid,
      authTokens: [account.authToken],
      otherTokens: [opened.sandbox.demo.stranger.authToken],
      request: { method: request.method ?? "", path, headers: request.headers, params },
    });
    if (!verified.genuine) {
      opened.refused.push(verified.sentence);
      return void response.writeHead(403).end();
    }
    const xml = (text: string) => response.writeHead(200, { "content-type": "text/xml" }).end(text);
    if (route.kind === "inbound") {
      const inbound = parseInbound(params, deps.clock.now());
      if (inbound) opened.inbound.push(inbound);
      return void xml("<Response/>");
    }
    if (route.kind === "caller-id") {
      opened.provider.takeVerification("acme", params);
      return void response.writeHead(204).end();
    }
    const order = orders.get(route.engagementId);
    if (!order) return void response.writeHead(404).end();
    const result = await opened.provider.takeCallback(order, route, params, deps.clock.now());
    opened.taken.push(result);
    keep(order, result.answer);
    if (result.speech && result.twiml === null) return void xml(await opened.talk(order, result));
    return void (result.twiml === null ? response.writeHead(204).end() : xml(result.twiml));
  };
  const server = createServer((request, response) => {
    take(request, response).catch((error: unknown) => {
      opened.refused.push(String(error));
      response.writeHead(500).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

function paramsOf(body: string): TwilioParams {
  const form = new URLSearchParams(body);
  return Object.fromEntries(
    [...new Set(form.keys())].map((name) => {
      const values = form.getAll(name);
      return [name, values.length === 1 ? (values[0] ?? "") : values];
    }),
  );
}
