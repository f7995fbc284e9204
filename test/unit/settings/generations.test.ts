import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readGenerations } from "../../../server/settings/read-generations.ts";
import { openSealedSettings, sealSettings } from "../../../server/settings/seal-settings.ts";
import { generationSteps, writeGeneration } from "../../../server/settings/write-generation.ts";
import { tempFolder } from "./open-test-settings.ts";

const SAVED_AT = "2026-03-02T15:00:00.000Z";
const sealed = (generation: number, mark: string): string =>
  sealSettings({ version: 1, mark, list: [{ b: 1, a: "ü" }] }, generation, SAVED_AT);

describe("one sealed copy", () => {
  test("opens with what was sealed", () => {
    expect(openSealedSettings(sealed(7, "x"))).toMatchObject({
      kind: "good",
      opened: { generation: 7, savedAt: SAVED_AT, settings: { mark: "x" } },
    });
  });

  test("is damaged wherever it is cut, and stays whole only without its last line break", () => {
    const text = sealed(1, "x");
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 2 }), (cut) => {
        expect(openSealedSettings(text.slice(0, cut)).kind).toBe("damaged");
      }),
    );
  });

  test("is damaged by one changed character of a setting", () => {
    expect(openSealedSettings(sealed(1, "acme").replace("acme", "acne")).kind).toBe("damaged");
  });

  test("is damaged when it is empty, full of zeros or somebody else's JSON", () => {
    for (const text of ["", " \n", "\0".repeat(500), "null", "[]", '{"PORT":8010}']) {
      expect(openSealedSettings(text).kind, JSON.stringify(text)).toBe("damaged");
    }
  });

  test("does not mind another order of keys or other spacing", () => {
    const text = sealSettings({ b: 1, a: { d: 1, c: 2 } }, 1, SAVED_AT);
    const other = JSON.stringify(JSON.parse(text)).replace(
      '"b":1,"a":{"d":1,"c":2}',
      '"a":{"c":2,"d":1},"b":1',
    );
    expect(other).toContain('"a":{"c":2,"d":1},"b":1');
    expect(openSealedSettings(other).kind).toBe("good");
  });

  test("of a newer format is told apart from a damaged one", () => {
    expect(openSealedSettings('{"format":2,"whatever":true}')).toEqual({ kind: "newer", format: 2 });
  });
});

describe("three generations", () => {
  test("a kill after any step of a save leaves the old settings or the new ones", async () => {
    const folder = await tempFolder();
    const steps = generationSteps(folder, "").length;
    for (let earlier = 0; earlier <= 4; earlier++) {
      for (let done = 0; done <= steps; done++) {
        const place = join(folder, `${earlier}-${done}`);
        await mkdir(place);
        for (let n = 1; n <= earlier; n++) await writeGeneration(place, sealed(n, `saved ${n}`));
        for (const step of generationSteps(place, sealed(earlier + 1, "new")).slice(0, done)) await step();

        const { newest, damaged } = await readGenerations(place);
        expect(damaged).toEqual([]);
        const saved = done >= 4 ? "new" : earlier > 0 ? `saved ${earlier}` : undefined;
        expect(newest?.settings.mark, `${earlier} earlier, ${done} steps`).toBe(saved);

        await writeGeneration(place, sealed(9, "after the restart"));
        expect((await readGenerations(place)).newest?.settings.mark).toBe("after the restart");
      }
    }
  });

  test("a temporary file cut at any byte is never taken for settings", async () => {
    const folder = await tempFolder();
    await writeGeneration(folder, sealed(1, "old"));
    const text = sealed(2, "new");
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: text.length }), async (cut) => {
        await writeFile(join(folder, "settings.json.tmp"), text.slice(0, cut));
        expect((await readGenerations(folder)).newest?.settings.mark).toBe("old");
      }),
      { numRuns: 30 },
    );
    await writeGeneration(folder, text);
    expect((await readGenerations(folder)).newest?.settings.mark).toBe("new");
    expect(await readdir(folder)).not.toContain("settings.json.tmp");
  });

  test("whichever copy is cut, wherever, the newest whole one is used", async () => {
    const folder = await tempFolder();
    for (const n of [1, 2, 3]) await writeGeneration(folder, sealed(n, `saved ${n}`));
    const files = ["settings.json", "settings.json.1", "settings.json.2"];
    const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
    const shortest = Math.min(...texts.map((text) => text.length)) - 2;
    const cuts = fc.array(fc.option(fc.integer({ min: 0, max: shortest })), { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(cuts, async (cut) => {
        for (const [i, file] of files.entries()) {
          await writeFile(join(folder, file), texts[i]?.slice(0, cut[i] ?? undefined) ?? "");
        }
        const { newest, damaged } = await readGenerations(folder);
        const firstWhole = cut.indexOf(null);
        expect(newest?.settings.mark).toBe(firstWhole === -1 ? undefined : `saved ${3 - firstWhole}`);
        expect(damaged.map(({ file }) => file)).toEqual(files.filter((_, i) => cut[i] !== null));
      }),
      { numRuns: 60 },
    );
  });
});
