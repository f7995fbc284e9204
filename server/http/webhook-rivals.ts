// What the webhook route is measured against: the same route storing nothing, the same route with a commit for each
// delivery, and a server that does nothing at all. Started by `bench` in a process of its own, by nothing else.
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import express from "express";
import { tenantSchema } from "../../shared/settings.schema.ts";
import { systemClock } from "../base/clock.ts";
import { http } from "../base/node-http.ts";
import { openDatabase } from "../db/open-database.ts";
import { createDeliveryInbox, type DeliveryInbox } from "../webhooks/delivery-inbox.ts";
import { webhookRoutes } from "./webhook.routes.ts";

export type Rival = "express" | "one-by-one" | "bare";

/** On a free port of this computer; returns it. `dataDir` is for the rival that stores. */
export async function serveRival(
  rival: Rival,
  given: { readonly tenant: string; readonly systemKey: string; readonly dataDir: string },
): Promise<number> {
  if (rival === "bare") return portOf(http.createServer(answerOnly));
  const inbox = rival === "express" ? STORES_NOTHING : await oneByOne(given.dataDir);
  const tenant = tenantSchema.parse({ domain_name: given.tenant });
  const app = express().disable("x-powered-by").disable("etag").set("trust proxy", "loopback");
  const settings = {
    current: () => ({ tenants: [tenant] }),
    tenant: () => tenant,
    wasRemoved: () => false,
    secret: (name: string) => (name === "platform/FUB_SYSTEM_KEY" ? given.systemKey : undefined),
    vault: () => ({ kind: "none", ok: true, sentence: "" }) as const,
  };
  const webhooks = { clock: systemClock, settings, inbox, rejected: { keep: () => undefined } };
  const syncCompleted = () => Promise.resolve();
  app.use(webhookRoutes({ webhooks, syncCompleted, log: { error: () => undefined } }));
  return portOf(http.createServer(app));
}

const STORES_NOTHING: DeliveryInbox = { put: () => Promise.resolve("stored") };

async function oneByOne(dataDir: string): Promise<DeliveryInbox> {
  const { db } = await openDatabase({ dataDir, beforeMigrating: async () => undefined });
  return createDeliveryInbox({ db, nudge: () => undefined, mostTogether: 1 });
}

const answerOnly: Parameters<typeof http.createServer>[1] = (request, response) => {
  request.resume().on("end", () => {
    response
      .writeHead(200, { "content-type": "text/plain; charset=utf-8", "content-length": 6 })
      .end("stored");
  });
};

function portOf(server: Server): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}
