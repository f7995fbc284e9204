// Is this a setup at all? Shape, limits, complete phone numbers, nothing listed twice: everything that can be said
// without knowing the present settings. Pure; called by parse-setup and apply-setup.
import { type Setup, setupSchema, type TenantSetup } from "../../shared/setup.schema.ts";
import { GatewayError } from "../base/errors.ts";
import { type FieldProblem, fieldProblems } from "../base/parse.ts";
import { toE164 } from "../base/phone-numbers.ts";

/** The setup with phones in E.164, or settings_invalid with every problem in `details`. */
export function checkSetupShape(input: unknown): Setup {
  const result = setupSchema.safeParse(input);
  const shape = result.success ? [] : fieldProblems(result.error.issues);
  const problems = [...shape, ...listedProblems(input)];
  if (!result.success || problems.length > 0) throw invalidSetup(problems);
  return withE164(result.data);
}

/** One error for a list of problems; the sentence tells the first. */
export function invalidSetup(problems: readonly FieldProblem[]): GatewayError {
  const [first] = problems;
  const where = first?.path === "" || !first ? "The setup" : first.path;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : "";
  return new GatewayError("settings_invalid", {
    sentence: `Nothing was changed. ${where} is not right: ${first?.message ?? "it is not valid"}${more}.`,
    details: problems,
  });
}

/** Looks at the input as it came, so that these problems are told together with those of its shape. */
function listedProblems(input: unknown): FieldProblem[] {
  const tenants = listAt(input, "tenants");
  return [
    ...repeated(tenants, "domain_name", "tenants"),
    ...tenants.flatMap((tenant, index) => {
      const path = `tenants[${index}]`;
      const users = listAt(tenant, "users");
      return [
        ...phoneProblems(tenant, path),
        ...repeated(users, "id", `${path}.users`),
        ...users.flatMap((user, at) => phoneProblems(user, `${path}.users[${at}]`)),
      ];
    }),
  ];
}

function repeated(items: readonly unknown[], key: string, path: string): FieldProblem[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const text = textAt(item, key);
    const value = key === "domain_name" ? text.toLowerCase() : text;
    if (value === "" || !seen.has(value)) {
      seen.add(value);
      return [];
    }
    return [{ path: `${path}[${index}].${key}`, message: `${value} is listed twice` }];
  });
}

/** Fields of brokerages and agents that hold a phone number. */
const PHONES = ["default_broker_phone", "display_number", "twilio_number", "twilio_whatsapp_number"];

function phoneProblems(item: unknown, path: string): FieldProblem[] {
  return PHONES.flatMap((key) => {
    const text = textAt(item, key);
    if (text === "" || toE164(text) !== undefined) return [];
    return [{ path: `${path}.${key}`, message: "is not a complete phone number" }];
  });
}

function withE164(setup: Setup): Setup {
  if (!setup.tenants) return setup;
  const tenants = setup.tenants.map((tenant): TenantSetup => {
    const users = tenant.users?.map(phonesInE164);
    return { ...phonesInE164(tenant), ...(users ? { users } : {}) };
  });
  return { ...setup, tenants };
}

function phonesInE164<T extends object>(item: T): T {
  const phones = PHONES.flatMap((key) => {
    const phone = toE164(textAt(item, key));
    return phone === undefined ? [] : [[key, phone]];
  });
  return { ...item, ...Object.fromEntries(phones) };
}

function at(item: unknown, key: string): unknown {
  return item !== null && typeof item === "object" ? (item as Record<string, unknown>)[key] : undefined;
}

function textAt(item: unknown, key: string): string {
  const value = at(item, key);
  return typeof value === "string" ? value.trim() : "";
}

function listAt(item: unknown, key: string): readonly unknown[] {
  const value = at(item, key);
  return Array.isArray(value) ? value : [];
}
