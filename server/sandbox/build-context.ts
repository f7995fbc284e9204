// What Follow Up Boss tells an embedded app about who opened it on whom. Used by the CRM pages and by tests.
import { STAGE_IDS } from "./fub/shape-person.ts";
import type { SandboxAccount, SandboxPerson, SandboxUser } from "./sandbox-types.ts";

export interface ContextParts {
  account: Pick<SandboxAccount, "id" | "domain" | "owner">;
  user: Pick<SandboxUser, "id" | "name" | "email" | "phone">;
  /** Left out in the campaign app. */
  person?: Pick<SandboxPerson, "id" | "firstName" | "lastName" | "phones" | "emails" | "stage">;
  /** No capture has `user.phone`; on request it is there. */
  withUserPhone?: boolean;
}

/** The context object, members in the order of the vendor's vector. */
export function buildContext({
  account,
  user,
  person,
  withUserPhone,
}: ContextParts): Record<string, unknown> {
  return {
    // Without a person the word is not documented; "person" is the only one ever seen with one.
    context: person ? "person" : "account",
    account: { id: account.id, domain: account.domain, owner: { ...account.owner } },
    user: {
      id: user.id,
      name: user.name,
      email: user.email,
      ...(withUserPhone && { phone: user.phone }),
    },
    ...(person && { person: personContext(person) }),
  };
}

function personContext(person: NonNullable<ContextParts["person"]>): Record<string, unknown> {
  return {
    id: person.id,
    firstName: person.firstName,
    lastName: person.lastName,
    phones: person.phones.map(
      ({ value, type, status, isPrimary, normalized, relationshipId, isLandline }) => ({
        value,
        type,
        status,
        isPrimary,
        normalized,
        relationshipId,
        isLandline,
      }),
    ),
    emails: person.emails.map(({ value, type, status, isPrimary }) => ({
      value,
      type,
      status,
      isPrimary,
      relationshipId: 0,
    })),
    stage: { id: STAGE_IDS[person.stage] ?? 20, name: person.stage },
  };
}
