// Forwarding over a real database and real settings, with a clock the test owns and answers it scripts.
import { createDisplayBus } from "../../../server/base/display-events.ts";
import type { ForwardTable } from "../../../server/db/delivery-tables.ts";
import type { Db } from "../../../server/db/schema.ts";
import { createJournal } from "../../../server/log/journal.ts";
import type { SettingsRoom } from "../../../server/settings/settings-room.ts";
import { createDeliveryInbox, type NewDelivery } from "../../../server/webhooks/delivery-inbox.ts";
import { createFanOut } from "../../../server/webhooks/fan-out/create-fan-out.ts";
import type { FanOutDeps } from "../../../server/webhooks/fan-out/fan-out-deps.ts";
import type { EventToPost, Outcome } from "../../../server/webhooks/fan-out/post-event.ts";
import type { FanOutTarget } from "../../../shared/fan-out.schema.ts";
import { createFakeClock, type FakeClock } from "../../helpers/fake-clock.ts";
import { openTestDatabase } from "../../helpers/open-test-database.ts";
import { openIn, tempFolder } from "../settings/open-test-settings.ts";

export interface FanOutRoom {
  readonly deps: FanOutDeps & { readonly settings: SettingsRoom };
  readonly db: Db;
  readonly clock: FakeClock;
  /** What was posted, and what the next posts are answered; the last answer holds on. */
  readonly posted: EventToPost[];
  readonly answers: Outcome[];
  receive(event: string, more?: Partial<NewDelivery>): Promise<"stored" | "known">;
  forwards(): Promise<(Omit<ForwardTable, "id"> & { readonly id: number })[]>;
  journalled(): Promise<string[]>;
}

export const answer = (status: number): Outcome => ({
  delivered: status >= 200 && status < 300,
  status,
  sentence: `It answered ${status}.`,
});

export const target = (id: string, more: Partial<FanOutTarget> = {}): FanOutTarget => ({
  id,
  url: `https://${id}.example.com/hooks`,
  events: ["*"],
  enabled: true,
  allow_private: false,
  ...more,
});

export async function openFanOut(targets: readonly FanOutTarget[]): Promise<FanOutRoom> {
  const db = await openTestDatabase();
  const clock = createFakeClock();
  const settings = await openIn(await tempFolder(), { clock });
  await settings.apply({ tenants: [{ domain_name: "acme", fan_out: [...targets] }] });
  const journal = createJournal({
    db,
    clock,
    bus: createDisplayBus(() => undefined),
    onError: () => undefined,
  });
  const nudge = (): void => undefined;
  const posted: EventToPost[] = [];
  const answers: Outcome[] = [answer(200)];
  const postEvent = async (event: EventToPost): Promise<Outcome> => {
    posted.push(event);
    return (answers.length > 1 ? answers.shift() : answers[0]) ?? answer(200);
  };
  const deps = {
    ...createFanOut({ db, clock, journal, settings, nudge, random: () => 0 }),
    settings,
    postEvent,
  };
  const inbox = createDeliveryInbox({ db, settings, nudge });
  let received = 0;
  return {
    deps,
    db,
    clock,
    posted,
    answers,
    receive: (event, more = {}) => {
      received += 1;
      const body = JSON.stringify({ eventId: `e${received}`, event, resourceIds: [received] });
      return inbox.put({
        ...DELIVERY,
        eventId: `e${received}`,
        event,
        body,
        receivedAt: clock.now(),
        ...more,
      });
    },
    forwards: () => db.selectFrom("forwards").selectAll().orderBy("id").execute(),
    journalled: async () =>
      (await db.selectFrom("journal").select("event").orderBy("seq").execute()).map((row) => row.event),
  };
}

const DELIVERY = {
  tenant: "acme",
  source: "followup_boss",
  account: "",
  eventCreated: null,
  signature: "official" as const,
  headers: "{}",
  calls: false,
};
