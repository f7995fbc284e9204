import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { openExclusive } from "../../../server/db/open-exclusive.ts";
import { makeTempFolder } from "../../helpers/open-test-database.ts";

const PROGRAM = fileURLToPath(new URL("./hold-lock.ts", import.meta.url));

async function holdElsewhere(file: string): Promise<{ child: ChildProcess; said: string }> {
  const child = spawn(process.execPath, [PROGRAM, file], { stdio: ["pipe", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const [chunk] = (await once(child.stdout, "data")) as [Buffer];
  return { child, said: chunk.toString().trim() };
}

test("a held file is refused to every other process until its holder lets go", async () => {
  const file = join(makeTempFolder(), "gateway.lock");
  const first = openExclusive(file);
  expect(first).toBeTypeOf("function");
  expect(openExclusive(file)).toBeUndefined();
  expect((await holdElsewhere(file)).said).toBe("refused");
  first?.();
  const { child, said } = await holdElsewhere(file);
  expect(said).toBe("held");
  expect(openExclusive(file)).toBeUndefined();
  child.stdin?.write("end\n");
  await once(child, "exit");
  const again = openExclusive(file);
  expect(again).toBeTypeOf("function");
  again?.();
});

test("a holder that is killed leaves nothing behind that has to be judged", async () => {
  const file = join(makeTempFolder(), "gateway.lock");
  const { child, said } = await holdElsewhere(file);
  expect(said).toBe("held");
  child.kill("SIGKILL");
  await once(child, "exit");
  const mine = openExclusive(file);
  expect(mine).toBeTypeOf("function");
  mine?.();
});
