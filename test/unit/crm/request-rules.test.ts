import { describe, expect, it } from "vitest";
import { GatewayError } from "../../../server/base/errors.ts";
import { assertStaysAtFub, resolveBaseUrl } from "../../../server/crm/followupboss/fub-address.ts";
import { bodyId, pathId } from "../../../server/crm/followupboss/fub-id.ts";
import { readRateFacts } from "../../../server/crm/followupboss/read-rate-facts.ts";
import { rateContextOf } from "../../../server/crm/followupboss/request-context.ts";
import { withQuery } from "../../../server/crm/request-address.ts";
import { mayHaveBeenStored } from "../../../server/crm/write-fate.ts";

const NOW = Date.parse("2026-03-02T15:00:00Z");
const headers =
  (given: Record<string, string>) =>
  (name: string): string | undefined =>
    given[name];

describe("the rate context of a request", () => {
  it.each([
    ["GET", "/people", "global"],
    ["GET", "/people/7", "global"],
    ["POST", "/people", "global"],
    ["PUT", "/people/7", "PUT.people"],
    ["GET", "/events", "events"],
    ["POST", "/events", "POST.events"],
    ["GET", "/notes", "notes"],
    ["POST", "/notes", "notes"],
    ["PUT", "/notes/7", "notes"],
    ["POST", "/calls", "global"],
    ["PUT", "/calls/7", "global"],
    ["GET", "/notesOfSomethingElse", "global"],
  ])("%s %s is paid from %s", (method, path, context) => {
    expect(rateContextOf(method, path)).toBe(context);
  });
});

describe("the rate headers", () => {
  it("are read with the account", () => {
    const facts = readRateFacts(
      200,
      headers({
        "x-ratelimit-limit": "200",
        "x-ratelimit-remaining": "156",
        "x-ratelimit-window": "10",
        "x-ratelimit-context": "global",
        "fub-account-id": "1048589",
      }),
      NOW,
    );
    expect(facts).toEqual({
      context: "global",
      limit: 200,
      remaining: 156,
      windowMs: 10_000,
      accountId: "1048589",
      pauseMs: null,
    });
  });

  it("of a context nobody knows say nothing about the lane used", () => {
    const facts = readRateFacts(
      200,
      headers({ "x-ratelimit-limit": "5", "x-ratelimit-context": "GET.people" }),
      NOW,
    );
    expect(facts.limit).toBeNull();
  });

  it("that make no sense count as absent", () => {
    const given = { "x-ratelimit-limit": "0", "x-ratelimit-remaining": "-3", "x-ratelimit-window": "soon" };
    expect(readRateFacts(200, headers(given), NOW)).toMatchObject({
      limit: null,
      remaining: null,
      windowMs: null,
    });
  });

  it.each([
    ["8", 8_000],
    ["Mon, 02 Mar 2026 15:00:03 GMT", 3_000],
    [undefined, 10_000],
    ["a while", 10_000],
  ])("of a 429 with Retry-After %s pause for %i ms", (retryAfter, pauseMs) => {
    const given = retryAfter === undefined ? {} : { "retry-after": retryAfter };
    expect(readRateFacts(429, headers(given), NOW).pauseMs).toBe(pauseMs);
  });

  it("pause nothing without a 429", () => {
    expect(readRateFacts(503, headers({ "retry-after": "8" }), NOW).pauseMs).toBeNull();
  });
});

describe("the address of Follow Up Boss", () => {
  it.each([
    ["https://api.followupboss.com/v1", "https://api.followupboss.com/v1"],
    ["https://api.followupboss.com/v1/", "https://api.followupboss.com/v1"],
    ["https://api.followupboss.com", "https://api.followupboss.com/v1"],
    ["http://127.0.0.1:8020/", "http://127.0.0.1:8020/v1"],
    ["http://127.0.0.1:8020/fub/v1?x=1#y", "http://127.0.0.1:8020/fub/v1"],
    ["https://somebody:secret@api.followupboss.com", "https://api.followupboss.com/v1"],
  ])("%s is used as %s", (configured, used) => {
    expect(resolveBaseUrl(configured)).toBe(used);
  });

  it.each(["", "api.followupboss.com", "ftp://api.followupboss.com", "file:///etc/passwd"])(
    "%j is refused in words",
    (configured) => {
      expect(() => resolveBaseUrl(configured)).toThrow("FUB_API_BASE_URL");
    },
  );

  it.each([
    "/../admin",
    "/people/../../x",
    "@evil.example/people",
    ".evil.example/",
    "/../v2/people",
    ":80@evil",
  ])("no key is sent to %s", (path) => {
    expect(() => assertStaysAtFub("https://api.followupboss.com/v1", path)).toThrow(GatewayError);
  });

  it("ordinary paths and queries stay", () => {
    expect(() => assertStaysAtFub("https://api.followupboss.com/v1", "/people?phone=%2B1416")).not.toThrow();
  });

  it("queries escape the plus of a phone number", () => {
    expect(withQuery("/people", { phone: "+14165550100", next: undefined })).toBe(
      "/people?phone=%2B14165550100",
    );
  });
});

describe("ids", () => {
  it.each(["", "0", "../users/1", "1,2", "7?x=1", " 7", "7.5", "1e3", "per_01"])(
    "%j never reaches a path",
    (id) => {
      expect(() => pathId(id)).toThrow(expect.objectContaining({ code: "crm_not_found" }));
      expect(() => bodyId(id)).toThrow(expect.objectContaining({ code: "crm_invalid" }));
    },
  );

  it("of people pass", () => {
    expect(pathId("53962")).toBe("53962");
    expect(bodyId("53962")).toBe(53962);
  });
});

describe("the fate of a failed write", () => {
  it("is open for anything that is not one of our errors", () => {
    expect(mayHaveBeenStored(new TypeError("bug"))).toBe(true);
  });

  it("is settled for errors from before the request", () => {
    expect(mayHaveBeenStored(new GatewayError("not_ready"))).toBe(false);
  });
});
