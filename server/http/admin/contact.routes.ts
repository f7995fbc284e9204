// The contact rules at the console: the list of whom not to contact, the ledger, the hours.
import express, { type Request, Router } from "express";
import { z } from "zod";
import {
  addSuppressionSchema,
  endSuppressionSchema,
  ledgerQuerySchema,
  suppressionQuerySchema,
} from "../../../shared/console/contact-rules.schema.ts";
import { channelSchema } from "../../../shared/values.ts";
import type { AdminDeps } from "../../admin/admin-deps.ts";
import {
  type ChangeDeps,
  enterSuppression,
  importSuppressions,
  takeOff,
} from "../../admin/contact/change-suppressions.ts";
import { readSuppressions } from "../../admin/contact/read-suppressions.ts";
import { checkHours, showHours, writeHours } from "../../admin/contact/show-hours.ts";
import { exportLedgerOf, showLedger } from "../../admin/contact/show-ledger.ts";
import { GatewayError } from "../../base/errors.ts";
import { parseOrThrow } from "../../base/parse.ts";
import { bodyOf, readJson } from "../read-body.ts";
import { sendCsv } from "../send-csv.ts";

export interface ContactRouteDeps {
  readonly admin: AdminDeps;
  readonly mirrorWish: ChangeDeps["mirrorWish"];
}

/** A list of 200,000 numbers with notes. */
const LIST_BODY = "25mb";
const idSchema = z.object({ id: z.coerce.number().int() });
const LIST_TYPES = ["text/csv", "application/csv"];
/** `name`: of the file, for the journal. */
const importQuerySchema = z.object({ tenant: z.string(), name: z.string().trim().max(200).optional() });
const hoursQuerySchema = z.object({
  number: z.string().trim().min(1).max(40),
  channel: channelSchema.default("phone"),
  at: z.iso.datetime({ offset: true }).optional(),
});

export function contactRoutes(deps: ContactRouteDeps): Router {
  const router = Router();
  router.use(suppressionRoutes(deps), ledgerRoutes(deps.admin), hoursRoutes(deps.admin));
  return router;
}

function suppressionRoutes({ admin, mirrorWish }: ContactRouteDeps): Router {
  const router = Router();
  const changing = { ...admin, mirrorWish };
  router.get("/suppressions", async (request, response) => {
    response.json(await readSuppressions(admin, parseOrThrow(suppressionQuerySchema, request.query)));
  });
  router.post("/suppressions", ...readJson("4kb"), async (request, response) => {
    const done = await enterSuppression(changing, parseOrThrow(addSuppressionSchema, bodyOf(request)));
    response.status(done.added ? 201 : 200).json(done);
  });
  router.post(
    "/suppressions/import",
    express.raw({ type: LIST_TYPES, limit: LIST_BODY }),
    async (request, response) => {
      const query = parseOrThrow(importQuerySchema, request.query);
      if (!request.is(LIST_TYPES) && !isEmpty(request))
        throw new GatewayError("unsupported_media_type", { sentence: "Send the list as text/csv." });
      response.json(await importSuppressions(admin, { ...query, text: textOf(request.body) }));
    },
  );
  router.post("/suppressions/:id/end", ...readJson("4kb"), async (request: Request, response) => {
    const { id } = parseOrThrow(idSchema, request.params);
    const asked = parseOrThrow(endSuppressionSchema, bodyOf(request));
    response.json(await takeOff(changing, id, asked));
  });
  return router;
}

// express looks at no content type where there is nothing to read.
const isEmpty = (request: Request): boolean =>
  request.headers["transfer-encoding"] === undefined && Number(request.headers["content-length"] ?? 0) === 0;

/** Spreadsheets write UTF-8, or UTF-16 with a mark; in other codings the numbers are still right. */
function textOf(body: unknown): string {
  if (!Buffer.isBuffer(body)) return "";
  const isUtf16 = body[0] === 0xff && body[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(body);
}

function ledgerRoutes(admin: AdminDeps): Router {
  const router = Router();
  router.get("/ledger", async (request, response) => {
    response.json(await showLedger(admin, parseOrThrow(ledgerQuerySchema, request.query)));
  });
  router.get("/ledger.csv", async (request, response) => {
    const query = parseOrThrow(ledgerQuerySchema, request.query);
    await sendCsv(response, `ledger ${query.tenant}`, await exportLedgerOf(admin, query));
  });
  return router;
}

function hoursRoutes(admin: AdminDeps): Router {
  const router = Router();
  router.get("/contact-hours", (_request, response) => void response.json(showHours(admin)));
  router.post("/contact-hours/file", async (_request, response) => {
    response.json(await writeHours(admin));
  });
  router.get("/contact-hours/check", (request, response) => {
    const { number, channel, at } = parseOrThrow(hoursQuerySchema, request.query);
    const moment = at === undefined ? admin.clock.now() : Date.parse(at);
    response.json(checkHours(admin, { number, channel, at: moment }));
  });
  return router;
}
