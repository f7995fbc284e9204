// Opens the pretend Follow Up Boss for a rehearsal: on a free port of this machine, for the practice brokerage alone.
import { randomBytes } from "node:crypto";
import { createSandbox } from "./create-sandbox.ts";
import { type PracticeWorld, practiceWorld } from "./demo/practice-world.ts";

export interface PracticeRequest {
  readonly slug: string;
  readonly track: "A" | "B";
  /** The only system it accepts; signs its webhooks. */
  readonly system: { readonly name: string; readonly key: string };
  /** The gateway's public listener. */
  readonly gatewayUrl: string;
}

export interface OpenedPractice extends Omit<PracticeWorld, "accounts"> {
  readonly url: string;
  close(): Promise<void>;
}

export async function openPractice(request: PracticeRequest): Promise<OpenedPractice> {
  const secret = (length: number): string => randomBytes(length / 2).toString("hex");
  const { accounts, ...world } = practiceWorld({ slug: request.slug, track: request.track, secret });
  const sandbox = createSandbox({ accounts, gatewayUrl: request.gatewayUrl });
  sandbox.fub.options.systems = [{ ...request.system }];
  const { url } = await sandbox.listen(0);
  return { ...world, url, close: sandbox.close };
}
