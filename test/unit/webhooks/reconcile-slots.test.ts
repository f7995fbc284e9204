import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { GatewayError } from "../../../server/base/errors.ts";
import type { Crm, CrmWebhook } from "../../../server/crm/crm.ts";
import { reconcileSlots, removeOwnSlots } from "../../../server/webhooks/reconcile-slots.ts";

const PATH = "/integration/followupboss/webhook/acme";
const URL_NOW = `https://now.example${PATH}?fub_account=7`;
const EVENTS = ["peopleTagsCreated", "peopleDeleted"];
const target = { access: { id: "k", key: "fka_x" }, url: URL_NOW, places: 2, events: EVENTS };

/** An account as Follow Up Boss keeps it: two of a kind at most, and no two alike. */
function openAccount(given: readonly CrmWebhook[]) {
  let hooks: CrmWebhook[] = given.map((hook) => ({ ...hook }));
  const asked: string[] = [];
  let nextId = 1_000;
  const admit = (event: string, url: string, except?: string): void => {
    const others = hooks.filter((hook) => hook.event === event && hook.id !== except);
    if (others.length >= 2 || others.some((hook) => hook.url === url)) throw new GatewayError("crm_invalid");
  };
  const crm: Pick<Crm, "webhooks" | "addWebhook" | "updateWebhook" | "removeWebhook"> = {
    webhooks: async () => {
      asked.push("list");
      return hooks.map((hook) => ({ ...hook }));
    },
    addWebhook: async ({ event, url }) => {
      asked.push("add");
      admit(event, url);
      const hook = { id: String(nextId++), event, url, status: "active" };
      hooks.push(hook);
      return hook;
    },
    updateWebhook: async (id, change) => {
      asked.push("update");
      const hook = hooks.find((one) => one.id === id);
      if (!hook) throw new GatewayError("crm_not_found");
      admit(hook.event, change.url ?? hook.url, id);
      hooks = hooks.map((one) => (one.id === id ? { ...one, ...change } : one));
    },
    removeWebhook: async (id) => {
      asked.push("remove");
      hooks = hooks.filter((one) => one.id !== id);
    },
  };
  return { crm: crm as Crm, asked, hooks: () => hooks };
}

const FOREIGN = ["https://zap.example/hook", `https://now.example${PATH}-other`, "not an address"];
const OWN = [URL_NOW, `https://old.example${PATH}?fub_account=7`, `https://now.example${PATH}`];

/** Whatever may have happened to an account before: at most two for each event, no two alike. */
const anyAccount = fc
  .tuple(
    ...[...EVENTS, "notesCreated"].map((event) =>
      fc
        .uniqueArray(fc.constantFrom(...FOREIGN, ...OWN), { maxLength: 2 })
        .chain((urls) =>
          fc.tuple(
            ...urls.map((url) =>
              fc.constantFrom("active", "disabled").map((status) => ({ event, url, status })),
            ),
          ),
        ),
    ),
  )
  .map((parts) => parts.flat().map((hook, index): CrmWebhook => ({ ...hook, id: String(index + 1) })));

const isForeign = (hook: CrmWebhook): boolean => FOREIGN.includes(hook.url);

describe("webhook slots", () => {
  it("end right from any beginning, with foreign ones untouched and nothing left to do", async () => {
    await fc.assert(
      fc.asyncProperty(anyAccount, async (given) => {
        const account = openAccount(given);
        const plans = await reconcileSlots(account.crm, target);
        expect(account.hooks().filter(isForeign)).toEqual(given.filter(isForeign));
        expect(account.hooks().filter(({ event }) => event === "notesCreated")).toEqual(
          given.filter(({ event }) => event === "notesCreated"),
        );
        for (const { event, result, holders } of plans) {
          const own = account.hooks().filter((hook) => hook.event === event && !isForeign(hook));
          const foreign = given.filter((hook) => hook.event === event && isForeign(hook));
          expect(holders).toEqual(foreign.map(({ url }) => url));
          if (result === "full") expect([own.length, foreign.length]).toEqual([0, 2]);
          else expect(own).toMatchObject([{ url: URL_NOW, status: "active" }]);
        }
        const before = account.asked.length;
        const again = await reconcileSlots(account.crm, target);
        expect(account.asked.slice(before)).toEqual(["list"]);
        expect(again.every(({ result }) => result === "kept" || result === "full")).toBe(true);
      }),
    );
  });

  it("cost one change for each event at most, besides those that are too many", async () => {
    await fc.assert(
      fc.asyncProperty(anyAccount, async (given) => {
        const account = openAccount(given);
        await reconcileSlots(account.crm, target);
        const tooMany = EVENTS.filter(
          (event) => given.filter((hook) => hook.event === event && !isForeign(hook)).length === 2,
        ).length;
        expect(account.asked.filter((what) => what === "remove")).toHaveLength(tooMany);
        expect(
          account.asked.filter((what) => what === "add" || what === "update").length,
        ).toBeLessThanOrEqual(EVENTS.length);
      }),
    );
  });

  it("all go when they are removed, and only own ones", async () => {
    await fc.assert(
      fc.asyncProperty(anyAccount, async (given) => {
        const account = openAccount(given);
        const removed = await removeOwnSlots(account.crm, target);
        expect(account.hooks()).toEqual(given.filter(isForeign));
        expect(removed).toBe(given.length - account.hooks().length);
      }),
    );
  });

  it("end right when two checks run at the same time", async () => {
    await fc.assert(
      fc.asyncProperty(anyAccount, async (given) => {
        const account = openAccount(given);
        await Promise.all([reconcileSlots(account.crm, target), reconcileSlots(account.crm, target)]);
        for (const { event, result } of await reconcileSlots(account.crm, target)) {
          const own = account.hooks().filter((hook) => hook.event === event && !isForeign(hook));
          if (result === "full") expect(own).toEqual([]);
          else expect(own).toMatchObject([{ url: URL_NOW, status: "active" }]);
        }
        expect(account.hooks().filter(isForeign)).toEqual(given.filter(isForeign));
      }),
    );
  });
});
