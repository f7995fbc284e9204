// Opens a tunnel through ngrok's own library, which is loaded when it is first used. One session for each opening, so
// that closing leaves none behind: free accounts allow few at a time.
import type { Listener, Session, SessionBuilder } from "@ngrok/ngrok";
import type { Clock } from "../base/clock.ts";
import { redactText } from "../base/redact-text.ts";
import {
  localUrl,
  type OpenedTunnel,
  type OpenTunnel,
  type TunnelConfig,
  type TunnelTarget,
} from "./open-tunnel.ts";
import { type Trouble, type TroubleCode, trouble } from "./say-trouble.ts";

/** What is used of the library, in its own types. */
export interface NgrokSdk {
  readonly SessionBuilder: new () => NgrokBuilder;
}
export type NgrokListener = Pick<Listener, "url" | "join">;
type Chained<Method extends (...given: never[]) => unknown, Result> = (
  ...given: Parameters<Method>
) => Result;
export interface NgrokBuilder {
  authtoken: Chained<SessionBuilder["authtoken"], NgrokBuilder>;
  clientInfo: Chained<SessionBuilder["clientInfo"], NgrokBuilder>;
  connect(): Promise<NgrokSession>;
}
export interface NgrokSession extends Pick<Session, "close"> {
  httpEndpoint(): NgrokEndpoint;
}
export interface NgrokEndpoint {
  domain(domain: string): NgrokEndpoint;
  listenAndForward(toUrl: string): Promise<NgrokListener>;
}

/** Ms what still connects may take to end; a connect without an answer has no limit of its own. */
const CLOSE_MS = 2_000;

/** The compiler holds the library to what is used of it. */
export const loadNgrok = async (): Promise<NgrokSdk> => import("@ngrok/ngrok");

export function createNgrokTunnel(
  load: () => Promise<NgrokSdk>,
  version: string,
  sleep: Clock["sleep"],
): OpenTunnel {
  return (config, target, { onAddress, onEnd, onOutput }) => {
    const opening: Opening = { closed: false };
    const ended = (why: Trouble): void => {
      if (!opening.closed) onEnd(why);
    };
    const work = connect(load, version, config, target, opening).then(
      (listener) => {
        const url = listener?.url();
        if (!listener || opening.closed) return;
        if (!url) return ended(trouble("service_refused", "ngrok named no address"));
        onOutput(`ngrok leads ${url} here`);
        onAddress(url.replace(/\/+$/, ""));
        // Ends when ngrok's network or the account's dashboard ended it for good.
        void listener.join().then(
          () => ended(trouble("ended", "ngrok closed it")),
          (error: unknown) => ended(sayNgrokError(error)),
        );
      },
      (error: unknown) => ended(sayNgrokError(error)),
    );
    return closing(opening, work, sleep);
  };
}

interface Opening {
  closed: boolean;
  session?: NgrokSession;
}

async function connect(
  load: () => Promise<NgrokSdk>,
  version: string,
  { secrets, tunnel_domain: domain }: TunnelConfig,
  target: TunnelTarget,
  opening: Opening,
): Promise<NgrokListener | undefined> {
  const token = secrets.ngrok_authtoken;
  if (token === undefined)
    throw new NgrokTrouble("incomplete", "The authtoken of the ngrok account is missing");
  const { SessionBuilder } = await load();
  if (opening.closed) return undefined;
  opening.session = await new SessionBuilder()
    .authtoken(token)
    .clientInfo("aventora-gateway", version)
    .connect();
  if (opening.closed) return undefined;
  const endpoint = opening.session.httpEndpoint();
  return (domain === "" ? endpoint : endpoint.domain(domain)).listenAndForward(localUrl(target));
}

function closing(opening: Opening, work: Promise<void>, sleep: Clock["sleep"]): OpenedTunnel {
  const closeSession = async (): Promise<void> => {
    await opening.session?.close().catch(() => undefined);
  };
  return {
    close: async () => {
      opening.closed = true;
      // Again after the work: what was connected only meanwhile, however late that is.
      const closed = closeSession()
        .then(() => work)
        .then(closeSession);
      const over = new AbortController();
      await Promise.race([closed, sleep(CLOSE_MS, over.signal)]);
      over.abort();
    },
  };
}

class NgrokTrouble extends Error {
  readonly code: TroubleCode;
  constructor(code: TroubleCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

// ngrok's codes (its documentation, "Errors"), and the words of its messages where a code is not known here.
const KNOWN: readonly (readonly [RegExp, TroubleCode])[] = [
  [/ERR_NGROK_108\b|simultaneous/i, "account_limit"],
  [/ERR_NGROK_334\b|already online/i, "domain_in_use"],
  [/ERR_NGROK_(?:105|107|4018|4019)\b|authtoken|authentication failed/i, "token_refused"],
  [/ERR_NGROK_3(?:13|14|19|20|26)\b|reserve|domain|hostname/i, "domain_refused"],
  [/dial|dns|lookup|timed? ?out|connection refused|unreachable|failed to connect|tls/i, "no_network"],
];

export function sayNgrokError(error: unknown): Trouble {
  if (error instanceof NgrokTrouble) return trouble(error.code, error.message);
  const given = error as { readonly message?: unknown; readonly errorCode?: unknown } | null;
  const text = redactText(String(given?.message ?? error))
    .replace(/\s+/g, " ")
    .trim();
  const coded = typeof given?.errorCode === "string" ? `${text} (${given.errorCode})` : text;
  const code = KNOWN.find(([pattern]) => pattern.test(coded))?.[1] ?? "service_refused";
  return trouble(code, coded.slice(0, 300));
}
