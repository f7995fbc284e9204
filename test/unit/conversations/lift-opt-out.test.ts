import { expect, test } from "vitest";
import { addSuppression, findSuppression } from "../../../server/contact/suppression.store.ts";
import { liftOptOut } from "../../../server/conversations/lift-opt-out.ts";
import { CALIFORNIAN, openTalk } from "./open-talk.ts";

test("START lifts what was said of its channel and of all, not of another, and never the brokerage's list", async () => {
  const world = await openTalk();
  const { db } = world;
  const now = world.clock.now();
  const who = { tenant: "acme", contact: CALIFORNIAN, personId: null, crmAccountId: null };
  const optOut = { ...who, kind: "opt_out", source: "keyword", at: now } as const;
  for (const scope of ["all", "sms", "phone"] as const) await addSuppression(db, { ...optOut, scope });
  const from = { tenant: "acme", contact: CALIFORNIAN, channel: "sms", engagementId: "eng_1" } as const;
  const start = { ...from, reason: "START", now };
  const lift = () => db.transaction().execute((trx) => liftOptOut(world, trx, start));
  expect((await lift()).map(({ scope }) => scope)).toEqual(["all", "sms"]);
  expect(await lift()).toEqual([]);
  expect(await findSuppression(db, { ...who, channel: "sms" })).toBeUndefined();
  expect(await findSuppression(db, { ...who, channel: "phone" })).toMatchObject({ scope: "phone" });
  await addSuppression(db, { ...optOut, kind: "do_not_call", source: "import", scope: "all" });
  expect(await lift()).toEqual([]);
});
