// Decides a start within its transaction: whom it reaches, now or when their hours allow, or which rule refuses it.
import type { TenantSettings } from "../../shared/settings.schema.ts";
import type { RefusalReason } from "../../shared/values.ts";
import { GatewayError } from "../base/errors.ts";
import type { ContactDetail } from "../contact/check-contact.ts";
import type { DbOrTrx } from "../db/schema.ts";
import { checkRules } from "./check-rules.ts";
import type { EngagementDeps } from "./engagement-deps.ts";
import { chooseContact } from "./may-contact.ts";
import type { Decided } from "./note-decision.ts";
import type { StartRequest } from "./start-request.ts";

export interface StartDecision {
  readonly contact: string | null;
  readonly rule: RefusalReason | null;
  /** For the person who asked, where it is refused. */
  readonly sentence: string | null;
  /** When it may go out, epoch ms: the refusal's offer, or what an accepted one waits for; null where nothing is known. */
  readonly until: number | null;
  /** For the ledger. */
  readonly decided: Decided;
}

export interface StartPlace {
  readonly tenant: Readonly<TenantSettings>;
  readonly provider: string;
  readonly now: number;
}

export async function decideStart(
  deps: EngagementDeps,
  db: DbOrTrx,
  request: StartRequest,
  { tenant, provider, now }: StartPlace,
): Promise<StartDecision> {
  const verdict = chooseContact(request);
  if (!verdict.ok) {
    const { rule } = verdict;
    const decided = { decision: "refused", rule } as const;
    return { contact: null, rule, sentence: new GatewayError(rule).sentence, until: null, decided };
  }
  const { contact } = verdict;
  const decision = await checkRules(deps, db, {
    tenant,
    provider,
    contact,
    channel: request.channel,
    personId: request.person.id,
    crmAccountId: request.crmAccountId,
    known: request.person.known,
    at: Math.max(now, request.scheduledAt ?? now),
  });
  if (decision.decision === "allowed")
    return { contact, rule: null, sentence: null, until: null, decided: decision };
  const { rule, sentence, detail } = decision;
  if (decision.decision === "held" && decision.never) {
    const decided = { decision: "refused", rule, detail: withoutTime(detail) } as const;
    return { contact, rule, sentence, until: null, decided };
  }
  const until = decision.until ?? null;
  // Nobody sits in front of it: it waits for their hours rather than being dropped.
  const waits = decision.decision === "held" && request.whenClosed === "wait";
  if (waits) return { contact, rule: null, sentence: null, until, decided: decision };
  return { contact, rule, sentence, until, decided: { decision: "refused", rule, detail } };
}

const withoutTime = ({ until: _never, ...detail }: ContactDetail): ContactDetail => detail;
