import { expect, test } from "vitest";
import { GatewayError, RETRY_NEVER, retryAfter, sentenceOf, toError } from "../../../server/base/errors.ts";
import { ERROR_CODES, type ErrorCode } from "../../../shared/error-codes.ts";

test("sentence and log text are redacted once, when the error is made", () => {
  const error = new GatewayError("crm_invalid", {
    sentence: "The number +1 416 555 0111 was refused.",
    logMessage: "POST /calls with Basic ZmthX2FiY2RlZjo= for jane@example.com",
  });
  expect(error.sentence).toBe("The number …11 was refused.");
  expect(error.message).toBe("POST /calls with Basic … for j…@example.com");
  expect(error.stack).not.toContain("ZmthX2FiY2RlZjo");
});

test("every code has an HTTP error status and a whole sentence", () => {
  for (const code of Object.keys(ERROR_CODES) as ErrorCode[]) {
    const error = new GatewayError(code);
    expect(error.status, code).toBeGreaterThanOrEqual(400);
    // FUB deletes a webhook that is answered with one of these: on purpose only for a brokerage that was removed.
    expect(code === "tenant_removed" ? [406] : [406, 410], code).not.toContain(error.status);
    expect(error.sentence, code).toMatch(/^[A-Z].{10,}\.$/);
    expect(error.message).toBe(`${code}: ${error.sentence}`);
    expect(error.retry).toEqual(RETRY_NEVER);
  }
});

test("the retry hint and the cause are kept", () => {
  const cause = new Error("socket hang up");
  const error = new GatewayError("crm_rate_limited", { retry: retryAfter(1500), cause });
  expect(error.retry).toEqual({ kind: "after", afterMs: 1500 });
  expect(error.cause).toBe(cause);
});

test("anything thrown becomes an error, and a bug's text is never told to people", () => {
  const bug = new TypeError("cannot read x of undefined");
  expect(toError(bug)).toBe(bug);
  expect(toError("plain").message).toBe("Thrown value: plain");
  expect(toError(undefined).message).toBe("Thrown value: undefined");
  expect(sentenceOf(bug)).toBe(ERROR_CODES.internal.sentence);
  expect(sentenceOf(new GatewayError("no_phone"))).toBe(ERROR_CODES.no_phone.sentence);
});
