// How the internet reaches this gateway right now, as the console shows it: the tunnel's state in words, the address in
// force and who gives it, whether apps in Follow Up Boss still point elsewhere.
import { PRACTICE_TENANT } from "../../../shared/console/sandbox.schema.ts";
import type { AddressTest, TunnelView } from "../../../shared/console/tunnel.schema.ts";
import { journalQuerySchema } from "../../../shared/journal.schema.ts";
import { keepsItsAddress } from "../../../shared/tunnel-settings.schema.ts";
import { isoTime } from "../../base/clock.ts";
import { GatewayError } from "../../base/errors.ts";
import { sayKeyNeeded } from "../../tunnel/say-key-needed.ts";
import { trouble } from "../../tunnel/say-trouble.ts";
import type { TestedAddress } from "../../tunnel/test-address.ts";
import type { AdminDeps } from "../admin-deps.ts";

/** Brokerages looked through. */
const MOST_TENANTS = 50;

export async function readTunnel(deps: AdminDeps): Promise<TunnelView> {
  const { settings } = deps;
  const { kind, state, output, lastTest: tunnelTest } = deps.tunnel.read();
  const own = deps.ownAddress.read();
  const lastTest = own.address === undefined ? tunnelTest : own.lastTest;
  return {
    kind,
    phase: state.phase,
    url: state.url,
    since: state.phase === "off" ? null : isoTime(state.since),
    tries: state.tries,
    retry_at: state.retryAt === null ? null : isoTime(state.retryAt),
    trouble: kind === "none" ? sayKeyNeeded(own) : state.trouble,
    last_test: lastTest ? describeTest(lastTest) : null,
    output: [...output],
    address: settings.publicAddress() ?? null,
    from: settings.publicAddressFrom(),
    stable: settings.publicAddressFrom() !== "tunnel" || keepsItsAddress(settings.platform()),
    moved: await readMove(deps),
  };
}

/** Asks the address in force; without one, what the tunnel has to offer. @throws GatewayError not_ready. */
export async function testAddress(deps: AdminDeps): Promise<AddressTest> {
  const { state } = deps.tunnel.read();
  const url = deps.settings.publicAddress() ?? state.url ?? state.candidates[0];
  if (url === undefined)
    throw new GatewayError("not_ready", {
      sentence: "There is no public address to test yet. Enter one, or choose a tunnel and save.",
    });
  const own = url === deps.ownAddress.read().address;
  return describeTest(await (own ? deps.ownAddress : deps.tunnel).test(url));
}

function describeTest({ at, url, found, ms }: TestedAddress): AddressTest {
  const base = { at: isoTime(at), url, ms };
  if ("code" in found) return { ...base, ok: false, sentence: found.sentence, remedy: found.remedy };
  if (!found.pageInFront)
    return { ...base, ok: true, sentence: `${url} leads to this gateway.`, remedy: null };
  const { sentence, remedy } = trouble("page_in_front");
  return { ...base, ok: false, sentence, remedy };
}

/**
 * A move that apps in Follow Up Boss may not have followed: those of brokerages that opened no app since. Null when all
 * that ever opened one opened it again, or somebody said it is done.
 */
export async function readMove(
  deps: Pick<AdminDeps, "addressRecord" | "settings" | "journal">,
): Promise<TunnelView["moved"]> {
  const move = deps.addressRecord.moved();
  if (move === null) return null;
  const at = isoTime(move.at);
  const tenants: string[] = [];
  for (const { domain_name: tenant } of deps.settings.current().tenants.slice(0, MOST_TENANTS)) {
    if (tenant === PRACTICE_TENANT) continue;
    const query = journalQuerySchema.parse({ tenant, event: "embed.opened", limit: 1 });
    const [opened] = await deps.journal.query(query);
    if (opened && opened.at < at) tenants.push(tenant);
  }
  return tenants.length === 0 ? null : { from: move.from, at, tenants };
}

/** Somebody says that the apps were changed. */
export function followedMove(deps: AdminDeps): void {
  deps.addressRecord.forgetMove();
}
