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

// zod's own words are for programmers; a message a schema gives itself stays.
function issueText(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type")
    return isMissing(issue) ? "is missing" : `must be ${KINDS[issue.expected] ?? issue.expected}`;
  if (issue.code === "invalid_value") return `must be one of: ${issue.values.map(String).join(", ")}`;
  if (issue.code === "invalid_union") return unionText(issue.errors.flat());
  if (issue.code === "too_small" || issue.code === "too_big") return sizeText(issue);
  if (issue.code === "invalid_format" && issue.message.startsWith("Invalid "))
    return FORMATS[issue.format] ?? "is not in the form that is expected here";
  return issue.message === "Invalid input" ? "is not valid" : issue.message;
}

const isMissing = (issue: z.core.$ZodIssue): boolean =>
  issue.code === "invalid_type" && issue.message.endsWith("received undefined");

/** Several kinds are accepted, and none of them fits: the kinds, or what is wrong within the one that was meant. */
function unionText(issues: readonly z.core.$ZodIssue[]): string {
  if (issues.length > 0 && issues.every(isMissing)) return "is missing";
  const within = issues.find(({ code }) => code !== "invalid_type");
  if (within) return issueText(within);
  const kinds = issues.map((issue) => issueText(issue).replace(/^must be /, ""));
  return kinds.length === 0 ? "is not valid" : `must be ${[...new Set(kinds)].join(" or ")}`;
}

function sizeText(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): string {
  if (!/^Too (small|big): /.test(issue.message)) return issue.message;
  const unit = UNITS[issue.origin];
  if (issue.code === "too_small") {
    if (unit === undefined) return `must be ${issue.inclusive ? "at least" : "more than"} ${issue.minimum}`;
    return issue.minimum === 1 ? "must not be empty" : `must have at least ${issue.minimum} ${unit}`;
  }
  if (unit === undefined) return `must be ${issue.inclusive ? "at most" : "less than"} ${issue.maximum}`;
  return `may have at most ${issue.maximum} ${unit}`;
}

const UNITS: Readonly<Record<string, string>> = {
  string: "characters",
  array: "entries",
  set: "entries",
  map: "entries",
};

const FORMATS: Readonly<Record<string, string>> = {
  datetime: "must be a date and time like 2026-05-31T14:30:00-04:00",
  date: "must be a date like 2026-05-31",
  email: "must be an e-mail address",
  url: "must be an address like https://gateway.example.com",
};

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
