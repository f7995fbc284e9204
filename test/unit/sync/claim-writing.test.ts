import { expect, test } from "vitest";
import type { Db } from "../../../server/db/schema.ts";
import {
  claimWriting,
  findActivity,
  messagesOf,
  releaseWriting,
} from "../../../server/sync/activity.store.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";

const addNote = (db: Db, id: string) =>
  db
    .insertInto("activities")
    .values({
      id,
      tenant: "acme",
      engagement_id: "eng_1",
      kind: "note",
      state: "waiting",
      crm_id: null,
      marker: id,
      written_hash: null,
      last_error: null,
      created_at: 1,
      updated_at: 1,
    })
    .execute();

const say = (db: Db, position: number) =>
  db
    .insertInto("messages")
    .values({
      engagement_id: "eng_1",
      position,
      at: 1,
      direction: "outbound",
      text: `line ${position}`,
      activity_id: null,
    })
    .execute();

/** The texts a note takes along; undefined when there is nothing left for it. */
async function claim(db: Db, id: string): Promise<string[] | undefined> {
  const activity = await findActivity(db, id);
  if (!activity) throw new Error(`no activity ${id}`);
  return claimWriting(db, activity, 2, async (trx) => {
    const rows = await messagesOf(trx, id);
    return { content: rows.map(({ text }) => text), hash: "h" };
  });
}

test("a note takes every row no other carries; while it may stand in the CRM, it keeps exactly those", async () => {
  const db = await openTestDatabase();
  await addNote(db, "act_1");
  await say(db, 0);
  expect(await claim(db, "act_1")).toEqual(["line 0"]);
  await say(db, 1);
  expect(await claim(db, "act_1")).toEqual(["line 0"]);
});

test("a note whose rows an earlier one took when it was tried again is dropped, not written empty", async () => {
  const db = await openTestDatabase();
  await addNote(db, "act_1");
  await say(db, 0);
  await claim(db, "act_1");
  await addNote(db, "act_2");
  await say(db, 1);
  await releaseWriting(db, "act_1", 3);
  expect(await claim(db, "act_1")).toEqual(["line 0", "line 1"]);
  expect(await claim(db, "act_2")).toBeUndefined();
  expect(await findActivity(db, "act_2")).toBeUndefined();
  expect(await findActivity(db, "act_1")).toMatchObject({ state: "writing" });
});
