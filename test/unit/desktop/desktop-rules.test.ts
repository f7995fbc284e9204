// The shell's pure rules: links, arguments, places of the window, words of tray and notifications.
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { routeOfLink } from "../../../main/desktop/deep-link.ts";
import { describeTrouble } from "../../../main/desktop/describe-trouble.ts";
import { externalAddress } from "../../../main/desktop/open-external.ts";
import { readArguments } from "../../../main/desktop/read-arguments.ts";
import { maskText, sayNeeds } from "../../../main/desktop/say-need.ts";
import { trayState } from "../../../main/desktop/tray-state.ts";
import { renderTroublePage } from "../../../main/desktop/trouble-page.ts";
import { LEAST, placeWindow } from "../../../main/desktop/window-bounds.ts";
import { CALM, need } from "../../helpers/open-desktop.ts";

describe("a deep link", () => {
  test.each([
    ["aventora-gateway://engagement/e-1", "/outreach/e/e-1"],
    ["aventora-gateway://engagement/e-1/", "/outreach/e/e-1"],
    ["aventora-gateway://person/107", "/outreach?q=107"],
    ["aventora-gateway://person/fub-test/107", "/outreach/p/fub-test/107"],
    ["aventora-gateway://settings", "/settings"],
  ])("%s leads to %s", (link, route) => expect(routeOfLink(link)).toBe(route));

  test.each([
    "aventora-gateway://",
    "aventora-gateway:settings",
    "aventora-gateway://settings/platform",
    "aventora-gateway://settings?token=1",
    "aventora-gateway://engagement",
    "aventora-gateway://engagement/e-1/more",
    "aventora-gateway://engagement/../settings",
    "aventora-gateway://engagement/%2e%2e",
    "aventora-gateway://person/a/b/c",
    "aventora-gateway://setup/acme",
    "AVENTORA-GATEWAY://settings",
    "https://settings",
    `aventora-gateway://engagement/${"e".repeat(400)}`,
  ])("%s leads nowhere", (link) => expect(routeOfLink(link)).toBeNull());

  test("never leads anywhere but to a person, an outreach or the settings, whatever it says", () => {
    const place = /^\/settings$|^\/outreach(\/e\/[\w.%-]+|\/p\/[\w.%-]+\/[\w.%-]+|\?q=[\w.%-]+)$/;
    fc.assert(
      fc.property(
        fc.constantFrom("engagement", "person", "settings", "journal", ""),
        fc.string(),
        (kind, rest) => {
          const route = routeOfLink(`aventora-gateway://${kind}/${rest}`);
          expect(route === null || place.test(route)).toBe(true);
        },
      ),
    );
  });
});

test("arguments: our own are read, Electron's and the system's are let pass, a link is found among them", () => {
  const argv = ["/app", "--allow-file-access", "--port", "9000", "--data-dir=/data", "--hidden", "x"];
  expect(readArguments([...argv, "aventora-gateway://settings"])).toEqual({
    flags: { "data-dir": "/data", port: "9000", "admin-port": undefined, host: undefined },
    hidden: true,
    route: "/settings",
  });
  expect(readArguments(["--port"])).toMatchObject({ flags: { port: undefined }, hidden: false, route: null });
  expect(readArguments(["aventora-gateway://elsewhere"]).route).toBeNull();
});

describe("the window's place", () => {
  const screen = { x: 0, y: 25, width: 1920, height: 1055 };
  const right = { x: 1920, y: 0, width: 1280, height: 1024 };
  test.each([
    ["first", null, [screen], { width: 1280, height: 860 }],
    [
      "as it was",
      { x: 100, y: 100, width: 900, height: 700 },
      [screen],
      { x: 100, y: 100, width: 900, height: 700 },
    ],
    [
      "on the other screen",
      { x: 2000, y: 50, width: 900, height: 700 },
      [screen, right],
      { x: 2000, y: 50, width: 900, height: 700 },
    ],
    [
      "the other screen is gone",
      { x: 2000, y: 50, width: 900, height: 700 },
      [screen],
      { width: 900, height: 700 },
    ],
    [
      "title bar above the screen",
      { x: 100, y: -30, width: 900, height: 700 },
      [screen],
      { width: 900, height: 700 },
    ],
    [
      "larger than the screen",
      { x: 0, y: 30, width: 5000, height: 4000 },
      [screen],
      { x: 0, y: 30, width: 1920, height: 1055 },
    ],
    ["too small", { x: 0, y: 30, width: 10, height: 10 }, [screen], { x: 0, y: 30, ...LEAST }],
    ["no screen known", { x: 5, y: 5, width: 900, height: 700 }, [], { width: 900, height: 700 }],
  ] as const)("%s", (_name, kept, areas, placed) => expect(placeWindow(kept, areas)).toEqual(placed));
});

describe("a notification", () => {
  test.each([
    ["+1 (647) 555-0131 waits for an answer", "a number ending in 31 waits for an answer"],
    ["Nivia: call 6475550131 or 416.555.0100", "Nivia: call a number ending in 31 or a number ending in 00"],
    ["Mail to ann.one@example.com. failed", "Mail to an e-mail address. failed"],
    ["Key fka_0123456789abcdefghij was refused", "Key … was refused"],
    ["12 records of 2026 could not be written", "12 records of 2026 could not be written"],
  ])("%s → %s", (text, said) => expect(maskText(text)).toBe(said));

  test("never holds seven digits of one number, and is never long", () => {
    const piece = fc.constantFrom("1", "23", "456", " ", "-", "(", ")", ".", "+", "call ", "7890");
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const said = maskText(pieces.join(""));
        expect(said).not.toMatch(/\d{7}/);
        expect(said.length).toBeLessThanOrEqual(180);
      }),
    );
  });

  test("says one need in its words and leads to it, several as a count that leads to Home", () => {
    const [a, b] = [need("a", { severity: "warn" }), need("b")];
    expect(sayNeeds([])).toBeNull();
    expect(sayNeeds([a])).toEqual({
      title: "Please have a look",
      body: "The sentence of a.",
      to: "/outreach/e/a",
    });
    expect(sayNeeds([b, a])).toMatchObject({
      title: "2 things need you",
      body: "The sentence of b.",
      to: "/",
    });
    expect(sayNeeds([need("c", { action: null })])?.to).toBe("/");
  });
});

describe("the tray", () => {
  const paused = { paused: { by: "Ann", since: "2026-03-02T15:00:00Z" }, waiting: 2 };
  const bad = {
    ...CALM.lamps,
    public_address: { state: "bad" as const, sentence: "No tunnel.", remedy: null },
  };
  test.each([
    ["starting", "starting", null, "paused", "Starting…"],
    ["failed", "failed", CALM, "trouble", "Not running"],
    ["stopping", "stopping", CALM, "paused", "Stopping…"],
    ["nothing known yet", "running", null, "running", "Running"],
    ["all well", "running", CALM, "running", "Running"],
    ["paused", "running", { ...CALM, outreach: paused }, "paused", "Outreach paused by Ann"],
    [
      "something to look at",
      "running",
      { ...CALM, needs: [need("a", { severity: "warn" })] },
      "trouble",
      "1 thing needs you",
    ],
    [
      "paused, something to look at",
      "running",
      { ...CALM, outreach: paused, needs: [need("a", { severity: "warn" })] },
      "paused",
      "Outreach paused by Ann",
    ],
    [
      "paused, something urgent",
      "running",
      { ...CALM, outreach: paused, needs: [need("a"), need("b")] },
      "trouble",
      "2 things need you",
    ],
    [
      "not reachable",
      "running",
      { ...CALM, lamps: bad },
      "trouble",
      "Follow Up Boss cannot reach the gateway",
    ],
    [
      "not reachable, nothing set up",
      "running",
      { ...CALM, lamps: bad, brokerages: 0 },
      "running",
      "Running",
    ],
  ] as const)("%s", (_name, server, glance, picture, line) => {
    expect(trayState(server, glance)).toMatchObject({ picture, line });
  });
});

test.each([
  ["https://www.followupboss.com/a?b=c", "https://www.followupboss.com/a?b=c"],
  ["http://127.0.0.1:8012/crm/", "http://127.0.0.1:8012/crm/"],
  ["mailto:help@example.com?subject=a", "mailto:help@example.com?subject=a"],
  ["tel:+1 416 555 0100", "tel:+1 416 555 0100"],
  ["http://localhost.example.com/", null],
  ["https:/\\/x@evil.example", null],
  ["mailto:a b@example.com", null],
])("%s may leave the window as %s", (url, address) => expect(externalAddress(url)).toBe(address));

test("the page of a server that could not start says why, and its words stay words", async () => {
  const text = describeTrouble({
    code: "port_in_use",
    sentence: `Port 1 <script>alert("1")</script> & more`,
  });
  const html = await renderTroublePage(text, "n").text();
  expect(html).toContain("Port 1 &lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; more");
  expect(html).not.toContain("<script");
  expect(describeTrouble({ code: "anything", sentence: "a" }).title).toBe("The gateway could not start");
});
