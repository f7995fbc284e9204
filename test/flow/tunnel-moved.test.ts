// A gateway that moved to another computer leaves its tunnel to that one: at once, over a restart, and until it is taken back.
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { tunnelViewSchema } from "../../shared/console/tunnel.schema.ts";
import { askBackup, downloadBackup, untilWorkEnds } from "../helpers/backup-client.ts";
import { waitFor } from "../helpers/embed-client.ts";
import { restartGateway } from "../helpers/restart-gateway.ts";
import { startTestWorld, type TestWorld } from "../helpers/start-gateway.ts";
import { admin } from "../helpers/talk-to-gateway.ts";

let world: TestWorld | undefined;
afterEach(() => world?.close());

test("moved away it opens no tunnel, and opens it again when it is taken back", async () => {
  const script = join(import.meta.dirname, "../helpers/http-tunnel.ts");
  const command = [process.execPath, script, "{host}", "{port}", "0"];
  let at = await startTestWorld({
    setup: (setup) => ({
      ...setup,
      platform: { ...setup.platform, tunnel: "command", tunnel_command: command },
    }),
  });
  world = at;
  const read = async () => tunnelViewSchema.parse((await admin(at, "GET", "/tunnel")).body);
  const up = () =>
    waitFor("the tunnel", async () => {
      const { phase, url } = await read();
      return phase === "up" && url !== null ? url : undefined;
    });
  const answers = (url: string) =>
    fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    );
  const before = await up();
  expect(await answers(before)).toBe(true);

  await downloadBackup(at, join(at.dataDir, "moved.gwbackup"), { move: true });
  expect([(await read()).phase, await answers(before)]).toEqual(["off", false]);
  at = await restartGateway(at);
  world = at;
  expect((await read()).phase).toBe("off");
  await admin(at, "POST", "/tunnel/restart");
  expect((await read()).phase).toBe("off");

  const { body } = await askBackup(at, "POST", "/backup/take-back");
  expect(await untilWorkEnds(at, body.work)).toMatchObject({ state: "done" });
  expect(await answers(await up())).toBe(true);
});
