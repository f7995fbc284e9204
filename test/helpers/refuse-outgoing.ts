// No test may reach anybody: loaded before everything else, this refuses every connection to another machine and every
// question to a name server, and writes down what was tried where the tests' own process reads it. Loaded by
// stay-home.ts in the processes that run tests, by NODE_OPTIONS in those they start.

import dns from "node:dns";
import { appendFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import net, { isIP, type LookupFunction, type Socket } from "node:net";
import { promisify } from "node:util";

/** Names that lead nowhere by definition (RFC 2606); a test may try them, and is told so without a question. */
const NOWHERE = /\.(invalid|test|example)$/i;

function isThisMachine(host: string): boolean {
  const bare = host.replace(/^\[|\]$/g, "").toLowerCase();
  if (isIP(bare) === 4) return bare.startsWith("127.");
  if (isIP(bare) === 6) return bare === "::1" || /^::ffff:127\./.test(bare);
  return bare === "localhost" || bare.endsWith(".localhost");
}

interface ConnectOptions {
  readonly path?: string | null;
  readonly host?: string | null;
  readonly port?: unknown;
  /** Who looks the name up itself is watched for what it found. */
  lookup?: LookupFunction;
}

/** Where a call of `connect` leads: undefined for a socket of the file system. */
function targetOf(given: readonly unknown[]): { host: string; port: string } | undefined {
  // Node hands its own calls over as a list of options and callback.
  const first: unknown = Array.isArray(given[0]) ? given[0][0] : given[0];
  if (typeof first === "object" && first !== null) {
    const options = first as ConnectOptions;
    const { path, host, port, lookup } = options;
    if (lookup) options.lookup = watched(lookup);
    return path || lookup ? undefined : { host: host || "localhost", port: String(port) };
  }
  if (typeof first === "string" && !/^\d+$/.test(first)) return undefined;
  return { host: typeof given[1] === "string" ? given[1] : "localhost", port: String(first) };
}

function watched(lookup: LookupFunction): LookupFunction {
  return (host, options, answer) =>
    lookup(host, options, (error, found, family) => {
      const addresses = typeof found === "string" ? [found] : (found ?? []).map(({ address }) => address);
      const outside = error ? undefined : addresses.find((address) => !isThisMachine(address));
      if (outside === undefined) answer(error, found, family);
      else answer(refusal(`a connection to ${outside} (${host})`, outside), found, family);
    });
}

function refusal(what: string, host: string): NodeJS.ErrnoException {
  const isNowhere = NOWHERE.test(host);
  if (!isNowhere) writeDown(what);
  const error: NodeJS.ErrnoException = new Error(`${what} was refused: tests stay on this machine`);
  error.code = isNowhere || isIP(host) === 0 ? "ENOTFOUND" : "ENETUNREACH";
  return error;
}

function writeDown(what: string): void {
  const report = process.env.OUTGOING_REPORT;
  if (report !== undefined) appendFileSync(report, `${what}\n`);
  process.stderr.write(`A test tried to reach another machine: ${what}\n`);
}

function refuseConnections(): void {
  const { connect } = net.Socket.prototype;
  const guarded = function (this: Socket, ...given: unknown[]): Socket {
    const target = targetOf(given);
    if (target === undefined || isThisMachine(target.host))
      return Reflect.apply(connect, this, given) as Socket;
    const error = refusal(`a connection to ${target.host}:${target.port}`, target.host);
    // As a network would: later, when whoever asked listens.
    Object.assign(this, { connecting: true });
    setImmediate(() => this.destroy(error));
    return this;
  };
  net.Socket.prototype.connect = guarded as typeof connect;
}

const staysHome = (host: string): boolean => isIP(host) !== 0 || isThisMachine(host);

type Answer = (error: Error | null, ...found: unknown[]) => void;

function refuseQuestions(): void {
  const { lookup } = dns;
  const { lookup: promised } = dns.promises;
  const guarded = (host: string, ...rest: unknown[]): void => {
    if (staysHome(host)) return void Reflect.apply(lookup, dns, [host, ...rest]);
    const error = refusal(`a question for the address of ${host}`, host);
    process.nextTick(rest.at(-1) as Answer, error);
  };
  const guardedPromise = async (host: string, ...rest: unknown[]): Promise<unknown> => {
    if (staysHome(host)) return Reflect.apply(promised, dns.promises, [host, ...rest]);
    throw refusal(`a question for the address of ${host}`, host);
  };
  Object.assign(guarded, { [promisify.custom]: guardedPromise });
  Object.assign(dns, { lookup: guarded });
  Object.assign(dns.promises, { lookup: guardedPromise });
}

const MARK = Symbol.for("outgoing connections are refused");
// Test files of one process share what was loaded, or do not.
if (!Object.hasOwn(net.Socket.prototype, MARK)) {
  Object.defineProperty(net.Socket.prototype, MARK, { value: true });
  refuseConnections();
  refuseQuestions();
  syncBuiltinESMExports();
}
