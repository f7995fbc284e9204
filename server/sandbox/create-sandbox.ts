// A pretend Follow Up Boss, Rollout, Aventora Hub, Twilio and language model, with phones and pages like a CRM's, on one port
// of this machine; pretend mail servers on ports of their own, once somebody needs them.
// Started by the demo, by tests, and by anyone who wants to try the gateway without an account.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import express, { type Express, type NextFunction, type Request, type Response } from "express";
import { systemClock } from "../base/clock.ts";
import { createControlDoor } from "./control-door.ts";
import { createFubRouter } from "./fub/create-fub-router.ts";
import { createFubWorld, type FubWorld } from "./fub/create-fub-world.ts";
import { createHubRouter } from "./hub/create-hub-router.ts";
import { createHubState, type HubWorld } from "./hub/create-hub-world.ts";
import { emitInbound } from "./hub/run-engagement.ts";
import { createLlmRouter } from "./llm/create-llm-router.ts";
import { createLlmWorld, type LlmWorld } from "./llm/create-llm-world.ts";
import { createMailWorld } from "./mail/create-mail-world.ts";
import { createMailboxRouter } from "./mail/create-mailbox-router.ts";
import type { MailWorld } from "./mail/mail-types.ts";
import { createCrmRouter } from "./pages/create-crm-router.ts";
import { createPhonesRouter } from "./pages/create-phones-router.ts";
import { nameOfPhone } from "./pages/name-of-phone.ts";
import { createRolloutRouter } from "./rollout/create-rollout-router.ts";
import { createRolloutWorld, type RolloutWorld } from "./rollout/create-rollout-world.ts";
import type { RolloutOptions } from "./rollout/rollout-types.ts";
import type { SandboxAccount, SandboxClock } from "./sandbox-types.ts";
import type { TwilioOptions } from "./twilio/create-twilio-state.ts";
import { createTwilioWorld, type TwilioWorld } from "./twilio/create-twilio-world.ts";
import { createTwilioRouter } from "./twilio/rest/create-twilio-router.ts";
import type { WebhookOptions } from "./webhooks/webhook-types.ts";

export interface SandboxOptions {
  /** Wall clock unless a test brings its own. */
  clock?: SandboxClock;
  /** Copied; see demoWorld() for ready-made ones. */
  accounts?: SandboxAccount[];
  /** Where the embedded apps live, e.g. http://127.0.0.1:8010; may be set later. */
  gatewayUrl?: string;
  /** What differs from Follow Up Boss in sending webhooks, e.g. `{ retryMs: [50, 50] }` for tests. */
  webhooks?: Partial<WebhookOptions>;
  /** Accounts reached through Rollout, and how it behaves; see rolloutWorld() for a ready-made one. */
  rollout?: RolloutOptions;
  /** Accounts at Twilio and how it behaves; see demoTwilio() for ready-made ones. */
  twilio?: TwilioOptions;
  log?: (line: string) => void;
}

export interface Sandbox {
  /** On 127.0.0.1; port 0 takes a free one. */
  listen(port: number): Promise<{ url: string }>;
  /** Ends everything, requests that are never answered included. */
  close(): Promise<void>;
  setGatewayUrl(url: string): void;
  /** State of the pretend Follow Up Boss, free to read and change. */
  fub: FubWorld;
  /** State of the pretend Hub, likewise. */
  hub: HubWorld;
  /** State of the pretend Rollout, likewise; its API is at `/rollout/api`. */
  rollout: RolloutWorld;
  /** State of the pretend language model, likewise; its address is `/llm/v1`. */
  llm: LlmWorld;
  /** State of the pretend mail servers; `mail.open()` opens them. Contacts' mail is at `/mailbox`. */
  mail: MailWorld;
  /** State of the pretend Twilio, likewise; its API is at `/twilio`, its phones are at `/phones`. */
  twilio: TwilioWorld;
}

export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const clock = options.clock ?? systemClock;
  const log = options.log ?? (() => undefined);
  const fub = createFubWorld(options.accounts ?? [], clock, options.webhooks);
  const state = createHubState(clock);
  const hub: HubWorld = Object.assign(state, {
    emitInbound: (call: Parameters<HubWorld["emitInbound"]>[0]) => emitInbound(state, call),
  });
  const rollout = createRolloutWorld(options.rollout ?? {}, clock);
  const llm = createLlmWorld(clock);
  const mail = createMailWorld(clock);
  const addresses = { own: "", gateway: options.gatewayUrl ?? "" };
  const twilio = createTwilioWorld(options.twilio ?? {}, clock, () => `${addresses.own}/twilio`);
  const app = express();
  app.disable("x-powered-by").disable("etag");
  app.use("/v1", createFubRouter(fub));
  app.use(
    "/hub",
    createHubRouter(hub, () => addresses.own),
  );
  app.use("/rollout/api", createRolloutRouter(rollout));
  app.use("/llm/v1", createLlmRouter(llm));
  app.use("/__control", createControlDoor({ fub, hub, rollout, llm, mail, twilio }));
  app.use("/mailbox", createMailboxRouter(mail));
  app.use("/twilio", createTwilioRouter(twilio));
  app.use(
    "/phones",
    createPhonesRouter(twilio, (number) => nameOfPhone(fub, number)),
  );
  app.use(createCrmRouter(fub, () => addresses.gateway));
  app.use(answerError);
  const server = openServer(app, log, (url) => {
    addresses.own = url;
  });
  return {
    fub,
    hub,
    rollout,
    llm,
    mail,
    twilio,
    setGatewayUrl: (url) => {
      addresses.gateway = url.replace(/\/+$/, "");
    },
    listen: server.listen,
    close: async () => {
      fub.dispatcher.stop();
      rollout.dispatcher.stop();
      twilio.stop();
      await Promise.all([server.close(), mail.close()]);
    },
  };
}

/** JSON for what the other routers could not read; four parameters are how express knows it. */
function answerError(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) {
    next(error);
    return;
  }
  const status = error instanceof Error && "status" in error ? Number(error.status) : 500;
  response.status(status).json({ errorMessage: error instanceof Error ? error.message : String(error) });
}

function openServer(
  app: Express,
  log: (line: string) => void,
  opened: (url: string) => void,
): Pick<Sandbox, "listen" | "close"> {
  const server = createServer(app);
  return {
    listen: (port) =>
      new Promise((resolve, reject) => {
        server.once("error", reject);
        server.listen(port, "127.0.0.1", () => {
          server.off("error", reject);
          const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
          opened(url);
          log(`Practice Follow Up Boss at ${url}`);
          resolve({ url });
        });
      }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
