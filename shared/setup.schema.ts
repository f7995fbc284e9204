// setup.json: what `apply` provisions. Every field of the settings and every secret, strict: unknown fields are named.
// A field left out stays as it is; an empty secret or an empty address removes it.
import { z } from "zod";
import {
  PLATFORM_SECRETS,
  platformFields,
  TENANT_SECRETS,
  tenantFields,
  USER_SECRETS,
  userFields,
} from "./settings.schema.ts";

/** At most 1000 characters, so that every operating system's keychain takes it (Windows: 2560 bytes of UTF-16). */
const secretText = z
  .string()
  .trim()
  .max(1000)
  .regex(/^\P{Cc}*$/u, "must be one line without control characters");

/**
 * Optional without default: "not mentioned" must stay distinguishable from "set to the default". A field that may be
 * missing altogether (an address) also takes "", which removes it.
 */
function changes<T extends Record<string, z.ZodType>>(
  fields: T,
): { [K in keyof T]: z.ZodOptional<Unwrapped<T[K]>> } {
  return Object.fromEntries(
    Object.entries(fields).map(([name, schema]) => [name, unwrap(schema).optional()]),
  ) as never;
}

type Unwrapped<S> = S extends z.ZodDefault<infer Inner> | z.ZodOptional<infer Inner> ? Inner : S;

function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional) return orEmpty(schema.unwrap() as z.ZodType);
  return schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema;
}

function orEmpty(schema: z.ZodType): z.ZodType {
  return z.unknown().transform((value, context) => {
    if (typeof value === "string" && value.trim() === "") return "";
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    for (const issue of result.error.issues) context.issues.push({ ...issue, code: "custom", input: value });
    return z.NEVER;
  });
}

function secrets<T extends Record<string, string>>(
  names: T,
): { [K in keyof T]: z.ZodOptional<typeof secretText> } {
  return Object.fromEntries(Object.keys(names).map((name) => [name, secretText.optional()])) as never;
}

const userSetupSchema = z.strictObject({
  ...changes(userFields),
  id: userFields.id,
  ...secrets(USER_SECRETS),
});

const tenantSetupSchema = z.strictObject({
  ...changes(tenantFields),
  domain_name: tenantFields.domain_name,
  ...secrets(TENANT_SECRETS),
  users: z.array(userSetupSchema).max(2000).optional(),
});

/** Shape of setup.json (design section 3). */
export const setupSchema = z.strictObject({
  platform: z.strictObject({ ...changes(platformFields), ...secrets(PLATFORM_SECRETS) }).optional(),
  tenants: z.array(tenantSetupSchema).max(1000).optional(),
});

export type Setup = z.infer<typeof setupSchema>;
export type TenantSetup = z.infer<typeof tenantSetupSchema>;
export type UserSetup = z.infer<typeof userSetupSchema>;
