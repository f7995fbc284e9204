// Runs the gateway without a window until it is told to stop.
import { createGateway, type Gateway, type Host, sentenceOf } from "../../server/index.ts";
import type { CliFlags } from "../cli-options.ts";
import { ensurePages } from "../ensure-pages.ts";
import { makeHost } from "../host-options.ts";

/** Prints one JSON line on stdout once it listens; the log goes to stderr. */
export async function serveCommand(flags: CliFlags): Promise<void> {
  const host: Host = {
    ...makeHost(flags, process.env, (line) => void process.stderr.write(line)),
    onDown: (error) => {
      process.stderr.write(`${sentenceOf(error)}\n`);
      process.exit(1);
    },
  };
  await ensurePages(host.pagesDir, (line) => void process.stderr.write(`${line}\n`));
  const gateway = await createGateway(host);
  process.stdout.write(`${JSON.stringify({ event: "ready", ...gateway.addresses })}\n`);
  stopOnSignal(gateway);
}

/** The first signal stops cleanly, the second at once. */
export function stopOnSignal(gateway: Pick<Gateway, "stop">): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    gateway.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`The gateway did not stop cleanly: ${String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", stop);
  process.on("SIGINT", stop);
}
