// Whose phone a number is: a person or an agent of the practice CRM. Asked by the page of the practice phones.

import type { FubWorld } from "../fub/create-fub-world.ts";
import { normalizePhone } from "../fub/normalize-phone.ts";
import { personName } from "../fub/shape-person.ts";

/** `number` in E.164; undefined when nobody in the CRM has it. */
export function nameOfPhone({ accounts }: Pick<FubWorld, "accounts">, number: string): string | undefined {
  const wanted = normalizePhone(number);
  for (const { users, people } of accounts) {
    const agent = users.find(({ phone }) => phone !== "" && normalizePhone(phone) === wanted);
    if (agent) return `${agent.name} (agent)`;
    const person = people.find(({ phones }) => phones.some(({ normalized }) => normalized === wanted));
    if (person) return personName(person);
  }
  return undefined;
}
