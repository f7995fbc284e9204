// What Follow Up Boss tells an embedded app: account, user and, mostly, the open person. Read after verify-embed said yes.
import { z } from "zod";
import type { CrmPerson } from "../crm.ts";
import { flagField, textField } from "../crm-fields.ts";
import { type FubPerson, idField, personSchema } from "./schemas.ts";
import { toCrmPerson } from "./to-crm-person.ts";

export interface EmbedContext {
  /** "person" is the only value ever seen; what a panel without a person has is unknown. */
  readonly context: string | null;
  readonly account: {
    readonly id: string;
    readonly domain: string;
    readonly owner: { readonly name: string | null; readonly email: string | null } | null;
  };
  readonly user: {
    readonly id: string;
    readonly name: string | null;
    readonly email: string | null;
    /** In the guide; never seen in a real context. */
    readonly phone: string | null;
  };
  readonly person: FubPerson | null;
  /** FUB's preview of the app while it is being set up. */
  readonly example: boolean;
  /** The state a preview asks to see. */
  readonly debugState: string | null;
}

export type DecodedContext =
  | { readonly context: EmbedContext }
  | { readonly problem: "malformed" }
  | { readonly problem: "missing"; readonly field: "account" | "user" };

const LONGEST = 64 * 1024;

const accountSchema = z.object({
  id: idField,
  domain: z.string().trim().min(1),
  owner: z.object({ name: textField, email: textField }).nullish().catch(null),
});
const userSchema = z.object({ id: idField, name: textField, email: textField, phone: textField });
const restSchema = z.object({
  context: textField,
  person: personSchema.nullish().catch(null),
  example: flagField,
  debugState: textField,
});

/** `encoded` is base64 in either alphabet, padded or not (the vendor's own vector is not), of a JSON object in UTF-8. */
export function decodeEmbedContext(encoded: string): DecodedContext {
  const fields = decodeObject(encoded);
  if (!fields) return { problem: "malformed" };
  const account = accountSchema.safeParse(fields.account);
  if (!account.success) return { problem: "missing", field: "account" };
  const user = userSchema.safeParse(fields.user);
  if (!user.success) return { problem: "missing", field: "user" };
  const rest = restSchema.safeParse(fields);
  if (!rest.success) return { problem: "malformed" };
  const { context, person, example, debugState } = rest.data;
  return {
    context: {
      context,
      account: { ...account.data, owner: account.data.owner ?? null },
      user: user.data,
      person: person ?? null,
      example: example ?? false,
      debugState,
    },
  };
}

/** The open person in the port's words: a snapshot without tags or assigned agent. null when none is open. */
export function contextPerson({ person }: EmbedContext): CrmPerson | null {
  return person ? toCrmPerson(person) : null;
}

function decodeObject(encoded: string): Readonly<Record<string, unknown>> | undefined {
  if (encoded.length > LONGEST || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(encoded)) return undefined;
  // A single character left over carries too few bits for a byte: cut off on the way.
  if (encoded.replace(/=+$/, "").length % 4 === 1) return undefined;
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(Buffer.from(encoded, "base64"));
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
