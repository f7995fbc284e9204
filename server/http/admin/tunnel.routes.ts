// The public address at the console: how it stands, opening the tunnel anew, testing it, "the apps were changed".
// It is set with the other settings.
import { Router } from "express";
import type { AdminDeps } from "../../admin/admin-deps.ts";
import { followedMove, readTunnel, testAddress } from "../../admin/tunnel/read-tunnel.ts";

export function tunnelRoutes(deps: AdminDeps): Router {
  const router = Router();
  router.get("/tunnel", async (_request, response) => void response.json(await readTunnel(deps)));
  router.post("/tunnel/restart", async (_request, response) => {
    deps.tunnel.restart();
    response.json(await readTunnel(deps));
  });
  router.post("/tunnel/test", async (_request, response) => void response.json(await testAddress(deps)));
  router.post("/tunnel/embeds-changed", async (_request, response) => {
    followedMove(deps);
    response.json(await readTunnel(deps));
  });
  return router;
}
