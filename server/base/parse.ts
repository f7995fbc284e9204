// zod at a door: unknown in, typed out, or one GatewayError that names each field.
import type { z } from "zod";
import type { ErrorCode } from "../../shared/error-codes.ts";
import { GatewayError } from "./errors.ts";

export interface FieldProblem {
  readonly path: string;
  readonly message: string;
}

/** zod's issues as `a.b[2].c: what is wrong`, unknown keys named one by one. */
export function fieldProblems(issues: readonly z.core.$ZodIssue[]): FieldProblem[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({ path: pathText([...issue.path, key]), message: "unknown field" }))
      : [{ path: pathText(issue.path), message: issueText(issue) }],
  );
}

// zod's own words for the two most frequent mistakes are for programmers.
function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type")
    return issue.message.endsWith("received undefined")
      ? "is missing"
      : `must be ${KINDS[issue.expected] ?? issue.expected}`;
  if (issue.code === "too_small" && issue.origin === "string" && issue.minimum === 1)
    return "must not be empty";
  if (issue.code === "invalid_value") return `must be one of: ${issue.values.map(String).join(", ")}`;
  return issue.message;
}

const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "a list",
};

function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );
}

/** The refusal of one field, in the form of a failed parse: for rules a schema cannot know. */
export function fieldError(path: string, message: string): GatewayError {
  return new GatewayError("invalid_request", {
    sentence: `${path}: ${message}`,
    details: [{ path, message }],
  });
}

/** Parses or throws `code` (default invalid_request) with `details: [{path, message}]`. */
export function parseOrThrow<S extends z.ZodType>(
  schema: S,
  value: unknown,
  code: ErrorCode = "invalid_request",
): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = fieldProblems(result.error.issues);
  const first = problems[0];
  const sentence = first ? `${first.path === "" ? "The body" : first.path}: ${first.message}` : undefined;
  throw new GatewayError(code, { ...(sentence ? { sentence } : {}), details: problems });
}
