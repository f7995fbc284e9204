import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { readBuild } from "../../../main/desktop/read-build.ts";
import { readBuildInfo } from "../../../main/packing/build-info.ts";
import { collectLicences } from "../../../main/packing/collect-licences.ts";
import { icnsFile, icoFile } from "../../../main/packing/icon-files.ts";

const git = (answers: Readonly<Record<string, string>>) => (first: string) => answers[first];
const CLEAN = { "rev-parse": "abc123", log: "1700000000", status: "" };

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "gateway-packing-"));
  onTestFinished(() => rmSync(made, { recursive: true, force: true }));
  return made;
}

describe("what a build says of its sources", () => {
  test("the commit and its date, nothing of the moment or the machine", () => {
    expect(readBuildInfo("1.2.3", {}, git(CLEAN))).toEqual({
      ...{ version: "1.2.3", commit: "abc123", changed: false, date: "2023-11-14T22:13:20.000Z" },
      ...{ signed: false, channel: null },
    });
    expect(readBuildInfo("1.2.3", {}, git(CLEAN))).toEqual(readBuildInfo("1.2.3", {}, git(CLEAN)));
  });

  test("a given date goes first; sources without a repository have no commit", () => {
    expect(readBuildInfo("1.2.3", { SOURCE_DATE_EPOCH: "0" }, git(CLEAN)).date).toBe(
      "1970-01-01T00:00:00.000Z",
    );
    expect(readBuildInfo("1.2.3", {}, () => undefined)).toMatchObject({
      commit: null,
      date: null,
      changed: false,
    });
    expect(readBuildInfo("1.2.3", {}, git({ ...CLEAN, status: " M main/start.ts" })).changed).toBe(true);
  });

  test("signed and with a channel only where whoever builds says so", () => {
    const signed = readBuildInfo("1", { GATEWAY_SIGNED: "1", GATEWAY_UPDATE_CHANNEL: "beta" }, git(CLEAN));
    expect(signed).toMatchObject({ signed: true, channel: "beta" });
    expect(readBuildInfo("1", { GATEWAY_SIGNED: "yes" }, git(CLEAN)).signed).toBe(false);
    expect(() => readBuildInfo("1", { GATEWAY_UPDATE_CHANNEL: "alpha" }, git(CLEAN))).toThrow(
      /latest or beta/,
    );
  });

  test("is read back by the shell, or not at all", () => {
    const program = folder();
    expect(readBuild(program)).toBeNull();
    mkdirSync(join(program, "dist"));
    const info = readBuildInfo("1.2.3", {}, git(CLEAN));
    writeFileSync(join(program, "dist/build-info.json"), JSON.stringify(info));
    expect(readBuild(program)).toEqual(info);
    writeFileSync(join(program, "dist/build-info.json"), JSON.stringify({ ...info, signed: "yes" }));
    expect(readBuild(program)).toBeNull();
  });
});

describe("the licences of what is inside", () => {
  const library = (
    root: string,
    name: string,
    manifest: object,
    files: Readonly<Record<string, string>> = {},
  ) => {
    const at = join(root, "node_modules", name);
    mkdirSync(join(at, "lib"), { recursive: true });
    writeFileSync(join(at, "package.json"), JSON.stringify({ name, version: "1.0.0", ...manifest }));
    // Marks a folder's kind of module, as many libraries have one; it is not the library's own.
    writeFileSync(join(at, "lib/package.json"), '{"type":"module"}');
    for (const [file, text] of Object.entries(files)) writeFileSync(join(at, file), text);
    return join(at, "lib/index.js");
  };

  test("each library once, with its text; a text that several share is kept once", () => {
    const root = folder();
    const modules = [
      library(root, "zeta", { license: "ISC" }, { "LICENSE.md": "shared\r\nterms" }),
      library(root, "@scope/alpha", { license: "ISC" }, { LICENSE: "shared\nterms", "NOTICE.txt": "" }),
      library(root, "beta", { licenses: [{ type: "MIT" }], author: { name: "Bea" } }),
    ];
    const file = collectLicences(
      [...modules, `${modules[0]}?commonjs`, `\0${modules[1]}`, join(root, "own.js")],
      [],
    );
    expect(file.parts.map(({ name, licence }) => [name, licence])).toEqual([
      ["@scope/alpha", "ISC"],
      ["beta", "MIT"],
      ["number tables (server/contact/data)", "Apache-2.0"],
      ["zeta", "ISC"],
    ]);
    const textOf = (name: string) => file.texts[file.parts.find((part) => part.name === name)?.text ?? -1];
    expect(textOf("zeta")).toBe("shared\nterms");
    expect(textOf("beta")).toMatch(/Copyright \(c\) Bea[\s\S]*WITHOUT WARRANTY/);
    expect(textOf("number tables (server/contact/data)")).toContain("libphonenumber");
    expect(collectLicences(modules.toReversed(), [])).toEqual(file);
  });

  test("a library without a licence stops the build", () => {
    const module = library(folder(), "grey", {});
    expect(() => collectLicences([module], [])).toThrow("grey 1.0.0 names no licence.");
  });
});

test("icons are written as Windows and macOS read them", () => {
  const pictures = [16, 256, 1024].map((size) => ({ size, png: Buffer.from(`png${size}`) }));
  const ico = icoFile(pictures.slice(0, 2));
  expect([ico.readUInt16LE(2), ico.readUInt16LE(4), ico.readUInt8(6), ico.readUInt8(22)]).toEqual([
    1, 2, 16, 0,
  ]);
  const at = ico.readUInt32LE(22 + 12);
  expect(ico.subarray(at, at + ico.readUInt32LE(22 + 8)).toString()).toBe("png256");
  const icns = icnsFile(pictures);
  expect(icns.subarray(0, 4).toString()).toBe("icns");
  expect(icns.readUInt32BE(4)).toBe(icns.length);
  for (const type of ["icp4", "ic08", "ic13", "ic10"]) expect(icns.includes(type)).toBe(true);
});
