// A gateway whose contact rules are tried: hours hold on the simulator too, a clock that is moved, people with numbers and
// addresses anywhere, and the ledger as the console shows it.
import { expect } from "vitest";
import { buildPerson, buildPhone } from "../../server/sandbox/build-account.ts";
import type { SandboxAccount } from "../../server/sandbox/sandbox-types.ts";
import { type LedgerRow, ledgerPageSchema } from "../../shared/console/contact-rules.schema.ts";
import type { TenantSetup } from "../../shared/setup.schema.ts";
import { isTerminal } from "../../shared/values.ts";
import { askConsole } from "./console-client.ts";
import { openSigned, type StartAnswer, startOn } from "./embed-client.ts";
import { createShiftingClock, type ShiftingClock } from "./shifting-clock.ts";
import { startTestWorld, type TestWorld } from "./start-gateway.ts";
import { integratorKey, listed, type Reachable, startOutreach, untilOver } from "./talk-to-gateway.ts";

export interface RulesWorld extends TestWorld {
  readonly clock: ShiftingClock;
  readonly account: SandboxAccount;
}

/** `begins`: ISO, what the gateway's clock shows at first. */
export async function startRulesWorld(
  begins: string,
  tenant: Partial<TenantSetup> = {},
): Promise<RulesWorld> {
  const clock = createShiftingClock(Date.parse(begins));
  const world = await startTestWorld({
    clock,
    setup: (setup) => ({
      ...setup,
      tenants: (setup.tenants ?? []).map((one) =>
        one.domain_name === "fub-test" ? { ...one, contact_hours: "always", ...tenant } : one,
      ),
    }),
  });
  return { ...world, clock, account: world.sandbox.fub.account("fub-test") };
}

/** Moves the clock on to a time, ISO. */
export function moveTo({ clock }: Pick<RulesWorld, "clock">, iso: string): void {
  const ahead = Date.parse(iso) - clock.now();
  if (ahead < 0) throw new Error(`${iso} has passed`);
  clock.shift(ahead);
}

export interface Somebody {
  readonly id: number;
  readonly phone: string;
  readonly tags?: string[];
  /** Of their address: "CA", "Florida". */
  readonly state?: string;
}

/** Puts people into the brokerage's account, where both agents see them. */
export function addPeople({ account }: Pick<RulesWorld, "account">, people: readonly Somebody[]): void {
  for (const { id, phone, tags = [], state } of people)
    account.people.push(
      buildPerson({
        id,
        firstName: "Person",
        lastName: String(id),
        tags,
        phones: [buildPhone(phone)],
        addresses: state === undefined ? [] : [{ type: "home", state, code: "", country: "" }],
        assignedUserId: 2,
        collaborators: [2, 3],
      }),
    );
}

/** A Smart List of these people, in this order. Returns its id. */
export function addList({ account }: Pick<RulesWorld, "account">, personIds: readonly number[]): string {
  const id = 9_000 + account.smartLists.length;
  account.smartLists.push({
    id,
    name: `List ${id}`,
    isFub2: true,
    description: null,
    shared: true,
    createdById: 1,
    members: { personIds: [...personIds] },
    order: [...personIds],
  });
  return String(id);
}

/** Ann clicks start on the person's page. */
export async function click(
  at: Pick<RulesWorld, "url" | "account">,
  personId: number,
  body: Readonly<Record<string, unknown>> = {},
): Promise<StartAnswer> {
  const { model } = await openSigned(at.url, { account: at.account, userId: 2, personId });
  return startOn(at.url, model.session, body);
}

/** A start by another program, refused or not. */
export async function ask(
  at: Reachable,
  body: Readonly<Record<string, unknown>>,
  { path = "/integration/start", key }: { readonly path?: string; readonly key?: string } = {},
): Promise<StartAnswer> {
  const response = await fetch(`${at.url}${path}`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${integratorKey(at)}`,
      "content-type": "application/json",
      ...(key === undefined ? {} : { "idempotency-key": key }),
    },
    body: JSON.stringify({ domain_name: "fub-test", ...body }),
  });
  return { status: response.status, body: (await response.json()) as StartAnswer["body"] };
}

export const BY_PERSON = "/integration/followupboss/start-from-person";

/** The refusal's details, which every refused start carries. */
export const refusalOf = ({ body }: StartAnswer) =>
  (body.error?.details ?? {}) as { engagement_id?: string; rule?: string; next_allowed_at?: string };

/** What was due by now has gone out once this has: an e-mail, which has no hours, asked for last. */
export async function letDueGoOut(at: Reachable): Promise<void> {
  await untilOver(
    at,
    await startOutreach(at, { email_address: `due-${crypto.randomUUID().slice(0, 8)}@people.example` }),
  );
}

/** Newest first. */
export const ledgerOf = async (
  at: Reachable,
  query: Readonly<Record<string, string>>,
): Promise<LedgerRow[]> =>
  (
    await askConsole(
      at,
      ledgerPageSchema,
      `/ledger?${new URLSearchParams({ tenant: "fub-test", limit: "500", ...query })}`,
    )
  ).rows;

/**
 * Every outreach of the brokerage so far was decided upon exactly once when it was asked for, and exactly once more where it
 * went out or was refused then; whoever has no outreach was kept out of a campaign.
 */
export async function expectOneRowEach(at: Reachable): Promise<void> {
  const rows = await ledgerOf(at, {});
  const { engagements } = await listed(at, "tenant=fub-test&limit=500");
  expect(engagements.length).toBeGreaterThan(0);
  for (const { engagement_id: id, rule, status, outcome } of engagements) {
    const own = rows.filter((row) => row.engagement_id === id);
    const at = (stage: string) => own.filter((row) => row.stage === stage && row.decision !== "held").length;
    const waits = !isTerminal(status);
    const queued = own.filter(({ stage }) => stage === "queue");
    expect(queued, `${id}: asked for`).toHaveLength(1);
    if (rule !== null) expect(queued[0], id).toMatchObject({ decision: "refused", rule });
    if (waits) continue;
    expect(at("launch"), `${id}: ${status} ${outcome}`).toBe(rule !== null || outcome === "canceled" ? 0 : 1);
  }
  for (const row of rows.filter(({ engagement_id }) => engagement_id === null))
    expect(row).toMatchObject({ campaign_id: expect.any(String), stage: "queue", decision: "refused" });
}

/** "stage decision rule" of each row about an outreach, in their order. */
export const decisionsOn = async (at: Reachable, engagementId: string): Promise<string[]> =>
  (await ledgerOf(at, { search: engagementId }))
    .toReversed()
    .map(({ stage, decision, rule }) => [stage, decision, ...(rule === null ? [] : [rule])].join(" "));
