// What the pages weigh: the single-contact page as one answer with model, script and style, compressed as it is sent, and
// the scripts of the console, all rooms together, compressed the same way.
import { readdir, readFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { loadSandbox } from "../../server/index.ts";
import { PROGRAM_DIR } from "../host-options.ts";
import { startBenchGateway } from "./bench-gateway.ts";
import { type Measure, round } from "./measure.ts";

const ALLOWED_KB = 30;
const ALLOWED_CONSOLE_KB = 350;

export async function measurePageWeight(): Promise<Measure[]> {
  const gateway = await startBenchGateway();
  try {
    const { embedAddress } = await loadSandbox();
    const bytes = await bodyBytes(embedAddress(gateway.url, gateway.sandbox.fub.account("fub-test"), 2, 107));
    const kilobytes = bytes / 1024;
    return [
      {
        name: "embed page, compressed",
        value: round(kilobytes),
        unit: "KB",
        ratio: round(kilobytes / ALLOWED_KB),
        of: "the 30 KB allowed",
      },
      await consoleWeight(),
    ];
  } finally {
    await gateway.close();
  }
}

async function consoleWeight(): Promise<Measure> {
  const folder = join(PROGRAM_DIR, "dist", "renderer", "admin");
  const scripts = (await readdir(folder)).filter((name) => name.endsWith(".js"));
  const sizes = await Promise.all(
    scripts.map(async (name) => gzipSync(await readFile(join(folder, name))).length),
  );
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1024;
  return {
    name: "console, all scripts, compressed",
    value: round(kilobytes),
    unit: "KB",
    ratio: round(kilobytes / ALLOWED_CONSOLE_KB),
    of: "the 350 KB allowed",
  };
}

/** Bytes of the body as they come, not decompressed. */
function bodyBytes(address: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request(address, { headers: { "accept-encoding": "gzip" } }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
      });
      response.on("end", () => resolve(bytes));
    });
    asked.on("error", reject).end();
  });
}
