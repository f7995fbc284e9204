import { mkdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openHours } from "../../../server/contact/hours/open-hours.ts";
import { builtInHours } from "../../../server/contact/hours/read-hours-file.ts";
import { writeHoursFile } from "../../../server/contact/hours/write-hours-file.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";
import { makeTempFolder } from "../../helpers/open-test-database.ts";

const open = (dataDir: string) => {
  const lines: string[] = [];
  const say = (_room: string, message: string) => void lines.push(message);
  const clock = createFakeClock();
  return { hours: openHours({ dataDir, clock, log: { info: say, warn: say } }), clock, lines };
};

const EARLY = { contact: "+12125550123", kind: "calls" as const, at: Date.parse("2026-11-23T11:30Z") };

const edited = (window: string): string => {
  const file = builtInHours();
  const hours = { weekdays: window, saturday: window, sunday: window };
  return JSON.stringify({ ...file, rules: file.rules.map((rule) => ({ ...rule, hours })) });
};

test("without a file the built-in hours hold, and nothing is said", () => {
  const { hours, lines } = open(makeTempFolder());
  expect(hours.inForce().origin).toBe("built-in");
  expect(hours.problem()).toBeNull();
  expect(hours.at(EARLY).open).toBe(false);
  expect(lines).toEqual([]);
});

test("an edited file is noticed while running, at most a second later, and so is its end", async () => {
  const dataDir = makeTempFolder();
  const path = join(dataDir, "contact-hours.json");
  const { hours, clock, lines } = open(dataDir);
  writeFileSync(path, edited("06:00-22:00"));
  expect(hours.inForce().origin).toBe("built-in");
  await clock.advance(1_000);
  expect(hours.inForce().origin).toBe("file");
  expect(hours.at(EARLY).open).toBe(true);
  writeFileSync(path, edited("09:00-22:00"));
  utimesSync(path, 1_000, 1_000);
  await clock.advance(1_000);
  expect(hours.at(EARLY).open).toBe(false);
  rmSync(path);
  await clock.advance(1_000);
  expect(hours.inForce().origin).toBe("built-in");
  expect(lines).toEqual([
    "Calling hours are taken from contact-hours.json.",
    "Calling hours are taken from contact-hours.json.",
    "The built-in calling hours hold again.",
  ]);
});

test.each([
  ["{", "it is not valid JSON"],
  [edited("21:00-08:00"), "rules[0].hours.weekdays: must be like 08:00-21:00, or closed"],
  [JSON.stringify({ ...builtInHours(), holidays: [] }), "holidays: unknown field"],
  ["[]", "the file: must be an object"],
])("a file that cannot be used is named, and the built-in hours hold: %#", (text, why) => {
  const dataDir = makeTempFolder();
  writeFileSync(join(dataDir, "contact-hours.json"), text);
  const { hours, lines } = open(dataDir);
  const sentence = `The calling hours in contact-hours.json cannot be used (${why}), so the built-in ones hold.`;
  expect(hours.problem()).toBe(sentence);
  expect(hours.inForce().origin).toBe("built-in");
  expect(hours.at(EARLY).open).toBe(false);
  expect(lines).toEqual([sentence]);
});

test("what cannot be read is a problem, not an absent file; put right, it is used", async () => {
  const dataDir = makeTempFolder();
  const path = join(dataDir, "contact-hours.json");
  mkdirSync(path);
  const { hours, clock } = open(dataDir);
  expect(hours.problem()).toMatch(/it cannot be read/);
  rmSync(path, { recursive: true });
  writeFileSync(path, edited("06:00-22:00"));
  await clock.advance(1_000);
  expect(hours.problem()).toBeNull();
  expect(hours.at(EARLY).open).toBe(true);
});

test("the built-in file is put there to be edited, and never over somebody's own", async () => {
  const dataDir = makeTempFolder();
  const first = await writeHoursFile(dataDir);
  expect(first.written).toBe(true);
  expect(statSync(first.path).mode & 0o777).toBe(0o600);
  expect(open(dataDir).hours.inForce().origin).toBe("file");
  writeFileSync(first.path, edited("10:00-11:00"));
  expect(await writeHoursFile(dataDir)).toEqual({ path: first.path, written: false });
  expect(readFileSync(first.path, "utf8")).toBe(edited("10:00-11:00"));
});
