// The console's backups: make one and take it, send a file, check it, restore it, undo, go on. A passphrase comes in the body
// only. A support view sees how it stands and gets no file.
import { createReadStream } from "node:fs";
import { type Request, type RequestHandler, Router } from "express";
import { z } from "zod";
import {
  makeBackupSchema,
  restoreBodySchema,
  undoBodySchema,
} from "../../../shared/console/backup.schema.ts";
import type { AdminDeps } from "../../admin/admin-deps.ts";
import { switchOutreach } from "../../admin/switch-outreach.ts";
import type { BackupDesk } from "../../backup/create-desk.ts";
import { readBackupState } from "../../backup/read-backup-state.ts";
import { receiveFile } from "../../backup/receive-file.ts";
import { listRestorePoints } from "../../backup/restore-points.ts";
import { GatewayError } from "../../base/errors.ts";
import { parseOrThrow } from "../../base/parse.ts";
import { bodyOf, readJson } from "../read-body.ts";

const BODY = "8kb";
const BY = "Somebody at the console";
const lengthSchema = z.coerce.number().int().min(0).optional();

export function backupRoutes(admin: AdminDeps, desk: BackupDesk): Router {
  const router = Router();
  const state = () => readBackupState(admin, desk.life);
  router.get("/backup", async (_request, response) => void response.json(await state()));
  router.get("/restore-points", async (_request, response) => {
    response.json({ points: await listRestorePoints(admin.dataDir) });
  });
  router.post("/backup", ...readJson(BODY), (request, response) => {
    const work = desk.make(parseOrThrow(makeBackupSchema, bodyOf(request)));
    response.status(202).json({ work });
  });
  router.get("/backup/file/:id", ownerOnly, sendFile(desk));
  router.post("/backup/take-back", async (_request, response) => {
    response.status(202).json({ work: await desk.takeBack() });
  });
  router.post("/restore/file", async (request, response) => {
    const length = parseOrThrow(lengthSchema, request.headers["content-length"]);
    response.status(201).json(await receiveFile(admin.dataDir, request, length ?? null));
  });
  router.post("/restore/check", ...readJson(BODY), async (request, response) => {
    const { file, passphrase } = parseOrThrow(restoreBodySchema, bodyOf(request));
    response.status(202).json({ work: await desk.check(file, passphrase) });
  });
  router.post("/restore/undo", ...readJson(BODY), async (request, response) => {
    const { point } = parseOrThrow(undoBodySchema, bodyOf(request));
    response.status(202).json({ work: await desk.undo(point) });
  });
  router.post("/restore/go-on", async (_request, response) => {
    await switchOutreach(admin, "resume", BY);
    response.json(await state());
  });
  router.post("/restore", ...readJson(BODY), async (request, response) => {
    const { file, passphrase } = parseOrThrow(restoreBodySchema, bodyOf(request));
    response.status(202).json({ work: await desk.restore(file, passphrase) });
  });
  return router;
}

// A support link may look at everything; a backup is more than looking.
const ownerOnly: RequestHandler = (_request, response, next) => {
  const session = response.locals.session as { read_only?: boolean } | undefined;
  if (session?.read_only)
    throw new GatewayError("forbidden", { sentence: "A support view cannot take a backup." });
  next();
};

const sendFile =
  (desk: BackupDesk) =>
  (request: Request<{ id: string }>, response: Parameters<RequestHandler>[1]): void => {
    const file = desk.life.fileOf(request.params.id);
    if (!file)
      throw new GatewayError("not_found", {
        sentence: "This backup is not here any more. Make a new one.",
      });
    const { bytes } = desk.life.read() ?? {};
    response.setHeader("content-disposition", `attachment; filename="${file.name}"`);
    response.setHeader("content-type", "application/octet-stream");
    if (bytes != null) response.setHeader("content-length", String(bytes));
    const content = createReadStream(file.path);
    content.on("error", () => response.destroy());
    response.on("close", () => content.destroy());
    content.pipe(response);
  };
