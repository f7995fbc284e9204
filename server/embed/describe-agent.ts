// Who acts on an opened page, in words: shown on both pages, and written to the journal.
import type { EmbedModel } from "../../shared/embed.schema.ts";
import type { Actor } from "../engagements/start-request.ts";
import type { Admitted } from "./admit-app.ts";
import type { EmbedDeps } from "./embed-deps.ts";

const MATCH_WORDS = {
  phone: "matched by phone",
  fub_user: "matched by Follow Up Boss user",
  email: "matched by e-mail",
  none: "not matched to an agent",
} as const;

export function describeAgent(
  { identified }: Pick<Admitted, "identified">,
  actor: Actor,
): NonNullable<EmbedModel["agent"]> {
  return {
    name: actor.name ?? "the brokerage",
    from: actor.fromNumber,
    matched: MATCH_WORDS[identified.rule ?? "none"],
    warning: warningOf(identified.rule !== null, actor.fromNumber),
  };
}

function warningOf(recognised: boolean, from: string | null): string | null {
  if (!recognised) {
    return "You are not recognised as one of the brokerage's agents, so this goes out with the brokerage's number and key. Ask your admin to set your phone.";
  }
  return from === null ? "No outreach phone is set for you or the brokerage." : null;
}

/** `what`: "the app", "the campaign app". */
export function tellOpened(
  deps: Pick<EmbedDeps, "journal">,
  admitted: Admitted,
  what: string,
  personId: string | null,
): void {
  const { app, context, identified, tenant, origin } = admitted;
  deps.journal.tell({
    event: "embed.opened",
    message: `${context.user.name ?? "Somebody"} opened ${what} (${MATCH_WORDS[identified.rule ?? "none"]})`,
    severity: identified.rule === null ? "warn" : "info",
    tenant: tenant.domain_name,
    userId: identified.acting.userId,
    personId,
    detail: {
      app,
      rule: identified.rule ?? "none",
      signed_with: origin,
      account: context.account.domain,
      fub_user: context.user.id,
    },
  });
}
