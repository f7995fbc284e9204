// What the single-contact page weighs on the wire: one answer with model, script and style, compressed as it is sent.
import { request } from "node:http";
import { embedAddress } from "../../server/index.ts";
import { startBenchGateway } from "./bench-gateway.ts";
import { type Measure, round } from "./measure.ts";

const ALLOWED_KB = 30;

export async function measurePageWeight(): Promise<Measure[]> {
  const gateway = await startBenchGateway();
  try {
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
    ];
  } finally {
    await gateway.close();
  }
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
