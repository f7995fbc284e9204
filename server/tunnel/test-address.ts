// Asks an address from outside in whether it leads to this gateway: once as Follow Up Boss's servers ask, once as a
// browser, since some tunnels show browsers a page of their own first.
import type { Clock } from "../base/clock.ts";
import type { HealthProof } from "./prove-health.ts";
import { type Trouble, trouble } from "./say-trouble.ts";
import type { Proven } from "./tunnel-state.ts";

export interface AddressTestDeps {
  readonly proof: HealthProof;
  readonly fetch: typeof globalThis.fetch;
  /** Ms one answer may take. */
  readonly limitMs: number;
}

/** `signal` gives it up. */
export type TestAddress = (url: string, signal?: AbortSignal) => Promise<Proven | Trouble>;

export interface TestedAddress {
  /** Epoch ms. */
  readonly at: number;
  readonly url: string;
  readonly found: Proven | Trouble;
  readonly ms: number;
}

const PROGRAM = { accept: "application/json", "user-agent": "AventoraGateway-SelfTest" };
const BROWSER = {
  accept: "text/html,application/xhtml+xml",
  "user-agent":
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
};
const MOST_BYTES = 16_384;
/** An address of nobody's (RFC 5737): what a client might write itself. Who names clients adds to it or writes another. */
const MADE_UP_CLIENT = "192.0.2.1";

/** Names kept for examples and tests (RFC 2606): nobody can be reached there, so nobody is asked. */
const FOR_EXAMPLES = /(^|\.)(example(\.(com|net|org))?|test|invalid)$/;

export function createAddressTest(deps: AddressTestDeps): TestAddress {
  return async (url, signal) => {
    const { hostname } = new URL(url);
    if (FOR_EXAMPLES.test(hostname))
      return trouble("unreachable", `${hostname} is a name for examples and leads nowhere`);
    const asked = await ask(deps, url, PROGRAM, signal);
    if ("code" in asked) return asked;
    const browsed = await ask(deps, url, BROWSER, signal);
    const pageInFront = "code" in browsed && browsed.code !== "unreachable";
    return { url, pageInFront, namesClients: asked.namesClients, ...(asked.direct && { direct: true }) };
  };
}

export async function testTimed(
  { clock, test }: { readonly clock: Clock; readonly test: TestAddress },
  url: string,
  signal?: AbortSignal,
): Promise<TestedAddress> {
  const began = clock.monotonic();
  const found = await test(url, signal);
  return { at: clock.now(), url, found, ms: Math.round(clock.monotonic() - began) };
}

async function ask(
  { proof, fetch, limitMs }: AddressTestDeps,
  url: string,
  headers: Record<string, string>,
  given: AbortSignal | undefined,
): Promise<Trouble | { readonly namesClients: boolean; readonly direct: boolean }> {
  const nonce = proof.issue();
  const limit = AbortSignal.timeout(limitMs);
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${url}/health?nonce=${nonce}`, {
      headers: { ...headers, "x-forwarded-for": MADE_UP_CLIENT },
      redirect: "manual",
      signal: given === undefined ? limit : AbortSignal.any([limit, given]),
    });
    text = await readStart(response);
  } catch (error) {
    proof.settle(nonce, undefined);
    return trouble("unreachable", `Nobody answers at ${new URL(url).host}: ${sayFailure(error, limitMs)}`);
  }
  const { ours, arrival } = proof.settle(nonce, parseAnswer(text)?.proof);
  if (ours)
    return { namesClients: isNamed(arrival?.forwardedFor), direct: isOwnPort(new URL(url), arrival?.port) };
  const where = `${new URL(url).host} answered with status ${response.status}`;
  return trouble(response.ok ? "foreign" : "not_passed", where);
}

const THIS_COMPUTER = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** An address of this computer's own, by the very port it came in by: nothing stands between, and nobody outside comes so. */
const isOwnPort = ({ hostname, port, protocol }: URL, cameInBy: number | undefined): boolean =>
  THIS_COMPUTER.test(hostname) && Number(port || (protocol === "https:" ? 443 : 80)) === cameInBy;

/** Nothing at all is no name: what stands in front then takes away what a client wrote, and everybody looks alike. */
function isNamed(forwardedFor: string | undefined): boolean {
  const last = forwardedFor?.split(",").at(-1)?.trim() ?? "";
  return last !== "" && last !== MADE_UP_CLIENT;
}

/** Whatever answers may send without end. */
async function readStart(response: Response): Promise<string> {
  let text = "";
  const decoder = new TextDecoder();
  for await (const piece of response.body ?? []) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > MOST_BYTES) break;
  }
  return text;
}

function parseAnswer(text: string): { readonly proof?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

const WORDS: Readonly<Record<string, string>> = {
  ENOTFOUND: "the name is not known",
  EAI_AGAIN: "names cannot be looked up right now",
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was cut",
  UND_ERR_SOCKET: "the connection was cut",
  ENETUNREACH: "there is no network",
  EHOSTUNREACH: "there is no way to it",
  CERT_HAS_EXPIRED: "its certificate has expired",
  DEPTH_ZERO_SELF_SIGNED_CERT: "its certificate is not signed by anybody known",
  SELF_SIGNED_CERT_IN_CHAIN: "its certificate is not signed by anybody known",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "its certificate cannot be verified",
  ERR_TLS_CERT_ALTNAME_INVALID: "its certificate is for another name",
};

function sayFailure(error: unknown, limitMs: number): string {
  if (error instanceof Error && error.name === "TimeoutError")
    return `no answer in ${limitMs / 1000} seconds`;
  const cause = error instanceof Error ? (error.cause as { readonly code?: unknown } | undefined) : undefined;
  const code = String(cause?.code ?? "");
  return WORDS[code] ?? (code || "the connection failed");
}
