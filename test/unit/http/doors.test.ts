import type { IncomingHttpHeaders } from "node:http";
import type { Request } from "express";
import { describe, expect, test } from "vitest";
import { VENDOR_SCRIPT } from "../../../server/embed/render-page.ts";
import { isLocalProgram } from "../../../server/http/is-local-program.ts";
import { refuseUnreadable } from "../../../server/http/refuse-unreadable.ts";

const request = (headers: IncomingHttpHeaders, remoteAddress: string | undefined = "127.0.0.1") =>
  ({ headers: { host: "127.0.0.1:8010", ...headers }, socket: { remoteAddress } }) as Request;

describe("a program on this computer", () => {
  test.each(["127.0.0.1:8010", "localhost:8010", "LOCALHOST", "[::1]:8010", "127.0.0.1"])(
    "asks for %s",
    (host) => {
      for (const address of ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
        expect(isLocalProgram(request({ host }, address))).toBe(true);
    },
  );

  test.each([
    ["another computer", {}, "192.168.1.7"],
    ["an address that ends alike", {}, "10.127.0.0.1"],
    ["a connection that is gone", {}, ""],
    ["a public name (DNS rebinding)", { host: "gateway.example.com" }, "127.0.0.1"],
    ["a name that begins alike", { host: "localhost.example.com" }, "127.0.0.1"],
    ["an address in a name", { host: "127.0.0.1.nip.io:8010" }, "127.0.0.1"],
    ["no name at all", { host: undefined }, "127.0.0.1"],
    ["a tunnel that tells for whom", { "x-forwarded-for": "203.0.113.9" }, "127.0.0.1"],
    ["a tunnel that tells nothing but its port", { "x-forwarded-port": "443" }, "127.0.0.1"],
    ["a tunnel of Cloudflare", { "cf-ray": "8f" }, "127.0.0.1"],
    ["a chain of caches", { "cdn-loop": "cloudflare" }, "127.0.0.1"],
    ["a proxy by the standard", { forwarded: "for=203.0.113.9" }, "127.0.0.1"],
    ["a proxy that names itself", { via: "1.1 caddy" }, "127.0.0.1"],
    ["a web page", { origin: "http://127.0.0.1:8010" }, "127.0.0.1"],
    ["a browser's navigation", { "sec-fetch-site": "none" }, "127.0.0.1"],
    ["a header that is there but empty", { "x-forwarded-for": "" }, "127.0.0.1"],
  ])("is not %s", (_what, headers, address) => {
    expect(isLocalProgram(request(headers, address))).toBe(false);
  });
});

describe("a request that cannot be read", () => {
  const refuse = refuseUnreadable(() => ({
    script: "run()",
    style: "",
    vendorScript: VENDOR_SCRIPT,
    frameAncestors: ["https://*.followupboss.com"],
  }));
  const parts = (answer: string) => {
    const [head = "", body = ""] = answer.split("\r\n\r\n");
    const length = /\r\nContent-Length: (\d+)/.exec(head)?.[1];
    expect(Number(length)).toBe(Buffer.byteLength(body));
    expect(head).toMatch(/\r\nConnection: close/);
    return { status: head.split("\r\n")[0], head, body };
  };

  test.each(["embed?context=abc", "campaign?context=abc", "embed HTTP/1.1", "embed/"])(
    "and is for %s gets a page Follow Up Boss shows",
    (rest) => {
      const { status, head, body } = parts(refuse(true, `GET /integration/followupboss/${rest}`));
      expect(status).toBe("HTTP/1.1 200 OK");
      expect(head).toMatch(/\r\nContent-Security-Policy: .*frame-ancestors https:\/\/\*\.followupboss\.com/);
      expect(body).toContain(VENDOR_SCRIPT);
      expect(body).toContain('"state":"unauthorized"');
    },
  );

  test.each([
    [
      true,
      "POST /integration/followupboss/embed/start HTTP/1.1",
      "431 Request Header Fields Too Large",
      "payload_too_large",
    ],
    [
      true,
      "GET /integration/followupboss/embedded HTTP/1.1",
      "431 Request Header Fields Too Large",
      "payload_too_large",
    ],
    [true, "", "431 Request Header Fields Too Large", "payload_too_large"],
    [false, "GET /integration/followupboss/embed?x", "400 Bad Request", "invalid_request"],
    [false, "\u0016\u0003\u0001", "400 Bad Request", "invalid_request"],
  ])("else gets an error as JSON (%j, %j)", (tooLarge, line, status, code) => {
    const answer = parts(refuse(tooLarge, line));
    expect(answer.status).toBe(`HTTP/1.1 ${status}`);
    expect(JSON.parse(answer.body)).toEqual({
      error: { code, message: expect.stringMatching(/^[A-Z].*\.$/) },
    });
  });
});
