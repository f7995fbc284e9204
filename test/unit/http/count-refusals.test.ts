// Who is refused often is doubted, and only that: with the same address whoever has a key is let in as ever.
import type { AddressInfo } from "node:net";
import express from "express";
import { expect, onTestFinished, test } from "vitest";
import { GatewayError } from "../../../server/base/errors.ts";
import { errorHandler } from "../../../server/http/error-handler.ts";
import { countRefusals } from "../../../server/http/rate-limits.ts";
import { createProcessLog } from "../../../server/log/process-log.ts";
import { createFakeClock } from "../../helpers/fake-clock.ts";

test("a flood of wrong keys is answered with 429, and the right key beside it is let in", async () => {
  const clock = createFakeClock();
  const app = express();
  app.use(countRefusals(clock));
  app.get("/", (request, response) => {
    if (request.headers.authorization !== "right") throw new GatewayError("unauthorized");
    response.json({});
  });
  app.use(errorHandler(createProcessLog("silent", () => undefined)));
  const server = app.listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await new Promise((resolve) => server.once("listening", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const ask = async (authorization: string) => {
    const answer = await fetch(url, { headers: { authorization } });
    await answer.arrayBuffer();
    return answer.status;
  };
  const statuses = new Set<number>();
  for (let times = 0; times < 600; times += 1) statuses.add(await ask("wrong"));
  expect([...statuses]).toEqual([401]);
  expect([await ask("wrong"), await ask("right"), await ask("wrong"), await ask("right")]).toEqual([
    429, 200, 429, 200,
  ]);
  await clock.advance(60_000);
  expect(await ask("wrong")).toBe(401);
});
