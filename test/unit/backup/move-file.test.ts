// A move's file goes on by itself once. Used again, or where its gateway comes from, it is a backup like any other: outreach
// is paused, and everybody who waited is looked for before they are contacted.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { goesOn, type MoveFacts } from "../../../server/backup/goes-on.ts";
import { markMoved } from "../../../server/backup/mark-moved.ts";
import { choosePoint, prepareUndo, swapStaged } from "../../../server/backup/restore-backup.ts";
import { movedAt } from "../../../server/engagements/refuse-moved.ts";
import { readPause } from "../../../server/queue/outreach-pause.ts";
import { memoryKeychain } from "../settings/open-test-settings.ts";
import { backupOf, type Computer, filled, inDatabaseOf, openComputer, restoreOn } from "./open-computer.ts";

const HOUR_MS = 3_600_000;
const AT = Date.parse("2026-03-02T15:00:00Z");

test("only a move's file goes on, while it is a day old at most, was never used, and is not from before a move away", () => {
  const fresh: MoveFacts = { kind: "move", madeAt: AT - HOUR_MS, at: AT, known: false, awaySince: null };
  const cases: [Partial<MoveFacts>, boolean][] = [
    [{}, true],
    [{ kind: "backup" }, false],
    [{ known: true }, false],
    [{ madeAt: AT - 24 * HOUR_MS + 1 }, true],
    [{ madeAt: AT - 24 * HOUR_MS }, false],
    // Clocks differ by minutes; by more, a file would never grow old.
    [{ madeAt: AT + 5 * 60_000 }, true],
    [{ madeAt: AT + HOUR_MS }, false],
    // Moved back from where it went, or from before that.
    [{ awaySince: AT - 2 * HOUR_MS }, true],
    [{ awaySince: AT - HOUR_MS }, false],
    [{ awaySince: AT }, false],
  ];
  for (const [part, expected] of cases)
    expect(goesOn({ ...fresh, ...part }), JSON.stringify(part)).toBe(expected);
});

/** How a folder stands: whether it was moved away, and whether outreach is paused. */
const standingOf = (computer: Computer) =>
  inDatabaseOf(computer, async (db) => ({
    away: (await movedAt(db)) !== null,
    paused: (await readPause(db)) !== null,
  }));

/** As the command line and the console do it: the mark, then the file. */
async function moveFrom(computer: Computer): Promise<string> {
  const { dataDir, clock } = computer;
  const move = await inDatabaseOf(computer, (db) => markMoved(db, { dataDir, at: clock.now() }));
  return backupOf(computer, { kind: "move", move });
}

test("a move's file goes on by itself on the other computer, and never again: not after an undo, not another file of the same move", async () => {
  const [old, there] = [openComputer(), openComputer()];
  await filled(old, "fka_old");
  await filled(there, "fka_there");
  const file = await moveFrom(old);
  await old.clock.advance(HOUR_MS);
  const another = await moveFrom(old);
  await there.clock.advance(HOUR_MS);
  expect(await restoreOn(there, file)).toMatchObject({ goesOn: true });
  expect(await standingOf(there)).toEqual({ away: false, paused: false });

  await there.clock.advance(HOUR_MS);
  const point = await choosePoint(there.dataDir, undefined);
  await swapStaged(there, await prepareUndo(there, point), "undo");
  for (const again of [file, another]) {
    expect(await restoreOn(there, again)).toMatchObject({ goesOn: false });
    expect(await standingOf(there)).toEqual({ away: false, paused: true });
  }
}, 90_000);

test("where its gateway comes from a move's file never goes on by itself, nor where the list of moves is damaged; moved back it does", async () => {
  const keychain = memoryKeychain();
  const [old, there, third] = [openComputer(keychain), openComputer(keychain), openComputer(keychain)];
  await filled(old, "fka_old");
  const file = await moveFrom(old);
  expect(await standingOf(old)).toEqual({ away: true, paused: false });
  await restoreOn(there, file);
  for (const one of [old, there]) await one.clock.advance(HOUR_MS);
  const back = await moveFrom(there);

  writeFileSync(join(third.dataDir, "move-files.json"), "half wri");
  expect(await restoreOn(third, back)).toMatchObject({ goesOn: false });
  expect(await restoreOn(old, back)).toMatchObject({ goesOn: true });
  expect(await standingOf(old)).toEqual({ away: false, paused: false });
  expect(await restoreOn(old, file)).toMatchObject({ goesOn: false });
  expect(await standingOf(old)).toEqual({ away: false, paused: true });
}, 90_000);
