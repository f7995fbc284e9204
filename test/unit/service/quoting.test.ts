// What a service definition says is read back by each system exactly as it was meant, whatever is in a path.
import { spawnSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shellWord } from "../../../main/service/shell-word.ts";
import { unitCommand, unitText, unitWord } from "../../../main/service/systemd-quote.ts";
import { powerShellText, windowsArgument, windowsArguments } from "../../../main/service/windows-quote.ts";
import { readPowerShellText, readUnitText, readUnitWords, readWindowsArguments } from "./read-quoted.ts";

/** One line, as paths and options that were let in are. */
const line = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
  .filter((text) => !/\p{Cc}/u.test(text));
const awkward = fc
  .array(
    fc.constantFrom(" ", '"', "'", "\\", "%", "$", "a", "é", "ß", "屋", "‘", "’", ";", "&", "#", "{", "/"),
    {
      minLength: 1,
      maxLength: 24,
    },
  )
  .map((signs) => signs.join(""));
const word = fc.oneof(line, awkward);

describe("systemd", () => {
  test.each([
    ["/usr/bin/node", "/usr/bin/node"],
    ["/a b", '"/a b"'],
    ["/100%", '"/100%%"'],
    ['/say "hi"', '"/say \\"hi\\""'],
    ["/it's", '"/it\'s"'],
    ["/back\\slash", '"/back\\\\slash"'],
    ["/Büro", '"/Büro"'],
    ["", '""'],
  ])("%j is written as %s", (given, written) => {
    expect(unitWord(given)).toBe(written);
  });

  test("the program is not looked through for variables, with or without quotes", () => {
    expect(unitCommand(["/opt/node", "serve"])).toBe(":/opt/node serve");
    expect(unitCommand(["/opt/$HOME/a b/node", "--x=$Y"])).toBe('":/opt/$HOME/a b/node" "--x=$Y"');
  });

  test("every word comes back as it was", () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 5 }), (words) => {
        const read = readUnitWords(unitCommand(words));
        const own =
          read[0] === ":/bin/sh" && words[0] !== "/bin/sh"
            ? read.slice(3)
            : [read[0]?.slice(1), ...read.slice(1)];
        expect(own).toEqual(words);
        expect(read[0]).toMatch(/^:[^"'\\]/);
      }),
    );
  });

  test("a plain value comes back as it was", () => {
    fc.assert(
      fc.property(word, (text) => {
        expect(readUnitText(unitText(text))).toBe(text);
      }),
    );
  });
});

describe("Windows", () => {
  test.each([
    ["serve", "serve"],
    ["", '""'],
    ["C:\\Program Files\\node.exe", '"C:\\Program Files\\node.exe"'],
    ["C:\\data\\", "C:\\data\\"],
    ["C:\\my data\\", '"C:\\my data\\\\"'],
    ['say "hi"', '"say \\"hi\\""'],
    ['back\\"', '"back\\\\\\""'],
  ])("%j is the argument %s", (given, written) => {
    expect(windowsArgument(given)).toBe(written);
  });

  test("every argument comes back as it was", () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 5 }), (words) => {
        expect(readWindowsArguments(windowsArguments(words))).toEqual(words);
      }),
    );
  });

  test("a PowerShell text ends where it should, at typographic quotes too", () => {
    expect(powerShellText("it’s $HOME at 100%")).toBe("'it’’s $HOME at 100%'");
    fc.assert(
      fc.property(word, (text) => {
        expect(readPowerShellText(powerShellText(text))).toBe(text);
      }),
    );
  });
});

test("a real shell takes every word as it was", () => {
  const words = fc.sample(word, 200);
  const script = `printf '%s\\0' ${words.map(shellWord).join(" ")}`;
  const { stdout } = spawnSync("sh", ["-c", script], { encoding: "utf8" });
  expect(stdout.split("\0").slice(0, -1)).toEqual(words);
});
