// The journal from the command line: more than a page of it, in its order, from the place that is named.
import { expect, test } from "vitest";
import { systemClock } from "../../../server/base/clock.ts";
import { createDisplayBus } from "../../../server/base/display-events.ts";
import { openDatabase } from "../../../server/db/open-database.ts";
import type { Host } from "../../../server/host.ts";
import { createJournal } from "../../../server/log/journal.ts";
import { openJournalOffline } from "../../../server/offline-journal.ts";
import { makeTempFolder } from "../../helpers/open-test-database.ts";

const WRITTEN = 2_300;

function hostAt(dataDir: string): Host {
  const nowhere = { version: "0.0.0-test", pagesDir: dataDir, writeLog: () => undefined };
  return { dataDir, environment: {}, flags: {}, clock: systemClock, ...nowhere };
}

async function writeEntries(dataDir: string): Promise<void> {
  const { db, close } = await openDatabase({ dataDir, beforeMigrating: async () => undefined });
  const bus = createDisplayBus(() => undefined);
  const journal = createJournal({ db, clock: systemClock, bus, onError: () => undefined });
  await db.transaction().execute(async (trx) => {
    for (let n = 1; n <= WRITTEN; n++)
      await journal.add(trx, { event: n % 2 === 0 ? "test.even" : "test.odd", message: `entry ${n}` });
  });
  await journal.close();
  await close();
}

test("any number of the newest entries is read, the oldest first", async () => {
  const dataDir = makeTempFolder();
  await writeEntries(dataDir);
  const journal = openJournalOffline(hostAt(dataDir));
  const read = async (filter: Parameters<typeof journal.newest>[0], most: number): Promise<string[]> => {
    const messages: string[] = [];
    for await (const page of journal.newest(filter, most))
      messages.push(...page.map(({ message }) => message));
    return messages;
  };
  const numbered = (from: number, to: number, step = 1) =>
    Array.from({ length: (to - from) / step + 1 }, (_, index) => `entry ${from + index * step}`);
  expect(await read({}, 10_000)).toEqual(numbered(1, WRITTEN));
  expect(await read({}, 1_500)).toEqual(numbered(WRITTEN - 1_499, WRITTEN));
  expect(await read({ event: "test.even" }, 1_100)).toEqual(numbered(102, WRITTEN, 2));
  const [last] = await journal.after({}, 0);
  expect(await read({ before_seq: (last?.seq ?? 0) + 1_200 }, 10_000)).toEqual(numbered(1, 1_200));
  await journal.close();
});
